"""What signals kept for an earlier day were made from, and which pupils' records are still the same rows.

A file of signals says itself what it was made from, so that the two can't come apart: not in a crash, not in a backup.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import ibis

from .columns import Table
from .derived import SIGNALS
from .engine import literal, name, parquet, table_of
from .facts import Facts
from .signal_table import files_of_day, signal_days
from .store import Store
from .tables import TABLES

# What the note is called in the file.
MADE_FROM: Final = "made_from"
NOBODY: Final = "SELECT NULL::VARCHAR AS pupil WHERE false"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The newest signals kept for a day, up to a day.

    as_of     the day
    signals   as `Store.signals` gives them
    words     what their maker noted down about how they were made
    files     table -> the files that its facts were read from
    """

    as_of: date
    signals: ibis.Table
    words: Mapping[str, Any]
    files: Mapping[str, Sequence[str]]


def note_of(facts: Facts, tables: Sequence[str], words: Mapping[str, Any]) -> str | None:
    """What `Store.write_signals` writes into the file.

    Takes   facts    that the signals were made from
            tables   of facts, whose files are named
            words    whatever else decided how they turned out; JSON
    Gives   None for facts of an earlier time: what rests on them is no ground for tomorrow's
    """
    if facts.known_at is not None:
        return None
    files = {each: [stored.path for stored in facts.files(TABLES[each])] for each in tables}
    return json.dumps({"words": dict(words), "files": files}, sort_keys=True)


def earlier_signals(store: Store, as_of: date) -> Earlier | None:
    """The newest signals up to a day; None without any, or when they don't say what they were made from."""
    picture, folder = store.picture(), store.folders[SIGNALS.name]
    day = max((day for day in signal_days(folder, picture) if day <= as_of), default=None)
    if day is None:
        return None
    stored = files_of_day(folder, picture, day)
    paths = [literal(str(folder.folder / each.path)) for each in stored]
    told = store.sql(f"SELECT key, value FROM parquet_kv_metadata([{', '.join(paths)}])")
    notes = [json.loads(value) for key, value in told if bytes(key).decode() == MADE_FROM]
    if len(notes) != len(stored) or len(notes) != 1:
        return None
    return Earlier(day, store.signals(day), notes[0]["words"], notes[0]["files"])


def same_rows(store: Store, facts: Facts, earlier: Earlier, tables: Sequence[str]) -> bool:
    """Whether tables hold the same rows as then; False also when it can't be told any more."""
    parts = [_apart(store, facts, earlier, TABLES[each]) for each in tables]
    return all(part is not None and part == (set(), set()) for part in parts)


def changed_pupils(store: Store, facts: Facts, earlier: Earlier, tables: Sequence[str]) -> ibis.Table | None:
    """The pupils of whom any of the tables holds other rows than it did then: one column, pupil.

    Takes   tables   of facts with a column pupil
    Gives   None when it can't be told: files of then are deleted after seven days
    """
    queries = []
    for each in tables:
        table = TABLES[each]
        apart = _apart(store, facts, earlier, table)
        if apart is None:
            return None
        if apart != (set(), set()):
            queries.append(_changed(store, table, *apart))
    store.engine.view("pupils_with_changes", " UNION ".join(queries or [NOBODY]), of_files=True)
    return table_of("pupils_with_changes", [column for column in SIGNALS.columns if column.name == "pupil"])


def _apart(store: Store, facts: Facts, earlier: Earlier, table: Table) -> tuple[set[str], set[str]] | None:
    """The files that only the one or the other was read from; None when one of then is gone."""
    then, now = set(earlier.files.get(table.name, ())), {stored.path for stored in facts.files(table)}
    gone = then - now
    known = table.name in earlier.files and all((store.folders[table.name].folder / each).exists() for each in gone)
    return (gone, now - then) if known else None


def _changed(store: Store, table: Table, then: set[str], now: set[str]) -> str:
    """SQL for the pupils whose rows in some files aren't those in the others, whatever the order."""
    columns = ", ".join(name(column.name) for column in table.columns)
    where = "coalesce(import_id, -1), coalesce(file_no, -1), coalesce(row_no, -1)"
    sums = [
        f"SELECT pupil, sum({sign}hash({columns}, {where})::HUGEINT) AS told, {sign}count(*) AS rows "
        f"FROM {parquet(sorted(store.folders[table.name].folder / each for each in files))} GROUP BY pupil"
        for sign, files in (("-", then), ("", now))
        if files
    ]
    return f"SELECT pupil FROM ({' UNION ALL '.join(sums)}) GROUP BY pupil HAVING sum(told) <> 0 OR sum(rows) <> 0"
