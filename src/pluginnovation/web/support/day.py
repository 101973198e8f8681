"""One adult's day as the page tells it: what needs somebody now, what comes, what others did, and what goes well.

However many pupils there are, it is the same number of queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from pluginnovation.privacy.grounds import OWN_GROUP, REACH_OF_ROLE
from pluginnovation.support.my_day import CASE_STEP, FOLLOW_UP, MAPPING, SIGNAL, STEP, Day, Task, clock_of, day_of
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Group, Person
from pluginnovation.web.people.reach import pupils_in_reach
from pluginnovation.web.signals.figures import Figure, unpacked
from pluginnovation.web.signals.models import Answer, PupilSnapshot
from pluginnovation.web.signals.reading import answers_it, standing_answers

from .mapping.reach import TEACHES
from .mapping.unanswered import unanswered
from .measure_words import case_step_word
from .mine import my_case_steps, my_follow_ups, my_steps
from .models import CaseStep, FollowUp, MappingRound, NextStep


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the page.

    what     as one is told to do it
    why      what it rests on, in at most two sentences
    pupil    none: it is about a group or a school
    figures  the signals that nobody has answered, the highest level first
    step     the promise, where it is one
    href     where to go for it; empty: nowhere
    """

    task: Task
    what: str
    why: str
    clock: str
    pupil: Person | None = None
    figures: Sequence[Figure] = ()
    step: NextStep | None = None
    href: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it came today."""
        return self.task.since == today()

    @property
    def waited(self) -> int:
        """How many days it has waited, as far as is known."""
        return self.task.waited(today())


@dataclass(frozen=True, slots=True)
class MyDay:
    """The page's tasks: what needs the adult now, and what has a day ahead."""

    day: Day
    now: list[Item]
    ahead: list[Item]
    pupils: Mapping[str, Person] = field(default_factory=dict)


def my_day_of(duty: ActiveDuty, person: str) -> MyDay:
    """The day of an adult in a role.

    Takes   person   the adult's code; empty for one whom no source names
    """
    pupils = {pupil.code: pupil for pupil in _pupils(duty)}
    items = [
        *(_signals(pupils) if duty.role == "mentor" else ()),
        *_steps(my_steps(duty, person), pupils),
        *_case_steps(my_case_steps(duty, person), pupils),
        *_follow_ups(my_follow_ups(duty, person), pupils),
        *(_mappings(unanswered(duty, person)) if person and duty.role in TEACHES else ()),
    ]
    by_task = {item.task: item for item in items}
    day = day_of(by_task, today())
    return MyDay(day, [by_task[task] for task in day.now], [by_task[task] for task in day.ahead], pupils)


def _pupils(duty: ActiveDuty) -> Iterable[Person]:
    # A school's pupils are many, and of them only those with something to do are named.
    reached = pupils_in_reach(duty, today()).only("code", "given_name", "family_name", "sort_key")
    return reached if REACH_OF_ROLE.get(duty.role) == OWN_GROUP else ()


def _signals(pupils: Mapping[str, Person]) -> Iterable[Item]:
    waiting = PupilSnapshot.objects.filter(pupil__in=list(pupils), state=2, waits=True)
    # The run tells until when it is known that they wait.
    pictures = list(waiting.select_related("run").only("pupil", "figures", "run__as_of"))
    answers = standing_answers([picture.pupil for picture in pictures])
    for picture in pictures:
        given = answers.get(picture.pupil, {})
        figures = open_figures(picture, given)
        if figures:
            yield _signal(pupils[picture.pupil], figures, picture.run.as_of)


def open_figures(picture: PupilSnapshot, answers: Mapping[str, Answer]) -> list[Figure]:
    """The signals of a pupil's picture that nobody has answered, the highest level first."""
    figures = [figure for figure in map(unpacked, picture.figures) if figure.opens]
    unanswered = [figure for figure in figures if not answers_it(answers.get(figure.signal), figure)]
    return sorted(unanswered, key=lambda figure: -(figure.level or 0))


def answered_figures(picture: PupilSnapshot, answers: Mapping[str, Answer]) -> list[Figure]:
    """The raised signals of a pupil's picture that are answered as they stand."""
    figures = [figure for figure in map(unpacked, picture.figures) if figure.opens]
    return [figure for figure in figures if answers_it(answers.get(figure.signal), figure)]


def _signal(pupil: Person, figures: list[Figure], known: date) -> Item:
    since = min((figure.since for figure in figures if figure.since), default=today())
    task = Task(SIGNAL, pupil.code, min(since, today()), known=known)
    name = pupil.given_name or pupil.name
    level = figures[0].level or 0
    words = {1: _("Fråga %(name)s hur det är"), 2: _("Följ upp %(name)s")}
    what = words.get(level, _("Ta reda på vad som hindrar %(name)s")) % {"name": name}
    return Item(task, what, figures[0].reason, "today", pupil, figures)


def _steps(steps: Iterable[NextStep], pupils: dict[str, Person]) -> Iterable[Item]:
    found = list(steps)
    named = _named(found, pupils)
    groups = Group.objects.in_bulk([step.group for step in found if step.group]) if any(s.group for s in found) else {}
    for step in found:
        task = Task(STEP, str(step.pk), min(step.at.date(), step.due or today()), step.due)
        pupil = named.get(step.pupil)
        place = pupil.name if pupil else groups[step.group].display_name if step.group in groups else ""
        why = f"{place}. {step.then}".strip(". ") if step.then else place
        yield Item(task, step.what, why, clock_of(step.due, today()), pupil, step=step)


def _case_steps(steps: Iterable[CaseStep], pupils: dict[str, Person]) -> Iterable[Item]:
    found = list(steps)
    named = _named(found, pupils)
    for step in found:
        pupil = named.get(step.pupil)
        task = Task(CASE_STEP, str(step.pk), min(step.at.date(), step.due or today()), step.due)
        why = _("Ärendet om %(name)s.") % {"name": pupil.name} if pupil else ""
        yield Item(task, case_step_word(step), why, clock_of(step.due, today()), pupil)


def _follow_ups(follow_ups: Iterable[FollowUp], pupils: dict[str, Person]) -> Iterable[Item]:
    found = list(follow_ups)
    named = _named(found, pupils)
    for each in found:
        pupil = named.get(each.pupil)
        task = Task(FOLLOW_UP, str(each.pk), min(each.at.date(), each.due), each.due)
        what = (
            _("Följ upp hur det gick för %(name)s") % {"name": pupil.given_name or pupil.name}
            if pupil
            else _("Följ upp en åtgärd för gruppen")
        )
        yield Item(task, what, pupil.name if pupil else "", clock_of(each.due, today()), pupil)


def _mappings(classes: Iterable[tuple[MappingRound, Group]]) -> Iterable[Item]:
    for found, group in classes:
        task = Task(MAPPING, f"{found.pk}-{group.code}", found.first, found.last)
        what = _("Berätta hur det är i %(name)s") % {"name": group.display_name}
        why = _("Kartläggningen av klasser är öppen. Den handlar om klassen, inte om enskilda elever.")
        href = reverse("mapping_answer", args=[found.pk, group.code])
        yield Item(task, what, why, clock_of(found.last, today()), href=href)


def _named(
    rows: Sequence[NextStep] | Sequence[CaseStep] | Sequence[FollowUp], pupils: dict[str, Person]
) -> dict[str, Person]:
    """The pupils of the rows, those not yet known asked for. At most one query."""
    missing = {row.pupil for row in rows if row.pupil and row.pupil not in pupils}
    if missing:
        found = Person.objects.filter(code__in=missing).only("code", "given_name", "family_name", "sort_key")
        pupils |= {person.code: person for person in found}
    return pupils
