"""The queue of what is done outside requests: asked for by pages, carried out by one worker, one at a time."""

from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from .job_models import RUNNING, WAITING
from .models import Job

TRY, IMPORT, RELEASE, DISCARD = "try", "import", "release", "discard"
TRY_UNDO, UNDO, ASK, FETCH, FORGET = "try_undo", "undo", "ask", "fetch", "forget"
DONE, REFUSED, STOPPED, FAILED = "done", "refused", "stopped", "failed"

# What has made the worker end so many times is not begun again.
MOST_TRIES: Final = 3
LONGEST_WHY: Final = 500


def ask_for(kind: str, about: object, *, by: User, at: datetime, why: str = "") -> Job:
    """Ask for something to be done with an import or a server. Asked for again while it waits or runs, it is the same.

    Raises  Refusal 'why_missing' for a decision without a reason
    """
    why = why.strip()
    if kind in (RELEASE, DISCARD, UNDO) and (not why or len(why) > LONGEST_WHY):
        raise why_missing()
    try:
        with recorded(f"{kind}_asked", by=by, at=at, about=str(about), **({"why": why} if why else {})):
            return Job.objects.create(kind=kind, about=str(about), why=why, by=by, at=at)
    except IntegrityError:
        return Job.objects.filter(kind=kind, about=str(about), upload=None).latest("pk")


def why_missing() -> Refusal:
    """A decision needs its reason."""
    return Refusal(
        "why_missing",
        what=("Det står inte varför.", "It isn't said why."),
        todo=(
            f"Skriv det med en mening, högst {LONGEST_WHY} tecken, utan namn på någon.",
            f"Write it in one sentence, at most {LONGEST_WHY} characters, without anybody's name.",
        ),
    )


def next_job(*, at: datetime) -> Job | None:
    """The job that has waited longest, begun; none when none waits."""
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(state=WAITING).order_by("pk").first()
        if job is not None:
            job.state, job.started_at, job.tries = RUNNING, at, job.tries + 1
            job.step, job.rows, job.step_at = "", 0, at
            job.save()
    return job


def left_running() -> list[Job]:
    """The jobs that a worker was at when it ended. Asked by the one worker, before it begins anything."""
    return list(Job.objects.filter(state=RUNNING).order_by("pk"))


def wait_again(job: Job, *, counted: bool) -> None:
    """Put a job back in the queue; after MOST_TRIES it is over."""
    tries = job.tries if counted else job.tries - 1
    state = STOPPED if tries >= MOST_TRIES else WAITING
    Job.objects.filter(pk=job.pk).update(state=state, tries=tries)


def end(job: Job, state: str, *, at: datetime, **values: Any) -> None:
    """Write down how a job ended."""
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=at, **values)


def refused(job: Job, code: str, said: tuple[str, str], *, at: datetime) -> None:
    """Write down that a job couldn't be done, and why, Swedish and English."""
    end(job, REFUSED, at=at, code=code, said_sv=said[0], said_en=said[1])


def ahead_of(job: Job) -> int:
    """How many jobs come before one that waits."""
    return Job.objects.filter(state__in=(WAITING, RUNNING), pk__lt=job.pk).count()
