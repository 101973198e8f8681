"""A small made-up school as a folder of CSV, to be changed by each test, and the import of it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pluginnovation.privacy.pseudonyms import pseudonymiser
from pluginnovation.records.asked import Asked
from pluginnovation.records.importing import import_source
from pluginnovation.records.store import Store
from pluginnovation.records.summary import Summary

SOURCE = "Påhittad kommun"
FIRST = datetime(2026, 1, 7, 3, tzinfo=UTC)

LESSON_HEAD = (
    "student_id,activity_id,date,start_time,offered_minutes,is_reported,"
    "attended_minutes,other_minutes,excused_minutes,unexcused_minutes,late_minutes"
)

SCHOOL: dict[str, str] = {
    "organisations": """
        id,display_name,organisation_type,parent_id
        hm,Påhittad kommun,Huvudman,
        birch,Björkskolan,Skolenhet,hm
    """,
    "persons": """
        id,given_name,family_name,security_marking,birth_date,civic_no,email
        mira,Mira,Ek,Ingen,2011-03-04,,mira@exempel.se
        noor,Noor,Al,Ingen,2011-05-06,,
        asa,Åsa,Berg,Ingen,1980-01-01,,asa@exempel.se
    """,
    "enrolments": """
        person_id,organisation_id,school_type,school_year,start_date,end_date
        mira,birch,GR,8,2025-08-18,
        noor,birch,GR,8,2025-08-18,
    """,
    "groups": """
        id,display_name,group_type,organisation_id
        8a,8A,Klass,birch
    """,
    "memberships": """
        group_id,person_id,start_date
        8a,mira,2025-08-18
        8a,noor,2025-08-18
    """,
    "duties": """
        person_id,organisation_id,duty_role,group_id,assignment_type
        asa,birch,Lärare,8a,Mentor
    """,
    "activities": """
        id,display_name,organisation_id,subject_code
        ma,Matematik,birch,MA
    """,
    "lessons": f"""
        {LESSON_HEAD}
        mira,ma,2025-09-01,08:00,60,true,60,0,0,0,0
        noor,ma,2025-09-01,08:00,60,true,0,0,60,0,0
    """,
}


def text(drawn: str) -> str:
    """A drawn table as CSV."""
    return "".join(f"{line.strip()}\n" for line in drawn.strip().splitlines())


def lessons(*rows: str) -> str:
    """A lessons.csv."""
    return "\n".join([LESSON_HEAD, *rows]) + "\n"


def folder(where: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The school in a folder, with some files changed, added, or (None) left out."""
    where.mkdir(parents=True, exist_ok=True)
    for old in where.iterdir():
        old.unlink()
    for name, content in ({f"{name}.csv": text(drawn) for name, drawn in SCHOOL.items()} | dict(files or {})).items():
        if content is not None:
            (where / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return where


def only(where: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files and no others."""
    return folder(where, {f"{name}.csv": None for name in SCHOOL} | dict(files))


def ss(where: Path, resources: Mapping[str, Any]) -> Path:
    """A folder of SS 12000 JSON."""
    where.mkdir(parents=True, exist_ok=True)
    for old in where.iterdir():
        old.unlink()
    for name, content in resources.items():
        document = {"data": content, "pageToken": None} if isinstance(content, list) else content
        (where / f"{name}.json").write_text(json.dumps(document), "utf-8")
    return where


class Reader:
    """Imports one after the other, each a day later."""

    def __init__(self, store: Store, where: Path) -> None:
        self.store, self.where = store, where
        self._day = 0

    def read(self, path: Path, **terms: Any) -> Summary:
        """Import a path."""
        self._day += 1
        asked = Asked(by="test", at=FIRST + timedelta(days=self._day), **({"source": SOURCE} | terms))
        return import_source(self.store, path, asked)

    def csv(self, files: Mapping[str, str | bytes | None] | None = None, **terms: Any) -> Summary:
        """Import the school with some files changed."""
        return self.read(folder(self.where, files), **terms)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The believed rows of a table, in order, without where they came from."""
        hidden = ("source", "known_from", "known_to", "import_id", "file_no", "row_no", "month")
        rows = self.store.frame(getattr(self.store.facts(), table)).drop(hidden, strict=False)
        return sorted(rows.to_dicts(), key=str)

    def code(self, source_id: str) -> str:
        """The code of a person."""
        return pseudonymiser(self.store.home).code(SOURCE, source_id)

    def quarantine(self) -> list[tuple[str, int, str, str]]:
        """What the last import turned away: file, line, rule, kind of value."""
        rows = self.store.ledger.quarantine(self.store.ledger.imports()[-1].id).iter_rows(named=True)
        return [(row["file"], row["line"], row["rule"], row["value_class"]) for row in rows]

    def columns(self) -> list[tuple[str, str]]:
        """What the last import turned away, by line: the rule and the columns it is about."""
        rows = self.store.ledger.quarantine(self.store.ledger.imports()[-1].id).sort("file", "line")
        return list(rows.select("rule", "column").iter_rows())


def of(summary: Summary, name: str) -> Any:
    """One resource of a summary."""
    return next(resource for resource in summary.resources if resource.name == name)
