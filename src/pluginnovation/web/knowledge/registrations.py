"""Who comes to an event, for those who arrange it: the list, the line, a file for the door, and giving up a place."""

import csv
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from io import StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, require_admin_access

from .models import EventPage, Registration
from .pages.events import of_event, places_of
from .pages.open_data import cell
from .pages.registering import KEPT_DAYS, withdraw
from .pages.telling import tell_moved_up

MAY_SEE = "knowledge.change_registration"
View = Callable[..., HttpResponse]


def for_editors(view: View) -> View:
    """The view for whoever may see registrations; for others what any closed page of the editor says."""

    @require_admin_access
    @wraps(view)
    def looked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MAY_SEE):  # type: ignore[union-attr]
            closed: HttpResponse = permission_denied(request)
            return closed
        return view(request, *args, **kwargs)

    return looked


@for_editors
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Every event that somebody's registration is still kept for, the next one first."""
    since = now() - timedelta(days=KEPT_DAYS)
    found = EventPage.objects.live().filter(starts__gte=since, locale__language_code="sv").order_by("starts")
    rows = [(page, places_of(page, at=now())) for page in found]
    return render(request, "knowledge/editor/registrations.html", {"rows": rows})


@for_editors
@require_safe
def of_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Those who come to an event, and those who wait."""
    page = get_object_or_404(EventPage, pk=pk)
    standing = _standing(page)
    context = {
        "page": page,
        "places": places_of(page, at=now()),
        "coming": [each for each in standing if not each.waiting],
        "line": [each for each in standing if each.waiting],
        "kept_days": KEPT_DAYS,
    }
    return render(request, "knowledge/editor/registrations_of.html", context)


@for_editors
@require_safe
def as_file(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 a view takes it
    """The same as a table for a spreadsheet, where no cell is a formula."""
    page = get_object_or_404(EventPage, pk=pk)
    out = StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow([_("Plats"), _("Namn"), _("E-post"), _("Arbetsplats"), _("Något vi ska tänka på"), _("Anmäld")])
    for each in _standing(page):
        said = (each.name, each.email, each.organisation, each.needs)
        kind = _("I kö") if each.waiting else _("Har plats")
        table.writerow([kind, *(cell(text) for text in said), f"{localtime(each.at):%Y-%m-%d %H:%M}"])
    headers = {"Content-Disposition": f'attachment; filename="{page.slug}.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A place given up for somebody who asks for it another way than by their link; first what that means."""
    found = Registration.objects.select_related("event").filter(pk=pk, withdrawn_at=None).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        tell_moved_up(withdraw(found, by=request.user, at=now()))  # type: ignore[arg-type]
        messages.success(request, _("Avanmäld. Namn och adress är borttagna."))
        return redirect("hub_registrations_of", found.event.pk)
    return render(request, "knowledge/editor/give_up.html", {"found": found, "page": found.event})


def _standing(page: EventPage) -> list[Registration]:
    rows = Registration.objects.filter(event__in=of_event(page), withdrawn_at=None)
    return list(rows.order_by("waiting", "at", "pk"))
