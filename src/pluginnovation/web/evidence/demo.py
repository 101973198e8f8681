"""The demo's locked plans: its simulated sub-projects, with the draws and choices that its files tell of.

A sub-project of the files began before any measure that the demo's adults tell of, so who could be offered it and who
was is handed in with each plan, as a school authority would hand in a list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction

from pluginnovation.evidence.labels import COMPARED, OUTCOMES
from pluginnovation.evidence.plan import Outcome, Plan, Population, Window
from pluginnovation.evidence.plan_files import checksum
from pluginnovation.evidence.usual import COVARIATES, SCORE
from pluginnovation.support.catalogue import BY_KEY
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Organisation, Person, User
from pluginnovation.web.projects.models import SubProject
from pluginnovation.web.projects.places import municipality_of

from .actions import ask_for_answer, draft_plan, free_name, lock_plan
from .drafting import BEFORE_DAYS
from .listing import Listed, hand_in
from .models import StoredPlan
from .stored import plan_of
from .taking_over import take_over

Event = Mapping[str, Any]
Rounds = Mapping[tuple[str, date], list[Event]]
CHOSEN: Final = ("assignment_drawn", "participants_chosen")
EVALUATOR: Final = "demo:evaluator"
# Sub-project: how its choice is answered, by what, and the question as a person asks it. A region's files have lessons
# of its last school year only, and the attendance team's rule looked at the whole autumn.
ASKED: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("study_coach", "waiting_list", "courses_passed", "Gav studiecoachen fler godkända betyg?"),
    ("homework_help", "school_draw", "courses_passed", "Gav läxhjälpen fler godkända betyg?"),
    ("attendance_team", "threshold", "absence_share", "Minskade närvaroteamet frånvaron nära gränsen?"),
    ("attendance_team", "comparison", "absence_share", "Minskade närvaroteamet frånvaron?"),
    ("class_climate", "rollout", "absence_share", "Minskade arbetet med klassens klimat frånvaron?"),
)
# The years of school that each was for; a roll-out counts them all, at the schools that began and at those that didn't.
YEARS: Final = {"attendance_team": (7, 8, 9), "class_climate": (7,)}
AUTUMN: Final = 150
GRADED_BY: Final = (6, 20)  # final grades are registered when school ends in June
OF_LESSONS: Final = "absence_share"
CUTOFF: Final = 10.0  # per cent of absence, as the made-up attendance team's rule has it
UNKNOWN: Final = 999_999  # a score of the files, in thousandths, that nobody knew
MEASURED_FROM: Final = timedelta(days=14)


def lock_the_demos(events: Iterable[Event], source: str, *, until: date, at: datetime) -> int:
    """Draft, lock and ask for an answer to a plan for each sub-project and year of a made-up region. Once only.

    Takes   until   the last day that the files tell of
    Gives   how many were locked
    """
    by = User.objects.filter(login=EVALUATOR).first()
    if by is None:
        return 0
    # Somebody may have asked a question of their own while the demo was being made, or stopped it halfway.
    listed = StoredPlan.objects.filter(assigned__source=source).distinct()
    there = {(one.question, one.design) for one in map(plan_of, listed)}
    rounds: dict[tuple[str, date], list[Event]] = {}
    for event in events:
        if event["type"] in CHOSEN:
            rounds.setdefault((event["sub_project"], date.fromisoformat(event["at"][:10])), []).append(event)
    newest = {key: max(day for other, day in rounds if other == key) for key, _ in rounds}
    plans = [
        (_plan(asked, day, until), rounds[key, day])
        for key, day in sorted(rounds, key=lambda each: (each[1], each[0]))
        for asked in ASKED
        if asked[0] == key and (asked[2] != OF_LESSONS or day == newest[key])
    ]
    wanted = [each for each in plans if (each[0].question, each[0].design) not in there]
    locked = sum(_locked(plan, chosen, source, by, at) for plan, chosen in wanted)
    take_over(at=at)
    of_sub_projects = StoredPlan.objects.exclude(sub_project=None).filter(assigned=None).order_by("pk")
    return locked + sum(_listed(row, rounds, source, at) for row in of_sub_projects)


@transaction.atomic
def _listed(row: StoredPlan, rounds: Rounds, source: str, at: datetime) -> int:
    """Hand in who could be offered what a sub-project of the demo tries, and who was, and ask for its answer.

    A rule or a draw stood behind the choice, so those who were not chosen are known; of others, those taking part are.
    """
    plan, project = plan_of(row), SubProject.objects.get(pk=row.sub_project or 0)
    if not project.outside_id.startswith("demo-") or row.locked_by is None or plan.window.closes > today():
        return 0
    chosen = rounds.get((plan.method, plan.window.index_date), [])
    own = [each for each in chosen if _of_its_own(each, plan, project, source)]
    if listed := _list(plan, own, source):
        hand_in(row=row, listed=listed, by=row.locked_by, at=at)
    ask_for_answer(row=row, by=row.locked_by, at=at)
    return 1


def _plan(asked: tuple[str, str, str, str], day: date, until: date) -> Plan:
    key, design, outcome, question = asked
    _words, kind, benefit = OUTCOMES[outcome]
    before = AUTUMN if outcome == OF_LESSONS else BEFORE_DAYS
    summer = date(day.year + (day.month > GRADED_BY[0]), *GRADED_BY)
    plan = Plan(
        name=f"{key.replace('_', '-')}-{day.isoformat()}", question=f"{question[:-1]} {day.year}?",
        method=BY_KEY[key].key, design=design, comparison=COMPARED[design][0],
        outcome=Outcome(outcome, kind, benefit, 3.0 if kind == "share" else 1.0),
        window=Window(day, before, day + MEASURED_FROM, min(summer, until)),
        population=Population(years=YEARS.get(key, ())),
        covariates=COVARIATES, placebos=(f"{outcome}_earlier",), subgroups=("girls", "boys"), as_dated=True,
        # One question of a sub-project is the planned one; the other way of answering it is exploratory.
        primary=design != "comparison",
    )  # fmt: skip
    if design == "rollout":  # schools over months explain by themselves, month before month
        return replace(plan, covariates=(), placebos=(), subgroups=())
    return replace(plan, score=SCORE, cutoff=CUTOFF) if design == "threshold" else plan


@transaction.atomic
def _locked(plan: Plan, chosen: list[Event], source: str, by: User, at: datetime) -> int:
    listed = _list(plan, chosen, source)
    if listed is None or plan.window.closes > today():
        return 0
    row = draft_plan(plan=replace(plan, name=free_name(plan.name)), sub_project=None, by=by, at=at)
    hand_in(row=row, listed=listed, by=by, at=at)
    row = lock_plan(row=row, seen=checksum(plan_of(row)), by=by, at=at)
    ask_for_answer(row=row, by=by, at=at)
    return 1


def _of_its_own(event: Event, plan: Plan, project: SubProject, source: str) -> bool:
    """Whether a choice belongs to a sub-project: made where it is, or a school that was drawn to wait."""
    if plan.design == "school_draw" and not event["chosen"]:
        return True
    site = Organisation.objects.select_related("parent").get(source=source, source_id=event["site"])
    return site.code == project.school if project.school else municipality_of(site) == project.municipality


def _list(plan: Plan, chosen: list[Event], source: str) -> Listed | None:
    """A row for everybody who could be chosen and is known here, with the draw's seed and time; None: nobody is."""
    ids = {one for event in chosen for one in event["candidates"]}
    codes = dict(Person.objects.filter(source=source, source_id__in=ids).values_list("source_id", "code"))
    rows: dict[str, dict[str, Any]] = {}
    for event in chosen:
        offered = set(event["chosen"])
        scores = dict(zip(event["candidates"], event.get("scores", ()), strict=False))
        for one in event["candidates"]:
            if one in codes:
                rows[codes[one]] = {
                    "source": source, "pupil": codes[one], "offered": one in offered, "stratum": _stratum(plan, event),
                    "decided_on": plan.window.index_date, "score": _score(scores.get(one)),
                }  # fmt: skip
    if not rows:
        return None
    drawn = [event for event in chosen if "seed" in event]
    first = min((datetime.fromisoformat(event["at"]) for event in drawn), default=None)
    return Listed(list(rows.values()), first, drawn[0]["seed"] if drawn else None)


def _score(thousandths: int | None) -> float | None:
    """A share in per cent, as the rule read it."""
    return None if thousandths is None or thousandths >= UNKNOWN else thousandths / 10


def _stratum(plan: Plan, event: Event) -> str:
    """Lots of pupils are drawn within a school; schools are drawn together."""
    return str(event["site"]) if plan.design == "waiting_list" else "all"
