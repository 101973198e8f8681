"""Plans that sub-projects lock on their own pages, taken over as they stand, so that they are answered like any other.

Nothing of a plan changes by being taken over: its text, its checksum, when it was locked and by whom are the same.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from pluginnovation.evidence.plan import Plan
from pluginnovation.evidence.plan_files import intact
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Enrolment
from pluginnovation.web.projects.models import EvaluationPlan, Participant
from pluginnovation.web.projects.planning import locked_of
from pluginnovation.web.support.models import Draw, Measure

from .models import StoredPlan
from .stored import text_of

T = TypeVar("T", bound=tuple[Any, ...])


def take_over(*, at: datetime) -> int:
    """Take over every sub-project's locked plan that isn't here yet. One that somebody got at is left where it is.

    Gives   how many were taken over
    """
    here = set(StoredPlan.objects.exclude(sub_project=None).values_list("sub_project", "checksum"))
    taken = 0
    for row in EvaluationPlan.objects.select_related("by").order_by("pk"):
        if (row.sub_project_id, row.checksum) in here or not intact(locked := locked_of(row)):
            continue
        with recorded("take_over_plan", by=None, at=at, about=str(row.sub_project_id), checksum=row.checksum):
            StoredPlan.objects.create(
                name=_free(locked.plan), content=text_of(locked.plan), checksum=row.checksum, locked_at=row.at,
                locked_by=row.by, sub_project=row.sub_project_id, by=row.by, at=at,
            )  # fmt: skip
        taken += 1
    return taken


def _free(plan: Plan) -> str:
    from .actions import free_name

    return free_name(plan.name)


def draw_of(row: StoredPlan) -> Draw | None:
    """The logged draw that a sub-project's plan names; none when it names none."""
    found = EvaluationPlan.objects.filter(sub_project=row.sub_project, checksum=row.checksum).select_related("draw")
    return next((one.draw for one in found), None)


def taking_part(row: StoredPlan, plan: Plan) -> list[dict[str, Any]]:
    """Those who took part in the sub-project when its plan's time began; who came later isn't of the plan."""
    day = plan.window.index_date
    found = Participant.objects.filter(sub_project=row.sub_project, start_date__lte=day).exclude(end_date__lt=day)
    rows: dict[str, dict[str, Any]] = {}
    for one in found.select_related("measure").order_by("start_date", "pk"):
        rows.setdefault(one.pupil, {"pupil": one.pupil, "offered": True, "stratum": None, "decided_on": one.start_date,
                                    "measure": one.measure})  # fmt: skip
    return list(rows.values())


def measures_taken_part(row: StoredPlan, closes: date) -> dict[str, Measure]:
    """The measure that each participant of the plan's sub-project had first, up to a day: pupil -> measure."""
    found = Participant.objects.filter(sub_project=row.sub_project, start_date__lte=closes).exclude(measure=None)
    had: dict[str, Measure] = {}
    for one in found.select_related("measure").order_by("start_date", "pk"):
        if one.measure is not None:
            had.setdefault(one.pupil, one.measure)
    return had


def first_taking_part(row: StoredPlan, closes: date) -> dict[str, date]:
    """The day when somebody of each school first took part in the plan's sub-project: school -> day."""
    if row.sub_project is None:
        return {}
    stays = Participant.objects.filter(sub_project=row.sub_project, start_date__lte=closes).order_by("start_date", "pk")
    return _first_days(list(stays.values_list("pupil", "start_date")))


def first_offered(row: StoredPlan, closes: date) -> dict[str, date]:
    """The day when each school began, by the plan's own list: school -> day.

    A school has begun when half of those listed at it have been offered the help: a pupil who brings an offer along to
    another school begins nothing there.
    """
    rows = row.assigned.filter(decided_on__lte=closes).order_by("decided_on", "pk")
    at: dict[str, list[tuple[date, bool]]] = {}
    told = list(rows.values_list("pupil", "decided_on", "offered"))
    for school, (_pupil, day, offered) in _at_schools(told):
        at.setdefault(school, []).append((day, offered))
    firsts: dict[str, date] = {}
    for school, there in at.items():
        days = [day for day, offered in there if offered]
        if 2 * len(days) >= len(there):
            firsts[school] = days[(len(there) + 1) // 2 - 1]
    return firsts


def _first_days(told: list[tuple[str, date]]) -> dict[str, date]:
    """By the school that each pupil was enrolled at on the day, earliest first."""
    firsts: dict[str, date] = {}
    for school, (_pupil, day) in _at_schools(told):
        firsts.setdefault(school, day)
    return firsts


def _at_schools(told: Sequence[T]) -> Iterator[tuple[str, T]]:
    """Each row with every school that its pupil was enrolled at on its day."""
    schools: dict[str, list[Enrolment]] = {}
    for enrolment in Enrolment.objects.filter(pupil__in={one[0] for one in told}).order_by("pk"):
        schools.setdefault(enrolment.pupil_id, []).append(enrolment)
    for one in told:
        for each in schools.get(one[0], ()):
            if _covers(each, one[1]):
                yield each.organisation_id, one


def _covers(stay: Enrolment, day: date) -> bool:
    return (stay.start_date is None or stay.start_date <= day) and (stay.end_date is None or day <= stay.end_date)
