"""The demo's sub-projects: begun, carried out and told of as the region's files say, each through the ordinary acts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db import transaction

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.actions import choose_demo_leader
from pluginnovation.web.people.demo import DEMO_LOGIN
from pluginnovation.web.people.models import User
from pluginnovation.web.support.models import Measure
from pluginnovation.web.support.replaying import ENDED, STARTED, Cast, Event, replay_measures

from ..after_the_end import ask_follow_ups
from ..counting import count_figures
from ..figures_run import compute_figures
from ..goals_counted import count_goals
from ..goals_set import NewGoal, set_goal
from ..leading import Appointing, Moving, appoint_leader, move_sub_project
from ..making import Making, make_sub_project, take_in_analysis
from ..models import Programme, SubProject
from ..planning import Choosing, lock_plan
from ..taking_part import Joining, Leaving, stop_taking_part, take_part
from .analyses import analysis_before
from .content import PLUG_INNAN
from .doing import SILENT, carry_out, speak_with_the_region, tell
from .places_of import At, places_of_the_demo
from .programmes import one_applies, open_call, programmes_of_the_demo

if TYPE_CHECKING:
    from pluginnovation.records.store import Store

LEADERS: Final = ("Lena", "Leif", "Lova", "Linus", "Lisa", "Lars", "Liv", "Loke", "Lotta", "Love")
SOON: Final = timedelta(days=14)
BEFORE: Final = timedelta(days=7)
STAYS: Final = timedelta(days=120)
CUTOFF: Final = 10.0  # per cent of absence, as the made-up attendance team's rule has it
WORTHWHILE: Final = {"absence_share": 3.0, "courses_passed": 1.0, "in_school": 3.0}


@dataclass(frozen=True, slots=True)
class Made:
    """A sub-project of the demo, where it is, and who leads it."""

    project: SubProject
    at: At
    leader: User


@dataclass(frozen=True, slots=True)
class Region:
    """Those who act for the region."""

    lead: User
    process: User


def try_together(events: Sequence[Event], source: str, store: "Store", *, until: date, at: datetime) -> int:
    """Make the demo's programmes, call and sub-projects. Once only; all or nothing.

    Takes   until   the last day that the files tell of
    Gives   how many sub-projects were made
    """
    users = {one.login: one for one in User.objects.filter(login__startswith=DEMO_LOGIN)}
    lead, process = users.get(f"{DEMO_LOGIN}regional_lead"), users.get(f"{DEMO_LOGIN}process_leader")
    if lead is None or process is None or Programme.objects.exists():
        return 0
    region = Region(lead, process)
    with transaction.atomic():
        count_figures(store, by=None, at=at)
        programmes = programmes_of_the_demo(region.lead)
        places = places_of_the_demo(events, source)
        made = [_begun(programmes[one.tried.programme], one, n, region) for n, one in enumerate(places)]
        _take_part(made, events, source)
        for number, one in enumerate(made):
            carry_out(one.project, one.leader, one.at.tried, until=until, silent=number == SILENT)
        call = open_call(programmes[PLUG_INNAN], region.lead, at)
        if len(made) > 1:
            one_applies(call, made[1].at.place, at)
        choose_demo_leader(by=None, at=at)
        count_goals(store, as_of=until, at=at)
        compute_figures(store, as_of=until, at=at)
        for number, one in enumerate(made):
            tell(one.project, region.lead, number, until=until, at=at)
        speak_with_the_region([one.project for one in made], region.process, at)
        ask_follow_ups(at=at)
    return len(made)


def _begun(programme: Programme, one: At, number: int, region: Region) -> Made:
    """A sub-project with its leader, analysis, goals and locked plan, from the day that participants were chosen."""
    tried, starts = one.tried, one.day
    early = _noon(starts - 4 * BEFORE)
    making = Making(
        tried.name.format(place=one.place.name), starts, tried.ends, tried.about,
        f"demo-{tried.key}-{tried.began}-{one.place.school or one.place.municipality}",
    )  # fmt: skip
    project = make_sub_project(programme=programme, place=one.place, making=making, by=region.lead, at=early)
    # Whoever leads the first leads what schools try together too, so that the demo's leader has both.
    led = 0 if tried.joined else number
    leader, _ = User.objects.get_or_create(
        login=f"{DEMO_LOGIN}leader-{led + 1}", defaults={"name": f"{LEADERS[led % len(LEADERS)]} Exempel"}
    )
    last = tried.ends + STAYS if tried.ended else None
    appointing = Appointing(leader, starts - 4 * BEFORE, last)
    appoint_leader(sub_project=project, appointing=appointing, by=region.lead, at=early)
    document = analysis_before(one.place.school, starts, tried, number)
    take_in_analysis(sub_project=project, document=document, by=leader, at=_noon(starts - 3 * BEFORE))
    _goals(project, tried.outcome == "absence_share", leader, _noon(starts - 2 * BEFORE))
    choosing = Choosing(
        tried.question, tried.key, tried.design, tried.comparison, tried.outcome, one.day + SOON, tried.closes,
        worthwhile=WORTHWHILE[tried.outcome], cutoff=CUTOFF, years=tried.years, subgroups=("girls", "boys"),
        cost=tried.cost,
    )  # fmt: skip
    lock_plan(sub_project=project, choosing=choosing, by=leader, at=_noon(starts - BEFORE))
    moving = Moving("running", "sub_project_leader")
    project = move_sub_project(sub_project=project, moving=moving, by=leader, at=_noon(starts))
    return Made(project, one, leader)


def _goals(project: SubProject, absence: bool, leader: User, at: datetime) -> None:
    assert project.ends is not None
    figure = NewGoal(
        "number", "Frånvaron bland deltagarna minskar", project.ends, indicator="absence", target=Decimal(10)
    )
    words = NewGoal(
        "text", "Fler lämnar in det de missat", project.ends, text_target="De flesta har en plan för det missade."
    )
    for new in (figure, words) if absence else (words, figure):
        set_goal(sub_project=project, new=new, by=leader, at=at)


def _take_part(made: Iterable[Made], events: Sequence[Event], source: str) -> None:
    """Participants tied to their measures, and ended as the files tell."""
    listed = list(made)
    wanted = {(one.at.tried.key, pupil, one.at.tried.began[:4]): one for one in listed for pupil in one.at.chosen}
    mine = {
        event["measure"]: wanted[key]
        for event in events
        if event["type"] == STARTED
        and (key := (event.get("sub_project", ""), event["pupil"], event["at"][:4])) in wanted
    }
    done = [event for event in events if event.get("measure") in mine]
    replay_measures(done, source)
    cast = Cast(done, source)
    measures = dict(Measure.objects.filter(outside_id__in=mine).values_list("outside_id", "pk"))
    stays = {}
    for event in done:
        one, pupil, at = mine[event["measure"]], cast.pupil(event), datetime.fromisoformat(event["at"])
        if not pupil:
            continue
        try:
            if event["type"] == STARTED:
                joining = Joining(
                    pupil, max(at.date(), one.project.starts or at.date()), measures.get(event["measure"])
                )
                stays[event["measure"]] = take_part(sub_project=one.project, joining=joining, by=one.leader, at=at)
            elif event["type"] == ENDED and event["measure"] in stays:
                leaving = Leaving(at.date(), event["reason"])
                stop_taking_part(participant=stays[event["measure"]], leaving=leaving, by=one.leader, at=at)
        except Refusal:
            continue


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(11), UTC)
