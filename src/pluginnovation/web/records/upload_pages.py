"""The import page: files are sent in, tried, and then read in or thrown away. Works without a script."""

import functools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.records.profiles import built_in
from pluginnovation.records.refusals import Refusal
from pluginnovation.records.sources import CSV, SS12000
from pluginnovation.records.summary import UNCHANGED
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Installation, User

from . import jobs
from .account import broken_in, lines_in, sum_of
from .exports import asked_for, export
from .job_line import job_line, watched
from .models import Import, Job, Upload
from .receiving import Received
from .upload_refused import cut_off, not_a_form, too_large
from .uploads import Told, profile_names, read_in, take_upload, throw_away
from .views import sheet_of_rows
from .words import in_english, reason_to_hold, resource_word, rule_text

NOT_TAKEN: Final = (MultiPartParserError, TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig, OSError)


@csrf_exempt  # checked in `_new`, once it is said where files go and how large they may be
@require_http_methods(["GET", "POST"])
@for_roles("administrator")
def new_page(request: HttpRequest) -> HttpResponse:
    """Choose files and say what they are."""
    if request.method != "POST":
        return _new(request, None)
    received = Received(request, Path(settings.PLUG_HOME), settings.PLUG_UPLOAD_MB * 2**20)
    request.upload_handlers = [received]
    try:
        try:
            said = request.POST
        except NOT_TAKEN:
            return _form(request, {}, not_a_form())
        # What is too large may have been cut before its token came; nothing of it is kept.
        if received.too_large or "end" not in said:
            return _form(request, _told_again(request), _why_not(received))
        return _new(request, received)
    finally:
        received.forget()


def _why_not(received: Received) -> Refusal:
    return too_large(received.most) if received.too_large else cut_off()


@csrf_protect
def _new(request: HttpRequest, received: Received | None) -> HttpResponse:
    if received is None:
        return _form(request, {"source": _clean(request.GET.get("kalla", ""))}, None)
    again = _told_again(request)
    try:
        told = Told(_number(request.POST.get("once", "")), again["source"], again["kind"])
        upload = take_upload(received, told, by=cast(User, request.user), at=now())
    except Refusal as refusal:
        return _form(request, again, refusal)
    return redirect(f"{reverse('upload', args=[upload.pk])}?folj=1")


def _told_again(request: HttpRequest) -> dict[str, str]:
    return {name: _clean(request.POST.get(name, "")) for name in ("source", "kind")}


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise not_a_form() from None


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()


def _form(request: HttpRequest, again: dict[str, str], refusal: Refusal | None) -> HttpResponse:
    kinds = [(CSV, _("CSV enligt formatet")), (SS12000, _("SS 12000, JSON"))]
    known = built_in()
    for name in profile_names():
        about = known[name].about[in_english()] if name in known else _("egen läsprofil")
        kinds.append((name, f"{name}: {about}"))
    context = {
        "refusal": refusal.text("en" if in_english() else "sv") if refusal else "",
        "once": uuid4(),
        "kinds": kinds,
        "sources": Import.objects.order_by("source").values_list("source", flat=True).distinct(),
        "most": settings.PLUG_UPLOAD_MB,
        **again,
    }
    return render(request, "records/upload_new.html", context, status=422 if refusal else 200)


@require_GET
@for_roles("administrator")
def upload_page(request: HttpRequest, number: int) -> HttpResponse:
    """One upload: how far it has come, what the trial found, and what may be done with it."""
    upload = get_object_or_404(Upload.objects.select_related("by"), pk=number)
    found = {job.kind: job for job in upload.jobs.order_by("pk")}
    tried, reading = found.get(jobs.TRY), found.get(jobs.IMPORT)
    last = reading or tried
    if asked_for(request) and tried is not None:
        first = _("Provläsning av filer från %(source)s.") % {"source": upload.source}
        first += f" {_('Påhittade uppgifter.')}" if tried.result.get("simulated") else ""
        rows = tried.set_aside.order_by("resource", "file", "line", "pk")
        return export(request, sheet_of_rows(f"provlasning-{upload.pk}", first, rows))
    context = {
        "upload": upload,
        "job": job_line(last) if last else None,
        "may_decide": reading is None and upload.thrown_at is None and tried is not None and tried.state == jobs.DONE,
        "may_throw": upload.thrown_at is None and (last is None or last.state not in ("running",)) and reading is None,
        "new_source": not Import.objects.filter(source=upload.source).exists(),
        **_tried(tried),
    }
    return watched(request, last, render(request, "records/upload.html", context))


def _tried(tried: Job | None) -> dict[str, Any]:
    """What a trial found."""
    if tried is None:
        return {}
    broken = broken_in(tried.set_aside.all())
    said: dict[str, Any] = {
        "broken": [(resource_word(one.resource), rule_text(one.rule), one) for one in broken],
        "export": bool(broken),
    }
    if tried.state != jobs.DONE:
        return said
    result = tried.result
    lines = lines_in(result["resources"])
    real = not result["simulated"] and not Installation.objects.exclude(first_real_import_at=None).exists()
    return said | {
        "total": sum_of(result["resources"]),
        "lines": [(resource_word(line.name), line) for line in lines],
        "because": [reason_to_hold(code, result["limits"]) for code in result["because"]],
        "ignored": result["ignored"],
        "unchanged": result["status"] == UNCHANGED,
        "simulated": result["simulated"],
        "closes_demo": real,
    }


def _asked(act: Callable[..., Upload]) -> Callable[[HttpRequest, int], HttpResponse]:
    """A page that asks for something to be done with an upload, and then shows the upload."""

    @functools.wraps(act)
    @require_POST
    @for_roles("administrator")
    def page(request: HttpRequest, number: int) -> HttpResponse:
        get_object_or_404(Upload, pk=number)
        try:
            upload = act(number, by=cast(User, request.user), at=now())
        except Refusal as refusal:
            messages.error(request, refusal.text("en" if in_english() else "sv"))
            return redirect("upload", number=number)
        return redirect(reverse("upload", args=[number]) + ("" if upload.thrown_at else "?folj=1"))

    return page


def _throw_away(number: int, *, by: User, at: datetime) -> Upload:
    return throw_away(Path(settings.PLUG_HOME), number, by=by, at=at)


read_in_page = _asked(read_in)
throw_page = _asked(_throw_away)
