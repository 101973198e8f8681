"""The demo's schools between two pupil health meetings: one that was held, with its decisions, and one that comes.

Everything goes through the ordinary acts. What is decided comes of places on the agenda, never of a pupil.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import localtime, make_aware

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.agenda import GROUP, PUPIL, Point, agenda_of
from pluginnovation.support.meeting_decisions import END, INVESTIGATE, MEASURE, NEXT_TIME, STEP, Deciding
from pluginnovation.web.people.duties import ActiveDuty, duties_of
from pluginnovation.web.people.models import DemoRole, Duty, User

from .agenda_reading import reasons_for
from .colleagues import mentor_of
from .meeting_deciding import Sent, decide_point
from .meetings import Planning, end_meeting, plan_meeting, start_meeting
from .models import Meeting, MeetingPoint
from .promises import keep_promise

ROLE: Final = "pupil_health"
# A fortnight between two meetings, at the same time of day.
AGO: Final = timedelta(days=14)
BEGINS: Final = time(14, 30)
# So many points of each kind that there was time for; the others come again.
TIME_FOR: Final = 6
# What was decided, by the point's place: what, the measure, days until it is due, and whether it is done already.
Row = tuple[str, str, int, bool, str]
OF_PUPILS: Final[tuple[Row, ...]] = (
    (STEP, "", 7, True, "Ring hem och bestäm en tid för samtal, tillsammans med eleven."),
    (MEASURE, "study_coach", 28, False, "Studiecoach två gånger i veckan. Eleven väljer själv vilka ämnen."),
    (STEP, "", 10, False, "Fråga undervisande lärare vilka anpassningar som prövats, och vad eleven tyckte."),
    (INVESTIGATE, "", 21, False, "Anpassningarna har inte räckt. Rektor får underlaget till nästa möte."),
    (END, "", 0, False, "Eleven är på plats igen sedan tre veckor och vill inte ha mer just nu."),
    (NEXT_TIME, "", 0, False, ""),
)
OF_GROUPS: Final[tuple[Row, ...]] = (
    (STEP, "", 12, False, "Se över passet tillsammans med arbetslaget och fråga klassen vad som är svårt."),
    (MEASURE, "timetable_change", 28, False, "Passet flyttas en timme, så att bussen hinner fram."),
    (END, "", 0, False, "Det var två veckor med vikarie. Ordinarie lärare är tillbaka."),
)


def meet_demo(*, now: datetime) -> int:
    """Let the pupil health team of the demo's school have met, and have a meeting ahead; how many meetings that is.

    None where there are some. All of it or nothing, so that it can be begun again.
    """
    opened = 0
    for user in User.objects.filter(pk__in=DemoRole.objects.filter(role=ROLE).values("user")).order_by("pk"):
        day = localtime(now).date()
        for duty in duties_of(user, day):
            if duty.role != ROLE or not duty.place or Meeting.objects.filter(school=duty.place).exists():
                continue
            with transaction.atomic():
                held = _held(duty, user, _weekday(day - AGO, -1))
                ahead = Planning(duty.place, _weekday(day + timedelta(days=1), 1), BEGINS)
                plan_meeting(planning=ahead, by=user, at=max(now, held))
            opened += 2
    return opened


def _weekday(day: date, way: int) -> date:
    while day.weekday() > 4:
        day += timedelta(days=way)
    return day


def _held(duty: ActiveDuty, user: User, on: date) -> datetime:
    """One meeting from its planning to its end; when it ended."""
    begun = make_aware(datetime.combine(on, BEGINS))
    meeting = plan_meeting(planning=Planning(duty.place, on, BEGINS), by=user, at=begun - AGO)
    # What had not yet begun to wait that day was not taken up.
    agenda = agenda_of(reason for reason in reasons_for(duty, duty.place, on) if reason.since < on)
    start_meeting(meeting=meeting, agenda=_with_time_for(agenda), by=user, at=begun)
    meeting.refresh_from_db()
    turns = {PUPIL: 0, GROUP: 0}
    for point in meeting.points.order_by("number"):
        about = PUPIL if point.pupil else GROUP
        if point.pupil or point.group:
            _decided(point, about, turns[about], user, begun + timedelta(minutes=5 * point.number))
            turns[about] += 1
    ended = begun + timedelta(minutes=75)
    end_meeting(meeting=meeting, by=user, at=ended)
    return ended


def _with_time_for(agenda: tuple[Point, ...]) -> tuple[Point, ...]:
    """As many of the classes and as many of the pupils as an hour has room for, in the agenda's order."""
    taken = {
        about: [point for point in agenda if point.about == about][: TIME_FOR if about == PUPIL else len(OF_GROUPS)]
        for about in (GROUP, PUPIL)
    }
    chosen = {(point.about, point.code) for points in taken.values() for point in points}
    return tuple(point for point in agenda if (point.about, point.code) in chosen)


def _decided(point: MeetingPoint, about: str, turn: int, by: User, at: datetime) -> None:
    rows = OF_PUPILS if about == PUPIL else OF_GROUPS
    what, measure, days, done, text = rows[turn % len(rows)]
    owner, role = _owner(point, by)
    due = at.date() + timedelta(days=days) if days else None
    deciding = Deciding(about, what, text, measure, owner, role, due)
    try:
        decision = decide_point(point=point, sent=Sent(deciding, 0, ROLE), by=by, at=at)
    except Refusal:
        return  # it comes again at the next meeting
    if done and decision.step is not None:
        keep_promise(step=decision.step, by=by, at=at + timedelta(days=3))


def _owner(point: MeetingPoint, by: User) -> tuple[str, str]:
    """The mentor where there is one; for a group without one the principal."""
    mentor = mentor_of(pupil=point.pupil, group=point.group)
    if mentor:
        return mentor, "mentor"
    led = Duty.objects.filter(organisation=point.school, role="principal", person__isnull=False)
    return (led.order_by("person").values_list("person", flat=True).first() or str(by.person_id or "")), "principal"
