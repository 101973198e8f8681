"""An extract to a pupil or guardian: ordered, reviewed for secrecy section by section, released, collected."""

import json
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from pluginnovation.privacy.extract import MAKERS, WITHHOLDING, Chapter
from pluginnovation.privacy.grounds import Grant
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Extract, Person
from pluginnovation.web.people.places import of_same_authority

from ..asker import duty_of, refusal_text, user_of
from ..extracts import (
    JSON,
    PDF,
    Order,
    chapters_of,
    collect_extract,
    document,
    order_extract,
    release_extract,
    withdraw_extract,
    withhold,
)
from ..forms import OrderForm
from ..paper import first_page, paper_of
from ..words import IDENTITY, WHO_SAID, said
from ..words import WITHHOLDING as GROUNDS

GONE = 410
KINDS = {JSON: "application/json", PDF: "application/pdf"}


@for_roles(*MAKERS)
@require_http_methods(["GET", "POST"])
def extracts(request: HttpRequest, code: str) -> HttpResponse:
    """The extracts of a pupil, and the form that orders one."""
    person, grant = open_pupil_or_404(request, code, page="extract")
    form = OrderForm(request.POST if request.method == "POST" else None, initial={"language": "sv"})
    if request.method == "POST" and form.is_valid():
        order = Order(**form.cleaned_data, place=duty_of(request).place)
        with override(order.language):
            made = order_extract(person=person, grant=grant, order=order, by=user_of(request), at=now())
        return redirect("extract", code=code, number=made.pk)
    rows = _held(request, code).defer("content").order_by("-pk")
    page = {
        "person": person,
        "form": form,
        "rows": [(row, said(WHO_SAID, row.for_whom), _state(row)) for row in rows],
    }
    return render(request, "people/rights/extracts.html", page, status=422 if form.errors else 200)


@for_roles(*MAKERS)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One extract: section by section while it is reviewed, how it is collected when it is released."""
    person, _grant, extract = _opened(request, code, number)
    if request.method == "POST":
        try:
            withheld = _withheld(request, chapters_of(extract, now()))
            withhold(extract=extract, withheld=withheld, by=user_of(request), at=now())
        except Refusal as refusal:
            return _page(request, person, extract, refusal_text(refusal), 409)
        messages.success(request, _("Granskningen är sparad."))
        return redirect("extract", code=code, number=number)
    return _page(request, person, extract)


@for_roles(*MAKERS)
@require_POST
def release(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Let it be collected, as it was reviewed."""
    person, grant, extract = _opened(request, code, number)
    try:
        release_extract(extract=extract, grant=grant, by=user_of(request), at=now())
    except Refusal as refusal:
        return _page(request, person, extract, refusal_text(refusal), 409)
    messages.success(request, _("Utdraget är släppt. Det kan hämtas en gång i varje form."))
    return redirect("extract", code=code, number=number)


@for_roles(*MAKERS)
@require_POST
def withdraw(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Throw it away."""
    person, grant, extract = _opened(request, code, number)
    try:
        withdraw_extract(extract=extract, grant=grant, by=user_of(request), at=now())
    except Refusal as refusal:
        return _page(request, person, extract, refusal_text(refusal), GONE)
    messages.success(request, _("Utdraget är kastat."))
    return redirect("extracts", code=code)


@for_roles(*MAKERS)
@require_POST
def collect(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Fetch it as JSON or PDF, once each."""
    person, _grant, extract = _opened(request, code, number)
    kind = request.POST.get("form", "")
    if kind not in KINDS:
        raise Http404
    try:
        content = _content(request, person, extract, kind)
    except Refusal as refusal:
        return _page(request, person, extract, refusal_text(refusal), 503 if refusal.code == "no_paper" else GONE)
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="utdrag-{extract.pk}.{kind}"'
    response["Cache-Control"] = "no-store, private"
    return response


def _content(request: HttpRequest, person: Person, extract: Extract, kind: str) -> bytes:
    """The file. It is made before the extract counts as collected, so that a failure costs nobody their extract."""
    if extract.state != Extract.RELEASED:
        raise Http404
    with override(extract.language):
        about = first_page(person, extract)
        if kind == PDF:
            made = paper_of(extract, about, chapters_of(extract, now()))
            collect_extract(extract=extract, kind=kind, by=user_of(request), at=now())
            return made
        chapters = collect_extract(extract=extract, kind=kind, by=user_of(request), at=now())
        return json.dumps(document(extract, chapters, about), ensure_ascii=False, indent=2).encode()


def _held(request: HttpRequest, code: str) -> QuerySet[Extract]:
    """The extracts of a pupil that were ordered at the asker's school authority."""
    places = of_same_authority(duty_of(request).place) | {""}
    return Extract.objects.filter(pupil=code, place__in=places).select_related("asked_by", "decided_by")


def _opened(request: HttpRequest, code: str, number: int) -> tuple[Person, Grant, Extract]:
    person, grant = open_pupil_or_404(request, code, page="extract")
    extract = _held(request, person.code).filter(pk=number).first()
    if extract is None:
        raise Http404
    return person, grant, extract


def _withheld(request: HttpRequest, chapters: list[Chapter]) -> dict[str, str]:
    """What the form withholds: each chapter and field of the extract, by a ground that is one."""
    places = [place for one in chapters for place in (one.key, *(f"{one.key}/{name}" for name, _t, _c in one.columns))]
    chosen = {place: request.POST.get(place, "") for place in places}
    return {place: ground for place, ground in chosen.items() if ground in WITHHOLDING}


def _page(request: HttpRequest, person: Person, extract: Extract, refusal: str = "", status: int = 200) -> HttpResponse:
    try:
        chapters = chapters_of(extract, now())
    except Refusal as gone:
        chapters, refusal, status = [], refusal or refusal_text(gone), GONE if status == 200 else status
    page: dict[str, Any] = {
        "person": person,
        "extract": extract,
        "refusal": refusal,
        "state": _state(extract),
        "who": said(WHO_SAID, extract.for_whom),
        "identity": said(IDENTITY, extract.identity),
        "reviewing": extract.state == Extract.REVIEW and bool(chapters),
        "released": extract.state == Extract.RELEASED and bool(chapters),
        "grounds": GROUNDS.items(),
        "chapters": [_shown(one, extract) for one in chapters],
        "withheld": len(extract.withheld),
    }
    return render(request, "people/rights/extract.html", page, status=status)


def _shown(one: Chapter, extract: Extract) -> dict[str, Any]:
    fields = [
        (f"{one.key}/{name}", title, extract.withheld.get(f"{one.key}/{name}", ""))
        for name, title, _cells in one.columns
    ]
    return {
        "one": one,
        "why": extract.withheld.get(one.key, ""),
        "fields": fields,
        "withheld_word": said(GROUNDS, one.withheld) if one.withheld else "",
        "hidden": [(title, said(GROUNDS, why)) for title, why in one.hidden],
        "some": any(why for _place, _title, why in fields),
    }


def _state(row: Extract) -> str:
    if row.state == Extract.WITHDRAWN:
        return _("Kastat")
    if row.json_at and row.pdf_at:
        return _("Hämtat")
    if row.expires_at <= now():
        return _("Har gått ut")
    return _("Granskas") if row.state == Extract.REVIEW else _("Släppt, väntar på att hämtas")
