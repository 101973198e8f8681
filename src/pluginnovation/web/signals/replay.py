"""Answers that were given elsewhere, given again through the ordinary action: those of the made-up region's adults.

Answers only. Measures and cases are replayed by `web/support/replaying.py`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.timezone import localdate

from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Person, User
from pluginnovation.web.people.reach import pupils_in_reach

from .actions import WITHOUT_SCHOOL
from .answered_at import school_of_answer
from .answering import Answering, answer_signals
from .figures import LESSONS, RESTS_ON, Figure, unpacked
from .models import NO_ANSWER, Answer, PupilSnapshot, Run
from .reading import answers_it
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
    no ground to see. What is answered already is passed over: it stands on nobody's list. All or nothing, so it can be
    stopped and begun again.

    Takes   source       the records' source, whose ids the events have
            drawn_anew   signals are run right after this, for a later day
    Gives   how many answers were given
    """
    ids = {each["pupil"] for each in answers} | {each["by"] for each in answers}
    people = {each.source_id: each for each in Person.objects.filter(source=source, source_id__in=ids)}
    staff = {user.person_id: user for user in User.objects.filter(person__in=people.values(), is_active=True)}
    said = list(_said(answers, people, staff))
    pages, roles = _Pages({each.pupil.code for each in said}), _Roles(said)
    return sum(_answered(each, pages, roles, drawn_anew=drawn_anew) for each in said)


def _said(
    answers: Iterable[Event], people: Mapping[str, Person], staff: Mapping[str | None, User]
) -> Iterator["_Said"]:
    """The answers about people that the product has, by adults who have an account."""
    for event in answers:
        pupil, adult = people.get(event["pupil"]), people.get(event["by"])
        by = staff.get(adult.code) if adult else None
        if pupil is not None and by is not None:
            yield _Said(pupil, by, event["signal"], in_words(event), datetime.fromisoformat(event["at"]))


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

    @property
    def day(self) -> tuple[User, date]:
        """Whose it is, and of which day."""
        return self.by, self.at.date()


class _Pages:
    """What stands on pupils' pages, and what has been answered there: read once for all of them, then kept."""

    def __init__(self, pupils: Collection[str]) -> None:
        rows = PupilSnapshot.objects.filter(pupil__in=pupils).values_list("pupil", "school", "figures")
        self.pictures = {pupil: (school, figures) for pupil, school, figures in rows}
        self.youths = figures_of(pupils)
        self.given: set[tuple[str, str, datetime]] = set()
        self.latest: dict[tuple[str, str], Answer] = {}
        for answer in Answer.objects.filter(pupil__in=pupils).order_by("at", "id"):
            self.add(answer)

    def add(self, answer: Answer) -> None:
        """One more answer."""
        self.given.add((answer.pupil, answer.signal, answer.at))
        self.latest[answer.pupil, answer.signal] = answer

    def waiting(self, said: _Said) -> list[Figure]:
        """The raised signals that an answer is about and that somebody still asks for an answer to."""
        school, rows = self.pictures.get(said.pupil.code, ("", ()))
        if said.signal == WITHOUT_SCHOOL:
            figures = self.youths.get(said.pupil.code, [])
        else:
            figures = [unpacked(row) for row in rows]
        return [each for each in figures if _is_about(said, each) and not self._answered(said, each, school)]

    def _answered(self, said: _Said, figure: Figure, school: str) -> bool:
        if (said.pupil.code, figure.signal, said.at) in self.given:
            return True
        latest = self.latest.get((said.pupil.code, figure.signal))
        if latest is None or latest.what in NO_ANSWER or latest.school not in ("", school):
            return False
        return answers_it(latest, figure)


def _is_about(said: _Said, figure: Figure) -> bool:
    begun = figure.since is not None and figure.since <= said.at.date()
    return figure.opens and begun and figure.rests_on == RESTS_ON.get(said.signal, LESSONS)


class _Roles:
    """In which role each adult could see those whom they answer about on a day: asked once for each of the days."""

    def __init__(self, said: Iterable[_Said]) -> None:
        self.asked: dict[tuple[User, date], set[str]] = {}
        for each in said:
            self.asked.setdefault(each.day, set()).add(each.pupil.code)
        self.found: dict[tuple[User, date], dict[str, str]] = {}

    def of(self, said: _Said) -> str | None:
        """The first of the adult's roles that gives a ground to see the pupil that day; None for none."""
        if said.day not in self.found:
            self.found[said.day] = self._seen(*said.day)
        return self.found[said.day].get(said.pupil.code)

    def _seen(self, by: User, day: date) -> dict[str, str]:
        found: dict[str, str] = {}
        for duty in duties_of(by, day):
            left = self.asked[by, day] - found.keys()
            if left:
                reached = pupils_in_reach(duty, day).filter(pk__in=left).values_list("pk", flat=True)
                found |= dict.fromkeys(reached, duty.role)
        return found


def _answered(said: _Said, pages: _Pages, roles: _Roles, *, drawn_anew: bool) -> int:
    waiting = pages.waiting(said)
    role = roles.of(said) if waiting else None
    if role is None:
        return 0
    school = school_of_answer(said.pupil.code, role, localdate(said.at))
    by_day: dict[date, list[Figure]] = {}
    for figure in waiting:
        by_day.setdefault(figure.said["as_of"], []).append(figure)
    for as_of, figures in by_day.items():
        answering = Answering(said.pupil.code, role, tuple(figures), as_of, said.what, school)
        for answer in answer_signals(answering=answering, by=said.by, at=said.at, drawn_anew=drawn_anew):
            pages.add(answer)
    return len(waiting)
