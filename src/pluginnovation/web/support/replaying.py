"""What the made-up region's adults did, done again through the ordinary actions: measures begun, given and ended.

Answers are replayed by `web/signals/replay.py`, when the signals of their days stand. Whoever is named must be somebody
with a duty here, and a refused act is passed over, as it would have been at a page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zlib import crc32

from django.db import transaction
from django.utils.timezone import localdate

from pluginnovation.privacy.grounds import ROLES
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Duty, Enrolment, Person, User
from pluginnovation.web.people.reach import covering, shown
from pluginnovation.web.signals.actions import WITHOUT_SCHOOL

from .actions import Delivered, Ending, Starting, deliver_dose, end_measure, start_measure
from .models import Dose, Measure, PointMark
from .replaying_points import POINTS, mark_some

Event = Mapping[str, Any]
STARTED, GIVEN, ENDED = "measure_started", "dose_delivered", "measure_ended"
TYPES: Final = (STARTED, GIVEN, ENDED)
# A sub-project that works with whole classes is no pupil's own measure, though the file names who was in them.
WITH_CLASSES: Final = ("class_climate",)
# Every other measure of these kinds follows a method, by the key that it has among those that come along with the hub.
FOLLOWED: Final = {
    "mentor_talk": "mentor-som-foljer-upp",
    "guardian_contact": "kontakt-hem-samma-dag",
    "attendance_team": "narvaroteam",
    "adapted_teaching": "sprakutvecklande-undervisning",
    "homework_help": "laxhjalp-med-larare",
    "study_coach": "studiecoach",
    "language_support": "studiehandledning-pa-modersmalet",
    "special_teaching": "specialundervisning-i-perioder",
    "counsellor": "franvaroutredning-med-eleven",
    "career_guidance": "vagledning-i-tid",
    "repair": "reparerande-samtal",
    "outreach": "uppsokande-kontakt-i-steg",
    "way_back": "individuell-plan-i-aktivitetsansvaret",
}


@dataclass(slots=True)
class Replayed:
    """How much was done again, and how many acts were refused or had nobody who could do them."""

    started: int = 0
    given: int = 0
    ended: int = 0
    passed_over: int = 0


class Cast:
    """The product's own people for the ids of a file. A handful of queries, however many events."""

    def __init__(self, events: Iterable[Event], source: str) -> None:
        listed = list(events)
        ids = {event[key] for event in listed for key in ("pupil", "by") if key in event}
        named = Person.objects.filter(source=source, source_id__in=ids)
        self.codes = dict(named.values_list("source_id", "code"))
        self.pupils = set(shown(today()).filter(source=source, source_id__in=ids).values_list("code", flat=True))
        users = User.objects.filter(person__in=self.codes.values(), is_active=True)
        self.users = {user.person_id: user for user in users}
        self.roles: dict[str, str] = {}
        held = Duty.objects.filter(covering(today()), person__in=self.codes.values()).exclude(role="")
        for person, role in sorted(held.values_list("person", "role"), key=lambda row: -ROLES.index(row[1])):
            self.roles[str(person)] = role
        self.stays: dict[str, list[tuple[str, date | None, date | None]]] = {}
        stays = Enrolment.objects.filter(pupil__in=self.pupils)
        for pupil, school, start, end in stays.values_list("pupil", "organisation", "start_date", "end_date"):
            self.stays.setdefault(pupil, []).append((school, start, end))

    def pupil(self, event: Event) -> str:
        """The pupil's code; empty for one whom nobody may be shown."""
        code = self.codes.get(event["pupil"], "")
        return code if code in self.pupils else ""

    def adult(self, event: Event) -> User | None:
        """The user who did it; none for one without a duty today."""
        code = self.codes.get(event["by"], "")
        return self.users.get(code) if code in self.roles else None

    def role(self, user: User) -> str:
        """The first of the user's roles."""
        return self.roles[str(user.person_id)]

    def school(self, pupil: str, day: date) -> str:
        """The school that the pupil was enrolled at on a day; empty for none."""
        for school, start, end in self.stays.get(pupil, ()):
            if (start is None or start <= day) and (end is None or end >= day):
                return school
        return ""


def measures_since(events: Iterable[Event], first: date) -> list[Event]:
    """What was done with pupils' measures that began on a day or later, in order."""
    kept: list[Event] = []
    begun: set[str] = set()
    for event in events:
        own = "sub_project" not in event or event.get("method") not in WITH_CLASSES
        if event["type"] == STARTED and own and event["at"][:10] >= first.isoformat():
            begun.add(event["measure"])
        if event["type"] in TYPES and event["measure"] in begun:
            kept.append(event)
    return kept


@transaction.atomic
def replay_measures(events: list[Event], source: str, *, cases: Mapping[str, int] | None = None) -> Replayed:
    """Begin, give and end measures as the events say. All or nothing; what is done already is passed over.

    Takes   source   the records' source, whose ids the events have
            cases    a measure's id in the file -> the number of the case that it belongs to
    """
    cast, done = Cast(events, source), Replayed()
    known = Measure.objects.filter(outside_id__in={event["measure"] for event in events})
    measures = {measure.outside_id: measure for measure in known}
    given = set(Dose.objects.filter(measure__in=known).values_list("measure__outside_id", "at"))
    marked = set(PointMark.objects.filter(measure__in=known).values_list("measure__outside_id", flat=True))
    for event in events:
        at, by = datetime.fromisoformat(event["at"]), cast.adult(event)
        pupil, measure = cast.pupil(event), measures.get(event["measure"])
        if by is None or not pupil or (measure is None and event["type"] != STARTED):
            done.passed_over += 1
            continue
        try:
            if event["type"] == STARTED and measure is None:
                starting = _starting(event, pupil, cast, by, (cases or {}).get(event["measure"]))
                measures[event["measure"]] = start_measure(starting=starting, by=by, at=at)
                done.started += 1
            elif event["type"] == GIVEN and measure and event["dose"] and (event["measure"], at) not in given:
                delivered = Delivered(localdate(at), event["dose"])
                deliver_dose(measure=measure, delivered=delivered, by=by, at=at)
                done.given += 1
                if event["measure"] not in marked:
                    mark_some(measure=measure, name=event["measure"], by=by, at=at)
                    marked.add(event["measure"])
            elif event["type"] == ENDED and measure and measure.state != Measure.ENDED:
                ending = Ending(localdate(at), event["reason"])
                measures[event["measure"]] = end_measure(measure=measure, ending=ending, by=by, at=at)
                done.ended += 1
        except Refusal:
            done.passed_over += 1
    return done


def followed(event: Event) -> str:
    """The key of the method that a made-up measure follows; empty for every other one, as schools seldom follow any."""
    return FOLLOWED.get(event["method"], "") if crc32(event["measure"].encode()) % 2 == 0 else ""


def _starting(event: Event, pupil: str, cast: Cast, by: User, case: int | None) -> Starting:
    day = localdate(datetime.fromisoformat(event["at"]))
    signal, method = event.get("signal", ""), followed(event)
    return Starting(
        kind=event["method"], starts=day, pupil=pupil,
        school="" if signal == WITHOUT_SCHOOL else cast.school(pupil, day), case=case, level=event["level"],
        intent=event["intent"], reach=event["reach"], method=method, signal=signal, owner=str(by.person_id),
        fidelity=POINTS.get(method, ()) if case is not None else (),
        owner_role=cast.role(by), planned_dose=event["planned_dose"] or None, outside_id=event["measure"],
    )  # fmt: skip
