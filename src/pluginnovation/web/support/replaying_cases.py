"""Cases of the made-up region. Its files tell of measures and answers; a school would have opened cases around some.

Every third intensive measure that answers a signal gets a case, and so does what was raised to pupil health late in
the term. Which ones is told by the ids, so it is the same each time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zlib import crc32

from django.db import transaction
from django.utils.timezone import localdate

from pluginnovation.records.refusals import Refusal
from pluginnovation.support import case_states
from pluginnovation.support.ends import COMPLETED
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Duty, User
from pluginnovation.web.people.reach import covering, shown

from .actions import (
    Aim,
    Closing,
    Moving,
    Opening,
    Promise,
    Writing,
    close_case,
    date_step,
    move_case,
    open_case,
    promise,
    set_goal,
    write_text,
)
from .models import Case, Measure, NextStep
from .replaying import ENDED, STARTED, Cast, Event, measures_since, replay_measures

BEFORE, AFTER, TOLD_BEFORE = timedelta(days=7), timedelta(minutes=5), timedelta(days=10)
NOON: Final = time(12, tzinfo=UTC)
PUPIL_HEALTH: Final = "pupil_health"
WHY: Final = "Signalen har varit känd en tid. Mentor och elev har pratat, och det räckte inte."
PUPIL_VIEW: Final = "Jag vill ha någon att stämma av med en gång i veckan, helst på förmiddagen."
FINDINGS: Final = "Morgnarna är svårast. Eleven behöver en vuxen som möter upp och ett schema som går att överblicka."
GOALS: Final = {"absence_28d": "Vara med på minst nio av tio lektioner.", "": "Klara de ämnen som saknas."}
# How many days from today the promises about what goes on are due: some are late, most lie ahead.
DUE: Final = (-6, -2, 0, 1, 3, 5, 8, 12, 15, 20)
STEPS: Final = (
    "Stäm av med eleven hur det går", "Ring hem och berätta hur det går", "Gå igenom schemat med eleven",
    "Prata med undervisande lärare", "Följ upp insatsen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Doing:
    """Whose it is: the pupil, the school, who acts, and in which role."""

    pupil: str
    school: str
    by: User
    role: str


@transaction.atomic
def help_again(events: list[Event], source: str, *, since: date, raised_since: date) -> None:
    """Everything that adults did beside answering. All or nothing, so it can be stopped and begun again; once only.

    Takes   since         measures that began on this day or later
            raised_since  what was raised to pupil health on this day or later
    """
    done = measures_since(events, since)
    opened = open_cases(done, source)
    replay_measures(done, source, cases=opened)
    carry_cases(done, opened, source)
    raise_to_pupil_health(events, source, raised_since)
    promise_what_goes_on(source)


def open_cases(events: list[Event], source: str) -> dict[str, int]:
    """Open a case a week before each measure that gets one, up to where its measures can begin.

    Gives   a measure's id in the file -> the number of its case; those that have a measure already are left out
    """
    cast = Cast(events, source)
    health = _pupil_health()
    known = set(Measure.objects.exclude(outside_id="").values_list("outside_id", flat=True))
    opened: dict[str, int] = {}
    for event in events:
        if event["type"] == STARTED and event["measure"] not in known and _gets_a_case(event):
            doing = _doing(event, cast, health)
            if doing is not None and (case := _opened(event, doing)) is not None:
                opened[event["measure"]] = case
    return opened


def _gets_a_case(event: Event) -> bool:
    intensive = event["method"] in ("attendance_team", "study_coach") and "sub_project" not in event
    return intensive and crc32(event["measure"].encode()) % 3 == 0


def _doing(event: Event, cast: Cast, health: dict[str, User]) -> _Doing | None:
    pupil, by = cast.pupil(event), cast.adult(event)
    school = cast.school(pupil, date.fromisoformat(event["at"][:10])) if pupil else ""
    if not school or by is None:
        return None
    if event.get("method") != "study_coach":
        # An investigation of absence is pupil health's to lead.
        return _Doing(pupil, school, health[school], PUPIL_HEALTH) if school in health else None
    role = cast.role(by)
    return _Doing(pupil, school, by, role) if role in case_states.ANYONE else None


def _pupil_health() -> dict[str, User]:
    """A school -> one of its pupil health team. Two queries."""
    held = Duty.objects.filter(covering(today()), role=PUPIL_HEALTH, person__isnull=False).order_by("-person")
    people = dict(held.values_list("organisation", "person"))
    users = {user.person_id: user for user in User.objects.filter(person__in=people.values(), is_active=True)}
    return {school: users[person] for school, person in people.items() if person in users}


def _opened(event: Event, doing: _Doing) -> int | None:
    absence = event["method"] == "attendance_team"
    kind = case_states.ABSENCE if absence else case_states.SUPPORT
    at = datetime.fromisoformat(event["at"]) - BEFORE
    opening = Opening(doing.pupil, doing.school, kind, doing.role, str(doing.by.person_id), doing.role)
    try:
        with transaction.atomic():
            case = open_case(opening=opening, by=doing.by, at=at)
            _say(case, case_states.ASSESSMENT, WHY, doing, at + AFTER)
            _say(case, "pupil_view", PUPIL_VIEW, doing, at + 2 * AFTER)
            if absence:
                case = _moved(case, case_states.INVESTIGATED, doing, at + 3 * AFTER)
                _say(case, case_states.FINDINGS, FINDINGS, doing, at + timedelta(days=5))
                case = _moved(case, case_states.PLANNED, doing, at + timedelta(days=6))
            text = GOALS.get(event.get("signal", ""), GOALS[""])
            aim = Aim(text, localdate(at) + timedelta(days=84))
            set_goal(case=case, aim=aim, by=doing.by, at=at + timedelta(days=6))
    except Refusal:
        return None
    return case.pk


def _say(case: Case, section: str, text: str, doing: _Doing, at: datetime) -> None:
    write_text(case=case, writing=Writing(section, text, 0), by=doing.by, at=at)


def _moved(case: Case, to: str, doing: _Doing, at: datetime) -> Case:
    seen = Case.objects.values_list("version", flat=True).get(pk=case.pk)
    return move_case(case=case, moving=Moving(to, seen, doing.role), by=doing.by, at=at)


def carry_cases(events: list[Event], opened: dict[str, int], source: str) -> int:
    """Let the cases follow their measures: supported once they have begun, closed when they are completed.

    Takes   opened   as `open_cases` gives them, after the measures have been replayed
    Gives   how many are closed
    """
    cast, health = Cast(events, source), _pupil_health()
    cases = Case.objects.in_bulk(opened.values())
    starts = {event["measure"]: event for event in events if event["type"] == STARTED}
    closed = 0
    for event in events:
        case = cases.get(opened.get(event.get("measure", ""), 0))
        doing = _doing(starts[event["measure"]], cast, health) if case else None
        if case is None or doing is None or event["type"] not in (STARTED, ENDED):
            continue
        at = datetime.fromisoformat(event["at"]) + AFTER
        try:
            if event["type"] == STARTED:
                cases[case.pk] = _moved(case, case_states.SUPPORTED, doing, at)
            elif event["reason"] == COMPLETED:
                closed += _closed(cases[case.pk], doing, at)
        except Refusal:
            continue
    return closed


def _closed(case: Case, doing: _Doing, at: datetime) -> int:
    outcome = ("goals_reached", "partly", "not_reached")[case.pk % 3]
    seen = Case.objects.values_list("version", flat=True).get(pk=case.pk)
    close_case(case=case, closing=Closing(outcome, seen, doing.role), by=doing.by, at=at)
    return 1


def raise_to_pupil_health(events: Iterable[Event], source: str, since: date) -> int:
    """Open an investigation for what was raised to pupil health since a day; it waits for its first step.

    Gives   how many were opened
    """
    raised = [
        event
        for event in events
        if event["type"] == "answer" and event.get("action") == PUPIL_HEALTH and event["at"][:10] >= since.isoformat()
    ]
    cast, health, opened = Cast(raised, source), _pupil_health(), 0
    for event in raised:
        doing = _doing(event, cast, health)
        if doing is None or Case.objects.filter(pupil=doing.pupil).exists():
            continue
        at = datetime.fromisoformat(event["at"]) + AFTER
        opening = Opening(doing.pupil, doing.school, case_states.ABSENCE, doing.role, str(doing.by.person_id),
                          doing.role)  # fmt: skip
        try:
            with transaction.atomic():
                case = open_case(opening=opening, by=doing.by, at=at)
                _say(case, case_states.ASSESSMENT, WHY, doing, at + AFTER)
                step = case.steps.order_by("pk").first()
                due = today() + timedelta(days=DUE[crc32(event["id"].encode()) % len(DUE)])
                if step is not None and due > localdate(at):
                    date_step(step=step, due=due, by=doing.by, at=at + 2 * AFTER)
        except Refusal:
            continue
        opened += 1
    return opened


def promise_what_goes_on(source: str) -> int:
    """A promise about each measure of the file that still runs: some are due, some late, most lie ahead.

    Gives   how many were given
    """
    going = Measure.objects.filter(state=Measure.RUNNING).exclude(outside_id="").exclude(school="").order_by("pk")
    promised = set(NextStep.objects.filter(measure__in=going).values_list("measure", flat=True))
    here = set(
        shown(today()).filter(source=source, code__in={one.pupil for one in going}).values_list("code", flat=True)
    )
    users = {user.person_id: user for user in User.objects.filter(person__in={one.owner for one in going})}
    given = 0
    for measure in going:
        by, number = users.get(measure.owner), crc32(measure.outside_id.encode())
        if by is None or measure.pk in promised or measure.pupil not in here:
            continue
        due = today() + timedelta(days=DUE[number % len(DUE)])
        said = Promise(
            STEPS[number % len(STEPS)], measure.school, measure.owner, measure.owner_role, due, pupil=measure.pupil,
            measure=measure.pk,
        )  # fmt: skip
        promise(promised=said, by=by, at=datetime.combine(due - TOLD_BEFORE, NOON))
        given += 1
    return given
