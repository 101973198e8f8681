"""A panel made of estimates. Imports what computes, so it is for a job and never for a page."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import convert, to_builtins

from pluginnovation.evidence.forest import forest
from pluginnovation.evidence.message import SiteEstimate
from pluginnovation.evidence.plain import Named, paragraph_of_pool
from pluginnovation.evidence.pool import Pooled

from .catalogue import Language
from .certainty import outcome_word
from .panel import TITLE_FIRST, Help, Kind, Line, Panel, Step, Tick
from .pooled import WORTHWHILE, PerOutcome, per_outcome

# A message's names, in the order of `Help`.
TOLD: Final = (
    "hours_of_help", "hours_known", "cost_per_unit", "times_of_help", "share_of_planned", "points_known",
    "points_followed", "points_partly",
)  # fmt: skip


def panels_of(messages: Sequence[SiteEstimate], *, made_on: date) -> tuple[Panel, ...]:
    """Every outcome of one method, put together and drawn.

    Takes   messages   of one method, oldest first; a later message of a site replaces its earlier
    Raises  Refusal 'mixed_outcomes' for messages of several methods
    """
    return tuple(_panel(each) for each in per_outcome(messages, made_on=made_on))


def _panel(each: PerOutcome) -> Panel:
    pooled, drawn = each.pooled, forest(each.pooled)
    left_out = [one.estimate for one in pooled.without_one if one.estimate is not None]
    return Panel(
        known=each.known, cap=each.grade.cap, horizon=each.horizon, subgroup=each.subgroup, method=pooled.method,
        lines=convert(to_builtins(drawn.lines), type=tuple[Line, ...]),
        ticks=convert(to_builtins(drawn.ticks), type=tuple[Tick, ...]), zero=drawn.zero,
        saying_sv=_saying(each, "sv"), saying_en=_saying(each, "en"),
        steps=tuple(Step(step.change, step.code, step.detail) for step in each.grade.steps),
        helps=_helps(pooled), kinds=_kinds(pooled),
        lowest=min(left_out, default=None), highest=max(left_out, default=None),
        tau=pooled.tau, q_p=pooled.q_p, better=pooled.better,
    )  # fmt: skip


def _saying(each: PerOutcome, language: Language) -> str:
    worth = WORTHWHILE.get(each.pooled.unit, 1.0)
    named = Named(TITLE_FIRST, outcome_word(each.outcome, language), worth)
    return paragraph_of_pool(each.pooled, each.grade, named, language)


def _helps(pooled: Pooled) -> tuple[Help, ...]:
    found = []
    for message in (row.message for row in pooled.rows):
        told = dict(message.of_the_help)
        if told:
            name = f"{message.about.project}, {message.about.site}"
            found.append(Help(name, *(told.get(each) for each in TOLD)))
    return tuple(found)


def _kinds(pooled: Pooled) -> tuple[Kind, ...]:
    return tuple(Kind(one.name, one.n or 0, one.estimate, one.low, one.high) for one in pooled.by_design)
