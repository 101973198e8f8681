"""Answers that were given elsewhere, given again through the ordinary action: those of the made-up region's adults.

Answers only. Measures and cases are replayed by `web/support/replaying.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Person, User
from pluginnovation.web.people.reach import pupils_in_reach

from .actions import WITHOUT_SCHOOL, Answering, answer_signal
from .figures import LESSONS, RESTS_ON, Figure, unpacked
from .models import Answer, PupilSnapshot, Run
from .youths import figures_of

Event = Mapping[str, Any]
# What was done at once says more than that it is known. A page has a word for each.
DONE_AT_ONCE: Final = {
    "adapted_teaching": Answer.What.ADAPTED,
    "guardian_contact": Answer.What.GUARDIAN,
    "pupil_health": Answer.What.RAISED,
}


def days_run() -> set[date]:
    """The days whose signals have been computed."""
    return set(Run.objects.values_list("as_of", flat=True))


def answers_between(events: Iterable[Event], first: date, until: date) -> list[Event]:
    """The answers of some days, in order: from the first, before the other."""
    days = first.isoformat(), until.isoformat()
    return [each for each in events if each["type"] == "answer" and days[0] <= each["at"][:10] < days[1]]


@transaction.atomic
def replay(answers: list[Event], source: str, *, drawn_anew: bool = False) -> int:
    """Answer signals as the events say; run right after the signals of their first day.

    An answer is about all that stood on the pupil's page from the same records: the talk was one. What the product
    hasn't raised, or had raised only after the answer, can't be answered, and nobody answers for pupils whom they have
    no ground to see. What is answered already is passed over. All or nothing, so it can be stopped and begun again.

    Takes   source       the records' source, whose ids the events have
            drawn_anew   signals are run right after this, for a later day
    Gives   how many answers were given
    """
    ids = {each["pupil"] for each in answers} | {each["by"] for each in answers}
    people = {each.source_id: each for each in Person.objects.filter(source=source, source_id__in=ids)}
    staff = {user.person_id: user for user in User.objects.filter(person__in=people.values(), is_active=True)}
    given = 0
    for event in answers:
        pupil, adult = people.get(event["pupil"]), people.get(event["by"])
        by = staff.get(adult.code) if adult else None
        if pupil is not None and by is not None:
            at = datetime.fromisoformat(event["at"])
            given += _answered(_Said(pupil, by, event["signal"], in_words(event), at), drawn_anew=drawn_anew)
    return given


def in_words(event: Event) -> str:
    """The answer in a page's words: what was done, where the file tells of it beside that it is known."""
    done = DONE_AT_ONCE.get(event.get("action", ""))
    return done.value if done and event["answer"] == Answer.What.KNOWN else str(event["answer"])


@dataclass(frozen=True, slots=True)
class _Said:
    """One answer of the file, with the product's own people."""

    pupil: Person
    by: User
    signal: str
    what: str
    at: datetime


def _answered(said: _Said, *, drawn_anew: bool) -> int:
    pupil = said.pupil.code
    done = set(Answer.objects.filter(pupil=pupil, at=said.at).values_list("signal", flat=True))
    waiting = [(figure, as_of) for figure, as_of in _standing(said) if figure.signal not in done]
    role = _role(said) if waiting else None
    if role is None:
        return 0
    for figure, as_of in waiting:
        answering = Answering(pupil, role, figure, as_of, said.what)
        answer_signal(answering=answering, by=said.by, at=said.at, drawn_anew=drawn_anew)
    return len(waiting)


def _role(said: _Said) -> str | None:
    """The role in which the adult could see the pupil that day; None for none."""
    day = said.at.date()
    able = (duty for duty in duties_of(said.by, day) if pupils_in_reach(duty, day).filter(pk=said.pupil.pk).exists())
    return next((duty.role for duty in able), None)


def _standing(said: _Said) -> Iterator[tuple[Figure, date]]:
    """The raised signals that the answer is about, each with the day of its picture."""
    code = said.pupil.code
    if said.signal == WITHOUT_SCHOOL:
        figures = figures_of([code]).get(code, [])
    else:
        picture = PupilSnapshot.objects.filter(pupil=code).only("figures").first()
        figures = [unpacked(row) for row in picture.figures] if picture else []
    for figure in figures:
        begun = figure.since is not None and figure.since <= said.at.date()
        if figure.opens and begun and figure.rests_on == RESTS_ON.get(said.signal, LESSONS):
            yield figure, figure.said["as_of"]
