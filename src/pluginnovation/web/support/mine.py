"""Which promises, steps and follow-ups are somebody's own: by name, or by role when nobody is named any more."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Duty
from pluginnovation.web.people.reach import (
    at_the_pupils_school,
    covering,
    groups_in_reach,
    of_todays_school,
    pupils_in_reach,
)

from .models import Case, CaseStep, FollowUp, Measure, NextStep

# How far ahead a day is shown.
AHEAD = timedelta(days=60)


def open_steps() -> QuerySet[NextStep]:
    """Promises that still stand."""
    return NextStep.objects.filter(done_at=None, taken_back_at=None)


def with_support(pupils: Collection[str]) -> set[str]:
    """Those of the pupils for whom a measure runs or a case is open. Two queries."""
    codes = list(pupils)
    running = Measure.objects.filter(of_todays_school(), pupil__in=codes, state=Measure.RUNNING)
    cases = Case.objects.filter(at_the_pupils_school(), pupil__in=codes, closed_at=None)
    return {*running.values_list("pupil", flat=True), *cases.values_list("pupil", flat=True)}


def my_steps(duty: ActiveDuty, person: str) -> QuerySet[NextStep]:
    """The promises that are this adult's in this role, about whom and what the role reaches.

    Takes   person   the adult's code; empty for one whom no source names
    """
    return open_steps().filter(_about_mine(duty), _owned(duty, person))


def my_case_steps(duty: ActiveDuty, person: str) -> QuerySet[CaseStep]:
    """Steps with a day, not done, of the cases that this adult answers for."""
    due = CaseStep.objects.filter(done_on=None, due__isnull=False, case__closed_at=None)
    pupils = pupils_in_reach(duty, today()).values("code")
    return due.filter(_owned(duty, person, "case__"), pupil__in=pupils).select_related("case")


def my_follow_ups(duty: ActiveDuty, person: str) -> QuerySet[FollowUp]:
    """Days to look back, of the cases and measures that this adult answers for."""
    due = FollowUp.objects.filter(done_at=None, due__lte=today() + AHEAD)
    owned = _owned(duty, person, "case__") | _owned(duty, person, "measure__")
    pupils = pupils_in_reach(duty, today()).values("code")
    here = Q(pupil__in=pupils) | (Q(pupil="") & Q(school__in=_schools(duty)))
    return due.filter(owned, here).select_related("case", "measure")


def _owned(duty: ActiveDuty, person: str, path: str = "") -> Q:
    """Owned by name, or by the role at the school when nobody is named or the one who was has left."""
    here = Duty.objects.filter(covering(today()), person=OuterRef(f"{path}owner")).exclude(role="")
    of_role = Q(**{f"{path}owner_role": duty.role}) & (Q(**{f"{path}owner": ""}) | Q(~Exists(here)))
    return Q(**{f"{path}owner": person}) | of_role if person else of_role


def _about_mine(duty: ActiveDuty) -> Q:
    pupils, groups = pupils_in_reach(duty, today()), groups_in_reach(duty, today())
    return (
        Q(pupil__in=pupils.values("code"))
        | Q(pupil="", group__in=groups.values("code"))
        | Q(pupil="", group="", school__in=_schools(duty))
    )


def _schools(duty: ActiveDuty) -> frozenset[str]:
    return duty.units | {duty.place}
