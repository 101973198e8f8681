"""What every page of the hub has around it: the five words, the other language, and whether anything is made up."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ..models import CaseIndex, EventIndex, MethodIndex, PlainPage, ResearchIndex
from ..words import language
from .places import home_of, url_of, urls_by_type
from .tree import Stand, tree

OTHER: Final = {"sv": ("en", "English"), "en": ("sv", "Svenska")}
CALLS: Final = "/utlysningar/"  # at a node
MENU: Final = (
    (MethodIndex, _("Metoder")),
    (CaseIndex, _("Fall")),
    (ResearchIndex, _("Forskning")),
    (EventIndex, _("Kalender")),
)


def chrome(request: HttpRequest) -> dict[str, Any]:
    """`hub` in every template; nothing is looked up where a template doesn't ask."""
    return {"hub": SimpleLazyObject(lambda: _around(request))}


def _around(request: HttpRequest) -> dict[str, Any]:
    spoken, here = language(), request.path
    urls = urls_by_type(spoken)
    words = [(urls[kind], text) for kind, text in MENU if kind in urls]
    words.append((url_of("open_data"), _("Öppna data")))
    home = home_of(spoken)
    first = home.url if home else "/"
    return {
        "words": [{"href": href, "text": text, "current": here.startswith(href)} for href, text in words],
        "home": first,
        "search": url_of("search"),
        "name": settings.HUB_NAME,
        "made_up": settings.HUB_DEMO,
        "plain": [(page.title, page.url) for page in _plain(home)],
        "feed": url_of("feed"),
        "apply": f"{settings.HUB_NODE_URL}{CALLS}" if settings.HUB_NODE_URL else "",
    }


def _plain(home: Stand | None) -> list[Stand]:
    return tree().below(home, PlainPage)[:6] if home else []


def tongues(page: Page | None, request: HttpRequest) -> dict[str, str]:
    """The same page in the other language, or that language's first page: for the switch, which is a link."""
    other, name = OTHER[language()]
    if page is None:
        return {"code": other, "name": name, "href": _same_path(request.path, other)}
    twin = tree().twin(page.translation_key, other)
    if twin is None:
        home = home_of(other)
        return {"code": other, "name": name, "href": home.url if home else "/"}
    return {"code": other, "name": name, "href": twin.url}


def _same_path(path: str, other: str) -> str:
    """An address that is no page of Wagtail's: the same words with the other language's beginning."""
    return f"/en{path}" if other == "en" else path.removeprefix("/en") or "/"
