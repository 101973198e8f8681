"""One signal's finished figure, as it lies in a snapshot."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from .words import language

COVERAGE = "coverage_28d"


@dataclass(frozen=True, slots=True)
class Figure:
    """One signal about one pupil.

    level    0 to 3; none when unknown
    since    the day of the run in which the signal began; none when it isn't raised
    first, last   the rows it rests on lie between these days
    """

    signal: str
    value: float | None
    unit: str
    level: int | None
    raised: bool | None
    since: date | None
    first: date | None
    last: date | None
    activity: str | None
    last_true: date | None
    reason_sv: str
    reason_en: str

    @property
    def reason(self) -> str:
        """Why, in at most two sentences, in the page's language."""
        return self.reason_en if language() == "en" else self.reason_sv

    @property
    def about_the_pupil(self) -> bool:
        """False for the figure that is about how much teachers have reported."""
        return self.signal != COVERAGE

    @property
    def opens(self) -> bool:
        """Whether adults are asked to answer: raised, and about the pupil."""
        return bool(self.raised) and self.about_the_pupil


def packed(figure: Figure) -> list[Any]:
    """The figure as a row of the snapshot's JSON."""
    days = [day.isoformat() if day else None for day in (figure.since, figure.first, figure.last, figure.last_true)]
    return [
        figure.signal, figure.value, figure.unit, figure.level, figure.raised, *days,
        figure.activity, figure.reason_sv, figure.reason_en,
    ]  # fmt: skip


def unpacked(row: list[Any]) -> Figure:
    """The figure that `packed` wrote."""
    signal, value, unit, level, raised, since, first, last, true, activity, sv, en = row
    since, first, last, true = (date.fromisoformat(day) if day else None for day in (since, first, last, true))
    return Figure(signal, value, unit, level, raised, since, first, last, activity, true, sv, en)
