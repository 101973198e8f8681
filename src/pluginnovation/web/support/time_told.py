"""What the page I tid tells of a school: the curve, what became of the waits, why some took long, and the load."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final

from django.utils.translation import gettext

from pluginnovation.reference.calendar import school_year_start, term_of
from pluginnovation.support.delay import REASONS
from pluginnovation.support.kaplan_meier import HALF, NINE_OF_TEN, Step, days_until, left_after, survival
from pluginnovation.support.time_to_action import ACTED, JUDGED_WRONG, LEFT, OVERDUE_DAYS, PASSED, WAITS
from pluginnovation.support.workload import FEWEST, Load, load, weeks_between
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Duty, Group, Membership, Organisation
from pluginnovation.web.people.reach import covering, pupils_in_reach
from pluginnovation.web.signals.views.group import CLASS

from .leavers import left_school
from .waited import GONE, Waited, waited

TERM, YEAR, EVERYTHING = "termin", "lasar", "allt"
# The days that the table under the curve tells of.
TOLD_DAYS: Final = (0, 7, 14, 21, 28, 42, 56, 84, 112)


@dataclass(frozen=True, slots=True)
class StillWaiting:
    """One row of the table under the curve.

    watched   how many had been watched for so long and still waited when the day began
    share     whole percent still waiting after it; null: nobody was watched for so long
    """

    day: int
    watched: int
    share: int | None


@dataclass(frozen=True)
class SchoolTime:
    """What is told of one school and period.

    waits    every wait that began in the period, oldest first
    classes  a group's code -> the class's name, in the order of names
    mentors  a group's code -> how many mentors it has today
    """

    school: Organisation
    first: date
    as_of: date
    waits: Sequence[Waited]
    classes: Mapping[str, str]
    mentors: Mapping[str, int]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The curve."""
        return survival(one.wait.watched for one in self.waits)

    @property
    def enough(self) -> bool:
        """Whether there are so many that a middle can be told."""
        return len(self.waits) >= FEWEST

    @cached_property
    def median(self) -> int | None:
        """Days until half had an action; none when fewer than half have."""
        return days_until(self.steps, HALF)

    @cached_property
    def ninth(self) -> int | None:
        """Days until nine of ten had an action; none when fewer have."""
        return days_until(self.steps, NINE_OF_TEN)

    @cached_property
    def outcomes(self) -> Counter[str]:
        """How many waits came out in each way."""
        return Counter(one.wait.outcome for one in self.waits)

    @property
    def acted(self) -> int:
        """How many had an action."""
        return self.outcomes[ACTED]

    @property
    def wrong(self) -> int:
        """How many were judged wrong."""
        return self.outcomes[JUDGED_WRONG]

    @property
    def passed(self) -> int:
        """How many had passed before anything was done."""
        return self.outcomes[PASSED]

    @property
    def left(self) -> int:
        """How many were of pupils who left before anything was done."""
        return self.outcomes[LEFT]

    @property
    def waiting(self) -> int:
        """How many still wait."""
        return self.outcomes[WAITS]

    @cached_property
    def overdue(self) -> list[Waited]:
        """Those who have waited for more than two weeks and still do, the longest wait first."""
        return [one for one in self.waits if one.wait.overdue]

    @cached_property
    def late(self) -> int:
        """How many took more than two weeks, answered or not."""
        return sum(bool(one.reason) for one in self.waits)

    @cached_property
    def reasons(self) -> list[tuple[str, int]]:
        """Why they did: each reason with how many, in the order of the rule."""
        counted = Counter(one.reason for one in self.waits if one.reason)
        return [(reason, counted[reason]) for reason in REASONS if counted[reason]]

    @cached_property
    def table(self) -> list[StillWaiting]:
        """How many still waited after some days; ends where nobody was watched any longer."""
        last = self.steps[-1].day if self.steps else 0
        return [self._row(day) for day in TOLD_DAYS if day <= last]

    def _row(self, day: int) -> StillWaiting:
        watched = sum(one.wait.days >= day for one in self.waits)
        return StillWaiting(day, watched, whole_percent(left_after(self.steps, day)))

    @cached_property
    def loads(self) -> list[Load]:
        """Each class's load, by name; and last those who are in no class, and those who have left."""
        weeks = weeks_between(self.first_counted, self.as_of)
        by_group: dict[str, list[Waited]] = {code: [] for code in self.classes}
        for one in self.waits:
            by_group.setdefault(one.group, []).append(one)
        names = {**self.classes, GONE: gettext("Har slutat skolan")}
        return [
            load(names.get(code, ""), tuple(one.wait for one in found), self.mentors.get(code, 0), weeks)
            for code, found in by_group.items()
            if code in self.classes or found
        ]

    @cached_property
    def whole(self) -> Load:
        """The school's load."""
        weeks = weeks_between(self.first_counted, self.as_of)
        return load("", tuple(one.wait for one in self.waits), sum(self.mentors.values()), weeks)

    @property
    def first_counted(self) -> date:
        """The day from which weeks are counted: the period's first, or that of the first signal when it is later."""
        return max(self.first, min((one.wait.spell.began for one in self.waits), default=self.first))

    @property
    def limit(self) -> int:
        """How many days are long."""
        return OVERDUE_DAYS


def whole_percent(share: Fraction | None) -> int | None:
    """A share in whole percent, halves upward."""
    return None if share is None else int(share * 100 + HALF)


def first_of(period: str, as_of: date) -> date:
    """The first day of a period: this term's, this school year's, or long ago."""
    if period == EVERYTHING:
        return date.min
    return school_year_start(as_of) if period == YEAR else term_of(as_of).first


def school_time(duty: ActiveDuty, school: Organisation, period: str, as_of: date) -> SchoolTime:
    """What is told of a school. Twelve queries, however many pupils and signals."""
    pupils = pupils_in_reach(duty, today()).filter(enrolments__organisation=school.code)
    codes = set(pupils.values_list("code", flat=True))
    classes = Group.objects.filter(covering(today()), organisation=school.code, group_type=CLASS)
    named = dict(classes.order_by("sort_key", "code").values_list("code", "display_name"))
    members = Membership.objects.filter(covering(today()), group__in=named).values_list("pupil", "group")
    groups = dict.fromkeys(sorted(codes), "") | {pupil: group for pupil, group in members if pupil in codes}
    first = first_of(period, as_of)
    found = waited(groups, first, as_of, left_school(school.code), school.code)
    return SchoolTime(school, first, as_of, found, named, _mentors(named))


def _mentors(groups: Iterable[str]) -> Counter[str]:
    held = Duty.objects.filter(covering(today()), group__in=list(groups), role="mentor")
    return Counter(group for group, _person in held.values_list("group", "person").distinct() if group)
