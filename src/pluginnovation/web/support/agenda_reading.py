"""Why a school's meeting has something to take up: asked of the stored rows, within what the asker's role reaches.

However many pupils there are, it is the same number of queries.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import localtime

from pluginnovation.support.agenda import (
    CASE_STEP_PASSED,
    FOLLOW_UP_DUE,
    FOLLOW_UP_PASSED,
    GROUP,
    MEASURE_ENDS,
    PATTERN,
    PUPIL,
    PUT_OFF,
    RAISED,
    SCHOOL,
    STEP_PASSED,
    UNANSWERED,
    Reason,
)
from pluginnovation.support.meeting_decisions import NEXT_TIME
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.reach import of_todays_school, pupils_in_reach
from pluginnovation.web.signals.figures import unpacked
from pluginnovation.web.signals.models import Answer, PupilSnapshot, Run, SchoolSnapshot

from .mine import open_steps
from .models import CaseStep, FollowUp, Measure, Meeting, MeetingDecision, MeetingPoint

HIGHEST = 3
# A follow-up or an end is taken up when it comes within a week of the meeting.
COMING = timedelta(days=7)
# So many of those whom nobody has answered are taken up at once, the longest wait first: more than an hour has room for
# would only be scrolled past. The page tells how many are left for the next meeting.
MOST_UNANSWERED = 10
# What was decided lately isn't taken up again for the same reason; a date that passes is a reason of its own.
LATELY = timedelta(days=28)
OF_THE_TEAM = ("pupil_health", "principal")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose agenda, and for which day.

    before   the school's meeting before this one; none: this is the first
    """

    duty: ActiveDuty
    school: str
    on: date
    before: Meeting | None


def reasons_for(duty: ActiveDuty, school: str, on: date) -> list[Reason]:
    """Every reason to take something up at the school's meeting of a day."""
    held = Meeting.objects.filter(school=school, on__lt=on, started_at__isnull=False)
    asked = Asked(duty, school, on, held.order_by("-on").first())
    decided = _decided_lately(school)

    def fresh(found: Iterable[Reason]) -> list[Reason]:
        return [reason for reason in found if decided.get((reason.about, reason.code), date.min) < reason.since]

    waiting = sorted(fresh(_unanswered(asked)), key=lambda reason: (reason.since, reason.code))
    return [
        *fresh(_patterns(asked)), *fresh(_raised(asked)), *waiting[:MOST_UNANSWERED], *_steps(asked),
        *_case_steps(asked), *_follow_ups(asked), *_ending(asked), *_put_off(asked),
    ]  # fmt: skip


def waiting_at(duty: ActiveDuty, school: str) -> int:
    """How many of the school's pupils nobody has answered at the highest level. One query."""
    reached = Subquery(pupils_in_reach(duty, today()).values("code"))
    return PupilSnapshot.objects.filter(pupil__in=reached, school=school, level=HIGHEST, waits=True).count()


def _pupils(asked: Asked) -> Subquery:
    return Subquery(pupils_in_reach(asked.duty, today()).values("code"))


def _within(asked: Asked) -> Q:
    return Q(pupil="") | Q(pupil__in=_pupils(asked))


def _about(row: object) -> tuple[str, str]:
    pupil, group = getattr(row, "pupil", ""), getattr(row, "group", "")
    if pupil:
        return PUPIL, pupil
    return (GROUP, group) if group else (SCHOOL, getattr(row, "school", ""))


def _decided_lately(school: str) -> dict[tuple[str, str], date]:
    """Whom and what something was decided about lately, and when: later signals are new."""
    rows = MeetingDecision.objects.filter(school=school, at__date__gt=today() - LATELY).exclude(what=NEXT_TIME)
    found: dict[tuple[str, str], date] = {}
    for row in rows.order_by("at"):
        found[_about(row)] = localtime(row.at).date()
    return found


def _patterns(asked: Asked) -> Iterator[Reason]:
    picture = SchoolSnapshot.objects.filter(school=asked.school).first()
    if picture is None:
        return
    run = Run.objects.filter(pk=picture.run_id).values_list("as_of", flat=True).first() or asked.on
    for code in dict.fromkeys(pattern.group for pattern in picture.patterns):
        yield Reason(GROUP, code, PATTERN, run)


def _raised(asked: Asked) -> Iterator[Reason]:
    here = PupilSnapshot.objects.filter(pupil=OuterRef("pupil")).values("school")[:1]
    rows = Answer.objects.filter(of_todays_school(), pupil__in=_pupils(asked), at__date__gt=today() - 3 * LATELY)
    latest = rows.annotate(at_school=Subquery(here)).order_by("pupil", "signal", "-at", "-id")
    for row in latest.distinct("pupil", "signal"):
        if row.what == Answer.What.RAISED and row.at_school == asked.school:
            yield Reason(PUPIL, row.pupil, RAISED, localtime(row.at).date())


def _unanswered(asked: Asked) -> Iterator[Reason]:
    """Those at the highest level who stood there, unanswered, already at the meeting before."""
    if asked.before is None:
        return
    waiting = PupilSnapshot.objects.filter(pupil__in=_pupils(asked), school=asked.school, level=HIGHEST, waits=True)
    for picture in waiting.only("pupil", "figures"):
        figures = [unpacked(row) for row in picture.figures]
        began = [f.since for f in figures if f.opens and f.level == HIGHEST and f.since and f.since < asked.before.on]
        if began:
            yield Reason(PUPIL, picture.pupil, UNANSWERED, min(began))


def _steps(asked: Asked) -> Iterator[Reason]:
    """Promises of the team's, or made at a meeting or in a case, whose day has passed."""
    of_meetings = MeetingDecision.objects.filter(step__isnull=False, school=asked.school).values("step")
    team = Q(owner_role__in=OF_THE_TEAM) | Q(case__isnull=False) | Q(pk__in=of_meetings)
    rows = open_steps().filter(_within(asked), team, school=asked.school, due__lt=today())
    for row in rows.order_by("due", "pk"):
        yield Reason(*_about(row), STEP_PASSED, row.due or asked.on, row.pk)


def _case_steps(asked: Asked) -> Iterator[Reason]:
    rows = CaseStep.objects.filter(
        pupil__in=_pupils(asked), case__school=asked.school, case__closed_at=None, done_on=None, due__lt=today()
    )
    for row in rows.order_by("due", "pk"):
        yield Reason(PUPIL, row.pupil, CASE_STEP_PASSED, row.due or asked.on, row.pk)


def _follow_ups(asked: Asked) -> Iterator[Reason]:
    rows = FollowUp.objects.filter(_within(asked), school=asked.school, done_at=None, due__lte=asked.on + COMING)
    for row in rows.select_related("measure").order_by("due", "pk"):
        about, code = (PUPIL, row.pupil) if row.pupil else _about(row.measure)
        passed = row.due < today()
        since = row.due if passed else min(localtime(row.at).date(), row.due)
        yield Reason(about, code, FOLLOW_UP_PASSED if passed else FOLLOW_UP_DUE, since, row.pk)


def _ending(asked: Asked) -> Iterator[Reason]:
    rows = Measure.objects.filter(
        _within(asked), school=asked.school, state=Measure.RUNNING, planned_end__lte=asked.on + COMING
    )
    for row in rows.order_by("planned_end", "pk"):
        yield Reason(*_about(row), MEASURE_ENDS, row.starts, row.pk)


def _put_off(asked: Asked) -> Iterator[Reason]:
    """What the meeting before left for this one, or didn't come to."""
    if asked.before is None:
        return
    points = MeetingPoint.objects.filter(_within(asked), meeting=asked.before).prefetch_related("decisions")
    for point in points:
        standing = standing_decision(point.decisions.all())
        if standing is None or standing.what == NEXT_TIME:
            yield Reason(*_about(point), PUT_OFF, point.since)


def standing_decision(decisions: Iterable[MeetingDecision]) -> MeetingDecision | None:
    """The decision that stands on a point: the last one; none: nothing is decided."""
    return max(decisions, key=lambda decision: decision.number, default=None)
