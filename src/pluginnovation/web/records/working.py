"""The worker: takes jobs from the queue, one at a time, and writes down how each ended."""

import errno
import fcntl
import logging
import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.utils.timezone import now

from pluginnovation.records.refusals import Refusal

from . import jobs
from .job_doings import DOINGS, done_before
from .models import Import, Job
from .receiving import delete_files
from .server_actions import Reach
from .uploads import tidy_uploads

BUSY: Final = "store_busy"
NO_SPACE: Final = {errno.ENOSPC, errno.EDQUOT}
LOG: Final = logging.getLogger(__name__)


@contextmanager
def only_worker(reach: Reach) -> Iterator[bool]:
    """Whether this process is the home's only worker while the block runs. A killed process holds nothing."""
    handle = os.open(reach.home / "worker.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def take_up(reach: Reach) -> None:
    """What the worker does first: settle what an earlier one was at when it ended, and tidy."""
    for job in jobs.left_running():
        number = done_before(job)
        if number is None:
            jobs.wait_again(job, counted=True)
            continue
        found = Import.objects.get(pk=number)
        if job.upload is not None:
            delete_files(reach.home, job.upload.once)
            type(job.upload).objects.filter(pk=job.upload.pk, thrown_at=None).update(thrown_at=now())
        jobs.end(job, jobs.DONE, at=now(), of_import=number, result={"status": found.status, "import": number})
    tidy_uploads(reach.home, at=now())


def work_one(reach: Reach) -> bool:
    """Do the next job; False when there was none, or the store is busy with somebody else."""
    job = jobs.next_job(at=now())
    if job is None:
        return False
    try:
        ended = DOINGS[job.kind](reach, job)
    except Refusal as refusal:
        if refusal.code == BUSY:
            jobs.wait_again(job, counted=False)
            return False
        jobs.refused(job, refusal.code, (refusal.text("sv"), refusal.text("en")), at=now())
        _let_go(reach, job)
    except OSError as error:
        if not isinstance(error, PermissionError) and error.errno not in NO_SPACE:
            _failed(job, error)
        else:
            jobs.refused(job, "disk_or_permission_missing", _NO_ROOM, at=now())
    except Exception as error:
        _failed(job, error)
    else:
        jobs.end(job, jobs.DONE, at=now(), result=dict(ended.result), of_import=ended.of_import)
    return True


_NO_ROOM: Final = (
    "Det går inte att skriva på disken. Inget är halvt gjort; försök igen när det finns plats.",
    "The disk can't be written to. Nothing is half done; try again when there is room.",
)


def _let_go(reach: Reach, job: Job) -> None:
    """Files that were refused are of no use: the sender must put them right."""
    upload = job.upload
    if upload is not None and upload.thrown_at is None:
        type(upload).objects.filter(pk=upload.pk).update(thrown_at=now())
        delete_files(reach.home, upload.once)


def _failed(job: Job, error: BaseException) -> None:
    """A bug: its kind and its place go to the log, never its message, which may quote what stood in a file."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in reversed(frames))
    LOG.error("Job %s (%s) failed: %s in %s", job.pk, job.kind, type(error).__name__, where)
    jobs.end(job, jobs.FAILED, at=now(), code=type(error).__name__)
