"""What the worker does for plans: see what the records allow, answer, and see how outcomes differ."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from django.utils.timezone import now

from pluginnovation.web.people.clock import today
from pluginnovation.web.records.actions import opened_store
from pluginnovation.web.records.job_doings import Ended
from pluginnovation.web.records.models import Job
from pluginnovation.web.records.server_actions import Reach

from .answering import answer_plan
from .doing_names import ANSWER, ESTIMATE, LOOK, SPREAD
from .looking import allowed_by, spread_in
from .models import Spread, StoredPlan

if TYPE_CHECKING:
    from pluginnovation.records.store import Store

__all__ = ["ANSWER", "LOOK", "SPREAD", "answer", "look", "spread"]
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@contextmanager
def _counting(reach: Reach, job: Job) -> Iterator["Store"]:
    """The store, with the thread pools of numbers held to one: a server shares the machine."""
    for name in THREADS:
        os.environ.setdefault(name, "1")
    Job.objects.filter(pk=job.pk).update(step=ESTIMATE, step_at=now())
    with opened_store(reach.home) as store:
        yield store


def look(reach: Reach, job: Job) -> Ended:
    """See what the records allow a draft to be answered by, and how its outcome differs between pupils."""
    row = StoredPlan.objects.get(pk=int(job.about))
    with _counting(reach, job) as store:
        found = allowed_by(store, row)
    # A plan that was locked meanwhile stands as it is.
    StoredPlan.objects.filter(pk=row.pk, locked_at=None).update(looked=found)
    return Ended({"plan": row.name})


def answer(reach: Reach, job: Job) -> Ended:
    """Answer a locked plan."""
    row = StoredPlan.objects.select_related("locked_by").get(pk=int(job.about))
    with _counting(reach, job) as store:
        made = answer_plan(store, row, as_of=today(), by=job.by, at=now())
    return Ended({"plan": row.name, "estimate": made.pk})


def spread(reach: Reach, job: Job) -> Ended:
    """See how an outcome differs between pupils and schools in the node's own records."""
    row = Spread.objects.get(pk=int(job.about))
    with _counting(reach, job) as store:
        row.found = asdict(spread_in(store, row.asked))
    row.save(update_fields=["found"])
    return Ended({"spread": row.pk})
