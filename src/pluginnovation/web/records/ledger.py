"""The ledger in the database: one transaction for identities, the import, its quarantine and the new versions.

It keeps every promise of `records/ledger.py`, and passes the same tests as the ledger in a file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final

import polars as pl
from django.db import connection, transaction

from pluginnovation.records.ledger import DISCARDED, QUARANTINE_COLUMNS, UNDONE, Disposal, ImportRow
from pluginnovation.web.people.actions import note_disposal, note_import
from pluginnovation.web.people.bulk import run, stage
from pluginnovation.web.people.sink import hide

from .models import DisposalRow, Head, Import, Quarantined, ServerResource

# Two commits at once wait for each other here, also when they come from machines that don't share the store's lock.
LOCK: Final = 7_104_712


class DatabaseLedger:
    """The ledger that the web and the command share."""

    def head(self) -> dict[str, int]:
        """The version that counts for each table."""
        return dict(Head.objects.values_list("table", "version"))

    def imports(self) -> list[ImportRow]:
        """All imports, by id."""
        return [import_row(found) for found in Import.objects.order_by("id")]

    def quarantine(self, import_id: int) -> pl.DataFrame:
        """What an import turned away."""
        rows = Quarantined.objects.filter(of_import=import_id).order_by("id").values_list(*QUARANTINE_COLUMNS)
        return pl.DataFrame(list(rows), schema=QUARANTINE_COLUMNS, orient="row")

    def disposals(self) -> list[Disposal]:
        """All disposals, by time."""
        return [
            Disposal(row.at.astimezone(UTC), row.by, frozenset(row.codes), row.purged)
            for row in DisposalRow.objects.order_by("at")
        ]

    @contextmanager
    def transaction(self) -> Iterator["DatabaseTransaction"]:
        """One commit: everything that the block wrote, or nothing."""
        with transaction.atomic(durable=not connection.in_atomic_block):
            run("SELECT pg_advisory_xact_lock(%s)", LOCK)
            yield DatabaseTransaction()


class DatabaseTransaction:
    """What one commit writes, each piece at once; the commit is the database's."""

    def set_head(self, table: str, version: int) -> None:
        """From the commit on, this version of the table counts."""
        Head.objects.update_or_create(table=table, defaults={"version": version})

    def put_import(self, row: ImportRow) -> None:
        """Write the import, in place of one with the same id. A first real one closes the demo, also when held."""
        values = asdict(row) | {"at": _utc(row.at), "finished_at": _utc(row.finished_at)}
        values |= {"undone_at": _utc(row.undone_at) if row.undone_at else None}
        values |= {"files": list(row.files), "because": list(row.because)}
        Import.objects.update_or_create(id=values.pop("id"), defaults=values)
        if row.status in (DISCARDED, UNDONE):
            # What was thrown away was changes: the next fetch from that server begins from the beginning.
            ServerResource.objects.filter(server__name=row.source).update(mark=None)
        note_import(
            number=row.id,
            source=row.source,
            simulated=row.simulated,
            asked_by=row.decided_by or row.by,
            status=row.status,
            why=row.why,
            at=_utc(row.undone_at or row.finished_at),
        )

    def put_quarantine(self, import_id: int, rows: pl.DataFrame) -> None:
        """Write what was turned away, in place of what the import had."""
        Quarantined.objects.filter(of_import=import_id).delete()
        if not rows.height:
            return
        stage("turned_away", rows.select(list(QUARANTINE_COLUMNS)).cast(pl.Schema(QUARANTINE_COLUMNS)))
        columns = ", ".join(f'"{column}"' for column in QUARANTINE_COLUMNS)
        run(
            f"INSERT INTO records_quarantined (of_import_id, {columns})"  # noqa: S608 - the ledger's own columns
            f" SELECT %s, {columns} FROM turned_away",
            import_id,
        )

    def put_disposal(self, disposal: Disposal) -> None:
        """Write the disposal, in place of one with the same time. Once it is decided, nothing here knows the pupils."""
        if not disposal.purged:
            hide(sorted(disposal.codes))
        values = {"by": disposal.by, "codes": sorted(disposal.codes), "purged": disposal.purged}
        DisposalRow.objects.update_or_create(at=_utc(disposal.at), defaults=values)
        note_disposal(pupils=len(disposal.codes), purged=disposal.purged, asked_by=disposal.by, at=_utc(disposal.at))


def import_row(found: Import) -> ImportRow:
    """The stored import as the stages know it."""
    return ImportRow(
        id=found.id,
        source=found.source,
        place=found.place,
        by=found.by,
        at=found.at.astimezone(UTC),
        finished_at=found.finished_at.astimezone(UTC),
        status=found.status,
        simulated=found.simulated,
        lateness_is_absence=found.lateness_is_absence,
        profile=found.profile,
        profile_version=found.profile_version,
        files=tuple(found.files),
        counts=found.counts,
        fingerprints=found.fingerprints,
        because=tuple(found.because),
        limits=found.limits,
        decided_by=found.decided_by,
        why=found.why,
        undone_at=found.undone_at.astimezone(UTC) if found.undone_at else None,
        undoable=found.undoable,
    )


def _utc(time: datetime) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=UTC)
