"""What adults did, kept as columns while the terms go by; `events.py` writes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl

# A column's name and its values: one per pupil of the region, or one for all.
Columns = Mapping[str, object]

# Why a measure ended.
COMPLETED, DROPPED_OUT, MOVED, LEFT_SCHOOL = "completed", "dropped_out", "moved", "left_school"
RETURNED, FINISHED = "returned_to_school", "finished_school"
REASONS: Final = (COMPLETED, DROPPED_OUT, MOVED, LEFT_SCHOOL, RETURNED, FINISHED)

EVERYDAY: Final = -1
UNKNOWN: Final = 999_999  # a score
DECIDED_DAY: Final = 2  # of the term in which a sub-project's measure is first offered

# What is done for a pupil, each with the minutes after the answer that it is done: what happens on one day happens in
# an order that can be.
AFTER: Final = {"answers": 0, "starts": 2, "doses": 3, "ends": 5}
KINDS: Final = tuple(AFTER)

_PLACE: Final = ("pupil", "term", "half_year", "unit", "group", "need", "day", "minute")
_WHOLE: Final = {
    "answers": (*_PLACE, "given", "done", "look"),
    "starts": (*_PLACE, "trial", "begun", "method", "planned"),
    "doses": (*_PLACE, "trial", "begun", "planned", "delivered"),
    "ends": (*_PLACE, "trial", "begun", "reason", "delivered"),
    "draws": ("pupil", "term", "half_year", "unit", "trial", "offered", "score"),
}


@dataclass(slots=True)
class Log:
    """Rows of what was done, all whole numbers.

    answers  pupil, term, half_year, unit, group, need (place in NEEDS), day (of the term), minute (of the day), given
             (day of the term on which the signal was), done (place in DONE), look (which one of the year, see `weekly`;
             0: none)
    starts   measures that began: trial (place among the sub-projects, -1 for everyday help), begun (its first term),
             method (place in METHODS), planned
    doses    what a measure gave in one term
    ends     reason (place in REASONS), delivered (in all)
    draws    who could be offered a sub-project's measure, and who was; score: what a threshold was drawn in, in
             thousandths, UNKNOWN where it isn't known or decides nothing
    """

    rows: dict[str, list[dict[str, np.ndarray]]] = field(default_factory=lambda: {name: [] for name in _WHOLE})

    def add(self, name: str, who: np.ndarray, columns: Columns) -> None:
        """Keep rows: `who` are the places of the pupils; a column with one entry per pupil of the region is cut."""
        if not len(who):
            return
        kept: dict[str, np.ndarray] = {"pupil": who}
        for key, value in columns.items():
            values = np.asarray(value)
            # Whole numbers that are never large, in half the room.
            kept[key] = (np.full(len(who), values) if values.ndim == 0 else values[who]).astype(np.int32)
        self.rows[name].append(kept)

    def frame(self, name: str) -> pl.DataFrame:
        """All rows of one kind."""
        parts = self.rows[name]
        if not parts:
            return pl.DataFrame(schema=dict.fromkeys(_WHOLE[name], pl.Int64))
        joined = {key: np.concatenate([part[key] for part in parts]).astype(np.int64) for key in _WHOLE[name]}
        return pl.DataFrame(joined)
