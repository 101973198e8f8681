"""An analysis as its templates take it: rows of figures, and what is written with its words."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from pluginnovation.projects.analysis import (
    FACTORS_PART,
    MODEL_PART,
    ROUTINES_PART,
    Document,
    Factor,
)
from pluginnovation.projects.analysis_words import ANSWERS, FACTOR_ASKS, FACTORS, ROUTINES, STANDS
from pluginnovation.projects.figures import Figures, differences, first_stage
from pluginnovation.projects.indicators import FROM_7_TO_9, INDICATORS, STAGES
from pluginnovation.projects.logic_model import HOW_SURE, MOST, SURE, THINK, UNSURE, Gap
from pluginnovation.projects.published_figures import KPIS, PERCENT
from pluginnovation.support.obstacles import AREAS, OBSTACLES
from pluginnovation.web.signals.words import WEEKDAYS, decimal, language, unbroken
from pluginnovation.web.support.mapping.words import DIMENSION

from ..templatetags.trying import in_words

FIRST_ROWS: Final = 3


def figures_told(figures: Figures) -> dict[str, Any]:
    """What the records fill in: a table for each stage, and everything behind it."""
    stages = [stage for stage in STAGES if stage in figures.stages]
    first = first_stage(figures)
    stages.sort(key=lambda stage: stage != first)
    behind = [one for one in differences(figures) if one.stage == first]
    return {
        "as_of": date.fromisoformat(figures.as_of) if figures.as_of else None,
        "terms": figures.terms,
        "stages": [_stage(figures, stage) for stage in stages],
        "leading": behind[0] if behind else None,
        "classes": figures.groups,
        "of_schools": figures.of_schools,
        "published": published_told(figures),
        "published_by": _source(figures.published_by),
        "patterns": [in_words((one.sv, one.en)) for one in figures.patterns],
        "mapping": [(in_words((one.sv, one.en)), DIMENSION.get(one.dimension, ""), one) for one in figures.mapping],
        "mapped": [date.fromisoformat(day) for day in figures.mapped.split("/")] if figures.mapped else [],
        "mapped_classes": figures.mapped_classes,
    }


def _stage(figures: Figures, stage: str) -> dict[str, Any]:
    series = figures.stages[stage]
    years = sorted({year for one in series.values() for year in one.years})
    days = figures.weekdays.get(stage, ())
    return {
        "stage": stage,
        "rows": [(key, series[key], INDICATORS[key]) for key in INDICATORS if key in series],
        "years": [(year, [(key, series[key].years.get(year, ())) for key in INDICATORS if key in series])
                  for year in years],
        "weekdays": [(WEEKDAYS[language()][at], one) for at, one in enumerate(days)],
    }  # fmt: skip


def published_told(figures: Figures) -> list[dict[str, Any]]:
    """What others publish, each beside one's own where that is of the same thing."""
    stage = figures.stages.get(FROM_7_TO_9, {})
    return [
        {"kpi": KPIS[one.kpi], "name": in_words((KPIS[one.kpi].sv, KPIS[one.kpi].en)),
         "how": in_words((KPIS[one.kpi].how_sv, KPIS[one.kpi].how_en)), "line": one,
         "cells": [_published(value, one.kpi) for value in (one.municipality, one.region, one.nation)],
         "own": stage[KPIS[one.kpi].indicator].now if KPIS[one.kpi].indicator in stage else None}
        for one in figures.published
    ]  # fmt: skip


def _published(tenths: int | None, kpi: str) -> str:
    if tenths is None:
        return ""
    text = decimal(tenths / 10)
    return unbroken(f"{text} %") if KPIS[kpi].unit == PERCENT else text


def _source(said: str) -> dict[str, Any]:
    name, _gap, day = said.rpartition(" ")
    return {"name": name, "day": date.fromisoformat(day)} if name else {}


def written_told(document: Document) -> dict[str, Any]:
    """What is written, with the words that the page shows."""
    by_key = {one.key: one for one in OBSTACLES}
    return {
        "routines": [
            (in_words((sv, en)), in_words(FACTORS[factor]), ANSWERS.get(document.routines.get(key, "")),
             document.routines.get(key, ""))
            for key, (sv, en, factor) in ROUTINES.items()
        ],
        "factors": [
            (in_words(FACTORS[key]), document.factors.get(key, Factor()), STANDS.get(_stands(document, key)))
            for key in FACTORS
        ],
        "obstacles": [in_words((by_key[key].sv, by_key[key].en)) for key in document.obstacles if key in by_key],
        "sure": sure_words(),
    }  # fmt: skip


def _stands(document: Document, key: str) -> str:
    return document.factors.get(key, Factor()).stands


def sure_words() -> dict[str, str]:
    """How sure one is of a cause, in words."""
    return {SURE: _("säkert"), THINK: _("tror vi"), UNSURE: _("osäkert")}


def gaps_told(found: Iterable[Gap]) -> list[str]:
    """What is missing in the chain, as sentences."""
    words = {
        "problem": _("Problemet är inte skrivet."),
        "causes": _("Ingen orsak är skriven."),
        "goals": _("Inget mål är skrivet."),
        "measures": _("Ingen insats är skriven."),
        "cause_without_goal": _("Orsak %(at)s leder inte till något mål."),
        "goal_without_cause": _("Mål %(at)s hör inte till någon orsak."),
        "goal_without_measure": _("Mål %(at)s har ingen insats."),
        "measure_without_goal": _("Insats %(at)s hör inte till något mål."),
    }
    return [words[one.what] % {"at": one.place} if one.place else words[one.what] for one in found]


def form_told(document: Document, part: str) -> dict[str, Any]:
    """What the form of a part shows."""
    if part == ROUTINES_PART:
        options = [(key, in_words(words)) for key, words in ANSWERS.items()]
        return {
            "asks": [
                (key, in_words((sv, en)), [(answer, word, document.routines.get(key) == answer)
                                           for answer, word in [*options, ("", _("Vet inte"))]])
                for key, (sv, en, _factor) in ROUTINES.items()
            ]
        }  # fmt: skip
    if part == FACTORS_PART:
        options = [(key, in_words(words)) for key, words in STANDS.items()]
        return {
            "asks": [
                (key, in_words(name), in_words(FACTOR_ASKS[key]), document.factors.get(key, Factor()).text,
                 [(answer, word, _stands(document, key) == answer) for answer, word in [*options, ("", _("Vet inte"))]])
                for key, name in FACTORS.items()
            ]
        }  # fmt: skip
    if part == MODEL_PART:
        return _model_told(document)
    chosen = set(document.obstacles)
    return {
        "areas": [
            (in_words(name), [(one.key, in_words((one.sv, one.en)), one.key in chosen)
                              for one in OBSTACLES if one.area == area])
            for area, name in AREAS.items()
        ]
    }  # fmt: skip


def _model_told(document: Document) -> dict[str, Any]:
    model = document.model
    most = max(len(model.causes), len(model.goals), len(model.measures))
    # A short form to begin with; there is always room for two more, up to the page's own limit.
    numbers = range(1, min(max(most + 2, FIRST_ROWS), MOST) + 1)
    sure = [(key, sure_words()[key]) for key in HOW_SURE]
    return {
        "causes": [(at, model.causes[at - 1] if at <= len(model.causes) else None) for at in numbers],
        "goals": [(at, model.goals[at - 1] if at <= len(model.goals) else None) for at in numbers],
        "measures": [(at, model.measures[at - 1] if at <= len(model.measures) else None) for at in numbers],
        "sure_options": sure, "places": numbers,
    }  # fmt: skip
