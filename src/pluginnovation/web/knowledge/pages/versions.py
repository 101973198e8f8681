"""Versions: which there have been, how one is cited, and how a page looked then."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, PageLogEntry, Revision

from .places import url_of


@dataclass(frozen=True, slots=True)
class Version:
    """One published version. number: counts from 1; revision: None when the text wasn't kept."""

    number: int
    at: datetime
    revision: int | None
    href: str


def versions_of(page: Page) -> list[Version]:
    """The versions that have been published, the newest first."""
    logged = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").order_by("timestamp", "pk")
    found = [(entry.timestamp, entry.revision_id) for entry in logged]
    if not found:
        found = [(page.first_published_at or page.latest_revision_created_at, page.live_revision_id)]
    return [
        Version(number, at, revision, url_of("version", page.pk, number))
        for number, (at, revision) in reversed(list(enumerate(found, 1)))
        if at is not None
    ]


def cited(page: Page) -> dict[str, Any]:
    """How the page is cited, and its versions."""
    found = versions_of(page)
    newest = found[0] if found else None
    return {"versions": found, "newest": newest, "citation": citation_of(page, newest)}


def citation_of(page: Page, version: Version | None) -> str:
    """A line for a list of references: who, when, what, which version, where."""
    where = f"{settings.HUB_ADDRESS}{page.url or ''}"
    if version is None:
        return f"{settings.HUB_NAME}. {page.title}. {where}"
    day = localtime(version.at).date()
    return _("{name} ({year}). {title}. Version {number}, {day}. {where}").format(
        name=settings.HUB_NAME, year=day.year, title=page.title, number=version.number, day=_iso(day), where=where
    )


def _iso(day: date) -> str:
    return day.isoformat()


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The page as it was in one version, with a word that it was so then.

    Raises  Http404 for a page that isn't public, or a version that there hasn't been or whose text isn't kept
    """
    page = Page.objects.live().public().filter(pk=pk).first()
    if page is None:
        raise Http404
    found = next((each for each in versions_of(page) if each.number == number), None)
    kept = Revision.objects.filter(pk=found.revision).first() if found and found.revision else None
    if found is None or kept is None:
        raise Http404
    then = kept.as_object()
    context = then.get_context(request) | {"then": found, "now_url": page.url}
    return TemplateResponse(request, then.get_template(request), context)
