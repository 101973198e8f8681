"""What is new, for programs that fetch it: pages that were published, and what became known."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from pluginnovation.knowledge.certainty import number, sentence
from pluginnovation.knowledge.feed import Entry, Feed, atom
from pluginnovation.knowledge.panel import panels_from

from ..models import CasePage, EventPage, GuidePage, MethodPage, NewsPage, PooledEvidence, ResearchPage
from ..words import language
from .places import home_of, live_of, method_with, url_of

MOST: Final = 40
KINDS: Final = (MethodPage, CasePage, ResearchPage, GuidePage, EventPage, NewsPage)
BEFORE_ANYTHING: Final = datetime(2026, 1, 1, tzinfo=UTC)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 a view takes it
    """Everything that is new."""
    spoken = language()
    pages = [page for kind in KINDS for page in live_of(kind, spoken)]
    entries = [entry for page in pages if (entry := _of_page(page)) is not None]
    entries += [entry for row in PooledEvidence.objects.order_by("-made_at")[:MOST] for entry in _of_row(row)]
    home = home_of(spoken)
    title = _("Nytt på {name}").format(name=settings.HUB_NAME)
    return _answer(title, url_of("feed"), home.url if home else "/", entries)


@require_safe
def method_feed(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 a view takes it
    """One method: its text, and what became known of it. Raises Http404 for a method that there isn't."""
    page = method_with(slug, language())
    if page is None:
        raise Http404
    entries = [entry for row in PooledEvidence.objects.filter(method=slug) for entry in _of_row(row)]
    own = _of_page(page)
    title = _("{method}: det som ändras").format(method=page.title)
    return _answer(title, url_of("method_feed", slug), page.url or "/", [*entries, *([own] if own else [])])


def _of_page(page: Page) -> Entry | None:
    updated = page.last_published_at or page.first_published_at
    if updated is None:
        return None
    kind = page._meta.model_name.removesuffix("page")
    return Entry(f"{_address('')}/#{page.translation_key}", page.title, _address(page.url), updated, page.lead, kind)


def _of_row(row: PooledEvidence) -> Iterable[Entry]:
    """What became known when a method was pooled anew: a new entry for each version."""
    page = method_with(row.method, language())
    if page is None:
        return
    spoken = language()
    said = [
        " ".join(part for part in (sentence(panel.known, spoken), number(panel.known, spoken)) if part)
        for panel in panels_from(row.document)
    ]
    key = f"{_address('')}/#{row.method}-{row.outcome}-{row.version}"
    title = _("{method}: ny sammanvägning").format(method=page.title)
    yield Entry(key, title, f"{_address(page.url)}#vad-vi-vet", row.made_at, " ".join(said), "evidence")


def _address(path: str | None) -> str:
    return f"{settings.HUB_ADDRESS}{path or ''}"


def _answer(title: str, own: str, link: str, entries: list[Entry]) -> HttpResponse:
    newest = sorted(entries, key=lambda entry: (entry.updated, entry.key), reverse=True)[:MOST]
    about = Feed(_address(own), title, _address(own), _address(link), language(), settings.HUB_NAME, BEFORE_ANYTHING)
    return HttpResponse(atom(about, newest), content_type="application/atom+xml; charset=utf-8")
