"""help/events.jsonl: what adults did, one JSON object per line, in order of time and id."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from pluginnovation.simulation.lives.seam import LAST_COMPULSORY_TERM

from .answering import actions, answers
from .catalogue import ABSENCE, GRADES, METHODS
from .days import as_text, at_minute, dates
from .event_schema import SIGNALS
from .json_lines import as_lines, tagged, words
from .log import AFTER, EVERYDAY, REASONS
from .noticing import NEEDS
from .persons import Persons
from .region import RegionHelp
from .sub_project_events import sub_project_lines

CHUNK: Final = 20_000
# No sub-project can be called so.
EVERYDAY_TAG: Final = "0"
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
    told, keys = persons.told(adults), list(adults.ground.scenario.sub_projects)
    parts = [part for name, rows in told.items() for part in _lines_of(name, rows, keys)]
    parts += sub_project_lines(adults, persons, told["doses"])
    return pl.concat(parts).sort("at", "id")


def _lines_of(name: str, rows: pl.DataFrame, keys: list[str]) -> Iterator[pl.DataFrame]:
    """One frame per set of fields: everyday help has a signal, and a sub-project's measure the sub-project."""
    if name == "answers":
        did = actions(rows["done"])
        yield _lines(name, rows.filter(did.is_not_null()), "", {"action": did.drop_nulls()})
        yield _lines(name, rows.filter(did.is_null()), "")
        return
    for number in rows["trial"].unique().sort().to_list():
        yield _lines(name, rows.filter(pl.col("trial") == number), "" if number == EVERYDAY else keys[number])


def _lines(name: str, rows: pl.DataFrame, sub_project: str, more: dict[str, pl.Series] | None = None) -> pl.DataFrame:
    pupil = rows["person"]
    columns = {
        "id": tagged(name[0], pupil, rows["term"], _looks(rows) if name == "answers" else sub_project or EVERYDAY_TAG),
        "type": pl.Series([TYPE_OF[name]]).new_from_index(0, len(rows)),
        "at": as_text(at_minute(rows["on"], rows["minute"] + AFTER[name])),
        "by": rows["by"],
        "pupil": pupil,
    }
    return as_lines(pl.DataFrame(columns | _fields(name, rows, sub_project) | (more or {})))


def _looks(rows: pl.DataFrame) -> pl.Series:
    """What tells a pupil's answers of one term apart: which look of the year it was, where it was one."""
    look = pl.format("{}w{}", pl.lit(EVERYDAY_TAG), "look")
    return rows.select(pl.when(pl.col("look") == 0).then(pl.lit(EVERYDAY_TAG)).otherwise(look)).to_series()


def _fields(name: str, rows: pl.DataFrame, sub_project: str) -> dict[str, pl.Series]:
    if name == "answers":
        given = dates(rows["half_year"].to_numpy(), rows["given"].to_numpy()).dt.strftime("%F")
        return {"signal": _signals(rows), "signal_on": given, "answer": answers(rows["need"], rows["done"])}
    measure = {"measure": tagged("m", rows["person"], rows["begun"], sub_project or EVERYDAY_TAG)}
    if name == "doses":
        return measure | {"dose": rows["delivered"], "planned_dose": rows["planned"]}
    if name == "ends":
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
