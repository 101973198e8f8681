"""Methods beside each other, and all of them against all problems."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from pluginnovation.knowledge.catalogue import Method
from pluginnovation.knowledge.certainty import here_or_elsewhere, shown, why
from pluginnovation.knowledge.evidence_map import Row
from pluginnovation.knowledge.evidence_map import evidence_map as drawn_map
from pluginnovation.knowledge.vocabulary import COST_UNITS, FACTORS, INTENTS, LEVELS, PROBLEMS, YEARS, Words, word
from pluginnovation.web.signals.words import number as counted

from ..as_catalogue import methods
from ..models import MethodIndex
from ..words import language
from .browsing import Hit, hit_of, sorted_as, urls_of
from .chrome import tongues
from .places import urls_by_type

MOST: Final = 4
# Locks by the dots they are shown as, none to four.
BY_DOTS: Final = (0, 1, 2, 3, 4)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """At most four methods side by side, in the order they were asked for; keys that there aren't are said."""
    spoken, urls = language(), urls_of(language())
    every = {one.key: one for one in methods()}
    asked = list(dict.fromkeys(request.GET.getlist("m")))
    chosen = [every[key] for key in asked if key in every]
    current = [one for one in every.values() if not one.withdrawn]
    context = {
        "columns": [_column(one, urls) for one in chosen[:MOST]],
        "left_out": max(0, len(chosen) - MOST),
        "unknown": [key[:60] for key in asked if key not in every][:5],
        "options": sorted(
            ((one.key, one.texts(spoken).title, one in chosen[:MOST]) for one in current),
            key=lambda each: sorted_as(each[1]),
        ),
        "most": MOST,
        "tongue": tongues(None, request),
    }
    return TemplateResponse(request, "knowledge/compare.html", context)


def _column(method: Method, urls: dict[str, str]) -> dict[str, Any]:
    spoken = language()
    hit = hit_of(method, urls)
    return {
        "hit": hit,
        "texts": method.texts(spoken),
        "problems": _words(PROBLEMS, method.problems),
        "years": _words(YEARS, method.years),
        "axes": [word(INTENTS, method.intent, spoken), word(LEVELS, method.level, spoken)],
        "factors": _words(FACTORS, method.factors),
        "cost": cost_text(method),
        "external": shown(method.external_locks, spoken),
        "why": why(hit.best, spoken) if hit.best else (),
        "withdrawn": method.withdrawn,
    }


def _words(words: Words, keys: tuple[str, ...]) -> list[str]:
    return [word(words, key, language()) for key in keys]


def cost_text(method: Method) -> str:
    """The cost in kronor with what it is counted for; empty: not known."""
    ends = [counted(each) for each in (method.cost_low, method.cost_high) if each is not None]
    if not ends:
        return ""
    unit = word(COST_UNITS, method.cost_unit, language()) if method.cost_unit else ""
    return f"{'–'.join(dict.fromkeys(ends))} kr {unit}".strip()


@require_safe
def evidence_map(request: HttpRequest) -> HttpResponse:
    """What do we know? Problem by problem: how much, how sure, and where there is nothing."""
    spoken, urls = language(), urls_of(language())
    found = drawn_map(methods())
    rows = [
        {
            "problem": word(PROBLEMS, row.problem, spoken),
            "key": row.problem,
            "tried": row.tried,
            "cells": _cells(row),
            "squares": [
                {"square": square, "hit": hit_of(square.method, urls), "sure": shown(square.locks, spoken)}
                for square in row.squares
            ],
        }
        for row in found.rows
    ]
    context = {
        "rows": rows,
        "certainties": [shown(locks, spoken) for locks in BY_DOTS],
        "list_url": urls_by_type(spoken).get(MethodIndex, ""),
        "methods": len(found.methods),
        "untried": [hit_of(method, urls) for method in found.untried],
        "gaps": [word(PROBLEMS, key, spoken) for key in found.gaps],
        "here": sum(_measured_here(method) for method in found.methods),
        "tongue": tongues(None, request),
    }
    return TemplateResponse(request, "knowledge/evidence_map.html", context)


def _cells(row: Row) -> list[dict[str, Any]]:
    """How many of a problem's methods there are of each certainty: the address of the list, and how dark it is."""
    dots = [shown(square.locks).filled for square in row.squares]
    counts = [dots.count(filled) for filled in range(len(BY_DOTS))]
    return [
        {"count": count, "filled": filled, "warm": 1 if count < 3 else 2 if count < 6 else 3}
        for filled, count in enumerate(counts)
    ]  # fmt: skip


def _measured_here(method: Method) -> bool:
    return here_or_elsewhere(method)[1]


def hits_of(keys: list[str]) -> list[Hit]:
    """Methods by key, as a list shows them."""
    every, urls = {one.key: one for one in methods()}, urls_of(language())
    return [hit_of(every[key], urls) for key in keys if key in every]
