"""Deciding about an import: a held one is released or thrown away, with a reason. And what is done about it."""

from dataclasses import dataclass
from typing import Any, Final, cast

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods

from pluginnovation.records.ledger import DONE, HELD
from pluginnovation.records.refusals import Refusal
from pluginnovation.records.undo_asked import UNDO_WITHIN
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import User

from . import jobs
from .account import line_of, lines_in, lines_of, sum_of
from .job_line import job_line, watched
from .models import Import, Job
from .words import in_english, reason_to_hold, resource_word

MOST_LATER: Final = 20


@dataclass(frozen=True, slots=True)
class Decision:
    """What may be decided: the job that carries it out, and the status an import must have."""

    kind: str
    status: str


RELEASE: Final = Decision(jobs.RELEASE, HELD)
DISCARD: Final = Decision(jobs.DISCARD, HELD)
UNDO: Final = Decision(jobs.UNDO, DONE)


@require_http_methods(["GET", "POST"])
@for_roles("administrator")
def release_page(request: HttpRequest, number: int) -> HttpResponse:
    """Say why a held import is right, and let it count."""
    return _decide(request, number, RELEASE)


@require_http_methods(["GET", "POST"])
@for_roles("administrator")
def discard_page(request: HttpRequest, number: int) -> HttpResponse:
    """Say why a held import is wrong, and throw it away."""
    return _decide(request, number, DISCARD)


def _decide(request: HttpRequest, number: int, decision: Decision) -> HttpResponse:
    found = get_object_or_404(Import, pk=number)
    if found.status != decision.status:
        raise Http404
    said, why = "", ""
    if request.method == "POST":
        why = request.POST.get("why", "").replace("\x00", "")
        kind = jobs.TRY_UNDO if decision is UNDO and request.POST.get("do") == "try" else decision.kind
        try:
            job = jobs.ask_for(kind, number, by=cast(User, request.user), at=now(), why=why)
            return redirect(reverse("job", args=[job.pk]) + "?folj=1")
        except Refusal as refusal:
            said = refusal.text("en" if in_english() else "sv")
    context = _looked_at(found) if decision is UNDO else {}
    context |= {
        "found": found,
        "kind": decision.kind,
        "refusal": said,
        "why": why,
        "longest": jobs.LONGEST_WHY,
        "total": line_of(found),
        "because": [reason_to_hold(code, found.limits) for code in found.because],
        "lines": [(resource_word(line.name), line) for line in lines_of(found)],
    }
    page = "records/undo.html" if decision is UNDO else "records/decide.html"
    return render(request, page, context, status=422 if said else 200)


@require_http_methods(["GET", "POST"])
@for_roles("administrator")
def undo_page(request: HttpRequest, number: int) -> HttpResponse:
    """See what taking an import back changes, say why, and take it back."""
    return _decide(request, number, UNDO)


def _looked_at(found: Import) -> dict[str, Any]:
    """What stands in the way of taking an import back, or what the last look at that said."""
    later = Import.objects.filter(source=found.source, status=DONE, at__gt=found.at).order_by("-at")
    # A look from before something else was read in or taken back may be wrong by now.
    last = Import.objects.aggregate(read=Max("finished_at"), undone=Max("undone_at"))
    since = max(at for at in last.values() if at is not None)
    looks = Job.objects.filter(kind=jobs.TRY_UNDO, about=str(found.pk), state=jobs.DONE, started_at__gt=since)
    look = looks.order_by("-pk").first()
    return {
        "later": list(later[:MOST_LATER]),
        "too_late": now() - found.at > UNDO_WITHIN,
        "not_kept": not found.undoable,
        "days": UNDO_WITHIN.days,
        "undone": undone_lines(look) if look else None,
    }


def undone_lines(job: Job) -> list[tuple[str, dict[str, int]]]:
    """What taking an import back does to each resource whose rows it touches."""
    told = job.result.get("undone", {})
    return [(resource_word(name), counts) for name, counts in told.items() if any(counts.values())]


@require_GET
@for_roles("administrator")
def job_page(request: HttpRequest, number: int) -> HttpResponse:
    """Something that was asked for: how far it has come, and what it did. An upload's own page says more."""
    job = get_object_or_404(Job.objects.select_related("by"), pk=number)
    if job.upload_id is not None:
        return redirect("upload", number=job.upload_id)
    if job_line(job).name == "":
        raise Http404
    resources = job.result.get("resources", {})
    context = {
        "asked": job,
        "job": job_line(job),
        "undone": undone_lines(job),
        "total": sum_of(resources) if resources else None,
        "lines": [(resource_word(line.name), line) for line in lines_in(resources)],
    }
    return watched(request, job, render(request, "records/job.html", context))
