"""Everything one import reads: each resource gathered and checked, then staged for the store."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from pluginnovation.privacy.pseudonyms import Pseudonymiser

from .csv_rows import opened, rows
from .gathered import Gathered
from .import_run import ImportRun
from .ledger import QUARANTINE_COLUMNS
from .persons import WORK_COPIES, identities, markings, pupil_codes, staged_persons, staged_pupils
from .profiles import Profile
from .sink import IdentityChanges
from .sources import CSV, Source
from .staging import stage, stage_files, with_kept
from .summary import ResourceSummary
from .tables import PERSONS, PUPILS, REFUSED, TABLES, Table
from .taking import Place, Taking

if TYPE_CHECKING:
    from .store import Store

NO_CODES = pl.Series("code", [], dtype=pl.String)


class Reading:
    """The resources of one source.

    gathered   table -> what was taken in of it
    staged     table -> whether the source gives all of it; every table that was staged
    """

    def __init__(self, taking: Taking, folder: Path, pseudonymiser: Pseudonymiser) -> None:
        self.taking, self.folder, self.pseudonymiser = taking, folder, pseudonymiser
        self.gathered: dict[str, Gathered] = {}
        self.staged: dict[str, bool] = {}
        self._refused_before = taking.people.refused
        self._persons = pl.DataFrame()
        self._pupils = NO_CODES
        self._kept: dict[str, int] = {}

    def read(self, source: Source, profile: Profile) -> None:
        """Take in every file of a source.

        Raises  the refusals of the readers
        """
        for table in TABLES.values():
            if table.file and table.file in source.files:
                resource = self.gathered[table.name] = Gathered(table, self.folder)
                self._take(resource, _blocks(source, table, profile))

    def _take(self, resource: Gathered, blocks: Iterator[tuple[pl.DataFrame, Place]]) -> None:
        """Take in one resource, and let later ones refer to it."""
        table, odd = resource.table, NO_CODES
        if table is PERSONS:
            every = list(blocks)
            odd = markings([raw for raw, _ in every], self.taking.people)
            blocks = iter(every)
        for raw, place in blocks:
            resource.add(self.taking.take(table, raw, place))
        if table is PERSONS:
            self._persons = resource.rows()
            self.taking.people.accept(self._persons["person"] if self._persons.width else NO_CODES)
            # A word that isn't in the list may mean protection: the row breaks a rule, and the person is refused.
            self.taking.people.refuse(odd)
        elif not table.monthly and table.key[0] in ("organisation", "group", "activity") and len(table.key) == 1:
            given = resource.rows()
            self.taking.known.add(table.name, given[table.key[0]] if given.width else NO_CODES)

    def stage(self, store: "Store", *, whole: bool) -> None:
        """Stage all that was read, and what follows from it: pupils and refused people.

        Takes   whole   resources that a CSV folder gives whole are whole here too
        """
        known = self.taking.known
        before = known.current("pupils")
        self._pupils = pupil_codes(self.gathered, before["pupil"])
        for name, resource in self.gathered.items():
            self.staged[name] = whole and resource.table.whole
            if resource.table.monthly:
                if paths := resource.settle():
                    stage_files(store, resource.table, paths)
                else:
                    stage(store, self.folder, resource.table, pl.DataFrame())
                continue
            given = self._described() if name == PERSONS.name else resource.rows()
            if self.staged[name] and resource.kept_keys:
                height = given.height
                given = with_kept(given, resource.table, known.current(name), resource.kept_keys)
                self._kept[name] = given.height - height
            stage(store, self.folder, resource.table, given)
        self._stage_pupils(store, before)
        self._stage_refused(store)

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
        return staged_persons(self._persons, self._pupils, only_adults, self.pseudonymiser)

    def _stage_pupils(self, store: "Store", before: pl.DataFrame) -> None:
        known = self.taking.known
        stored = known.current("persons")
        given = PERSONS.name in self.gathered
        described = self._described() if given and self._persons.width else stored.clear()
        if given and self.staged[PERSONS.name]:
            # Somebody who was described and no longer is has ended; somebody only ever spoken of stays.
            gone = stored["person"].filter(~stored["person"].is_in(described["person"].to_list()))
            fresh = self._spoken_of()
            referred = self._pupils.filter(~self._pupils.is_in(gone.to_list()) | self._pupils.is_in(fresh.to_list()))
            everyone = described
        else:
            everyone = pl.concat(
                [described.select(stored.columns[:0] + _SHARED), stored.select(_SHARED)], how="vertical_relaxed"
            ).unique(subset="person", keep="first", maintain_order=True)
            referred = self._pupils
        self.staged[PUPILS.name] = given and self.staged[PERSONS.name]
        refused = self.taking.people.refused.to_list()
        stage(store, self.folder, PUPILS, staged_pupils(everyone, referred.filter(~referred.is_in(refused))))

    def _spoken_of(self) -> pl.Series:
        return pupil_codes(self.gathered, NO_CODES)

    def _stage_refused(self, store: "Store") -> None:
        refused = pl.DataFrame({"person": self.taking.people.refused.unique()})
        self.staged[REFUSED.name] = True
        rows = refused.with_columns(pl.lit(0, pl.Int16).alias("file_no"), pl.lit(0, pl.Int32).alias("row_no"))
        stage(store, self.folder, REFUSED, rows)

    def superseded_in(self, file: str) -> int:
        """How many rows of a file's table were followed by another with the same key."""
        return sum(resource.superseded for resource in self.gathered.values() if resource.table.file == file)

    def changes_anything(self, run: ImportRun) -> bool:
        """Whether the import would change a single row anywhere."""
        every = [run.counts(name) for name in self.staged]
        return any(counts.new or counts.changed or counts.ended for counts in every) or bool(self.to_purge())

    def newly_refused(self) -> list[str]:
        """Codes of people whom the source marks as protected now, and not before."""
        refused = self.taking.people.refused
        return sorted(refused.filter(~refused.is_in(self._refused_before.to_list())).to_list())

    def to_purge(self) -> list[str]:
        """Those of them of whom the store has rows."""
        stored = [codes for name in ("persons", "pupils") if (codes := self.taking.known.stored(name)) is not None]
        here = set(pl.concat(stored).to_list()) if stored else set()
        return [code for code in self.newly_refused() if code in here]

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
            unchanged=counts.unchanged - self._kept.get(name, 0),
            ended=counts.ended,
            superseded=resource.superseded,
            cancelled=counts.cancelled,
            refused_protected=resource.refused,
            quarantined=dict(sorted(resource.broken.items())),
        )

    def changes(self, run: ImportRun, source: str) -> IdentityChanges:
        """What goes to the identity sink."""
        return IdentityChanges(
            source=source,
            persons=self._changed_persons(run, source) if PERSONS.name in self.staged else None,
            responsibles=run.changed_rows("responsibles") if "responsibles" in self.staged else None,
            work={name: run.changed_rows(name) for name in WORK_COPIES if name in self.staged},
            protected=tuple(self.newly_refused()),
        )

    def identities(self, source: str) -> pl.DataFrame | None:
        """The identities of everybody the source describes."""
        return identities(self._persons, self._pupils, source) if self._persons.width else None

    def _changed_persons(self, run: ImportRun, source: str) -> pl.DataFrame | None:
        changed = run.changed_rows(PERSONS.name).select(pl.col("person").alias("code"), "ended")
        everyone = self.identities(source)
        return None if everyone is None else changed.join(everyone, on="code", how="left")


_SHARED = ["person", "birth_date", "sex", "home_municipality", "status", "file_no", "row_no"]


def _blocks(source: Source, table: Table, profile: Profile) -> Iterator[tuple[pl.DataFrame, Place]]:
    """The raw rows of a table's CSV files, and where they stand."""
    if source.kind != CSV:
        return
    for path in source.files[table.file]:
        number = source.number(path)
        for raw in rows(opened(path, table, profile, number)):
            yield raw, Place(path.name, number)
