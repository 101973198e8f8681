"""The analysis table: what was known of each pupil on the index date, who was offered help, and what became of them.

Leakage is an error here, not a warning. What explains is read from records as they were known on the index date, and a
value that rests on a later day stops the analysis.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

import ibis
import numpy as np
import polars as pl

from pluginnovation.records.refusals import Refusal

from .measures import NO_ROW_IS_NOUGHT, Seen, Span, measured, named_span
from .plan import Plan, Population
from .plan_files import Locked, changed, intact
from .table import Bools, Floats, Table, make_table

if TYPE_CHECKING:
    from pluginnovation.records.store import Store

WHO: Final = ("source", "pupil")
ASSIGNED: Final = {
    "source": pl.String, "pupil": pl.String, "offered": pl.Boolean, "stratum": pl.String, "decided_on": pl.Date,
    "taken_up": pl.Boolean, "hours": pl.Float64, "score": pl.Float64,
}  # fmt: skip
DRAWN: Final = ("waiting_list", "school_draw")
HIGH_ABSENCE: Final = 20.0  # percentage points: the third of the authority's usual levels


@dataclass(frozen=True, slots=True)
class Built:
    """The table, and whom it leaves out.

    at             of a threshold design: each pupil's score less the cut-off; nan: unknown; None: other designs
    not_enrolled   assigned, but not in the population on the index date
    disposed       assigned, and deleted since: what was known of them can't be told any more
    """

    table: Table
    not_enrolled: int
    disposed: int
    at: Floats | None = None


def analysis_table(locked: Locked, assigned: pl.DataFrame, before: Seen, after: Seen, *, as_of: date) -> Built:
    """One row per pupil of the plan's population.

    Takes   assigned   one row per pupil with a decision, columns as in ASSIGNED (stratum, taken_up, hours, score may be
                       null); after a draw everybody in it, otherwise those helped: the rest of the population is
                       compared. score: what a threshold's rule went by, as it was written down; when no row has one,
                       what the records tell of the plan's score
            before     records as known on the index date, at its end at the latest
            after      records as known when the analysis is made
            as_of      the day it is made: before the outcome's last day every outcome is unknown
    Gives   a threshold's design: treated is whom the rule offers the help, taken_up who had it
            rows sorted by source and pupil, so that the same data give the same table
    Raises  Refusal 'plan_changed', 'leak_known_later', 'leak_decided_later', 'leak_dated_later', 'measure_unknown',
            'subgroup_unknown', 'assigned_twice', 'population_empty'
    """
    rows = roster(locked, assigned, before)
    table, score = table_of(locked.plan, rows, (before, after), as_of=as_of)
    disposed = assigned["pupil"].is_in(sorted(getattr(after.facts, "disposed_since", ()))).sum()
    outside = assigned.join(rows, on=WHO, how="anti").height - int(disposed)
    return Built(table, not_enrolled=max(outside, 0), disposed=int(disposed), at=score)


def table_of(plan: Plan, rows: pl.DataFrame, seen: tuple[Seen, Seen], *, as_of: date) -> tuple[Table, Floats | None]:
    """The table of those who are counted, and at a threshold each one's score less the cut-off.

    Takes   rows   as `roster` gives them; seen: records as known before and after, as `analysis_table` takes them
    """
    before, after = seen
    covariates, placebos = explaining(plan, rows, before), _before(plan, rows, before)
    outcome = _outcome(plan, rows, after, as_of)
    score = scores_of(plan, rows, before) if plan.design == "threshold" else None
    offered = rows["offered"].to_numpy()
    table = make_table(
        outcome,
        offered if score is None else score >= 0,
        school=rows["school"].to_numpy(),
        stratum=rows["stratum"].to_numpy(),
        covariates=covariates,
        placebos=placebos,
        groups=_groups(plan, rows, before),
        taken_up=_had(rows) if score is None else offered,
        dose=None if rows["hours"].is_null().all() else rows["hours"].fill_null(np.nan).to_numpy(),
    )
    return table, score


def known_before(plan: Plan, store: "Store") -> Seen:
    """Records as they were known when the index date ended; for a plan of records that came later, as they are now."""
    if plan.as_dated:
        return Seen(store.facts(), store.days(), None, store.frame)
    moment = datetime.combine(plan.window.index_date, time(23, 59, 59), UTC)
    return Seen(store.facts(moment), store.days(moment), moment, store.frame)


def roster(locked: Locked, assigned: pl.DataFrame, before: Seen) -> pl.DataFrame:
    """Who is counted: source, pupil, school, year, offered, stratum, taken_up and hours, by source and pupil.

    Raises  Refusal 'plan_changed', 'leak_known_later', 'leak_decided_later', 'assigned_twice', 'population_empty'
    """
    plan = _unchanged(locked)
    _known_in_time(plan, before)
    return _roster(plan, _decided_in_time(plan, assigned), before)


def _unchanged(locked: Locked) -> Plan:
    if not intact(locked):
        raise changed()
    return locked.plan


def _known_in_time(plan: Plan, before: Seen) -> None:
    if plan.as_dated:
        return
    if before.known_at is None or before.known_at.date() > plan.window.index_date:
        raise _leak("known", "Det som ska förklara är känt efter indexdagen.", "What explains was known later.")


def _decided_in_time(plan: Plan, assigned: pl.DataFrame) -> pl.DataFrame:
    # Only a threshold's list needs the column.
    whole = assigned if "score" in assigned.columns else assigned.with_columns(score=pl.lit(None, pl.Float64))
    found = whole.select([pl.col(name).cast(kind) for name, kind in ASSIGNED.items()])
    last = found["decided_on"].max()
    if isinstance(last, date) and last > plan.window.index_date:
        raise _leak("decided", "Någon fick sitt besked efter indexdagen.", "Somebody was decided on later.")
    if found.select(WHO).is_duplicated().any():
        raise Refusal(
            "assigned_twice",
            what=("Samma elev står två gånger bland besluten.", "The same pupil stands twice among the decisions."),
            todo=("Behåll det första beslutet.", "Keep the first decision."),
        )
    return found


def _leak(kind: str, sv: str, en: str) -> Refusal:
    return Refusal(
        f"leak_{kind}_later",
        what=(f"{sv} Då vet analysen mer än någon visste när hjälpen började.",
              f"{en} The analysis would know more than anybody did when the help began."),
        todo=("Läs det som var känt på indexdagen, eller flytta indexdagen i en ny plan.",
              "Read what was known on the index date, or move the index date in a new plan."),
        where="window.index_date",
    )  # fmt: skip


def _roster(plan: Plan, assigned: pl.DataFrame, before: Seen) -> pl.DataFrame:
    """Who is counted: enrolled on the index date, and among those who could be offered it, when they are listed."""
    listed = plan.design in ("hazard", "threshold") and bool((~assigned["offered"]).any())
    drawn = plan.design in DRAWN or listed
    people = population_of(plan, before).join(assigned, on=WHO, how="inner" if drawn else "left")
    if not people.height:
        raise population_empty()
    return people.with_columns(
        offered=pl.col("offered").fill_null(False),
        stratum=pl.coalesce("stratum", pl.concat_str("school", pl.col("year").cast(pl.String).fill_null("-"))),
    ).sort(WHO)


def population_empty() -> Refusal:
    """Nobody is what the plan is about, on the days that it names."""
    return Refusal(
        "population_empty",
        what=("Ingen elev hör till planens population.", "No pupil belongs to the plan's population."),
        todo=("Kontrollera skolform, årskurs, skolor och dagar.", "Check forms, years, schools and days."),
        where="population",
    )


def belonging(enrolments: ibis.Table, who: Population) -> ibis.Table:
    """The enrolments of the plan's school forms, years and schools; where a list is empty, of all."""
    rows = enrolments
    for column, wanted in (
        ("school_type", who.school_forms),
        ("school_year", who.years),
        ("organisation", who.schools),
    ):
        if wanted:
            rows = rows.filter(rows[column].isin(list(wanted)))
    return rows


def population_of(plan: Plan, before: Seen) -> pl.DataFrame:
    """Who is enrolled on the index date in the plan's forms, years and schools.

    Gives   source, pupil, start_date, school, year, by source and pupil
    """
    day = plan.window.index_date
    rows = belonging(before.facts.enrolments, plan.population)
    rows = rows.filter((rows.start_date <= day) & (rows.end_date.isnull() | (rows.end_date >= day)))
    chosen = rows.select("source", "pupil", "start_date", school=rows.organisation, year=rows.school_year)
    # Two enrolments on the same day: the later start, then the name, so that a row isn't a matter of chance.
    return before.frame(chosen).sort(*WHO, "start_date", "school").unique(WHO, keep="last", maintain_order=True)


def explaining(plan: Plan, rows: pl.DataFrame, before: Seen) -> dict[str, Floats]:
    """Each covariate; what is unknown has the known ones' mean, and a column of its own that says so."""
    columns: dict[str, Floats] = {}
    for name in plan.covariates:
        values = _values(plan, name, rows, before)
        unknown = np.isnan(values)
        columns[name] = np.where(unknown, values[~unknown].mean() if not unknown.all() else 0.0, values)
        # Two measures of the same lessons are unknown together: said twice, it can't be told apart.
        same = any(np.array_equal(unknown, one) for other, one in columns.items() if other.endswith("_unknown"))
        if unknown.any() and not unknown.all() and not same:
            columns[f"{name}_unknown"] = unknown.astype(float)
    return columns


def _before(plan: Plan, rows: pl.DataFrame, before: Seen) -> dict[str, Floats]:
    return {name: _values(plan, name, rows, before) for name in plan.placebos}


def _values(plan: Plan, name: str, rows: pl.DataFrame, before: Seen) -> Floats:
    measure, span = named_span(name, plan.window.index_date, plan.window.before_days)
    found = measured(measure, before, span)
    last = found["dated"].max()
    if isinstance(last, date) and last > plan.window.index_date:
        raise _leak("dated", f"Måttet {name} vilar på en senare dag.", f"The measure {name} rests on a later day.")
    return _joined(rows, found, measure)


def _outcome(plan: Plan, rows: pl.DataFrame, after: Seen, as_of: date) -> Floats:
    window = plan.window
    if as_of < window.closes:
        return np.full(rows.height, np.nan)
    name, _ = named_span(plan.outcome.name, window.index_date, window.before_days)
    return _joined(rows, measured(name, after, Span(window.opens, window.closes)), name)


def scores_of(plan: Plan, rows: pl.DataFrame, before: Seen) -> Floats:
    """Each score less the cut-off. A rule that went by something else than the records would look as if it weren't."""
    if rows["score"].is_null().all():
        return _values(plan, plan.score, rows, before) - plan.cutoff
    return np.asarray(rows["score"].cast(pl.Float64).fill_null(np.nan).to_numpy() - plan.cutoff)


def _joined(rows: pl.DataFrame, found: pl.DataFrame, measure: str) -> Floats:
    joined = rows.select(WHO).join(found, on=WHO, how="left", maintain_order="left")["value"].cast(pl.Float64)
    return joined.fill_null(0.0 if measure in NO_ROW_IS_NOUGHT else np.nan).to_numpy()


def _groups(plan: Plan, rows: pl.DataFrame, before: Seen) -> dict[str, Bools]:
    """Planned subgroups: girls, boys, high_absence, or year_N."""
    return {name: _members(plan, name, rows, before) for name in plan.subgroups}


def _members(plan: Plan, name: str, rows: pl.DataFrame, before: Seen) -> Bools:
    if name in ("girls", "boys"):
        return np.asarray(_values(plan, "girl", rows, before) == (name == "girls"))
    if name == "high_absence":
        return np.asarray(_values(plan, "absence_share_before", rows, before) >= HIGH_ABSENCE)
    if name.startswith("year_") and name[5:].isdigit():
        return rows["year"].eq(int(name[5:])).fill_null(False).to_numpy()
    raise Refusal(
        "subgroup_unknown",
        what=(f"Undergruppen {name!r} finns inte.", f"There is no subgroup {name!r}."),
        todo=("Välj bland: girls, boys, high_absence, year_1, year_2 …",
              "Choose among: girls, boys, high_absence, year_1, year_2 …"),
        where="subgroups",
    )  # fmt: skip


def _had(rows: pl.DataFrame) -> Bools | None:
    if rows["taken_up"].is_null().all():
        return None
    return rows["taken_up"].fill_null(False).to_numpy()
