"""Reading the facts: as they are believed now, or as they were known at an earlier time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import ibis

from .columns import Table
from .delta import DeltaFolder, StoredFile
from .derived import DERIVED
from .engine import Engine, as_read, empty, literal, name, parquet, table_of
from .ledger import Disposal, ImportRow, Ledger, moments
from .pupil_tables import LESSONS
from .tables import TABLES
from .writing import stored_columns

BEFORE_ALL: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Picture:
    """What a reader reads: the versions that count, and whom to leave out.

    head       table -> version
    hidden     codes whose disposal is decided but whose rows are not deleted yet
    known_at   None: as believed now. Otherwise as known after the last import finished by then
    """

    head: Mapping[str, int]
    hidden: frozenset[str] = frozenset()
    known_at: datetime | None = None


def last_known(imports: Iterable[ImportRow], known_at: datetime) -> datetime | None:
    """`at` of the last change that was finished at or before the time asked for; None when there was none."""
    return max((at for at, finished in moments(imports) if finished <= known_at), default=None)


def hidden_codes(disposals: Iterable[Disposal]) -> frozenset[str]:
    """The codes whose rows still lie in files although their disposal is decided."""
    return frozenset(code for disposal in disposals if not disposal.purged for code in disposal.codes)


def picture_of(ledger: Ledger, known_at: datetime | None) -> Picture:
    """What a reader reads, now or as known at a time; a time after the last import is now."""
    # The head first: whoever is hidden meanwhile is hidden in an older picture, too.
    head = ledger.head()
    hidden = hidden_codes(ledger.disposals())
    if known_at is None:
        return Picture(head, hidden)
    imports = ledger.imports()
    moment = last_known(imports, known_at) or BEFORE_ALL
    newest = max((at for at, _ in moments(imports)), default=BEFORE_ALL)
    return Picture(head, hidden, None if moment == newest else moment)


def disposed_since(ledger: Ledger, known_at: datetime | None) -> frozenset[str]:
    """The codes disposed of after the time asked for; none when it is now that is asked for."""
    if known_at is None:
        return frozenset()
    return frozenset(code for gone in ledger.disposals() if gone.at > known_at for code in gone.codes)


class Facts:
    """The tables of facts, one attribute each: `facts.enrolments`, `facts.lessons`, …

    Each is a table expression with the columns of `tables.py`, then PROVENANCE. Only rows believed now (or then, for
    an as-known picture); pupils whose disposal is decided are not among them.

    disposed_since   the codes whose rows were deleted after the time asked for: what was known of them then can't be
                     told any more, and an answer about them is *disposed*, not *nothing*
    """

    def __init__(
        self, engine: Engine, folders: Mapping[str, DeltaFolder], picture: Picture, disposed_since: frozenset[str]
    ) -> None:
        self._engine, self._folders, self._picture = engine, folders, picture
        self.disposed_since = disposed_since

    @property
    def known_at(self) -> datetime | None:
        """The time this picture is of; None: now."""
        return self._picture.known_at

    def __getattr__(self, table: str) -> ibis.Table:
        if table in TABLES:
            return self.table(TABLES[table])
        raise AttributeError(table)

    def table(self, table: Table) -> ibis.Table:
        """One table of facts."""
        named, sql = view_of(table, self._folders[table.name], self._picture)
        self._engine.view(named, sql, of_files=True)
        return table_of(named, stored_columns(table, derived=table.name in DERIVED))

    def files(self, table: Table) -> list[StoredFile]:
        """The files that a table is read from."""
        return files_of(table, self._folders[table.name], self._picture)

    def months(self) -> set[str]:
        """The months that have lessons, now or in history."""
        files = self._folders[LESSONS.name].files(self._picture.head.get(LESSONS.name, 0))
        return {stored.partition["month"] for stored in files}


def view_of(table: Table, folder: DeltaFolder, picture: Picture) -> tuple[str, str]:
    """The name and the SQL of a view on one table. The same picture has the same name, so views are shared."""
    return named_view(table, picture), select(table, folder, files_of(table, folder, picture), picture)


def files_of(table: Table, folder: DeltaFolder, picture: Picture) -> list[StoredFile]:
    """The files of one table that a picture is made from."""
    version = picture.head.get(table.name, 0)
    return [stored for stored in folder.files(version) if stored.current or picture.known_at]


def named_view(table: Table, picture: Picture) -> str:
    """What a view on one table is called."""
    moment = f"_{int(picture.known_at.timestamp() * 1_000_000)}" if picture.known_at else ""
    hiding = f"_{abs(hash(picture.hidden))}" if picture.hidden else ""
    return f"{table.name}_{picture.head.get(table.name, 0)}{moment}{hiding}"


def select(table: Table, folder: DeltaFolder, files: Iterable[StoredFile], picture: Picture) -> str:
    """SQL that reads files of a table as stages see it."""
    columns = stored_columns(table, derived=table.name in DERIVED)
    paths = [folder.folder / stored.path for stored in files]
    if not paths:
        return empty(columns)
    conditions = []
    if picture.known_at and table.name not in DERIVED:
        moment = literal(picture.known_at)
        conditions += [f"known_from <= {moment}", f"(known_to IS NULL OR known_to > {moment})"]
    if picture.hidden:
        codes = ", ".join(literal(code) for code in sorted(picture.hidden))
        conditions += [f"{name(column)} NOT IN ({codes})" for column in table.person_columns]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {', '.join(as_read(column) for column in columns)} FROM {parquet(paths)}{where}"
