"""Protected pupils whom a principal has let in: what is read of them goes around the store, to the identity sink.

Their rows are refused like every protected person's, so that facts, history and whatever is made of them never hold
one. What a named adult needs of them is handed over here, apart: nothing about guardians, no address, no civic number,
no contact. Whoever keeps it keeps it sealed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from .columns import Table
from .taking import MODIFIED

Row = dict[str, Any]
# table -> key -> row
Rows = dict[str, dict[str, Row]]

# What is handed over, by table: no more than the named see.
KEPT: Final[Mapping[str, tuple[str, ...]]] = {
    "persons": ("given_name", "family_name", "birth_date", "security_marking"),
    "enrolments": ("organisation", "school_type", "school_year", "programme", "start_date", "end_date"),
    "memberships": ("group", "start_date", "end_date"),
    "lessons": (
        "activity", "date", "start_minute", "offered", "is_reported", "attended", "other", "excused", "unexcused",
        "late",
    ),
    "attendance_sums": (
        "activity", "start_date", "end_date", "offered", "reported", "attended", "other", "excused", "unexcused",
    ),
    "grades": ("subject", "course", "points", "grade", "registered_date", "semester", "year", "kind"),
}  # fmt: skip
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "persons": (),
    "enrolments": ("organisation", "school_type", "start_date"),
    "memberships": ("group", "start_date"),
    "lessons": ("activity", "date", "start_minute"),
    "attendance_sums": ("activity", "start_date", "end_date"),
    "grades": ("subject", "course", "registered_date", "kind"),
}
BETWEEN: Final = "\x1f"
_WRONG: Final = "breaks_a_rule"


@dataclass(frozen=True, slots=True)
class LetIn:
    """Whom the sink's decisions let in from a source.

    ids      the source's ids of the pupils
    unread   whether some decision hasn't met its pupil in an import yet: then even an unchanged source is read
    """

    ids: tuple[str, ...] = ()
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What one import tells of one admitted pupil.

    whole       tables of which it gives all her rows
    groups      of memberships: the groups that it gives all members of
    cancelled   lessons that it cancels for everybody: activity, date and minute as a lesson's key begins
    """

    code: str
    source_id: str
    rows: Rows = field(default_factory=dict)
    whole: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What an import changes of what is kept: rows put, and keys of rows gone."""

    put: Rows
    gone: dict[str, list[str]]

    def __bool__(self) -> bool:
        return bool(self.put or self.gone)


@dataclass(frozen=True, slots=True)
class Given:
    """How much an import gives, beside the rows themselves.

    whole       tables of which it gives everything
    groups      groups that it gives all members of
    deleted     codes of people whom the source says it has deleted
    cancelled   lessons that nobody had: activity, date, start_minute
    """

    whole: Collection[str] = ()
    groups: Collection[str] = ()
    deleted: Collection[str] = ()
    cancelled: pl.DataFrame = field(default_factory=pl.DataFrame)


class AdmittedRows:
    """Gathers, while an import reads, the refused rows of those who are let in.

    Takes   codes   code -> the source's id
    """

    def __init__(self, codes: Mapping[str, str]) -> None:
        self.codes = dict(codes)
        self._found: dict[str, dict[str, list[Row]]] = {code: {} for code in codes}
        self._broken: set[tuple[str, str]] = set()

    def add(self, table: Table, refused: pl.DataFrame, broken: pl.Series) -> None:
        """Refused rows of a table, with codes in place of ids.

        Takes   broken   true for rows that break a rule: they aren't handed over, nor is what was kept taken for ended
        """
        if table.name not in KEPT or not self.codes:
            return
        who = table.person_columns[0]
        wanted = [name for name in (*KEPT[table.name], MODIFIED) if name in refused.columns]
        mine = refused.with_columns(broken.alias(_WRONG)).filter(pl.col(who).is_in(list(self.codes)))
        self._broken |= {(code, table.name) for code in mine.filter(_WRONG)[who].to_list()}
        for row in mine.filter(~pl.col(_WRONG)).select(who, *wanted).iter_rows(named=True):
            self._found[row.pop(who)].setdefault(table.name, []).append(row)

    def told(self, given: Given) -> tuple[Told, ...]:
        """One account for each who is let in, also for one of whom nothing came."""
        gone = tuple(_key_of(row) for row in given.cancelled.iter_rows()) if given.cancelled.width else ()
        return tuple(
            Told(
                code,
                self.codes[code],
                {table: _by_key(table, rows) for table, rows in found.items()},
                tuple(sorted(self._whole(code, given))),
                tuple(sorted(given.groups)),
                gone,
            )
            for code, found in self._found.items()
        )

    def _whole(self, code: str, given: Given) -> set[str]:
        if code in given.deleted:
            return set(KEPT)
        # Enrolments stand inside a person's own object.
        inside = {"enrolments"} if "persons" in self._found[code] else set()
        return {table for table in (*given.whole, *inside) if table in KEPT and (code, table) not in self._broken}


def _by_key(table: str, rows: list[Row]) -> dict[str, Row]:
    """One row per key: the last, or where rows say when they were changed, the last changed."""
    if rows and MODIFIED in rows[0]:
        rows = sorted(rows, key=lambda row: str(_plain(row[MODIFIED]) or ""))
    own = [{name: _plain(value) for name, value in row.items() if name != MODIFIED} for row in rows]
    return {key_in(table, row): row for row in own}


def key_in(table: str, row: Row) -> str:
    """What names a row of a pupil within its table."""
    return _key_of(row.get(name) for name in KEYS[table])


def _key_of(values: Iterable[Any]) -> str:
    return BETWEEN.join("" if value is None else str(_plain(value)) for value in values)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def change_of(before: Rows, told: Told, *, only_new: bool = False) -> Change:
    """What an account changes of what was kept.

    Takes   only_new   an older import that is released late: what is kept since stands, and nothing is gone
    """
    put, gone = {}, {}
    for table in KEPT:
        stored, fresh = before.get(table, {}), told.rows.get(table, {})
        new = {key: row for key, row in fresh.items() if key not in stored or (not only_new and stored[key] != row)}
        old = [] if only_new else sorted(key for key, row in stored.items() if _ended(table, key, row, told))
        if new:
            put[table] = new
        if old := [key for key in old if key not in fresh]:
            gone[table] = old
    return Change(put, gone)


def _ended(table: str, key: str, row: Row, told: Told) -> bool:
    if table == "lessons":
        return key in told.cancelled
    return table in told.whole or (table == "memberships" and row["group"] in told.groups)


def after(before: Rows, change: Change) -> Rows:
    """What is kept when a change has been made."""
    kept = {table: dict(rows) for table, rows in before.items()}
    for table, keys in change.gone.items():
        for key in keys:
            kept.get(table, {}).pop(key, None)
    for table, rows in change.put.items():
        kept.setdefault(table, {}).update(rows)
    return kept
