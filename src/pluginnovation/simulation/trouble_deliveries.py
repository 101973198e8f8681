"""Deliveries as they are: corrected late, sent twice, about another unit's lessons, or only a part of it all."""

import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from .trouble_planted import CHANGED, STORED, SUPERSEDED, UNCHANGED, Planted
from .trouble_sheet import Line, Sheet, write_sheet
from .writing import MARKER

LOOKED_AT = 400_000  # lesson rows: some sixteen classes, so that their absence is about everybody's
CORRECTED_MONTH = "2025-10"
EVERY = 3  # of the unexcused lessons, how many a mentor corrects
TWICE, AT_OTHER_UNIT, IN_A_PART = 12, 20, 4_000


def corrections(folder: Path, protected: frozenset[str]) -> list[Planted]:
    """A second delivery, corrections/: a whole month again, in which some unexcused absence has become excused."""
    sheet = Sheet(folder / "lessons.csv")
    month = (row for row in _good(sheet, protected) if row.cells["date"].startswith(CORRECTED_MONTH))
    name = "corrections/lessons.csv"
    planted, written, wrong = [], [], 0
    for line, row in enumerate(month, start=2):
        cells = dict(row.cells)
        if cells["unexcused_minutes"] == cells["offered_minutes"]:
            wrong += 1
            if wrong % EVERY == 0:
                cells |= {"excused_minutes": cells["unexcused_minutes"], "unexcused_minutes": "0", "late_minutes": "0"}
        expected = UNCHANGED if cells == dict(row.cells) else CHANGED
        planted.append(Planted("corrections", name, line, expected))
        written.append(list(cells.values()))
    _delivery(folder, name, sheet, written)
    return planted


def duplicates(folder: Path, protected: frozenset[str]) -> list[Planted]:
    """Rows that come twice: lessons that a teacher reported again, and memberships that were exported twice."""
    planted = []
    lessons = Sheet(folder / "lessons.csv")
    # Not in the month that is corrected later: the correction tells what the first of the two rows told.
    absent = (
        row
        for row in _good(lessons, protected)
        if row.cells["unexcused_minutes"] == row.cells["offered_minutes"]
        and not row.cells["date"].startswith(CORRECTED_MONTH)
    )
    for row in list(islice(absent, TWICE)):
        zeros = dict.fromkeys(("other_minutes", "excused_minutes", "unexcused_minutes", "late_minutes"), "0")
        lessons.add({**row.cells, **zeros, "attended_minutes": row.cells["offered_minutes"]})
        planted.append(Planted("duplicates", "lessons.csv", row.number, SUPERSEDED))
    memberships = Sheet(folder / "memberships.csv")
    for row in list(islice(_good(memberships, protected), TWICE)):
        memberships.add(row.cells)
        planted.append(Planted("duplicates", "memberships.csv", row.number, SUPERSEDED))
    return planted


def elsewhere(folder: Path, protected: frozenset[str]) -> list[Planted]:
    """Lessons at another unit than the pupil's own: a course that is only given there, late on Wednesdays."""
    sheet = Sheet(folder / "lessons.csv")
    found = list(Sheet(folder / "activities.csv").rows(LOOKED_AT))
    unit = {row.cells["id"]: row.cells["organisation_id"] for row in found}
    planted: list[Planted] = []
    for row in list(islice(_first_of_each(_good(sheet, protected)), AT_OTHER_UNIT)):
        own = unit[row.cells["activity_id"]]
        other = next((name for name, school in unit.items() if school != own), None)
        if other is None:
            return planted
        zeros = dict.fromkeys(("other_minutes", "excused_minutes", "unexcused_minutes", "late_minutes"), "0")
        cells = {**row.cells, **zeros, "activity_id": other, "date": "2025-09-03", "start_time": "17:10"}
        line = sheet.add({**cells, "offered_minutes": "60", "attended_minutes": "60", "is_reported": "true"})
        planted.append(Planted("moved", "lessons.csv", line, STORED))
    return planted


def partial(folder: Path, protected: frozenset[str]) -> list[Planted]:
    """A source that gives lessons and nothing else, partial/: no pupil has a name there, no lesson a school."""
    sheet = Sheet(folder / "lessons.csv")
    name = "partial/lessons.csv"
    rows = [list(row.cells.values()) for row in islice(_good(sheet, protected), IN_A_PART)]
    _delivery(folder, name, sheet, rows)
    return [Planted("partial", name, line, STORED) for line in range(2, len(rows) + 2)]


def _good(sheet: Sheet, protected: frozenset[str]) -> Iterator[Line]:
    """The first rows that were held and are about nobody protected."""
    for row in sheet.rows(LOOKED_AT):
        if not protected & set(row.cells.values()) and row.cells.get("offered_minutes") != "0":
            yield row


def _first_of_each(rows: Iterable[Line]) -> Iterator[Line]:
    """One row per pupil."""
    seen: set[str] = set()
    for row in rows:
        if row.cells["student_id"] not in seen:
            seen.add(row.cells["student_id"])
            yield row


def _delivery(folder: Path, name: str, like: Sheet, rows: list[list[str]]) -> None:
    """A folder of its own with one file, marked as made up."""
    write_sheet(folder / name, like.columns, rows)
    shutil.copy(folder / MARKER, (folder / name).with_name(MARKER))
