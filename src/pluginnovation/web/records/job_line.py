"""A job as pages show it: where it is in the queue, how far it has come, and how it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from . import jobs
from .job_models import RUNNING, WAITING
from .models import Job, Upload
from .words import in_english, job_name, step_text

# A page that follows a job reads itself anew so often; the reader asked for that and can stop it.
SECONDS: Final = 3
MOST_LISTED: Final = 50
SLOW: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job.

    under_way   it waits or runs
    ahead       how many come before it; None: it doesn't wait
    step        what it does now, as a sentence; and `rows`, how many rows of that resource are read
    slow        it has waited long with nothing before it: perhaps no worker is there
    said        why it was refused, in the reader's language
    errors      what a server didn't give
    """

    number: int
    kind: str
    name: str
    about: str
    state: str
    under_way: bool
    ahead: int | None
    step: str
    rows: int
    began: datetime | None
    slow: bool
    said: str
    errors: list[str]
    of_import: int | None
    result: dict[str, object]


def job_line(job: Job) -> JobLine:
    """What a page says about a job."""
    english = in_english()
    ahead = jobs.ahead_of(job) if job.state == WAITING else None
    return JobLine(
        number=job.pk,
        kind=job.kind,
        name=job_name(job.kind, job.about),
        about=job.about,
        state=job.state,
        under_way=job.state in (WAITING, RUNNING),
        ahead=ahead,
        step=step_text(job.step) if job.state == RUNNING else "",
        rows=job.rows,
        began=job.started_at,
        slow=ahead == 0 and now() - job.at > SLOW,
        said=job.said_en if english else job.said_sv,
        errors=list(dict.fromkeys(error["en" if english else "sv"] for error in job.result.get("errors", ()))),
        of_import=job.of_import,
        result=job.result,
    )


def working() -> list[tuple[str, str, str]]:
    """What waits or runs, and what was tried and waits for somebody to decide: address, name, and where it is."""
    said = []
    for upload in Upload.objects.filter(thrown_at=None).order_by("pk").prefetch_related("jobs")[:MOST_LISTED]:
        states = {job.state for job in upload.jobs.all()}
        where = _("väntar på dig")
        if states & {WAITING, RUNNING}:
            where = _("pågår") if RUNNING in states else _("väntar på sin tur")
        name = _("Filer från %(source)s") % {"source": upload.source}
        said.append((reverse("upload", args=[upload.pk]), name, where))
    for job in Job.objects.filter(upload=None, state__in=(WAITING, RUNNING)).order_by("pk")[:MOST_LISTED]:
        if not job_name(job.kind, job.about):
            continue  # asked for by another app's page, which shows it
        where = _("pågår") if job.state == RUNNING else _("väntar på sin tur")
        said.append((reverse("job", args=[job.pk]), job_name(job.kind, job.about), where))
    return said


def watched(request: HttpRequest, job: Job | None, response: HttpResponse) -> HttpResponse:
    """The page, reading itself anew for as long as the job is under way, when its address asks for that."""
    if job is not None and job.state in (WAITING, RUNNING) and request.GET.get("folj") == "1":
        response["Refresh"] = str(SECONDS)
    return response
