"""Problem, causes, goals and measures, each tied to the one before: what prints on one page.

A page holds so much and no more. Whoever has more causes than fit has not chosen yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

MOST: Final = 6
LONGEST: Final = 180
LONGEST_PROBLEM: Final = 400
SURE, THINK, UNSURE = "sure", "think", "unsure"
HOW_SURE: Final = (SURE, THINK, UNSURE)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the problem is there, and how we know: `sure` rests on figures or what pupils say."""

    text: str
    sure: str = THINK


@dataclass(frozen=True, slots=True)
class ModelGoal:
    """What is to be different, and which cause that takes away.

    cause   the cause's place, from 1; null: not tied to any
    """

    text: str
    cause: int | None = None


@dataclass(frozen=True, slots=True)
class ModelMeasure:
    """What is done, and which goal it serves.

    goal   the goal's place, from 1; null: not tied to any
    """

    text: str
    goal: int | None = None


@dataclass(frozen=True, slots=True)
class LogicModel:
    """The whole chain."""

    problem: str = ""
    causes: tuple[Cause, ...] = ()
    goals: tuple[ModelGoal, ...] = ()
    measures: tuple[ModelMeasure, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether anything is written."""
        return bool(self.problem or self.causes or self.goals or self.measures)


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing in the chain.

    what    problem, causes, goals, measures (the list is empty), or cause_without_goal, goal_without_measure,
            goal_without_cause, measure_without_goal
    place   which one, from 1; 0 for a whole list
    """

    what: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page: a goal between its cause and its measures. Either end may be missing."""

    cause: Cause | None
    goal: ModelGoal | None
    measures: tuple[ModelMeasure, ...]


def gaps(model: LogicModel) -> tuple[Gap, ...]:
    """What is missing for the chain to hold, in the order of the page."""
    found = [Gap("problem")] if not model.problem else []
    found += [Gap(name) for name in ("causes", "goals", "measures") if not getattr(model, name)]
    caused = {goal.cause for goal in model.goals}
    served = {measure.goal for measure in model.measures}
    if model.goals:
        found += [Gap("cause_without_goal", at) for at, _ in enumerate(model.causes, 1) if at not in caused]
        found += [
            Gap("goal_without_cause", at)
            for at, one in enumerate(model.goals, 1)
            if not _is_in(one.cause, model.causes)
        ]
    if model.measures:
        found += [Gap("goal_without_measure", at) for at, _ in enumerate(model.goals, 1) if at not in served]
        found += [
            Gap("measure_without_goal", at)
            for at, one in enumerate(model.measures, 1)
            if not _is_in(one.goal, model.goals)
        ]
    return tuple(found)


def rows(model: LogicModel) -> tuple[Row, ...]:
    """The lines of the page: each cause with its goals and their measures, then what is tied to nothing."""
    found: list[Row] = []
    told: set[int] = set()
    for at, cause in enumerate(model.causes, 1):
        own = [(number, goal) for number, goal in enumerate(model.goals, 1) if goal.cause == at]
        told |= {number for number, _ in own}
        lines = [
            Row(cause if not place else None, goal, _serving(model, number)) for place, (number, goal) in enumerate(own)
        ]
        found += lines or [Row(cause, None, ())]
    found += [
        Row(None, goal, _serving(model, number)) for number, goal in enumerate(model.goals, 1) if number not in told
    ]
    loose = tuple(one for one in model.measures if not _is_in(one.goal, model.goals))
    return (*found, Row(None, None, loose)) if loose else tuple(found)


def _serving(model: LogicModel, goal: int) -> tuple[ModelMeasure, ...]:
    return tuple(one for one in model.measures if one.goal == goal)


def _is_in(place: int | None, of: Sequence[Any]) -> bool:
    return place is not None and 1 <= place <= len(of)


def wrong_model(model: LogicModel) -> str:
    """What keeps the model from a page, as a word; empty: nothing.

    Gives   too_many, too_long or how_sure
    """
    lists: tuple[Sequence[Any], ...] = (model.causes, model.goals, model.measures)
    if any(len(one) > MOST for one in lists):
        return "too_many"
    if len(model.problem) > LONGEST_PROBLEM or any(len(one.text) > LONGEST for each in lists for one in each):
        return "too_long"
    return "how_sure" if any(one.sure not in HOW_SURE for one in model.causes) else ""


def packed(model: LogicModel) -> dict[str, Any]:
    """As it lies in a stored document."""
    return {
        "problem": model.problem,
        "causes": [[one.text, one.sure] for one in model.causes],
        "goals": [[one.text, one.cause] for one in model.goals],
        "measures": [[one.text, one.goal] for one in model.measures],
    }


def unpacked(document: Mapping[str, Any]) -> LogicModel:
    """What `packed` wrote; an empty document is an empty model."""
    return LogicModel(
        document.get("problem", ""),
        tuple(Cause(*one) for one in document.get("causes", ())),
        tuple(ModelGoal(*one) for one in document.get("goals", ())),
        tuple(ModelMeasure(*one) for one in document.get("measures", ())),
    )
