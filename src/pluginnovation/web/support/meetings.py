"""The acts of a pupil health meeting: its day is set, it begins with its agenda, points are decided, and it ends."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.agenda import GROUP, PUPIL, Point, Reason
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from . import refused
from .models import Meeting, MeetingPoint


@dataclass(frozen=True, slots=True)
class Planning:
    """A meeting about to be set.

    begins   the time of day; none: not said
    """

    school: str
    on: date
    begins: time | None = None


def plan_meeting(*, planning: Planning, by: User, at: datetime) -> Meeting:
    """Set the day of a meeting.

    Raises  Refusal for a day that has been, or one that has a meeting already
    """
    if planning.on < localdate(at):
        raise refused.day_passed()
    try:
        with (
            transaction.atomic(),
            recorded("plan_meeting", by=by, at=at, about=planning.school, on=planning.on.isoformat()),
        ):
            return Meeting.objects.create(
                school=planning.school, on=planning.on, begins=planning.begins, by=by, at=at
            )  # fmt: skip
    except IntegrityError as twice:
        raise day_taken() from twice


def start_meeting(*, meeting: Meeting, agenda: tuple[Point, ...], by: User, at: datetime) -> int:
    """Write down the agenda as it is now, or what has come to it since: how many points were added.

    Points that stand keep their numbers, so that nobody writes on another's.

    Raises  Refusal when the meeting is over
    """
    if meeting.ended_at is not None:
        raise meeting_is_over()
    with recorded("start_meeting", by=by, at=at, about=meeting.school, meeting=meeting.pk, points=len(agenda)):
        Meeting.objects.filter(pk=meeting.pk, started_at=None).update(started_at=at, started_by=by)
        standing = {(point.pupil, point.group): point.number for point in meeting.points.all()}
        number, added = max(standing.values(), default=0), 0
        for point in agenda:
            row = _row(meeting, point, by, at)
            if (row.pupil, row.group) in standing:
                continue
            added += 1
            row.number = number + added
            row.save(force_insert=True)
    return added


def end_meeting(*, meeting: Meeting, by: User, at: datetime) -> None:
    """Say that the meeting is over. What is undecided comes back at the next one.

    Raises  Refusal when it is over already, or never began
    """
    with recorded("end_meeting", by=by, at=at, about=meeting.school, meeting=meeting.pk):
        standing = Meeting.objects.filter(pk=meeting.pk, ended_at=None, started_at__isnull=False)
        if not standing.update(ended_at=at, ended_by=by):
            raise meeting_is_over()


def _row(meeting: Meeting, point: Point, by: User, at: datetime) -> MeetingPoint:
    return MeetingPoint(
        meeting=meeting, part=point.part, pupil=point.code if point.about == PUPIL else "",
        group=point.code if point.about == GROUP else "", school=meeting.school, why=point.why, since=point.since,
        reasons=[[reason.why, reason.since.isoformat(), reason.row] for reason in point.reasons], by=by, at=at,
    )  # fmt: skip


def reasons_of(point: MeetingPoint) -> list[Reason]:
    """Why a point stands on the agenda, as it was when it was written down."""
    about = "pupil" if point.pupil else "group" if point.group else "school"
    code = point.pupil or point.group or point.school
    return [Reason(about, code, why, date.fromisoformat(since), row) for why, since, row in point.reasons]


def rows_behind(point: MeetingPoint, why: str) -> list[int]:
    """The numbers of the rows that gave the point this reason."""
    return [reason.row for reason in reasons_of(point) if reason.why == why and reason.row is not None]


def meeting_is_over() -> Refusal:
    """Something new at a meeting that is over, or that hasn't begun."""
    return Refusal(
        "meeting_over",
        what=("Mötet är avslutat, eller har inte börjat.", "The meeting is over, or hasn't begun."),
        todo=("Ta upp det på nästa möte.", "Take it up at the next meeting."),
    )


def day_taken() -> Refusal:
    """A second meeting on one day."""
    return Refusal(
        "meeting_day_taken",
        what=("Skolan har redan ett möte den dagen.", "The school already has a meeting on that day."),
        todo=("Välj en annan dag.", "Choose another day."),
    )
