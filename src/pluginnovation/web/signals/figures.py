"""One signal's finished figure, as it lies in a snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any, Final

from pluginnovation.signals.catalogue_grades import GRADES as GRADE_SIGNALS
from pluginnovation.signals.reasons import reason

from .words import language, unbroken

COVERAGE: Final = "coverage_28d"
# What a signal rests on; those of no other kind rest on lessons.
LESSONS, GRADES, ENROLMENTS = "lessons", "grades", "enrolments"
RESTS_ON: Final = dict.fromkeys(GRADE_SIGNALS, GRADES) | dict.fromkeys(
    ("frequent_moves", "left_without_enrolment"), ENROLMENTS
)
# The places of a packed row. `pupil_json.py` writes them, many pupils at once.
DAYS: Final = ("since", "rests_from", "rests_to", "last_true", "as_of")
NUMBERS: Final = ("numerator", "denominator", "detail_1", "detail_2", "detail_3", "school_days")
TEXTS: Final = ("detail_text", "activity_name", "rests_activity")
REASONS: Final = ("reason_sv", "reason_en")
# Mostly empty, so they end the row, and a row without any of them ends before.
ENDING: Final = (*TEXTS, *REASONS)
PLACES: Final = ("signal", "value", "level", "raised", *DAYS, *NUMBERS, *ENDING)
# Days are whole numbers since this one.
DAY_NOUGHT: Final = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Figure:
    """One signal about one pupil.

    level    0 to 3; none when unknown
    since    the day of the run in which the signal began; none when it isn't raised
    first, last   the rows it rests on lie between these days
    said     the whole packed row, by place
    """

    signal: str
    level: int | None
    raised: bool | None
    since: date | None
    first: date | None
    last: date | None
    activity: str | None
    said: dict[str, Any]

    @property
    def reason(self) -> str:
        """Why, in at most two sentences, in the page's language.

        A raised or unknown signal says what it said when it was counted; what isn't raised is told from its numbers.
        """
        spoken = language()
        return unbroken(str(self.said[f"reason_{spoken}"] or reason(self.said, spoken)))

    @property
    def about_the_pupil(self) -> bool:
        """False for the figure that is about how much teachers have reported."""
        return self.signal != COVERAGE

    @property
    def rests_on(self) -> str:
        """Which rows are behind it: lessons, grades or enrolments."""
        return RESTS_ON.get(self.signal, LESSONS)

    @property
    def has_rows(self) -> bool:
        """Whether there are rows to show. An enrolment is behind its signals also when nothing is the matter."""
        return self.rests_on == ENROLMENTS or (self.first is not None and self.last is not None)

    @property
    def opens(self) -> bool:
        """Whether adults are asked to answer: raised, and about the pupil."""
        return bool(self.raised) and self.about_the_pupil


def unpacked(row: Sequence[Any]) -> Figure:
    """The figure of a row of the snapshot's JSON."""
    said = dict(zip_longest(PLACES, row))
    for name in DAYS:
        said[name] = _day(said[name])
    return Figure(
        said["signal"], said["level"], said["raised"], said["since"], said["rests_from"], said["rests_to"],
        said["rests_activity"], said,
    )  # fmt: skip


def _day(told: int | str | None) -> date | None:
    """The day of a number. A picture that an earlier version wrote has it in letters, until the next run."""
    if isinstance(told, str):
        return date.fromisoformat(told)
    return None if told is None else date.fromordinal(DAY_NOUGHT + told)
