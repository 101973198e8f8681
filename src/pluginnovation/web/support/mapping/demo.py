"""The demo's schools in the middle of their mapping: two rounds, answers of teachers and pupils, analysis and measure.

Everything goes through the ordinary acts. What anybody answers comes of places in lists, never of a pupil.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.utils.timezone import localdate

from pluginnovation.support.mapping import FULLY, NOT, PARTLY, UNKNOWN
from pluginnovation.support.mapping_defaults import DEFAULT_A, DEFAULT_B
from pluginnovation.support.rounds import Dates
from pluginnovation.web.people.door import opened_to
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import DemoRole, Duty, Group, Membership, User
from pluginnovation.web.people.reach import covering, shown

from ..colleagues import mentor_of
from ..measures import Starting
from ..models import MappingRound
from .analyses import Answering, SeenTogether, save_analysis, start_from_analysis
from .answers import SaidOfClass, SaidWithPupil, answer_class, answer_with_pupil, mark_pupils
from .reach import CLASS, teachers_of
from .rounds import open_round, rounds_of

# Answers in the order in which places take them: most things hold, some partly, few not, and some nobody knows.
SAID: Final = (FULLY, FULLY, FULLY, PARTLY, FULLY, FULLY, NOT, FULLY, PARTLY, UNKNOWN)
CLASSES, TEACHERS, PUPILS = 3, 3, 6
# What pupils said in their own words, in the same way.
OWN_WORDS: Final = (
    "Slöjden och bilden är roligast. På matten går det för fort, och då slutar jag lyssna.",
    "Jag har kompisar i parallellklassen. Morgnarna är jobbigast, sedan går det bättre.",
    "Det är lugnare i det lilla rummet. Jag vill kunna fråga utan att alla hör.",
)
LOOK_BACK: Final = timedelta(days=28)


def map_demo(*, before: datetime, at: datetime) -> int:
    """Let the schools of the demo's roles map their classes; how many rounds that opened. None when they have some.

    Takes   before   a moment in the round before the one that goes on
            at       now
    """
    leads = DemoRole.objects.filter(role__in=("principal", "pupil_health")).values("user__person")
    schools = Duty.objects.filter(person__in=leads, organisation__isnull=False).values_list("organisation", flat=True)
    opened = 0
    for school in sorted(set(schools)):
        leader = _leader_of(school)
        classes = _classes_of(school, at)
        if leader is None or not classes or rounds_of([school]):
            continue
        for turn, moment in enumerate((before, at)):
            day = localdate(moment)
            found = open_round(
                school=school, dates=Dates(day, day + timedelta(days=11)), by=leader, role="principal", at=moment
            )
            opened += 1
            _answered(found, classes, turn, moment)
            _seen(found, classes[-1], leader, moment)
    return opened


def _leader_of(school: str) -> User | None:
    led = Duty.objects.filter(organisation=school, role="principal", person__isnull=False).values("person")
    return User.objects.filter(person__in=led, is_active=True).order_by("pk").first()


def _classes_of(school: str, at: datetime) -> list[Group]:
    here = Group.objects.filter(covering(localdate(at)), organisation=school, group_type=CLASS)
    return list(here.order_by("sort_key", "code")[:CLASSES])


def _answered(found: MappingRound, classes: Iterable[Group], turn: int, at: datetime) -> None:
    listed = list(classes)
    teachers = teachers_of([one.code for one in listed], localdate(at))
    for place, group in enumerate(listed):
        asked = [one.person for one in teachers[group.code]]
        users = User.objects.filter(person__in=asked, is_active=True).order_by("pk")[: TEACHERS - place + turn]
        for nth, user in enumerate(users):
            answers = {
                key: SAID[(7 * row + 3 * nth + 5 * place + 2 * turn) % len(SAID)]
                for row, key in enumerate(DEFAULT_A.keys)
            }
            said = SaidOfClass(answers, "", 0)
            answer_class(of_round=found, group=group, said=said, by=user, role="teacher", at=at)
            if nth == 0:
                _spoken(found, _marked(found, group, user, at), turn, at)


def _marked(found: MappingRound, group: Group, user: User, at: datetime) -> list[str]:
    """The first of the class by name, each with two statements: who they are says nothing of how they are."""
    day = localdate(at)
    here = Membership.objects.filter(covering(day), group=group).values("pupil")
    named = shown(day).filter(code__in=here).order_by("sort_key", "code")
    pupils = list(named.values_list("code", flat=True)[:PUPILS:2])
    marks = {code: {DEFAULT_A.keys[nth]: PARTLY, DEFAULT_A.keys[nth + 1]: NOT} for nth, code in enumerate(pupils)}
    mark_pupils(of_round=found, group=group, marks=marks, by=user, role="teacher", at=at)
    return pupils


def _spoken(found: MappingRound, pupils: list[str], turn: int, at: datetime) -> None:
    """Template B with those who go on: all in the round before, all but the last of a class in the one that is open."""
    for place, code in enumerate(pupils if turn == 0 else pupils[:-1]):
        by = User.objects.filter(person=mentor_of(pupil=code), is_active=True).exclude(person=None).first()
        duties = duties_of(by, localdate()) if by else ()
        opened = opened_to(next((duty for duty in duties if duty.role == "mentor"), None), code, page="mapping")
        if by is None or opened is None:
            continue
        keys = DEFAULT_B.keys
        answers = {key: SAID[(3 * row + 4 * place + 5 * turn) % len(SAID)] for row, key in enumerate(keys)}
        words = OWN_WORDS[(place + turn) % len(OWN_WORDS)]
        said = SaidWithPupil(answers, words, True, found.pupil_template, 0)
        answer_with_pupil(of_round=found, grant=opened[1], said=said, by=by, at=at)


def _seen(found: MappingRound, group: Group, leader: User, at: datetime) -> None:
    seen = SeenTogether(
        "Flera kommer sent till måndagens första lektion. Det gäller hela klassen.",
        "Lektionen ligger i hus B, och bussen kommer när den börjar.", ("mentor", "principal"), 0,
    )  # fmt: skip
    save_analysis(of_round=found, group=group, said=seen, by=leader, role="principal", at=at)
    starting = Starting(
        kind="timetable_change", starts=localdate(at), group=group.code, school=found.school, owner_role="principal",
        owner=leader.person_id or "", planned_dose=4, how_often="varje måndag",
        goal="Måndagens första lektion flyttas till hus A, så att alla hinner.",
    )  # fmt: skip
    answering = Answering(found, group.code, (DEFAULT_A.keys[0],), localdate(at) + LOOK_BACK)
    start_from_analysis(starting=starting, answering=answering, by=leader, at=at)
