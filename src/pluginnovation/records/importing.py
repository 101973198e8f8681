"""One import, from a folder to the commit: recognise, read, check, compare, and only then make it count."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from pluginnovation.privacy.pseudonyms import pseudonymiser

from .admitted import AdmittedRows, Told
from .asked import Asked
from .bounds import own_ones, reasons_to_hold, refuse_broken
from .fingerprints import is_same_json, may_be, print_of
from .identity_changes import identity_changes, to_purge
from .import_run import Alongside, ImportRun
from .known import Known
from .ledger import DONE, HELD, UNDONE, ImportRow
from .month_files import Stamp
from .own_limits import limits_of
from .people import People
from .pieces import CsvFolder
from .profiles import Profile, profile_named
from .reading import Reading, Scratch
from .sink import IdentityChanges
from .source_name import name_of_source
from .sources import CSV, Source, recognise
from .ss_reading import SsFolder
from .summary import DRY_RUN, UNCHANGED, ResourceSummary, Summary
from .tables import TABLES
from .taking import Taking
from .waiting import discard_import, keep_admitted, keep_identities, release_import
from .watching import COMPARE, STORE, UNPACK

if TYPE_CHECKING:
    from .store import Store

__all__ = ["discard_import", "import_source", "release_import"]

FEW_PROTECTED: Final = 20


def import_source(store: "Store", path: str | Path, asked: Asked) -> Summary:
    """Read a source into the store, or say why not.

    Takes   path    a folder of CSV or SS 12000 JSON, one such file, or a zip
            asked   the terms
    Gives   what it did, resource by resource
    Raises  Refusal; then nothing was changed
    """
    profile = asked.profile if isinstance(asked.profile, Profile) else profile_named(asked.profile)
    folder = store.engine.scratch / "import"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "unpacked").mkdir(parents=True)
    try:
        asked.watch.step(UNPACK)
        source = recognise(path, profile, folder / "unpacked")
        named = asked.source or name_of_source(source, profile)
        with store.importing(named, asked.at) as run:
            return _Importing(store, run, Terms(source, profile, asked, Path(path).name), folder).result()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is imported, and how it was asked for."""

    source: Source
    profile: Profile
    asked: Asked
    place: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import found before it counts."""

    resources: tuple[ResourceSummary, ...]
    counts: Mapping[str, Mapping[str, int]]
    prints: Mapping[str, str]
    because: tuple[str, ...]


class _Importing:
    """The steps of one import."""

    def __init__(self, store: "Store", run: ImportRun, terms: Terms, folder: Path) -> None:
        self.store, self.run, self.terms, self.folder = store, run, terms, folder
        self.name = run.arrival.source
        # Asked for before anything is read: a limit that can't be understood stops the import at once.
        self.limits = limits_of(store.home, self.name)
        self.known = Known(store, self.name)
        mine = [row for row in store.ledger.imports() if row.source == self.name]
        done = [row for row in mine if row.status == DONE]
        self.undone = [row.at for row in mine if row.status == UNDONE]
        self.before = done[-1] if done else None
        self.counted = [row.counts for row in done]
        # One that was held may have been released after a newer one: then the store says something of each.
        self.one_last = bool(done) and done[-1] is max(done, key=lambda row: row.at)
        # An import that was held since then gives way to what is confirmed now, when it is released.
        self.waiting = any(row.status == HELD and row.id > (done[-1].id if done else 0) for row in mine)
        self.let_in = terms.asked.sink.lets_in(self.name)

    def result(self) -> Summary:
        """Carry the import out."""
        if self.before is not None and self.one_last and not self.waiting and self._again(self.before):
            return self._same(self.before)
        reading = self._read()
        asked = self.terms.asked
        asked.watch.set_aside(reading.quarantine())
        refuse_broken(reading.gathered, strict=asked.strict, max_quarantine=asked.max_quarantine, limits=self.limits)
        asked.watch.step(COMPARE)
        reading.stage(self.store, whole=self.terms.source.kind == CSV)
        for table, whole in reading.staged.items():
            self.run.reconcile(table, whole=whole, ready=reading.ready.get(table))
        return self._finish(reading, self._outcome(reading))

    def _again(self, before: ImportRow) -> bool:
        """Whether this is, line for line, what the source's last import read, on terms that let it through."""
        kept, files, asked = before.fingerprints, self.terms.source.files, self.terms.asked
        if self.let_in.unread:
            return False
        if any(at > before.at for at in self.undone):
            # Whoever the undone one marked as protected is gone since: only reading tells whether that stands.
            return False
        for counts in before.counts.values():
            broken = counts.get("quarantined", 0)
            if broken and (asked.strict or broken * 100 > asked.max_quarantine * counts.get("read", 0)):
                return False
        if kept.keys() != files.keys():
            return False
        if self.terms.source.kind != CSV:
            return all(is_same_json(kept[name], files[name], name) for name in files)
        profile = self.terms.profile
        likely = all(may_be(kept[name], files[name], profile) for name in files)
        return likely and all(print_of(files[name], profile).same(kept[name]) for name in files)

    def _same(self, before: ImportRow) -> Summary:
        resources = tuple(
            ResourceSummary(
                name,
                read=counts.get("read", 0),
                unchanged=counts.get("rows", 0),
                superseded=counts.get("superseded", 0),
                refused_protected=counts.get("refused_protected", 0),
            )
            for name in TABLES
            if (counts := before.counts.get(name)) is not None
        )
        return Summary(None, self.name, UNCHANGED, self.terms.source.simulated, resources, self.terms.source.ignored)

    def _read(self) -> Reading:
        coder = pseudonymiser(self.store.home)
        people, known = People(self.name, coder), self.known
        people.remember(known.stored("persons"), known.current("refused")["person"])
        source = self.terms.source
        records = CsvFolder(source, self.terms.profile) if source.kind == CSV else SsFolder(source)
        arrival = self.run.arrival
        stamp = Stamp(arrival.source, arrival.id, arrival.at)
        scratch = Scratch(self.folder, stamp, coder, self.terms.asked.watch)
        ids = pl.Series("id", self.let_in.ids, dtype=pl.String)
        admitted = AdmittedRows(dict(zip(people.codes(ids).to_list(), self.let_in.ids, strict=True)))
        reading = Reading(records, Taking(people, known, admitted), scratch)
        reading.read()
        return reading

    def _outcome(self, reading: Reading) -> Outcome:
        resources = reading.summaries(self.run)
        csv = self.terms.source.kind == CSV
        counts = {resource.name: _counts(resource, reading, csv=csv) for resource in resources}
        superseded = reading.superseded()
        told = {resource: found.told(superseded) for resource, found in reading.records.prints().items()}
        because = reasons_to_hold(self.counted, counts, reading.staged, self.limits)
        return Outcome(resources, counts, told, because)

    def _finish(self, reading: Reading, outcome: Outcome) -> Summary:
        source, asked = self.terms.source, self.terms.asked
        summary = Summary(
            self.run.id, self.name, DONE, source.simulated, outcome.resources, source.ignored, outcome.because,
            own_ones(self.limits),
        )  # fmt: skip
        if asked.dry_run:
            return replace(summary, import_id=None, status=DRY_RUN)
        purged = frozenset(to_purge(self.run, self.known))
        nothing = not purged and not self.waiting and not self._changes_anything()
        told = reading.told(whole=source.kind == CSV)
        if self.before is not None and nothing and self._broke_before(outcome):
            if told:
                asked.sink.take(IdentityChanges(self.name, admitted=told))
            return replace(summary, import_id=None, status=UNCHANGED, because=())
        asked.watch.step(STORE)
        row, identities = self._row(outcome), reading.identities(self.name)
        if outcome.because:
            # Held or not, a few people newly marked as protected are hidden now; a great many look like a mistake.
            at_once = purged if len(purged) <= FEW_PROTECTED else frozenset()
            self._hold(row, reading, (identities, told), at_once)
            return replace(summary, status=HELD)
        changes = replace(identity_changes(self.run, tuple(reading.staged), identities), admitted=told)
        self.run.commit(row, Alongside(reading.quarantine(), lambda: asked.sink.take(changes), purged))
        return summary

    def _changes_anything(self) -> bool:
        counts = [self.run.counts(table) for table in self.run.compared]
        return any(each.new or each.changed or each.ended for each in counts)

    def _broke_before(self, outcome: Outcome) -> bool:
        """Whether as many rows were set aside last time; new ones are kept for whoever asks, though nothing counts."""
        before = self.before.counts if self.before else {}
        return all(
            counts["quarantined"] in {0, before.get(name, {}).get("quarantined", 0)}
            for name, counts in outcome.counts.items()
        )

    def _hold(
        self, row: ImportRow, reading: Reading, kept: tuple[pl.DataFrame | None, tuple[Told, ...]],
        at_once: frozenset[str],
    ) -> None:  # fmt: skip
        identities, told = kept

        def within() -> None:
            keep_identities(self.store.home, self.run.id, identities)
            keep_admitted(self.store.home, self.run.id, [one for one in told if one.code not in at_once])
            if at_once:
                hidden = tuple(one for one in told if one.code in at_once)
                self.terms.asked.sink.take(
                    IdentityChanges(self.name, protected=tuple(sorted(at_once)), admitted=hidden)
                )

        self.run.hold(row, Alongside(reading.quarantine(), within, at_once))
        if at_once:
            self.store.finish_disposals()

    def _row(self, outcome: Outcome) -> ImportRow:
        source, asked = self.terms.source, self.terms.asked
        return ImportRow(
            id=self.run.id,
            source=self.name,
            place=self.terms.place,
            by=asked.by,
            at=self.run.arrival.at,
            finished_at=max(asked.at, self.run.arrival.at),
            simulated=source.simulated,
            lateness_is_absence=self.terms.profile.lateness_is_absence,
            profile=self.terms.profile.name,
            profile_version=self.terms.profile.version,
            files=tuple(path.name for path in source.paths),
            counts=outcome.counts,
            fingerprints=outcome.prints,
            because=outcome.because,
            limits=own_ones(self.limits),
            undoable=True,
        )


def _counts(resource: ResourceSummary, reading: Reading, *, csv: bool) -> dict[str, int]:
    """What the ledger keeps of a resource; `whole` is 1 when the source gave all of it."""
    gathered = reading.gathered[resource.name]
    counted = resource.as_dict()
    rules = counted.pop("quarantined")
    return {
        **counted,
        "quarantined": sum(rules.values()),
        "rows": reading.size_of(resource),
        "reported": gathered.reported,
        "absent": gathered.absent,
        "whole": int(csv and gathered.table.whole),
    }
