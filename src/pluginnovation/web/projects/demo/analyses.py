"""The demo's current-state analyses: what the records had said before the start, and what the schools wrote."""

from dataclasses import replace
from datetime import date
from typing import Any

from pluginnovation.projects.analysis import Document, Factor, packed
from pluginnovation.projects.figures import Figures, Series, unpacked_figures
from pluginnovation.projects.logic_model import Cause, LogicModel, ModelGoal, ModelMeasure
from pluginnovation.reference.calendar import term_named

from ..models import SchoolFigures
from .content import FACTOR_KEYS, MISSING, OBSTACLES, ROUTINE_KEYS, WEAK, Tried


def analysis_before(school: str, starts: date, tried: Tried, place: int) -> dict[str, Any]:
    """A finished analysis, with the terms that had been before the start."""
    row = SchoolFigures.objects.filter(school=school).first() if school else None
    figures = _before(unpacked_figures(row.document), starts) if row else Figures()
    turn = place % len(WEAK)
    factors = {
        key: Factor("weak" if key in WEAK[turn] else ("some", "strong")[(place + at) % 2])
        for at, key in enumerate(FACTOR_KEYS)
    }
    routines = {
        key: "missing" if key in MISSING[turn] else ("in_place", "partly")[(place + at) % 2]
        for at, key in enumerate(ROUTINE_KEYS)
    }
    model = LogicModel(
        problem="För många är borta för mycket, och det märks för sent.",
        causes=(Cause("Ingen vuxen möter upp när det börjar"), Cause("Det missade känns för stort att ta igen")),
        goals=(ModelGoal("Någon märker samma dag", 1), ModelGoal("Det missade går att ta igen", 2)),
        measures=(ModelMeasure(tried.about, 1), ModelMeasure("En plan för det missade tillsammans med eleven", 2)),
    )
    words = "Vi ser mönstret varje termin. Vi har saknat någon som håller i det."
    return packed(Document(figures, routines, factors, OBSTACLES[turn], words, model))


def _before(figures: Figures, starts: date) -> Figures:
    """The same without the term of the start and those after it."""
    over = [term is not None and term.last < starts for term in map(term_named, figures.terms)]
    kept = sum(over)
    if not kept:
        return Figures()

    def cut(series: Series) -> Series:
        years = {year: told[:kept] for year, told in series.years.items()}
        return Series(series.own[:kept], series.municipality[:kept], series.region[:kept], years)

    stages = {stage: {key: cut(one) for key, one in by_key.items()} for stage, by_key in figures.stages.items()}
    return replace(Figures(), as_of=starts.isoformat(), terms=figures.terms[:kept], stages=stages)
