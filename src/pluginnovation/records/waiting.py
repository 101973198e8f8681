"""Imports that wait for a person: keeping their identities sealed, and letting them count or throwing them away."""

import io
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from pluginnovation.privacy.sealing import seal_for_held

from .admitted import Told
from .held import waiting_import
from .identity_changes import identity_changes, to_purge
from .import_run import Alongside, ImportRun
from .known import Known
from .ledger import DISCARDED, ImportRow
from .sink import IdentitySink
from .summary import DONE, ResourceSummary, Summary
from .tables import TABLES

if TYPE_CHECKING:
    from .store import Store

IDENTITIES: Final = "identities.sealed"
ADMITTED: Final = "admitted.sealed"


def keep_identities(home: Path, import_id: int, identities: pl.DataFrame | None) -> None:
    """Seal the identities of a held import beside its rows."""
    if identities is None:
        return
    content = io.BytesIO()
    identities.write_ipc(content)
    path = _place(home, import_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(seal_for_held(home).close(content.getvalue()))


def keep_admitted(home: Path, import_id: int, told: Sequence[Told]) -> None:
    """Seal what a held import tells of admitted pupils beside its identities."""
    if told:
        path = _place(home, import_id, ADMITTED)
        path.write_bytes(seal_for_held(home).close(json.dumps([asdict(one) for one in told]).encode()))


def _kept_admitted(home: Path, import_id: int) -> list[Told]:
    path = _place(home, import_id, ADMITTED)
    if not path.exists():
        return []
    kept = json.loads(seal_for_held(home).open(path.read_bytes()))
    lists = ("whole", "groups", "cancelled")
    return [Told(one["code"], one["source_id"], one["rows"], *(tuple(one[name]) for name in lists)) for one in kept]


def _kept_identities(home: Path, import_id: int) -> pl.DataFrame | None:
    path = _place(home, import_id)
    return pl.read_ipc(io.BytesIO(seal_for_held(home).open(path.read_bytes()))) if path.exists() else None


def forget_identities(home: Path, codes: Collection[str]) -> None:
    """Take disposed people out of the identities of every held import."""
    for path in (home / "held").glob(f"*/{IDENTITIES}"):
        import_id = int(path.parent.name)
        kept = _kept_identities(home, import_id)
        if kept is not None:
            keep_identities(home, import_id, kept.filter(~pl.col("code").is_in(list(codes))))
    for path in (home / "held").glob(f"*/{ADMITTED}"):
        import_id = int(path.parent.name)
        left = [one for one in _kept_admitted(home, import_id) if one.code not in codes]
        path.unlink()
        keep_admitted(home, import_id, left)


def _place(home: Path, import_id: int, name: str = IDENTITIES) -> Path:
    return home / "held" / str(import_id) / name


def release_import(
    store: "Store", import_id: int, *, sink: IdentitySink, by: str, at: datetime, why: str = ""
) -> Summary:
    """Let a held import count, as it compares with the store today. What newer imports have told since stands.

    Takes   why   the reason, for the list of imports
    Raises  Refusal 'not_held'
    """
    with store.lock():
        held = waiting_import(store.ledger, import_id)
        with store.releasing(import_id, at) as run:
            changes = replace(
                identity_changes(run, run.compared, _kept_identities(store.home, import_id)),
                admitted=_kept_admitted(store.home, import_id),
                late=_overtaken(store.ledger.imports(), held),
            )
            alongside = Alongside(
                store.ledger.quarantine(import_id),
                lambda: sink.take(changes),
                frozenset(to_purge(run, Known(store, held.source))),
            )
            resources = tuple(_again(name, held, run) for name in TABLES if name in held.counts)
            counts = {resource.name: _recounted(held, resource) for resource in resources}
            released = replace(held, by=by, decided_by=by, why=why, undoable=True, counts={**held.counts, **counts})
            run.commit(released, alongside)
    return Summary(import_id, held.source, DONE, held.simulated, resources)


def _overtaken(imports: Sequence[ImportRow], held: ImportRow) -> bool:
    """Whether a newer import of the source counts already."""
    return any(row.source == held.source and row.status == DONE and row.id > held.id for row in imports)


def _again(name: str, held: ImportRow, run: ImportRun) -> ResourceSummary:
    counts, before, left = run.counts(name), held.counts[name], run.left_out(name)
    return ResourceSummary(
        name,
        read=before.get("read", 0),
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged - left.kept,
        ended=counts.ended,
        superseded=before.get("superseded", 0) + left.superseded,
        cancelled=counts.cancelled,
        refused_protected=before.get("refused_protected", 0) + left.refused,
    )


def _recounted(held: ImportRow, resource: ResourceSummary) -> dict[str, int]:
    """What the ledger keeps of a resource: as it turned out, and the rows turned away as they were read."""
    counted = resource.as_dict()
    del counted["quarantined"]
    return {**held.counts[resource.name], **counted}


def discard_import(store: "Store", import_id: int, *, by: str, at: datetime, why: str = "") -> None:
    """Throw a held import away. Its row stays in the list, as discarded, with who did it.

    Raises  Refusal 'not_held'
    """
    with store.lock():
        held = waiting_import(store.ledger, import_id)
        with store.ledger.transaction() as transaction:
            finished = max(at, held.finished_at)
            thrown = replace(held, status=DISCARDED, by=by, decided_by=by, why=why, finished_at=finished)
            transaction.put_import(thrown)
        store.held.drop(import_id)
