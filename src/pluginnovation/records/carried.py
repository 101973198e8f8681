"""A held import's rows beside today's store: what it tells stands, and what it only carried along is as it is now.

An increment holds, beside the rows that changed, every stored row that it says nothing about, so that those don't end.
While it waits they may change: another held import may be released. Then they are taken from the store anew.
"""

from dataclasses import dataclass

from .columns import Table
from .engine import name, names
from .staging import CARRIED


@dataclass(frozen=True, slots=True)
class Around:
    """The store around a held import, as SQL for rows of one source and table.

    then    what was believed when the import was read;  now   what is believed now
    whole   the import gave all of the table: what it didn't bring has ended, whoever brought it
    """

    then: str
    now: str
    whole: bool


def refreshed(table: Table, rows: str, around: Around) -> str:
    """SQL for the rows of a held import, those that it carried along as they are stored now.

    Takes   rows   SQL for its rows as they were staged
    Gives   the table's columns, file_no, row_no; file_no is CARRIED in what it doesn't tell
    """
    own = f"(SELECT * FROM {rows} WHERE file_no <> {CARRIED})"
    kept = f"(SELECT * FROM {rows} WHERE file_no = {CARRIED})"
    stored = f"(SELECT {names(table.names)}, {CARRIED}::SMALLINT AS file_no, row_no FROM {around.now})"
    others = f"(FROM {stored} a ANTI JOIN {own} b ON {on(table.key)})"
    still = f"FROM {others} a SEMI JOIN {kept} b ON {on(table.key)}"
    columns = names((*table.names, "file_no", "row_no"))
    found = f"SELECT {columns} FROM {own} UNION ALL SELECT {columns} FROM ({still})"
    if around.whole:
        return found
    untouched = f"(FROM {others} a ANTI JOIN {kept} b ON {on(table.key)})"
    dropped = f"(FROM {around.then} a ANTI JOIN {rows} b ON {on(table.key)})"
    outside = f"(FROM {untouched} a ANTI JOIN {dropped} b ON {on(table.key)})"
    if table.within:
        # An object that came is told with all that stands inside it.
        within = names(table.within)
        objects = f"(SELECT {within} FROM {own} UNION SELECT {within} FROM {dropped})"
        outside = f"(FROM {outside} a ANTI JOIN {objects} b ON {on(table.within)})"
    return f"{found} UNION ALL SELECT {columns} FROM {outside}"


def on(columns: tuple[str, ...]) -> str:
    """SQL that is true where these columns of `a` and `b` are alike, empty ones too."""
    return " AND ".join(f"a.{name(column)} IS NOT DISTINCT FROM b.{name(column)}" for column in columns)
