"""What an import changes outside the facts: identities, and the copies that pages filter their lists by."""

from collections.abc import Collection

import polars as pl

from .import_run import ImportRun
from .known import Known
from .sink import IdentityChanges

WORK_COPIES = ("organisations", "groups", "memberships", "enrolments", "residents", "duties", "outcome_events")


def identity_changes(run: ImportRun, tables: Collection[str], identities: pl.DataFrame | None) -> IdentityChanges:
    """The changes of an import that was compared with the store.

    Takes   tables       those that it staged
            identities   everybody the source describes, as `persons.identities` gives them; None: nobody
    """
    return IdentityChanges(
        source=run.arrival.source,
        persons=_persons(run, identities) if "persons" in tables and identities is not None else None,
        responsibles=run.changed_rows("responsibles") if "responsibles" in tables else None,
        work={name: run.changed_rows(name) for name in WORK_COPIES if name in tables},
        pupils=tuple(_fresh(run, "pupils", "pupil")) if "pupils" in tables else (),
        protected=tuple(newly_refused(run)),
        number=run.id,
    )


def _persons(run: ImportRun, identities: pl.DataFrame) -> pl.DataFrame:
    changed = run.changed_rows("persons").select(pl.col("person").alias("code"), "ended")
    return changed.join(identities, on="code", how="left")


def newly_refused(run: ImportRun) -> list[str]:
    """Codes of people whom the source marks as protected now, and not before."""
    return _fresh(run, "refused", "person")


def _fresh(run: ImportRun, table: str, column: str) -> list[str]:
    """The codes in the rows that a table gets."""
    changed = run.changed_rows(table)
    return sorted(changed.filter(~pl.col("ended"))[column].to_list())


def to_purge(run: ImportRun, known: Known) -> list[str]:
    """Those of them of whom the store has rows."""
    stored = [codes for name in ("persons", "pupils") if (codes := known.stored(name)) is not None]
    here = set(pl.concat(stored).to_list()) if stored else set()
    return [code for code in newly_refused(run) if code in here]
