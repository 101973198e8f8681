"""Grades as they are stored: by the rule, and as somebody lowered them. Imports nothing heavy for a page."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .models import Estimate
from .stored import lowered_of

if TYPE_CHECKING:
    from pluginnovation.evidence.grade import Grade


def stored_grade(grade: "Grade") -> dict[str, Any]:
    """Cap, locks and steps, as they are stored."""
    return {"cap": grade.cap, "locks": grade.locks, "steps": [asdict(step) for step in grade.steps]}


def grade_of(estimate: Estimate) -> "Grade":
    """The grade that stands, lowered if somebody did."""
    from pluginnovation.evidence.grade import Grade, Lowered, Step

    steps = tuple(Step(**step) for step in estimate.grade["steps"])
    low = lowered_of(estimate)
    if low is None:
        return Grade(estimate.grade["cap"], estimate.grade["locks"], steps)
    return Grade(estimate.grade["cap"], low.locks, steps, Lowered(low.locks, low.reason, low.by.login, low.at))


def locks_of(estimate: Estimate | None) -> int:
    """The locks that stand; nought without an answer."""
    if estimate is None:
        return 0
    low = lowered_of(estimate)
    return low.locks if low else int(estimate.grade["locks"])
