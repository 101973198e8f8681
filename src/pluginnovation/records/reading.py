"""Everything one import reads: each resource gathered and checked, then staged for the store."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from pluginnovation.privacy.pseudonyms import Pseudonymiser

from .admitted import Given, Told
from .csv_rows import ROW
from .gathered import Gathered
from .import_run import ImportRun
from .ledger import QUARANTINE_COLUMNS
from .month_files import Stamp, ready_files
from .parquet_files import ReadyFile
from .persons import identities, markings, pupil_codes, staged_persons, staged_pupils
from .pieces import Piece, RecordsFolder
from .staging import CARRIED, outside, stage, stage_files, stored_under, with_stored
from .summary import ResourceSummary
from .tables import PERSONS, PUPILS, REFUSED, TABLES
from .taking import FILE, Taking, cancelled_lessons
from .watching import NoWatch, Watch

if TYPE_CHECKING:
    from .store import Store

SHARED: Final = ["person", "birth_date", "sex", "home_municipality", "status", FILE, ROW]
NO_CODES: Final = pl.Series("code", [], dtype=pl.String)


@dataclass(frozen=True, slots=True)
class Scratch:
    """Where an import keeps its rows until they count, under what stamp, the key to its digests, and who looks on."""

    folder: Path
    stamp: Stamp
    pseudonymiser: Pseudonymiser
    watch: Watch = field(default_factory=NoWatch)


class Reading:
    """The resources of one source.

    gathered   table -> what was taken in of it
    staged     table -> whether the source gives all of it; every table that was staged
    ready      monthly table -> month -> files with its rows as they would be stored
    """

    def __init__(self, records: RecordsFolder, taking: Taking, scratch: Scratch) -> None:
        self.records, self.taking = records, taking
        self.folder, self.stamp, self.pseudonymiser = scratch.folder, scratch.stamp, scratch.pseudonymiser
        self.watch = scratch.watch
        self.gathered: dict[str, Gathered] = {}
        self.staged: dict[str, bool] = {}
        self._persons = pl.DataFrame()
        self._pupils = NO_CODES
        self.ready: dict[str, dict[str, tuple[ReadyFile, ...]]] = {}
        self._odd = NO_CODES
        self._stored: dict[str, int] = {}

    def read(self) -> None:
        """Take in everything the source gives.

        Raises  the refusals of the readers
        """
        for table in TABLES.values():
            if table.file and self.records.gives(table.name):
                resource = self.gathered[table.name] = Gathered(table, self.folder, self.stamp)
                self._take(resource, self.records.pieces(table.name))
        cancelled = self.records.cancelled
        if cancelled.height and (rows := self.taking.known.lessons_at(cancelled, self.folder)).height:
            self.gathered["lessons"].add(cancelled_lessons(rows))

    def _take(self, resource: Gathered, pieces: Iterator[Piece]) -> None:
        """Take in one resource, and let later ones refer to it."""
        table, key = resource.table, resource.table.column(resource.table.key[0]).csv
        if table is PERSONS:
            pieces = iter(self._marked(list(pieces)))
        ids = [NO_CODES]
        for piece in pieces:
            resource.turn_away(piece.wrong)
            resource.pass_over(piece.older)
            if piece.rows.width:
                if len(table.key) == 1:
                    ids.append(piece.rows[key].drop_nulls().unique())
                resource.add(self.taking.take(table, piece.rows, piece.place))
            self.watch.step(table.name, resource.read)
        if table is PERSONS:
            self._persons = resource.rows()
        elif len(table.key) == 1:
            # What a row turned away describes exists all the same: rows that name it are not wrong.
            self.taking.known.add(table.name, pl.concat(ids))

    def _marked(self, pieces: list[Piece]) -> list[Piece]:
        """Learn who is protected, and whom the source describes, before any row of theirs is taken in."""
        raw = [piece.rows for piece in pieces if piece.rows.width]
        people = self.taking.people
        if not raw:
            people.accept(NO_CODES)
            return pieces
        marked = markings(raw, people)
        codes = people.codes(pl.concat([rows["id"] for rows in raw]).drop_nulls().unique())
        people.accept(codes.filter(~codes.is_in(marked.unsaid.to_list())))
        self._odd = marked.odd
        return pieces

    def stage(self, store: "Store", *, whole: bool) -> None:
        """Stage all that was read, and what follows from it: pupils and refused people.

        Takes   whole   what is missing from a whole resource has ended; False: only what stood inside the objects
                        that came, and what the source says it deleted
        """
        # A word that isn't in the list of markings may mean protection: those people's rows are not kept.
        self.taking.people.refuse(self._odd)
        self._pupils = pupil_codes(self.gathered, self.taking.known.current(PUPILS.name)["pupil"])
        for name, resource in self.gathered.items():
            self._stage(store, resource, whole=whole)
            self.staged[name] = resource.table.whole
        self._stage_pupils(store, whole=whole)
        refused = pl.DataFrame({"person": self.taking.people.refused})
        before = self.taking.known.current(REFUSED.name)["person"].to_list()
        file = pl.when(pl.col("person").is_in(before)).then(pl.lit(CARRIED)).otherwise(0)
        stage(store, self.folder, REFUSED, refused.with_columns(file.alias(FILE), pl.lit(0).alias(ROW)))
        self.staged[REFUSED.name] = True

    def _stage(self, store: "Store", resource: Gathered, *, whole: bool) -> None:
        table = resource.table
        if table.monthly and (files := resource.settle()):
            self.ready[table.name] = ready_files(files)
            stage_files(store, table, [file.path for file in files])
            return
        given = self._described() if table is PERSONS else resource.rows()
        if table.whole:
            current = self.taking.known.current(table.name)
            rest = [stored_under(current, table, resource.kept_keys)]
            if not whole:
                rest.append(outside(current, table, self._scope(resource)))
            height = given.height
            given = with_stored(given, table, pl.concat(rest).unique(subset=list(table.key)))
            self._stored[table.name] = given.height - height
        stage(store, self.folder, table, given)

    def _scope(self, resource: Gathered) -> pl.DataFrame:
        """The objects that came, or were deleted, as the columns that name them in rows that stand inside them."""
        table = resource.table
        if not table.within:
            return pl.DataFrame({table.key[0]: self._deleted(table.name)})
        parent = {"person": "persons", "pupil": "persons", "group": "groups"}.get(table.within[0])
        own = resource.rows()
        if len(table.within) > 1 or parent not in self.gathered or table.name == "study_plans":
            return own.select(table.within).unique() if own.width else pl.DataFrame(schema=_texts(table.within))
        came = self._persons if parent == "persons" else self.gathered[parent].rows()
        ids = came["person" if parent == "persons" else "group"] if came.width else NO_CODES
        return pl.DataFrame({table.within[0]: pl.concat([ids, self._deleted(parent)]).unique()})

    def _deleted(self, table: str) -> pl.Series:
        ids = self.records.deleted.get(table, NO_CODES)
        return self.taking.people.codes(ids) if table == "persons" and ids.len() else ids

    def _described(self) -> pl.DataFrame:
        """The persons of this source as the facts keep them."""
        if not self._persons.width:
            return self._persons
        adults = [
            self.gathered[table].people[column]
            for table, column in (("duties", "person"), ("responsibles", "responsible"))
            if table in self.gathered and column in self.gathered[table].people
        ]
        only_adults = pl.concat(adults) if adults else NO_CODES
        return staged_persons(self._persons, (self._pupils, only_adults), self.pseudonymiser)

    def _stage_pupils(self, store: "Store", *, whole: bool) -> None:
        """Every pupil known, with what is known of her; somebody described before and no longer has ended."""
        stored, given = self.taking.known.current("persons"), self._described()
        described = given.select(SHARED) if given.width else stored.select(SHARED).clear()
        gone = self._deleted("persons")
        if whole and PERSONS.name in self.gathered:
            gone = stored["person"].filter(~stored["person"].is_in(described["person"].to_list()))
        else:
            described = pl.concat([described, stored.select(SHARED)], how="vertical_relaxed").unique(
                subset="person", keep="first", maintain_order=True
            )
        spoken_of = pupil_codes(self.gathered, NO_CODES)
        refused = self.taking.people.refused
        pupils = self._pupils.filter(
            ~self._pupils.is_in(refused.to_list())
            & (~self._pupils.is_in(gone.to_list()) | self._pupils.is_in(spoken_of.to_list()))
        )
        before = self.taking.known.current(PUPILS.name)["pupil"]
        told = pl.concat([given["person"] if given.width else NO_CODES, gone])
        rows = staged_pupils(described, pupils)
        carried = pl.col("pupil").is_in(before.to_list()) & ~pl.col("pupil").is_in(told.to_list())
        rows = rows.with_columns(pl.when(carried).then(pl.lit(CARRIED)).otherwise(FILE).alias(FILE))
        stage(store, self.folder, PUPILS, rows)
        self.staged[PUPILS.name] = True

    def told(self, *, whole: bool) -> tuple[Told, ...]:
        """What came of protected pupils whom a principal has let in.

        Takes   whole   as for `stage`
        """
        given = {name for name, resource in self.gathered.items() if resource.table.whole} if whole else set()
        groups = self.gathered["groups"].rows() if not whole and "groups" in self.gathered else pl.DataFrame()
        return self.taking.admitted.told(
            Given(
                given,
                groups["group"].to_list() if groups.width else (),
                self._deleted("persons").to_list(),
                self.records.cancelled,
            )
        )

    def superseded(self) -> int:
        """How many rows were followed by another with the same key."""
        return sum(resource.superseded for resource in self.gathered.values())

    def quarantine(self) -> pl.DataFrame:
        """Every row that broke a rule."""
        listed = [resource.quarantine() for resource in self.gathered.values()]
        return pl.concat(listed) if listed else pl.DataFrame(schema=QUARANTINE_COLUMNS)

    def summaries(self, run: ImportRun) -> tuple[ResourceSummary, ...]:
        """What the import does to each resource."""
        return tuple(self._summary(name, run) for name in self.gathered)

    def _summary(self, name: str, run: ImportRun) -> ResourceSummary:
        resource, counts = self.gathered[name], run.counts(name)
        return ResourceSummary(
            name,
            read=resource.read,
            new=counts.new,
            changed=counts.changed,
            unchanged=counts.unchanged - self._stored.get(name, 0),
            ended=counts.ended,
            superseded=resource.superseded,
            cancelled=counts.cancelled,
            refused_protected=resource.refused,
            quarantined=dict(sorted(resource.broken.items())),
        )

    def size_of(self, summary: ResourceSummary) -> int:
        """How many rows of a resource count from now on, or for lessons and the like, came."""
        return summary.new + summary.changed + summary.unchanged + self._stored.get(summary.name, 0)

    def identities(self, source: str) -> pl.DataFrame | None:
        """The identities of everybody the source describes."""
        return identities(self._persons, self._pupils, source) if self._persons.width else None


def _texts(columns: tuple[str, ...]) -> dict[str, type[pl.DataType]]:
    return dict.fromkeys(columns, pl.String)
