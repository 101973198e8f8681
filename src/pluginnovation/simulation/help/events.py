"""help/events.jsonl: what adults did, one JSON object per line, in order of time and id."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from pluginnovation.simulation.lives.seam import LAST_COMPULSORY_TERM

from .catalogue import ABSENCE, GRADES, METHODS, WITHOUT_SCHOOL
from .days import first_days, moments
from .event_schema import SIGNALS
from .json_lines import as_lines, tagged, words
from .log import EVERYDAY, REASONS
from .noticing import ANSWERS, NEEDS
from .persons import Persons
from .region import RegionHelp
from .sub_project_events import sub_project_lines

CHUNK: Final = 20_000
# No sub-project can be called so.
EVERYDAY_TAG: Final = "0"
# What happens on one day happens in an order that can be: minutes after the answer.
AFTER: Final = {"answers": 0, "starts": 2, "doses": 3, "ends": 5}
TYPE_OF: Final = {
    "answers": "answer", "starts": "measure_started", "doses": "dose_delivered", "ends": "measure_ended",
}  # fmt: skip
AXES: Final = {"method": "key", "intent": "intent", "reach": "reach", "level": "level"}


def write_events(path: Path, adults: RegionHelp, persons: Persons) -> int:
    """Write what the adults of one world did; the file is there whole or not at all.

    Gives   how many events there are
    """
    lines = event_lines(adults, persons)
    partial = path.with_name(f".{path.name}.partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            for chunk in lines.iter_slices(CHUNK):
                file.writelines(f"{line}\n" for line in chunk["line"])
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return len(lines)


def event_lines(adults: RegionHelp, persons: Persons) -> pl.DataFrame:
    """The events as `at`, `id` and `line` (JSON), in order."""
    parts = [part for name in AFTER for part in _Writing(adults, persons, name).lines()]
    parts += sub_project_lines(adults, persons)
    return pl.concat(parts).sort("at", "id")


class _Writing:
    """The rows of one kind of the log on their way to lines."""

    def __init__(self, adults: RegionHelp, persons: Persons, name: str) -> None:
        self.keys = list(adults.ground.scenario.sub_projects)
        self.persons, self.name = persons, name
        self.rows = adults.log.frame(name)

    def lines(self) -> Iterator[pl.DataFrame]:
        """One frame per set of fields: everyday help has a signal, and a sub-project's measure the sub-project."""
        if self.name == "answers":
            yield self._lines(self.rows, "")
            return
        for number in self.rows["trial"].unique().sort().to_list():
            rows = self.rows.filter(pl.col("trial") == number)
            yield self._lines(rows, "" if number == EVERYDAY else self.keys[number])

    def _lines(self, rows: pl.DataFrame, sub_project: str) -> pl.DataFrame:
        half_year, day, minute = (rows[name].to_numpy() for name in ("half_year", "day", "minute"))
        pupil = self.persons.pupil(rows["pupil"])
        columns = {
            "id": tagged(self.name[0], pupil, rows["term"], sub_project or EVERYDAY_TAG),
            "type": pl.Series([TYPE_OF[self.name]]).new_from_index(0, len(rows)),
            "at": moments(half_year, day, minute + AFTER[self.name]),
            "by": self._by(rows, sub_project),
            "pupil": pupil,
        }
        return as_lines(pl.DataFrame(columns | self._fields(rows, pupil, sub_project)))

    def _by(self, rows: pl.DataFrame, sub_project: str) -> pl.Series:
        if sub_project:
            return pl.Series([self.persons.leader(sub_project)]).new_from_index(0, len(rows))
        mentor, coordinator = self.persons.mentor(rows["unit"], rows["group"]), self.persons.coordinator(rows["pupil"])
        return coordinator.zip_with(rows["need"] == NEEDS.index(WITHOUT_SCHOOL), mentor)

    def _fields(self, rows: pl.DataFrame, pupil: pl.Series, sub_project: str) -> dict[str, pl.Series]:
        if self.name == "answers":
            signal_on = pl.Series(first_days(rows["half_year"].to_numpy()).astype("datetime64[ms]")).dt.strftime("%F")
            return {"signal": _signals(rows), "signal_on": signal_on, "answer": words(ANSWERS, rows["word"])}
        measure = {"measure": tagged("m", pupil, rows["begun"], sub_project or EVERYDAY_TAG)}
        if self.name == "doses":
            return measure | {"dose": rows["delivered"], "planned_dose": rows["planned"]}
        if self.name == "ends":
            return measure | {"reason": words(REASONS, rows["reason"]), "delivered_dose": rows["delivered"]}
        axes = {name: words([getattr(each, ours) for each in METHODS], rows["method"]) for name, ours in AXES.items()}
        keys = pl.Series([sub_project]).new_from_index(0, len(rows))
        about = {"sub_project": keys} if sub_project else {"signal": _signals(rows)}
        return measure | axes | {"planned_dose": rows["planned"]} | about


def _signals(rows: pl.DataFrame) -> pl.Series:
    """The name of the signal that each need is in the product; grades have one per kind of school."""
    need, upper = rows["need"].to_numpy(), rows["term"].to_numpy() > LAST_COMPULSORY_TERM
    grades = np.where(upper, SIGNALS.index("points_behind"), SIGNALS.index("passes_needed"))
    known = [need == NEEDS.index(ABSENCE), need == NEEDS.index(GRADES)]
    outside = SIGNALS.index("left_without_enrolment")
    return words(SIGNALS, pl.Series(np.select(known, [SIGNALS.index("absence_28d"), grades], outside)))
