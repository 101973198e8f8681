"""The night's figures of sub-projects: what the registers say of their participants, and how they came and went."""

from datetime import date, datetime
from itertools import groupby

import polars as pl
from django.db.models import Min, Sum

from pluginnovation.privacy.small_numbers import FEWEST
from pluginnovation.projects import activities
from pluginnovation.projects.claims import outside
from pluginnovation.projects.participant_figures import Records, figures_of, first_day
from pluginnovation.records.store import Store
from pluginnovation.support.fidelity import Counted, Together, together
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.support.marking import followed_by
from pluginnovation.web.support.models import Dose, Measure, PupilSheet

from .models import PartCounts, Participant, RegisterFigure, SubProject

SHAPE = {"sub_project": pl.Int64, "pupil": pl.String, "start_date": pl.Date, "end_date": pl.Date}


def compute_figures(store: Store, *, as_of: date, at: datetime) -> int:
    """Compute the figures of every sub-project that has participants, and write them in place of the earlier ones.

    Gives   how many sub-projects have figures now
    """
    stays = Participant.objects.exclude(why_ended="mistake").order_by("sub_project", "pk")
    rows = list(stays.values_list("sub_project", "pupil", "start_date", "end_date"))
    participants = pl.DataFrame(rows, schema=SHAPE, orient="row")
    found = figures_of(participants, _records(store, participants, as_of), as_of=as_of)
    figures = [(number, outside(figure)) for number, figure in found]
    with recorded(
        "compute_figures", by=None, at=at, about=as_of.isoformat(), sub_projects=len({n for n, _ in figures})
    ):
        RegisterFigure.objects.all().delete()
        RegisterFigure.objects.bulk_create(
            RegisterFigure(
                sub_project_id=number, measure=one.measure, before=one.before, now=one.now, low=one.low, high=one.high,
                n=one.n, of=one.of, few=one.few, until=one.until, as_of=as_of, at=at,
            )
            for number, one in figures
        )  # fmt: skip
        _count(as_of, at)
    return len({number for number, _ in figures})


def _records(store: Store, participants: pl.DataFrame, as_of: date) -> Records:
    """The participants' own rows: three reads of the facts, whoever many sub-projects there are."""
    pupils, since = sorted(set(participants["pupil"])), first_day(participants) or as_of
    facts, days = store.facts(), store.days()
    here = days.filter(days.pupil.isin(pupils), days.date >= since, days.date <= as_of)
    grades, stays = facts.grades, facts.enrolments
    sheets = PupilSheet.objects.filter(pupil__in=pupils).values_list("pupil").annotate(first=Min("at"))
    mapped = [(pupil, first.date()) for pupil, first in sheets]
    return Records(
        store.frame(here.select("pupil", "date", "offered", "reported", "excused", "unexcused")),
        store.frame(grades.filter(grades.pupil.isin(pupils)).select("pupil", "grade", "registered_date", "kind")),
        store.frame(stays.filter(stays.pupil.isin(pupils)).select("pupil", "start_date", "end_date")),
        pl.DataFrame(mapped, schema={"pupil": pl.String, "mapped_on": pl.Date}, orient="row"),
    )


def _count(as_of: date, at: datetime) -> None:
    """How participants came and went, for those who may see no pupil."""
    PartCounts.objects.all().delete()
    stays = Participant.objects.order_by("sub_project").values_list(
        "sub_project", "start_date", "end_date", "why_ended", "measure", "pupil"
    )
    made = []
    for number, rows in groupby(stays, key=lambda row: row[0]):
        mine = list(rows)
        taken = [activities.TakingPart(since, until, why) for _, since, until, why, *_rest in mine]
        flow = activities.outside(activities.flow(taken, as_of))
        whose = {measure: pupil for *_, measure, pupil in mine if measure} if flow.came is not None else {}
        measures = set(whose)
        planned = Measure.objects.filter(pk__in=measures).aggregate(n=Sum("planned_dose"))["n"]
        given = Dose.objects.filter(measure__in=measures, on__lte=as_of).aggregate(n=Sum("times"))["n"]
        enough = len(measures) >= FEWEST
        kept_to = together(_followed(whose, as_of)) if enough else Together()
        made.append(
            PartCounts(
                sub_project_id=number, came=flow.came, going_on=flow.going_on, completed=flow.completed,
                early=flow.early, moved=flow.moved, planned=planned if enough else None,
                given=max(given or 0, 0) if enough else None, points=kept_to.points,
                points_known=kept_to.known, points_followed=kept_to.followed, points_partly=kept_to.partly,
                as_of=as_of, at=at,
            )
        )  # fmt: skip
    PartCounts.objects.bulk_create(made)


def _followed(whose: dict[int, str], as_of: date) -> dict[str, list[Counted]]:
    """What was counted of each pupil's measures that follow a method."""
    found: dict[str, list[Counted]] = {}
    for number, counted in followed_by(whose, as_of).items():
        found.setdefault(whose[number], []).append(counted)
    return found


def has_sub_projects() -> bool:
    """Whether there is anything to compute."""
    return SubProject.objects.exists()
