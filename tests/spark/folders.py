"""Made-up worlds as one folder of CSV, so that what both engines read came in through the ordinary import."""

import csv
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from pluginnovation.records.tables import FILES, csv_columns
from tests.unit.signals.by_hand import Row, World
from tests.unit.signals.test_grades_against_reference import AS_OF, COURSES, PLANNED, course_rows, subject_rows

CLOCK = "start_time"
OWN = ("pupil", "organisation", "parent", "activity")
TERMS = ("2024HT", "2025VT", "2025HT", "2026VT", "2026HT", None)


def written(worlds: Iterable[World], as_of: date, where: Path) -> Path:
    """Worlds side by side in one folder, nobody of one known in another, each pupil with grades and a study plan."""
    tables: dict[str, list[Row]] = {}
    for number, world in enumerate(worlds):
        rng = Random(number)
        own = {name: rows for name, rows in asdict(world).items() if isinstance(rows, list)}
        own |= {"grades": [], "study_plans": []}
        own["enrolments"] = [row | {"school_year": rng.choice((3, 6, 8, 9, 9, None))} for row in own["enrolments"]]
        for row in own["pupils"]:
            row["birth_date"] = rng.choice((None, date(2008, 2, 29), date(2010, 5, 1)))
            own["grades"] += grades(rng, row["pupil"], as_of)
            own["study_plans"] += plan(rng, row["pupil"])
        for name, rows in own.items():
            tables.setdefault(name, []).extend(_apart(row, number) for row in rows)
    _name_everything(tables)
    where.mkdir(parents=True)
    for name, rows in tables.items():
        _write(where / f"{name}.csv", name, rows)
    return where


def grades(rng: Random, pupil: str, as_of: date) -> list[Row]:
    """A pupil's grades from both kinds of school, of the years before a day."""
    rows = subject_rows(rng, 25) + [row | {"subject": "SVE"} for row in course_rows(rng, COURSES)]
    back = AS_OF - as_of
    return [
        row | {"pupil": pupil, "registered_date": row["registered_date"] - back + timedelta(days=rng.randrange(3))}
        for row in rows
    ]


def plan(rng: Random, pupil: str) -> list[Row]:
    """What a pupil is to read, some of it in a term that nobody tells."""
    return [
        {"pupil": pupil, "course": course, "points": 100, "planned_semester": rng.choice(TERMS)}
        for course in rng.sample(PLANNED, rng.randrange(9))
    ]


def _apart(row: Row, number: int) -> Row:
    """A row whose names are its world's own. What they begin with tells whether both engines order texts alike."""
    mark = f"{'aÅzäöé'[number % 6]}{number}"
    return row | {key: f"{mark}-{row[key]}" for key in OWN if row.get(key)}


def _name_everything(tables: dict[str, list[Row]]) -> None:
    """What the rows refer to, so that none is turned away."""
    pupils = tables.pop("pupils")
    tables["persons"] = [
        row | {"person": row["pupil"], "given_name": "Åsa", "family_name": "Öst", "security_marking": "Ingen"}
        for row in pupils
    ]
    known = {row["organisation"]: row["parent"] for row in tables["organisations"]}
    named = {row["organisation"]: "hm" for name in ("enrolments", "calendars") for row in tables[name]}
    tables["organisations"] = [
        {"organisation": name, "parent": parent, "display_name": name, "organisation_type": "Skolenhet"}
        for name, parent in (named | known).items()
    ]
    top = {"organisation": "hm", "display_name": "Huvudman", "organisation_type": "Huvudman"}
    tables["organisations"].append(top)
    activities = {row["activity"] for name in ("lessons", "attendance_sums") for row in tables[name]}
    tables["activities"] = [
        {"activity": name, "display_name": name, "organisation": "hm"} for name in sorted(activities)
    ]


def _write(path: Path, name: str, rows: list[Row]) -> None:
    columns = {column.csv: column.name for column in csv_columns(FILES[name])}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_cell(head, row.get(column)) for head, column in columns.items()] for row in rows)


def _cell(head: str, value: Any) -> str:
    if value is None:
        return ""
    if head == CLOCK:
        return f"{value // 60:02}:{value % 60:02}"
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
