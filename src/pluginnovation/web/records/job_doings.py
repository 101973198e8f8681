"""What each kind of job does: the same actions as the command's, looked on by the job's row."""

import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.db import transaction
from django.utils.timezone import now

from pluginnovation.records.asked import Asked
from pluginnovation.records.importing import import_source
from pluginnovation.records.ledger import DISCARDED, DONE, QUARANTINE_COLUMNS, UNDONE
from pluginnovation.records.profiles import Profile, profile_named
from pluginnovation.records.sources import CSV, SS12000
from pluginnovation.records.summary import UNCHANGED
from pluginnovation.records.undo_asked import UndoAsked
from pluginnovation.records.undoing import undo_import
from pluginnovation.records.waiting import discard_import, release_import
from pluginnovation.web.people.bulk import run, stage
from pluginnovation.web.people.clock import today

from . import jobs
from .actions import identity_sink, opened_store
from .models import Import, Job, SetAside, Upload
from .profiles import profile_for
from .receiving import delete_files, folder_of
from .server_actions import FetchTerms, Reach, ask_server, fetch_server
from .server_secrets import delete_secrets
from .subscription_actions import forget_server
from .upload_refused import kind_wrong, not_ready

SECONDS: Final = 1.0
# So many rows that were set aside are kept of a trial: more is no list, it is another export.
LISTED: Final = 200_000


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended: what it did, and which import it made or was about."""

    result: Mapping[str, Any] = field(default_factory=dict)
    of_import: int | None = None


class JobWatch:
    """Writes down in the job's row how far an import has come, once a second."""

    def __init__(self, job: Job) -> None:
        self._job, self._step, self._written = job, "", 0.0

    def step(self, name: str, rows: int = 0) -> None:
        """The import has come here."""
        if name == self._step and time.monotonic() - self._written < SECONDS:
            return
        self._step, self._written = name, time.monotonic()
        Job.objects.filter(pk=self._job.pk).update(step=name, rows=rows, step_at=now())

    def set_aside(self, rows: pl.DataFrame) -> None:
        """Keep where the rows stood that broke a rule, for a list to hand back to the sender."""
        with transaction.atomic():
            SetAside.objects.filter(job=self._job).delete()
            if not rows.height:
                return
            stage("set_aside", rows.head(LISTED).select(list(QUARANTINE_COLUMNS)).cast(pl.Schema(QUARANTINE_COLUMNS)))
            columns = ", ".join(f'"{column}"' for column in QUARANTINE_COLUMNS)
            run(
                f"INSERT INTO records_setaside (job_id, {columns})"  # noqa: S608 - the ledger's own columns
                f" SELECT %s, {columns} FROM set_aside",
                self._job.pk,
            )


def try_upload(reach: Reach, job: Job) -> Ended:
    """Read the files without keeping anything. What can't be read in anyway is deleted at once."""
    upload = _with_files(job)
    ended = _read(reach, job, upload, dry_run=True)
    if ended.result["status"] == UNCHANGED:
        _files_gone(reach, upload)
    return ended


def import_upload(reach: Reach, job: Job) -> Ended:
    """Read the files in, and delete them."""
    upload = _with_files(job)
    ended = _read(reach, job, upload, dry_run=False)
    _files_gone(reach, upload)
    return ended


def _with_files(job: Job) -> Upload:
    upload = job.upload
    if upload is None or upload.thrown_at is not None:
        raise not_ready()
    return upload


def _files_gone(reach: Reach, upload: Upload) -> None:
    Upload.objects.filter(pk=upload.pk, thrown_at=None).update(thrown_at=now())
    delete_files(reach.home, upload.once)


def _read(reach: Reach, job: Job, upload: Upload, *, dry_run: bool) -> Ended:
    folder = folder_of(reach.home, upload.once)
    path = folder / upload.files[0] if len(upload.files) == 1 else folder
    _see_kind(path, upload.kind)
    # Known from when it is read, and when it is tried again after a stop, from when it was first begun.
    asked = Asked(
        by=job.by.login, at=job.started_at or now(), source=upload.source or None, profile=profile_of(upload),
        dry_run=dry_run, sink=identity_sink(), watch=JobWatch(job),
    )  # fmt: skip
    with opened_store(reach.home) as store:
        summary = import_source(store, path, asked)
    return Ended(summary.as_dict(), summary.import_id)


def profile_of(upload: Upload) -> Profile:
    """How the files of an upload are read."""
    if upload.kind == SS12000:
        return profile_named(CSV)
    return profile_for(upload.kind, source=upload.source, on=today())


def _see_kind(path: Path, kind: str) -> None:
    """Nothing, when a zip holds what was said. A zip that can't be opened is refused where it is read.

    Raises  Refusal 'upload_kind_wrong'
    """
    if path.suffix.lower() != ".zip" or not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.lower().removesuffix(".gz") for name in archive.namelist()]
    except (zipfile.BadZipFile, NotImplementedError):
        return
    json = any(name.endswith(".json") and not name.endswith("simulation.json") for name in names)
    csv = any(name.endswith((".csv", ".txt", ".tsv")) for name in names)
    if json != csv and json != (kind == SS12000):
        raise kind_wrong(kind, SS12000 if json else CSV)


def release(reach: Reach, job: Job) -> Ended:
    """Let a held import count."""
    with opened_store(reach.home) as store:
        at, by = now(), job.by.login
        summary = release_import(store, int(job.about), sink=identity_sink(), by=by, at=at, why=job.why)
    return Ended(summary.as_dict(), summary.import_id)


def discard(reach: Reach, job: Job) -> Ended:
    """Throw a held import away."""
    with opened_store(reach.home) as store:
        discard_import(store, int(job.about), by=job.by.login, at=now(), why=job.why)
    return Ended({"status": DISCARDED}, int(job.about))


def undo(reach: Reach, job: Job) -> Ended:
    """Take an import back, or only see what that would change."""
    asked = UndoAsked(job.by.login, now(), job.why, dry_run=job.kind == jobs.TRY_UNDO)
    with opened_store(reach.home) as store:
        summary = undo_import(store, int(job.about), asked, identity_sink())
    return Ended(summary.as_dict(), summary.import_id)


def ask(reach: Reach, job: Job) -> Ended:
    """Ask a server what it gives. Somebody sits and waits, so one that is silent gets less time than at night."""
    hasty = replace(reach.patience, tries=2, first_wait=0.5, seconds=15.0, all_seconds=300.0)
    found = ask_server(replace(reach, patience=hasty), job.about, at=now())
    return Ended({"gives": sum(one.outcome == "complete" for one in found.resources)} | _errors(found.errors))


def fetch(reach: Reach, job: Job) -> Ended:
    """Fetch from a server, and import what it gave."""
    done = fetch_server(reach, job.about, FetchTerms(), by=job.by.login, at=now())
    errors = _errors(done.fetched.errors if done.fetched else [])
    if done.summary is None:
        return Ended({"status": UNCHANGED} | errors)
    return Ended(done.summary.as_dict() | errors, done.summary.import_id)


def forget(reach: Reach, job: Job) -> Ended:
    """Forget a server, and the secrets that a page wrote down for it."""
    told = forget_server(reach, job.about, by=job.by.login, at=now())
    delete_secrets(reach.home, job.about)
    return Ended({"told": told})


def _errors(errors: Any) -> dict[str, Any]:
    return {"errors": [{"sv": error.text("sv"), "en": error.text("en")} for error in errors]}


DOINGS: Final[dict[str, Callable[[Reach, Job], Ended]]] = {
    jobs.TRY: try_upload,
    jobs.IMPORT: import_upload,
    jobs.RELEASE: release,
    jobs.DISCARD: discard,
    jobs.TRY_UNDO: undo,
    jobs.UNDO: undo,
    jobs.ASK: ask,
    jobs.FETCH: fetch,
    jobs.FORGET: forget,
}


def done_before(job: Job) -> int | None:
    """The import, when a job that was cut short had done its work all the same: the ledger's commit says so."""
    since: datetime | None = job.started_at
    if job.kind == jobs.IMPORT and job.upload is not None and since is not None:
        made = Import.objects.filter(source=job.upload.source, by=job.by.login, at__gte=since).order_by("pk")
        return made.values_list("pk", flat=True).first()
    wanted = {jobs.RELEASE: DONE, jobs.DISCARD: DISCARDED, jobs.UNDO: UNDONE}.get(job.kind)
    if wanted and Import.objects.filter(pk=int(job.about), status=wanted).exists():
        return int(job.about)
    return None
