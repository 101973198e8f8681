"""The hand-over pack: what the next one needs to know of each thing that is open."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from pluginnovation.support.case_states import KINDS, STATES
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Group, Organisation, Person

from .handing import Work
from .measure_words import kind_word
from .models import Case, CaseStep, FollowUp, Goal, Measure
from .owners import staff_of
from .spoken import told


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of the pack.

    about    the pupil's name, the group's or the school's;  href   its page, empty for none
    what     the case, the measure or the promise
    state    how it stands: a case's state, how much of a measure was given, what comes after a promise
    agreed   what was agreed: the goal, how often
    next_on  the nearest date; none: no day is set
    """

    about: str
    href: str
    what: str
    state: str
    agreed: str
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """The pack of one adult at one school."""

    code: str
    name: str
    here: bool
    school: Organisation
    cases: list[Row]
    measures: list[Row]
    steps: list[Row]

    @property
    def n(self) -> int:
        """How many things."""
        return len(self.cases) + len(self.measures) + len(self.steps)

    @property
    def next_on(self) -> date | None:
        """The nearest date of all."""
        days = [row.next_on for row in (*self.cases, *self.measures, *self.steps) if row.next_on]
        return min(days, default=None)

    @property
    def passed(self) -> int:
        """How many dates have passed."""
        rows = (*self.cases, *self.measures, *self.steps)
        return sum(row.next_on is not None and row.next_on < today() for row in rows)


def told_of(work: Work, code: str, school: Organisation) -> Told:
    """The pack. Nine queries, however much there is."""
    names = _Names(work, school)
    staff = staff_of([school.code])
    steps = [
        Row(*names.of(one.pupil, one.group), one.what, one.then, "", one.due)
        for one in work.steps
    ]  # fmt: skip
    return Told(
        code, staff.name(code), code in staff.here, school, _cases(work.cases, names), _measures(work.measures, names),
        steps,
    )  # fmt: skip


class _Names:
    """Names and pages of whom the work is about."""

    def __init__(self, work: Work, school: Organisation) -> None:
        things = [one for _kind, one in work.things()]
        people = Person.objects.filter(code__in={one.pupil for one in things} - {""})
        self.people = {one.code: one.name for one in people.only("code", "given_name", "family_name")}
        codes = ({one.group for one in work.measures} | {one.group for one in work.steps}) - {""}
        self.groups = dict(Group.objects.filter(code__in=codes).values_list("code", "display_name"))
        self.school = school

    def of(self, pupil: str, group: str = "") -> tuple[str, str]:
        """The name, and the page."""
        if pupil:
            return self.people.get(pupil, pupil), f"/elev/{pupil}/"
        return (self.groups.get(group, group), f"/klass/{group}/") if group else (self.school.display_name, "")


def _cases(cases: list[Case], names: _Names) -> list[Row]:
    numbers = [case.pk for case in cases]
    goals: dict[int, list[str]] = {}
    for case, text in Goal.objects.filter(case__in=numbers, ended_at=None).order_by("pk").values_list("case", "text"):
        goals.setdefault(case, []).append(text)
    due: dict[int, list[date]] = {}
    dated = CaseStep.objects.filter(case__in=numbers, done_on=None, due__isnull=False).values_list("case", "due")
    looks = FollowUp.objects.filter(case__in=numbers, done_at=None).values_list("case", "due")
    for case, day in (*dated, *looks):
        if case is not None and day is not None:
            due.setdefault(case, []).append(day)
    return [
        Row(
            *names.of(case.pupil), told(KINDS[case.kind]), told(STATES[case.state]), " ".join(goals.get(case.pk, ())),
            min(due.get(case.pk, ()), default=None),
        )
        for case in cases
    ]  # fmt: skip


def _measures(measures: list[Measure], names: _Names) -> list[Row]:
    given = Measure.objects.filter(pk__in=[one.pk for one in measures]).annotate(times=Sum("doses__times"))
    times = {number: count or 0 for number, count in given.values_list("pk", "times")}
    return [
        Row(
            *names.of(one.pupil, one.group), kind_word(one.kind), _given(times.get(one.pk, 0), one.planned_dose),
            ". ".join(text for text in (one.goal.rstrip("."), one.how_often) if text), one.planned_end,
        )
        for one in measures
    ]  # fmt: skip


def _given(times: int, planned: int | None) -> str:
    return f"{times}/{planned}" if planned else str(times)
