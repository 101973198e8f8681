"""Every kind of bad row: a good row of the region with one thing wrong, added at the end of its file.

Every rule of `records/rules.py` that a row of CSV can break is broken here at least once (tested).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .trouble_planted import STORED, Planted
from .trouble_sheet import Line, Sheet, new_sheet

LOOKED_AT = 3_000
SUMS = ("student_id", "activity_id", "start_date", "end_date", "offered_sum", "reported_sum", "attended_sum",
        "other_sum", "excused_sum", "unexcused_sum")  # fmt: skip
GOOD_SUMS = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: the rule it breaks, the file, and the cells that are written over.

    fits   cells that the good row must have, since the rule is about such rows only
    """

    rule: str
    file: str
    cells: Mapping[str, str]
    fits: Mapping[str, str] | None = None


TOLD: Final = {"is_reported": "true"}
SILENT: Final = {"is_reported": "false"}
GONE: Final = "finns-inte"

FAULTS: Final = (
    Fault("required_cell_empty", "lessons", {"student_id": ""}),
    Fault("required_cell_empty", "grades", {"grade": ""}),
    Fault("required_cell_empty", "persons", {"id": "p-tom", "security_marking": ""}),
    Fault("wrong_number_of_cells", "lessons", {}),
    Fault("wrong_number_of_cells", "memberships", {}),
    Fault("control_characters", "groups", {"id": "grupp-styrtecken", "display_name": "8\x07A"}),
    Fault("control_characters", "activities", {"id": "aktivitet-nul", "display_name": "Mate\x00matik"}),
    Fault("text_too_long", "activities", {"id": "aktivitet-lang", "display_name": "Matematik " * 120}),
    Fault("not_a_whole_number", "lessons", {"attended_minutes": "60 min"}, TOLD),
    Fault("not_a_whole_number", "enrolments", {"school_year": "åk 8"}),
    Fault("not_a_date", "lessons", {"date": "2025-13-01"}),
    Fault("not_a_date", "grades", {"registered_date": "10/6 2026"}),
    Fault("not_a_time", "lessons", {"start_time": "25:10"}),
    Fault("not_true_or_false", "lessons", {"is_reported": "ja"}),
    Fault("not_a_semester", "study_plans", {"planned_semester": "hösten 2026"}),
    Fault("word_not_in_list", "groups", {"id": "grupp-ord", "group_type": "Gäng"}),
    Fault("word_not_in_list", "persons", {"id": "p-ord", "sex": "F"}),
    Fault("word_not_in_list", "outcome_events", {"event": "vanished"}),
    Fault("number_out_of_range", "enrolments", {"school_year": "11"}),
    Fault("minutes_out_of_range", "lessons", {"attended_minutes": "-5"}, TOLD),
    Fault("minutes_out_of_range", "lessons", {"offered_minutes": "1441"}, TOLD),
    Fault("date_out_of_range", "lessons", {"date": "1825-09-01"}),
    Fault("end_before_start", "enrolments", {"end_date": "2001-01-01"}),
    Fault("end_before_start", "calendars", {"end_date": "2001-01-01"}),
    Fault("minutes_do_not_add_up", "lessons", {"excused_minutes": "7", "attended_minutes": "1"}, TOLD),
    Fault("unreported_with_minutes", "lessons", {"attended_minutes": "10"}, SILENT),
    Fault("late_over_offered", "lessons", {"late_minutes": "600"}, TOLD),
    Fault("sums_do_not_add_up", "attendance_sums", {"attended_sum": "100000"}),
    Fault("grade_not_in_scale", "grades", {"grade": "MVG"}),
    Fault("unknown_person", "lessons", {"student_id": GONE}),
    Fault("unknown_person", "memberships", {"person_id": GONE}),
    Fault("unknown_organisation", "enrolments", {"organisation_id": GONE}),
    Fault("unknown_group", "memberships", {"group_id": GONE}),
    Fault("unknown_activity", "lessons", {"activity_id": GONE}),
    # A formula is text like any other: it is kept as it is, and no export makes it live.
    Fault(STORED, "groups", {"id": "grupp-formel", "display_name": "=HYPERLINK(\"http://exempel.invalid\")"}),
)  # fmt: skip


def bad_rows(folder: Path, protected: frozenset[str]) -> list[Planted]:
    """Add every bad row to the files of a region."""
    planted: list[Planted] = []
    if not (folder / "attendance_sums.csv").exists():
        _good_sums(folder, protected)
    for file in dict.fromkeys(fault.file for fault in FAULTS):
        sheet = Sheet(folder / f"{file}.csv")
        good = [row for row in sheet.rows(LOOKED_AT) if not protected & set(row.cells.values())]
        taken = iter(range(1, LOOKED_AT))
        for fault in (each for each in FAULTS if each.file == file):
            row = _fitting(good, fault, taken)
            if row is not None:
                line = _added(sheet, row, fault)
                planted.append(Planted("rows", sheet.path.name, line, fault.rule))
    return planted


def _fitting(good: list[Line], fault: Fault, taken: Iterator[int]) -> Line | None:
    """A good row to spoil, another one for each fault while there are any; None when the region has no such row."""
    fits = [
        row
        for row in good
        if (fault.fits or {}).items() <= row.cells.items() and row.cells.get("offered_minutes") != "0"
    ]
    return fits[next(taken) % len(fits)] if fits else None


def _added(sheet: Sheet, row: Line, fault: Fault) -> int:
    if fault.rule == "wrong_number_of_cells":
        return sheet.add_cells([*row.cells.values(), "en för mycket"])
    return sheet.add({**row.cells, **fault.cells})


def _good_sums(folder: Path, protected: frozenset[str]) -> None:
    """Some sums of the spring before, for a region that has none."""
    sheet = new_sheet(folder / "attendance_sums.csv", SUMS)
    pairs = {
        (row.cells["student_id"], row.cells["activity_id"]) for row in Sheet(folder / "lessons.csv").rows(LOOKED_AT)
    }
    for pupil, activity in sorted(pair for pair in pairs if pair[0] not in protected)[:GOOD_SUMS]:
        sheet.add_cells([pupil, activity, "2025-05-01", "2025-05-31", "800", "780", "700", "0", "60", "20"])
