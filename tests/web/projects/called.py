"""A programme with one municipality and an open call, as Rut of the region made them through the acts."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pluginnovation.projects.ledger import CATEGORIES, Line
from pluginnovation.web.people.models import Duty, User
from pluginnovation.web.projects.applying import Answering, Budgeting, answer, save_budget, send_in, start_application
from pluginnovation.web.projects.calling import Asking, Inviting, Judging, ask, publish_call, set_criterion, write_call
from pluginnovation.web.projects.judging import (
    Ruling,
    Screened,
    Sheet,
    ask_reviewer,
    decide,
    declare,
    screen,
    send_review,
)
from pluginnovation.web.projects.models import Application, Call, Programme, SubProject
from pluginnovation.web.projects.places import Place
from pluginnovation.web.projects.programmes import SettingUp, set_up_programme
from tests.pals import HOME, Pals

NOW = datetime(2026, 4, 23, 10, tzinfo=ZoneInfo("Europe/Stockholm"))
DAY = timedelta(days=1)


def process_leader() -> User:
    """Pia, who supports sub-projects."""
    user, made = User.objects.get_or_create(login="pia", defaults={"name": "Pia"})
    if made:
        Duty.objects.create(user=user, role="process_leader")
    return user


def a_programme(pals: Pals) -> Programme:
    """Plug Innan, half paid by those who take part; Björkeby is with from the start."""
    setting = SettingUp(
        "Plug Innan", date(2026, 1, 1), date(2027, 12, 31), own_share=5_000, funder="ESF", municipalities=(HOME,)
    )
    return set_up_programme(setting=setting, by=pals.rut, at=NOW - 30 * DAY)


def a_call(pals: Pals, programme: Programme | None = None) -> Call:
    """A call with two questions, one condition and two criteria, open until tomorrow at ten."""
    inviting = Inviting("Våren 2026", NOW - DAY, NOW + DAY, "Närvaro i år 7-9", most=50_000_000)
    call = write_call(programme=programme or a_programme(pals), inviting=inviting, by=pals.rut, at=NOW - 2 * DAY)
    for text, required in (("Vad vill ni uppnå?", True), ("Något mer?", False)):
        ask(call=call, asking=Asking(text, longest=200, required=required), by=pals.rut, at=NOW - 2 * DAY)
    for kind, text, weight in (
        ("eligibility", "Rektor står bakom", 1),
        ("quality", "Behovet", 3),
        ("quality", "Planen", 1),
    ):
        set_criterion(call=call, judging=Judging(kind, text, weight), by=pals.rut, at=NOW - 2 * DAY)
    return publish_call(call=call, by=pals.rut, at=NOW - 2 * DAY)


def a_draft(pals: Pals, call: Call | None = None) -> Application:
    """Petra's draft for Björkskolan, with nothing in it."""
    return start_application(
        call=call or a_call(pals), place=Place(pals.place("bjork"), HOME, "Björkskolan"), name="Närvaroteam",
        role="principal", by=pals.petra, at=NOW,
    )  # fmt: skip


def filled_in(pals: Pals, draft: Application | None = None) -> Application:
    """The draft with an answer, and a budget of 100 000 kr, half of it the school's."""
    application = draft or a_draft(pals)
    question = application.call.questions.get(number=1)
    answer(application=application, answering=Answering(question, "Fler ska komma", 0), by=pals.petra, at=NOW)
    lines = tuple(
        Line(key, "Kurator" if key == "staff" else "", 10_000_000 if key == "staff" else 0) for key in CATEGORIES
    )
    save_budget(application=application, budgeting=Budgeting(lines, 5_000_000, 5_000_000, 0), by=pals.petra, at=NOW)
    return application


def reviewed(pals: Pals) -> Application:
    """Sent in, screened, and reviewed by Rut and Pia, who have no conflict."""
    application = send_in(application=filled_in(pals), by=pals.petra, at=NOW)
    screen(application=application, screened=Screened({1: True}, "eligible", "", "regional_lead"), by=pals.rut, at=NOW)
    for person in (pals.rut, process_leader()):
        review = ask_reviewer(application=application, reviewer=person, by=pals.rut, at=NOW)
        declare(review=review, conflict=False, what="", by=person, at=NOW)
        send_review(review=review, sheet=Sheet({1: 4, 2: 2}, "Bra", "grant"), by=person, at=NOW)
    application.refresh_from_db()
    return application


def a_sub_project(pals: Pals, **changes: Any) -> SubProject:
    """What was granted: 50 000 kr."""
    ruling = Ruling(5_000_000, "Stort behov", role="regional_lead")
    decision = decide(application=reviewed(pals), ruling=ruling, by=pals.rut, at=NOW)
    sub_project = SubProject.objects.get(application=decision.application)
    if changes:
        SubProject.objects.filter(pk=sub_project.pk).update(**changes)
        sub_project.refresh_from_db()
    return sub_project
