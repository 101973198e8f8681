"""What stands on each kind of page, beside its own fields. Pages ask for it by their type, and so do previews."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from pluginnovation.knowledge.certainty import NOBODY_HERE, shown

from ..finding import how_many
from ..models import (
    CaseIndex,
    CasePage,
    EventIndex,
    EventPage,
    GuideIndex,
    GuidePage,
    HomePage,
    MethodIndex,
    MethodPage,
    NewsIndex,
    NewsPage,
    ResearchIndex,
    ResearchPage,
    StatisticsPage,
)
from ..words import language, named
from .browsing import browsed, sorted_as
from .chrome import tongues
from .events import ahead, called_off, places_of
from .panel_shown import best_of, outcomes_of, promise_of
from .places import live_of, one_each, url_of, urls_by_type
from .tree import Stand, tree
from .versions import cited

MOST_SHOWN = 5
Context = dict[str, Any]


def context_of(page: Page, request: HttpRequest) -> Context:
    """What the page's template shows.

    Raises  Http404, BadRequest for an address that asks for what can't be
    """
    made = BY_TYPE.get(type(page))
    own = made(page, request) if made else {}
    return {**own, "tongue": tongues(page, request), "crumbs": crumbs(page)}


def crumbs(page: Page) -> list[Stand]:
    """The pages above this one, the first page left out."""
    return tree().above(page.path)


def _home(_page: HomePage, _request: HttpRequest) -> Context:
    spoken = language()
    news = sorted(live_of(NewsPage, spoken), key=lambda each: each.day, reverse=True)[:3]
    every, measured = how_many()
    return {
        "methods": every,
        "measured": measured,
        "news": news,
        "events": ahead(spoken)[:3],
        "called_off": called_off(),
        "urls": {kind.__name__: url for kind, url in urls_by_type(spoken).items()},
        "map_url": url_of("evidence_map"),
        "search_url": url_of("search"),
    }


def _methods(_page: MethodIndex, request: HttpRequest) -> Context:
    return browsed(request)


def _method(page: MethodPage, _request: HttpRequest) -> Context:
    spoken, outcomes = language(), outcomes_of(page)
    best = best_of(outcomes)
    local = best if best and best.panel.known.locks else None
    tried = CasePage.objects.live().filter(methods__translation_key=page.translation_key).defer("body")
    return {
        "outcomes": outcomes,
        "promise": promise_of(outcomes),
        "sure": local.sure if local else shown(page.external_locks, spoken),
        "here": local is not None,
        "external_sure": shown(page.external_locks, spoken),
        "nobody_here": NOBODY_HERE[spoken == "en"],
        "cases": one_each(tried.select_related("locale").distinct().order_by("title"), spoken),
        "guides": _about(GuidePage, page),
        "research": _about(ResearchPage, page),
        "words": _words_of(page),
        **cited(page),
    }


def _words_of(page: MethodPage) -> Context:
    axes = {name: named(name, [getattr(page, name)]) for name in ("intent", "reach", "level") if getattr(page, name)}
    lists = ("problems", "obstacles", "years", "target_groups", "settings", "factors")
    return {
        **{name: named(name, getattr(page, name)) for name in lists},
        **{name: found[0] for name, found in axes.items()},
        "cost_unit": named("cost_unit", [page.cost_unit])[0] if page.cost_unit else "",
    }


def _about(kind: Any, page: MethodPage) -> list[Stand]:
    found = kind.objects.filter(methods__translation_key=page.translation_key).distinct()
    return _by_title(tree().those(found.values_list("pk", flat=True)))


def _methods_of(page: Any) -> list[Stand]:
    keys = set(page.methods.values_list("translation_key", flat=True))
    return _by_title(stand for stand in tree().of(MethodPage) if stand.translation_key in keys)


def _by_title(stands: Iterable[Stand]) -> list[Stand]:
    return sorted(one_each(stands, language()), key=lambda stand: sorted_as(stand.title))


def _cases(_page: CaseIndex, _request: HttpRequest) -> Context:
    return {"pages": live_of(CasePage, language())}


def _case(page: CasePage, _request: HttpRequest) -> Context:
    figures = [(figure, outcomes_from(figure)) for figure in page.figures.select_related("estimate")]
    return {
        "methods": _methods_of(page),
        "figures": figures,
        "problems": named("problems", page.problems),
        "years": named("years", page.years),
        **cited(page),
    }


def outcomes_from(figure: Any) -> Any:
    """A case's figure as text: taken from the estimate each time, never written anew."""
    from .figures import told

    return told(figure.estimate.document)


def _research_list(_page: ResearchIndex, _request: HttpRequest) -> Context:
    groups: dict[str, list[ResearchPage]] = {}
    for each in live_of(ResearchPage, language()):
        groups.setdefault(each.group, []).append(each)
    return {"groups": [(named("research_group", [key])[0] if key else "", pages) for key, pages in groups.items()]}


def _research(page: ResearchPage, _request: HttpRequest) -> Context:
    return {
        "methods": _methods_of(page),
        "sure": shown(page.locks, language()),
        "problems": named("problems", page.problems),
        "factors": named("factors", page.factors),
        **cited(page),
    }


def _guides(_page: GuideIndex, _request: HttpRequest) -> Context:
    return {"pages": [(each, _factor(each)) for each in live_of(GuidePage, language())]}


def _factor(page: GuidePage) -> str:
    return named("factors", [page.factor])[0] if page.factor else ""


def _guide(page: GuidePage, _request: HttpRequest) -> Context:
    return {"methods": _methods_of(page), "factor": _factor(page), **cited(page)}


def _events(_page: EventIndex, _request: HttpRequest) -> Context:
    spoken, now = language(), timezone.now()
    past = [each for each in live_of(EventPage, spoken) if (each.ends or each.starts) < now]
    past.sort(key=lambda each: each.starts, reverse=True)
    return {"ahead": ahead(spoken), "past": past[:20], "called_off": called_off(), "calendar_url": url_of("calendar")}


def _event(page: EventPage, _request: HttpRequest) -> Context:
    kind = named("event_kind", [page.kind])[0] if page.kind else ""
    return {"kind": kind, "places": places_of(page, at=timezone.now())}


def _news_list(_page: NewsIndex, _request: HttpRequest) -> Context:
    found = sorted(live_of(NewsPage, language()), key=lambda each: each.day, reverse=True)
    return {"pages": found[:50], "feed_url": url_of("feed")}


def _statistics(page: StatisticsPage, _request: HttpRequest) -> Context:
    return {"below": page.get_children().live().specific(), **cited(page)}


BY_TYPE: dict[type[Page], Callable[[Any, HttpRequest], Context]] = {
    HomePage: _home,
    MethodIndex: _methods,
    MethodPage: _method,
    CaseIndex: _cases,
    CasePage: _case,
    ResearchIndex: _research_list,
    ResearchPage: _research,
    GuideIndex: _guides,
    GuidePage: _guide,
    EventIndex: _events,
    EventPage: _event,
    NewsIndex: _news_list,
    StatisticsPage: _statistics,
}
