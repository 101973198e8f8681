"""What the facts on disk hold about a person, as chapters of an extract."""

from datetime import date, datetime
from typing import Any

import polars as pl
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pluginnovation.privacy.extract import Chapter, Field, chapter
from pluginnovation.privacy.grounds import MUNICIPALITY, Grant
from pluginnovation.records.store import Store
from pluginnovation.signals.meters.names import form_name
from pluginnovation.signals.wording import Wording

from .words import language


def told_by_facts(store: Store, grant: Grant) -> list[Chapter]:
    """Enrolments, attendance by month, grades and study plan, with the day that each was last read in.

    A coordinator's ground opens enrolments alone; the rest is the school's to hand out, and the extract says so.
    """
    enrolments = _enrolments(store, grant)
    if grant.ground.reach == MUNICIPALITY:
        about = _("Närvaro, betyg och studieplan lämnas ut av skolan. Kommunens ungdomssamordnare når dem inte.")
        return [enrolments, chapter("of_the_school", _("Det som skolan lämnar ut"), about, [], [])]
    return [_registered(store, grant), enrolments, _attendance(store, grant), _grades(store, grant),
            _plan(store, grant)]  # fmt: skip


def _rows(store: Store, grant: Grant, table: str) -> pl.DataFrame:
    return store.rows_of(grant, table, date.min, date.max)


def _fields(table: str, **titles: str) -> list[Field]:
    return [Field(f"facts.{table}.{name}", title) for name, title in titles.items()]


def _read(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d}" if at else ""


def _registered(store: Store, grant: Grant) -> Chapter:
    fields = _fields("pupils", sex=_("Kön"), status=_("Status"), imported_at=_("Inläst"))
    found = [(row["sex"], row["status"], _read(row["imported_at"])) for row in _rows(store, grant, "pupils").to_dicts()]
    return chapter("registered", _("Mer i skolans register"), _source(grant), fields, found)


def _enrolments(store: Store, grant: Grant) -> Chapter:
    fields = _fields(
        "enrolments", organisation=_("Skola"), school_type=_("Skolform"), school_year=_("Årskurs"),
        programme=_("Program"), start_date=_("Från"), end_date=_("Till"), leave_reason=_("Varför det slutade"),
        imported_at=_("Inläst"),
    )  # fmt: skip
    rows = _rows(store, grant, "enrolments")
    units = store.facts().organisations
    wanted = units.filter(units.organisation.isin(rows["organisation"].unique().to_list()))
    names = dict(store.frame(wanted.select("organisation", "display_name")).iter_rows())
    found = [
        (names.get(row["organisation"], row["organisation"]), form_name(row["school_type"], Wording(language())),
         row["school_year"], row["programme"], row["start_date"], row["end_date"], row["leave_reason"],
         _read(row["imported_at"]))
        for row in rows.to_dicts()
    ]  # fmt: skip
    return chapter("enrolments", _("Inskrivningar"), _source(grant), fields, found)


def _attendance(store: Store, grant: Grant) -> Chapter:
    fields = _fields(
        "attendance", month=_("Månad"), lessons=_("Lektioner"), offered=_("Planerat, min"),
        reported=_("Därav rapporterat, min"), excused=_("Giltig frånvaro, min"), unexcused=_("Ogiltig frånvaro, min"),
        late=_("Därav sen, min"),
    )  # fmt: skip
    told = pl.col("is_reported").fill_null(value=False)
    months = (
        _rows(store, grant, "lessons")
        .group_by(pl.col("date").dt.strftime("%Y-%m").alias("month"))
        .agg(
            pl.len().alias("lessons"),
            pl.col("offered").cast(pl.Int64).sum(),
            pl.col("offered").cast(pl.Int64).filter(told).sum().alias("reported"),
            *(pl.col(name).cast(pl.Int64).filter(told).sum() for name in ("excused", "unexcused", "late")),
        )
        .sort("month")
    )
    about = _(
        "Lektioner summerade per månad. En lektion som ingen har rapporterat är okänd, varken närvaro eller frånvaro."
    )
    return chapter("attendance", _("Närvaro och frånvaro"), f"{about} {_source(grant)}", fields, months.rows())


def _grades(store: Store, grant: Grant) -> Chapter:
    fields = _fields(
        "grades", registered_date=_("Satt"), subject=_("Ämne"), course=_("Kurs"), grade=_("Betyg"),
        semester=_("Termin"), year=_("År"), imported_at=_("Inläst"),
    )  # fmt: skip
    names = ("registered_date", "subject", "course", "grade", "semester", "year")
    found = [
        (*(row[name] for name in names), _read(row["imported_at"])) for row in _rows(store, grant, "grades").to_dicts()
    ]
    return chapter("grades", _("Betyg"), _source(grant), fields, found)


def _plan(store: Store, grant: Grant) -> Chapter:
    fields = _fields(
        "study_plans", course=_("Kurs"), subject=_("Ämne"), points=_("Poäng"), planned_semester=_("Termin"),
        required=_("Ingår"), imported_at=_("Inläst"),
    )  # fmt: skip
    said: dict[Any, str] = {True: _("ja"), False: _("bortvald"), None: ""}
    found = [
        (row["course"], row["subject"], row["points"], row["planned_semester"], said[row["required"]],
         _read(row["imported_at"]))
        for row in _rows(store, grant, "study_plans").to_dicts()
    ]  # fmt: skip
    return chapter("study_plan", _("Studieplan"), _source(grant), fields, found)


def _source(grant: Grant) -> str:
    return _("Källa: %(source)s.") % {"source": grant.source}
