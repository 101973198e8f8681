"""The evaluation plan: chosen at the start, locked with its time and checksum, and never changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from pluginnovation.evidence.plan import Outcome, Plan, Population, Window
from pluginnovation.evidence.plan_files import Locked, lock, plan_from_json
from pluginnovation.evidence.usual import COVARIATES, SCORE, placebos_of
from pluginnovation.web.people import clock
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.records.known_since import imported_after
from pluginnovation.web.support import refused
from pluginnovation.web.support.models import Draw

from .doing import still_going
from .models import EvaluationPlan, SubProject
from .refused_doing import plan_is_locked, plan_too_late

# What each outcome that the records can tell is measured as, and which way is better.
OUTCOMES: Final = {
    "absence_share": ("share", -1, ("Frånvaro", "Absence")),
    "unexcused_share": ("share", -1, ("Ogiltig frånvaro", "Unexcused absence")),
    "courses_passed": ("count", 1, ("Godkända betyg", "Passes")),
    "in_school": ("yes_no", 1, ("Går i skola", "In school")),
}
# The designs that a sub-project can choose; whom each compares with.
DESIGNS: Final = {
    "waiting_list": ("Väntelista med lottning", "A waiting list that was drawn"),
    "school_draw": ("Lottade skolor eller klasser", "Schools or classes that were drawn"),
    "rollout": ("Stegvis start", "A start in steps"),
    "comparison": ("Liknande elever som inte fick insatsen", "Similar pupils without the measure"),
    "threshold": ("En gräns avgör vem som får insatsen", "A threshold decides who is offered it"),
    "before_after": ("Bara före och efter, ingen jämförelse", "Only before and after, no comparison"),
}
BEFORE_DAYS: Final = 84


@dataclass(frozen=True, slots=True)
class Choosing:
    """What is compared with what, when and on which outcome.

    opens, closes   first and last day of the outcome
    worthwhile      the least change that anybody would pay for, in the outcome's unit
    draw            the number of the school's logged draw; None: none
    cutoff          of a threshold: per cent of absence before the start, at or above which the help is offered
    years           of school, that are compared; empty: all
    subgroups       looked at too, as exploratory
    cost            kronor per pupil who was offered the help; None: not known
    """

    question: str
    method: str
    design: str
    comparison: str
    outcome: str
    opens: date
    closes: date
    worthwhile: float = 3.0
    draw: int | None = None
    cutoff: float = 0.0
    years: tuple[int, ...] = ()
    subgroups: tuple[str, ...] = ()
    cost: float | None = None


def plan_of(sub_project: SubProject, choosing: Choosing, today: date) -> Plan:
    """The plan as the evaluation takes it. The index date is the start, or the day before the outcome's first if that
    is earlier. When it has passed and nothing had been read in by then, records are used as they are dated.

    Raises  Refusal when the outcome or the design isn't one to choose
    """
    if choosing.outcome not in OUTCOMES or choosing.design not in DESIGNS:
        raise refused.not_offered(("Upplägget", "The design"))
    kind, benefit, _ = OUTCOMES[choosing.outcome]
    index = max(min(sub_project.starts or today, choosing.opens - timedelta(days=1)), date(2000, 1, 1))
    at_threshold = choosing.design == "threshold"
    return Plan(
        name=f"delprojekt-{sub_project.pk}", question=choosing.question.strip(), method=choosing.method.strip(),
        design=choosing.design, comparison=choosing.comparison.strip(),
        outcome=Outcome(choosing.outcome, kind, benefit, choosing.worthwhile),
        window=Window(index, BEFORE_DAYS, choosing.opens, choosing.closes),
        population=Population(years=choosing.years), covariates=COVARIATES, placebos=placebos_of(choosing.outcome),
        subgroups=choosing.subgroups, score=SCORE if at_threshold else "",
        cutoff=choosing.cutoff if at_threshold else 0.0, seed=sub_project.pk, cost=choosing.cost,
        as_dated=index <= clock.today() and imported_after(index),
    )  # fmt: skip


def lock_plan(*, sub_project: SubProject, choosing: Choosing, by: User, at: datetime) -> EvaluationPlan:
    """Lock the plan, once.

    Raises  Refusal 'plan_…' with the place when it can't be carried out as written, when the outcome is being measured
            already, when a plan is locked, or when the draw is another school's
    """
    still_going(sub_project)
    locked: Locked = lock(plan_of(sub_project, choosing, localdate(at)), at=at, by=str(by.pk))
    if not locked.ahead:
        raise plan_too_late()
    if choosing.draw is not None and not Draw.objects.filter(pk=choosing.draw, school=sub_project.school).exists():
        raise refused.not_offered(("Lottningen", "The draw"))
    document: dict[str, Any] = msgspec.to_builtins(locked.plan)
    try:
        with transaction.atomic(), recorded(
            "lock_plan", by=by, at=at, about=str(sub_project.pk), checksum=locked.checksum
        ):  # fmt: skip
            return EvaluationPlan.objects.create(
                sub_project=sub_project, plan=document, checksum=locked.checksum, draw_id=choosing.draw, by=by, at=at
            )
    except IntegrityError:
        raise plan_is_locked() from None


def locked_of(row: EvaluationPlan) -> Locked:
    """The locked plan as it stands. Raises Refusal 'plan_…' when it can't be read as one."""
    return Locked(plan_from_json(msgspec.json.encode(row.plan)), row.checksum, row.at, str(row.by_id))
