"""Measures for groups and for the school, as the pages tell of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.http import Http404, HttpRequest

from pluginnovation.support import catalogue
from pluginnovation.support.ends import REASONS
from pluginnovation.support.follow_ups import RESULTS
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Group
from pluginnovation.web.people.reach import groups_in_reach
from pluginnovation.web.people.rights.asker import duty_of
from pluginnovation.web.signals.words import language

from ..models import Dose, FollowUp, Measure
from ..owners import staff_of
from .reach import schools_of


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """A measure in words.

    whom      the class, or nothing for the whole school
    axes      intent, reach and level
    given     how many times, of `measure.planned_dose`
    next_up   the first follow-up that isn't done; none: all are
    late      the day of the next follow-up has passed
    """

    measure: Measure
    kind: str
    whom: str
    axes: tuple[str, str, str]
    owner: str
    given: int
    next_up: FollowUp | None
    late: bool
    ended: str


def word(pair: tuple[str, str]) -> str:
    """A text of the pure stages in the page's language."""
    return pair[1] if language() == "en" else pair[0]


def measures_told(measures: Iterable[Measure]) -> list[MeasureTold]:
    """Measures in words, in their order. Five queries, however many they are."""
    listed = list(measures)
    if not listed:
        return []
    numbers = [one.pk for one in listed]
    names = dict(Group.objects.filter(code__in={one.group for one in listed}).values_list("code", "display_name"))
    given = dict(Dose.objects.filter(measure__in=numbers).values_list("measure").annotate(Sum("times")).order_by())
    waiting: dict[int | None, FollowUp] = {}
    for one in FollowUp.objects.filter(measure__in=numbers, done_at=None).order_by("due", "id"):
        waiting.setdefault(one.measure_id, one)
    staff = staff_of({one.school for one in listed})
    return [
        MeasureTold(
            one, _kind(one.kind), names.get(one.group, ""), _axes(one), staff.owner(one.owner, one.owner_role),
            given.get(one.pk, 0), waiting.get(one.pk), _late(waiting.get(one.pk), today()),
            word(REASONS[one.end_reason]) if one.end_reason in REASONS else "",
        )
        for one in listed
    ]  # fmt: skip


def _kind(key: str) -> str:
    kind = catalogue.BY_KEY.get(key)
    return word((kind.sv, kind.en)) if kind else key


def _axes(one: Measure) -> tuple[str, str, str]:
    intent, reach = catalogue.INTENTS.get(one.intent), catalogue.REACHES.get(one.reach)
    level = catalogue.LEVELS.get(one.level)
    return (word(intent) if intent else "", word(reach) if reach else "", word(level) if level else "")


def _late(one: FollowUp | None, day: date) -> bool:
    return one is not None and one.due < day


def measures_at(request: HttpRequest, school: str) -> list[Measure]:
    """The school's measures for groups within reach and for the whole school: running first, then by first day."""
    groups = groups_in_reach(duty_of(request), today()).values("code")
    found = Measure.objects.filter(Q(group="") | Q(group__in=groups), school=school, pupil="")
    rows = list(found.order_by("-starts", "-id"))
    return sorted(rows, key=lambda one: one.state == Measure.ENDED)


def measure_or_404(request: HttpRequest, number: int) -> Measure:
    """A measure for a group or a school within reach.

    Raises  Http404, the same one, whether it doesn't exist, is about a pupil or may not be seen
    """
    duty = duty_of(request)
    groups = groups_in_reach(duty, today()).values("code")
    schools = schools_of(duty, today()).values("code")
    found = Measure.objects.filter(Q(group="") | Q(group__in=groups), pk=number, pupil="", school__in=schools).first()
    if found is None:
        raise Http404
    return found


def follow_ups_told(measure: Measure) -> list[tuple[FollowUp, str]]:
    """A measure's follow-ups, the earliest first, with what was found."""
    rows = FollowUp.objects.filter(measure=measure).select_related("done_by").order_by("due", "id")
    return [(one, word(RESULTS[one.result]) if one.result in RESULTS else "") for one in rows]
