"""The demo's two programmes and the call that is open."""

from datetime import UTC, datetime, timedelta

from pluginnovation.projects.ledger import EQUIPMENT, STAFF, Line
from pluginnovation.web.people.models import Duty, User

from ..applying import Answering, Budgeting, answer, save_budget, send_in, start_application
from ..calling import Asking, Inviting, Judging, ask, publish_call, set_criterion, write_call
from ..models import Call, Programme
from ..places import Place, municipalities
from ..programmes import SettingUp, Wanting, add_goal, set_up_programme
from .content import (
    ANSWERS,
    CONDITIONS,
    CRITERIA,
    FIRST_DAY,
    GOALS,
    LAST_DAY,
    PLUG_IN,
    PLUG_INNAN,
    QUESTIONS,
    TARGETS,
)

BEGAN = datetime(2024, 6, 10, 8, tzinfo=UTC)
BEFORE, OPEN_FOR = timedelta(days=25), timedelta(days=40)
MILLION = 100_000_000  # öre


def programmes_of_the_demo(by: User) -> dict[str, Programme]:
    """Both programmes with their goals, by name."""
    towns, found = tuple(municipalities()), {}
    for name in (PLUG_INNAN, PLUG_IN):
        setting = SettingUp(
            name, FIRST_DAY, LAST_DAY, about="Kommunerna prövar tillsammans, och ser efter om det hjälper.",
            region="14", target_groups=TARGETS[name], funder="ESF" if name == PLUG_IN else "Regionen",
            own_share=5_000, budget=40 * MILLION, municipalities=towns,
        )  # fmt: skip
        found[name] = set_up_programme(setting=setting, by=by, at=BEGAN)
        for kind, text, target in GOALS:
            wanting = Wanting(kind, text, target=target, by_when=LAST_DAY)
            add_goal(programme=found[name], wanting=wanting, by=by, at=BEGAN)
    return found


def open_call(programme: Programme, by: User, at: datetime) -> Call:
    """A call that opened a while ago and closes in a while, with its questions and criteria."""
    published = at - BEFORE
    inviting = Inviting(
        "Tidiga insatser", published, published + OPEN_FOR,
        about="För den som vill pröva något nytt mot frånvaro, och se efter om det hjälper.", frame=4 * MILLION,
        most=MILLION // 2,
    )  # fmt: skip
    call = write_call(programme=programme, inviting=inviting, by=by, at=published)
    for place, text in enumerate(QUESTIONS):
        ask(call=call, asking=Asking(text, from_analysis="problem" if not place else ""), by=by, at=published)
    for text in CONDITIONS:
        set_criterion(call=call, judging=Judging("eligibility", text), by=by, at=published)
    for text, weight in CRITERIA:
        set_criterion(call=call, judging=Judging("quality", text, weight), by=by, at=published)
    return publish_call(call=call, by=by, at=published)


def one_applies(call: Call, place: Place, at: datetime) -> None:
    """An application that waits for the region, by the principal of a school; none where there is none."""
    duty = Duty.objects.filter(role="principal", organisation=place.school).order_by("person").first()
    by = User.objects.filter(person=duty.person_id, is_active=True).first() if duty else None
    if by is None:
        return
    when = at - timedelta(days=6)
    made = start_application(call=call, place=place, name="Hela måndagen", role="principal", by=by, at=when)
    for question, text in zip(call.questions.order_by("number"), ANSWERS, strict=True):
        answer(application=made, answering=Answering(question, text, 0), by=by, at=when)
    lines = (Line(STAFF, "Två vuxna, 20 procent", 36_000_000), Line(EQUIPMENT, "Frukost", 2_400_000))
    budgeting = Budgeting(lines, 19_200_000, 19_200_000, 0)
    save_budget(application=made, budgeting=budgeting, by=by, at=when)
    send_in(application=made, by=by, at=when + timedelta(hours=2))
