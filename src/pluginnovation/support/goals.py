"""Goals that a figure can tell of: where it began, where it is to go, how far it has come. Less is always better."""

from dataclasses import dataclass
from datetime import date
from typing import Final

PERCENT, LESSONS, PASSES, POINTS = "percent", "lessons", "passes", "points"

UNITS: Final = {
    PERCENT: ("%", "%"),
    LESSONS: ("lektioner", "lessons"),
    PASSES: ("betyg", "grades"),
    POINTS: ("poäng", "points"),
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure.

    key      the signal that has it
    label    Swedish and English
    unit     one of UNITS
    most     the highest figure that can be a target
    """

    key: str
    label: tuple[str, str]
    unit: str
    most: int


INDICATORS: Final = {
    one.key: one
    for one in (
        Indicator("absence_28d", ("Frånvaro, 28 dagar", "Absence, 28 days"), PERCENT, 100),
        Indicator("unexcused_28d", ("Ogiltig frånvaro, 28 dagar", "Unexcused absence, 28 days"), PERCENT, 100),
        Indicator("lateness_28d", ("Sena ankomster, 28 dagar", "Lateness, 28 days"), LESSONS, 200),
        Indicator("passes_needed", ("Godkända betyg som saknas", "Passes needed"), PASSES, 20),
        Indicator("points_behind", ("Poäng efter planen", "Points behind"), POINTS, 2_500),
    )
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one day.

    value   none: unknown
    on      the day it is of
    n       what it is out of: reported minutes, for a share; none where there is nothing that it is out of
    """

    value: int | None
    on: date | None
    n: int | None = None


UNKNOWN, REACHED, CLOSER, SAME, FURTHER = "unknown", "reached", "closer", "same", "further"
PROGRESS: Final = {
    UNKNOWN: ("Okänt", "Unknown"),
    REACHED: ("Målet är nått", "The goal is reached"),
    CLOSER: ("Närmare målet", "Closer to the goal"),
    SAME: ("Som när målet sattes", "As when the goal was set"),
    FURTHER: ("Längre från målet", "Further from the goal"),
}


def whole_percent(numerator: int, denominator: int) -> int | None:
    """A share as whole percent, halves upwards; none of nothing."""
    return (200 * numerator + denominator) // (2 * denominator) if denominator > 0 else None


def figure_of(key: str, numbers: tuple[float | None, int | None, int | None], on: date | None) -> Figure:
    """An indicator's figure, from the signal's.

    Takes   numbers   the signal's value, numerator and denominator; an empty value is unknown
    """
    value, numerator, denominator = numbers
    if value is None:
        return Figure(None, on)
    if INDICATORS[key].unit != PERCENT:
        return Figure(int(value), on)
    if numerator is None or not denominator:
        return Figure(None, on)
    return Figure(whole_percent(numerator, denominator), on, denominator)


def progress(baseline: int | None, target: int | None, now: Figure) -> str:
    """How it goes: one of PROGRESS. Without a figure now, or then and a target, it is unknown."""
    if now.value is None or (baseline is None and target is None):
        return UNKNOWN
    if target is not None and now.value <= target:
        return REACHED
    if baseline is None:
        return UNKNOWN
    if now.value == baseline:
        return SAME
    return CLOSER if now.value < baseline else FURTHER
