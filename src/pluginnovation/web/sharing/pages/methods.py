"""The methods as this node has them: look for one, read one, lay some side by side. For every role."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.knowledge import vocabulary
from pluginnovation.knowledge.evidence_map import evidence_map
from pluginnovation.privacy.grounds import ROLES
from pluginnovation.web.people.duties import for_roles

from ..current import catalogue_now, taken_at
from ..describing import described, rows_of
from ..fits import shown
from ..hub import hub_link
from ..searching import FILTERS, SURE, asked_of, found
from ..tongue import spoken

MOST_COMPARED: Final = 4


@for_roles(*ROLES)
@require_GET
def methods(request: HttpRequest) -> HttpResponse:
    """The methods, by words and filters."""
    catalogue, asked, tongue = catalogue_now(), asked_of(request.GET.dict()), spoken()
    rows = found(catalogue.methods, asked, tongue) if catalogue else []
    current = catalogue.current if catalogue else ()
    page = {
        "catalogue": catalogue,
        "taken_at": taken_at(),
        "asked": asked,
        "rows": [(shown(method), _axes(method.intent, method.level)) for method in rows],
        "tried_here": sum(bool(method.local) for method in rows),
        "all": len(current),
        "gaps": _gaps(current),
        "filters": [(name, label, _choices(field), asked.chosen.get(name, "")) for name, label, field in _labels()],
        "sure": (SURE, asked.dots),
        "hub": hub_link("/"),
    }
    return render(request, "sharing/methods.html", page)


@for_roles(*ROLES)
@require_GET
def method(request: HttpRequest, key: str) -> HttpResponse:
    """One method: what, how, how sure, and what others learnt."""
    catalogue = catalogue_now()
    one = catalogue.find(key) if catalogue else None
    if one is None or catalogue is None:
        raise Http404
    instead = catalogue.find(one.replaced_by) if one.replaced_by else None
    page = {"method": described(one), "instead": shown(instead) if instead else None, "catalogue": catalogue}
    return render(request, "sharing/method.html", page)


@for_roles(*ROLES)
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four methods side by side; those that aren't there are left out."""
    catalogue = catalogue_now()
    keys = list(dict.fromkeys(request.GET.getlist("m")))
    chosen = [one for key in keys if catalogue and (one := catalogue.find(key)) is not None]
    beside = [described(one) for one in chosen[:MOST_COMPARED]]
    page = {
        "methods": beside,
        "rows": rows_of(beside),
        "left_out": max(0, len(chosen) - MOST_COMPARED),
        "most": MOST_COMPARED,
    }
    return render(request, "sharing/compare.html", page)


def _labels() -> list[tuple[str, str, str]]:
    words = {
        "problem": _("Problem"),
        "hinder": _("Hinder"),
        "ar": _("Årskurs"),
        "grupp": _("Målgrupp"),
        "avsikt": _("Avsikt"),
        "niva": _("Nivå"),
    }
    return [(name, words[name], field) for name, field in FILTERS.items()]


def _choices(field: str) -> list[tuple[str, str]]:
    return vocabulary.choices(vocabulary.LISTS[field], spoken())


def _axes(intent: str, level: str) -> str:
    words = ((vocabulary.INTENTS, intent), (vocabulary.LEVELS, level))
    named = ", ".join(vocabulary.word(listed, key, spoken()) for listed, key in words if key)
    return named[:1] + named[1:].lower()


def _gaps(methods: Any) -> list[str]:
    """Problems of which nobody has measured any method."""
    tongue = spoken()
    return [vocabulary.word(vocabulary.PROBLEMS, problem, tongue) for problem in evidence_map(methods).gaps]
