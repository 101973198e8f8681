"""What the forms of an analysis say, read into the part of a document that they are about."""

from dataclasses import replace

from django.http import HttpRequest

from pluginnovation.projects.analysis import (
    FACTORS_PART,
    MODEL_PART,
    ROUTINES_PART,
    Document,
    Factor,
)
from pluginnovation.projects.analysis_words import ANSWERS, FACTORS, ROUTINES, STANDS
from pluginnovation.projects.logic_model import LONGEST_PROBLEM, MOST, THINK, Cause, LogicModel, ModelGoal, ModelMeasure
from pluginnovation.support.obstacles import BY_KEY


def said_in(request: HttpRequest, part: str) -> Document:
    """The part as the form says it; answers that there aren't are dropped, so they count as unanswered."""
    if part == ROUTINES_PART:
        said = {key: request.POST.get(f"svar-{key}", "") for key in ROUTINES}
        return Document(routines={key: answer for key, answer in said.items() if answer in ANSWERS})
    if part == FACTORS_PART:
        found = {key: Factor(_stands(request, key), text_in(request, f"text-{key}")) for key in FACTORS}
        return Document(factors={key: one for key, one in found.items() if one.stands or one.text})
    if part == MODEL_PART:
        return Document(model=_model(request))
    chosen = set(request.POST.getlist("hinder"))
    return Document(words=text_in(request, "ord"), obstacles=tuple(key for key in BY_KEY if key in chosen))


def begun(document: Document, part: str) -> Document:
    """What the form of a part begins with: the chain takes up the problem as written, until it has its own."""
    if part != MODEL_PART or document.model.problem or not document.words:
        return document
    return replace(document, model=replace(document.model, problem=document.words[:LONGEST_PROBLEM].strip()))


def text_in(request: HttpRequest, field: str) -> str:
    """A text of the form, with its lines, without what can't be stored."""
    text = request.POST.get(field, "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n").strip()


def number_in(request: HttpRequest, field: str) -> int | None:
    """A whole number of the form; none for what isn't one."""
    said = request.POST.get(field, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else None


def _stands(request: HttpRequest, key: str) -> str:
    said = request.POST.get(f"svar-{key}", "")
    return said if said in STANDS else ""


def _model(request: HttpRequest) -> LogicModel:
    """Lines without a text are dropped, and what was tied to a line follows it to its new place."""
    causes = [
        (at, Cause(text, request.POST.get(f"saker-{at}", THINK))) for at, text in _lines(request, "orsak")
    ]  # fmt: skip
    cause_at = {at: place for place, (at, _) in enumerate(causes, 1)}
    goals = [
        (at, ModelGoal(text, cause_at.get(number_in(request, f"mal-orsak-{at}") or 0)))
        for at, text in _lines(request, "mal")
    ]
    goal_at = {at: place for place, (at, _) in enumerate(goals, 1)}
    measures = tuple(
        ModelMeasure(text, goal_at.get(number_in(request, f"insats-mal-{at}") or 0))
        for at, text in _lines(request, "insats")
    )
    return LogicModel(
        text_in(request, "problem"), tuple(one for _, one in causes), tuple(one for _, one in goals), measures
    )


def _lines(request: HttpRequest, field: str) -> list[tuple[int, str]]:
    said = [(at, text_in(request, f"{field}-{at}")) for at in range(1, MOST + 1)]
    return [(at, text) for at, text in said if text]
