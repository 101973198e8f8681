"""The same lessons as two vendors would write them, as far as the profiles in records/vendor_profiles read them.

Vklass calls lateness unexcused absence and shows it nowhere apart; Edlevo has it as a reason of its own.
"""

import shutil
from datetime import date
from pathlib import Path

from .trouble_planted import STORED, Planted
from .trouble_sheet import Line, Sheet, write_sheet
from .writing import MARKER

LOOKED_AT = 60_000  # lesson rows: some two classes
MONTH, FIRST, LAST = "2025-11", date(2025, 11, 1), date(2025, 11, 30)
REASONS = ("Present", "Valid", "Invalid", "LateArrival")
REPORT = ("Elev-id", "Namn", "Kurs", "Undv. tid", "Lekt.", "N min", "GF min", "F min", "Ej reg tid")


def vklass(folder: Path, protected: frozenset[str]) -> list[Planted]:
    """vklass/: a report of one month, a row per pupil and course, lateness within F."""
    sums: dict[tuple[str, str], list[int]] = {}
    for row in _month(folder, protected):
        cells = row.cells
        offered = int(cells["offered_minutes"])
        told = cells["is_reported"] == "true"
        present, excused, unexcused = (
            sum(int(cells[f"{part}_minutes"] or 0) for part in parts)
            for parts in (("attended", "other"), ("excused",), ("unexcused",))
        )
        found = sums.setdefault((cells["student_id"], cells["activity_id"]), [0] * 6)
        for place, minutes in enumerate((offered, 1, present, excused, unexcused, 0 if told else offered)):
            found[place] += minutes
    rows = [[pupil, "Påhittad", activity, *minutes] for (pupil, activity), minutes in sorted(sums.items())]
    name = f"vklass/närvaro {FIRST} {LAST}.csv"
    write_sheet(folder / name, REPORT, rows, ";")
    return _marked(folder, "vklass", name, len(rows))


def edlevo(folder: Path, protected: frozenset[str]) -> list[Planted]:
    """edlevo/: a row per lesson and reason, lateness a reason beside unexcused absence; no reason: not reported."""
    rows: list[list[object]] = []
    for row in _month(folder, protected):
        cells = row.cells
        start = f"{cells['date']}T{cells['start_time']}:00"
        lesson = [cells["student_id"], cells["activity_id"], start, cells["offered_minutes"]]
        if cells["is_reported"] == "false":
            rows.append([*lesson, "", ""])
            continue
        late = int(cells["late_minutes"])
        present = int(cells["attended_minutes"]) + int(cells["other_minutes"])
        minutes = (present, int(cells["excused_minutes"]), int(cells["unexcused_minutes"]) - late, late)
        rows += [[*lesson, reason, part] for reason, part in zip(REASONS, minutes, strict=True) if part]
    name = "edlevo/events.csv"
    write_sheet(folder / name, ("personid", "courseid", "start", "lessonminutes", "reason", "minutes"), rows, ";")
    return _marked(folder, "edlevo", name, len(rows))


def _month(folder: Path, protected: frozenset[str]) -> list[Line]:
    """The lessons of one month that were held, of those who aren't protected."""
    return [
        row
        for row in Sheet(folder / "lessons.csv").rows(LOOKED_AT)
        if row.cells["date"].startswith(MONTH)
        and row.cells["student_id"] not in protected
        and row.cells["offered_minutes"] != "0"
    ]


def _marked(folder: Path, trouble: str, name: str, rows: int) -> list[Planted]:
    shutil.copy(folder / MARKER, (folder / name).with_name(MARKER))
    return [Planted(trouble, name, line, STORED) for line in range(2, rows + 2)]
