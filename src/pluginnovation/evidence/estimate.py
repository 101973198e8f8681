"""From a locked plan and its data to a result: which estimator answers which design, and what it can earn."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pluginnovation.records.refusals import Refusal

from .designs.before_after import before_after
from .designs.comparison import comparison
from .designs.life_tables import Spells
from .designs.mixtures import Panel as Units
from .designs.rollout import Rollout, rollout
from .designs.school_draw import school_draw
from .designs.synthetic import synthetic
from .designs.threshold import threshold
from .designs.time_to_event import Horizons, hazard
from .designs.waiting_list import waiting_list
from .plan import Plan
from .plan_files import Locked, changed, intact
from .result import LOCKED_LATE, MIN_PUPILS, Figure, Result
from .table import Floats, Table


@dataclass(frozen=True, slots=True)
class Scored:
    """Pupils around a threshold: the table, and each one's score less the threshold."""

    table: Table
    at: Floats


@dataclass(frozen=True, slots=True)
class Followed:
    """Pupils followed over terms, and how far ahead is asked."""

    spells: Spells
    horizons: Horizons


Data = Table | Rollout | Scored | Units | Followed

# What each design needs. Anything else given is a fault in the plan, not a reason to guess.
NEEDS: Final[dict[str, type]] = {
    "waiting_list": Table,
    "school_draw": Table,
    "comparison": Table,
    "before_after": Table,
    "rollout": Rollout,
    "threshold": Scored,
    "synthetic_control": Units,
    "hazard": Followed,
}


def estimate(locked: Locked, data: Data) -> Result:
    """The answer to a locked plan, or why there is none.

    Takes   data: what the plan's design needs (see NEEDS), from `dataset`
    Gives   the same bytes for the same plan and data; departures of the plan, cost per unit and where records were
            read as dated are in it
    Raises  Refusal 'plan_changed', 'data_of_other_design'
    """
    if not intact(locked):
        raise changed()
    plan = locked.plan
    if not isinstance(data, NEEDS[plan.design]):
        raise Refusal(
            "data_of_other_design",
            what=(
                f"Underlaget är inte av det slag som {plan.design} behöver.",
                f"Not the data that {plan.design} needs.",
            ),
            todo=("Bygg underlaget för planens upplägg.", "Build the data of the plan's design."),
            where="design",
        )
    found = _with_plan(locked, run(plan, data))
    return found if found.cannot_tell else replace(found, extra=(*found.extra, *_dose(data)))


def run(plan: Plan, data: Data) -> Result:
    """What the plan's estimator makes of its design's data, locked or not."""
    match data:
        case Rollout():
            return rollout(plan, data)
        case Scored():
            return threshold(plan, data.table, data.at)
        case Units():
            return synthetic(plan, data)
        case Followed():
            return hazard(plan, data.spells, data.horizons)
        case Table():
            return _PUPILS[plan.design](plan, data)


_PUPILS: Final = {
    "waiting_list": waiting_list,
    "school_draw": school_draw,
    "comparison": comparison,
    "before_after": before_after,
}


def _with_plan(locked: Locked, found: Result) -> Result:
    left = tuple(f"{one.at.isoformat()} {one.what}: {one.why}" for one in locked.departures)
    late = () if locked.ahead else (LOCKED_LATE,)
    read = ("records_as_dated",) if locked.plan.as_dated else ()
    return replace(
        found,
        departures=left,
        assumptions=(*found.assumptions, *read, *late),
        extra=(*found.extra, *_cost(locked.plan, found)),
    )


def _dose(data: Data) -> tuple[Figure, ...]:
    """How much of the help those offered it had, in hours, and of what share of them that is known."""
    if not isinstance(data, Table) or data.dose is None:
        return ()
    hours = data.dose[data.treated]
    known = hours[~np.isnan(hours)]
    if len(known) < MIN_PUPILS:
        return ()
    share = 100 * len(known) / len(hours)
    return (
        Figure("hours_of_help", float(known.mean()), n=len(known), exploratory=False),
        Figure("hours_known", share, n=len(hours), exploratory=False),
    )


def _cost(plan: Plan, found: Result) -> tuple[Figure, ...]:
    """Kronor per unit of benefit, such as per percentage point and pupil; only when the interval leaves nought out."""
    if plan.cost is None or found.estimate is None or found.low is None or found.high is None:
        return ()
    gains = sorted(plan.outcome.benefit * one for one in (found.low, found.estimate, found.high))
    if gains[0] <= 0:
        return (Figure("cost_per_unit", None, exploratory=False),)
    worst, middle, best = (plan.cost / one for one in gains)
    return (Figure("cost_per_unit", middle, low=best, high=worst, exploratory=False),)
