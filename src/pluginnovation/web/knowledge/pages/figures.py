"""One received estimate in words, where a case points at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pluginnovation.evidence.plain_words import DESIGNS
from pluginnovation.knowledge.certainty import outcome_word, signed
from pluginnovation.web.signals.words import number, started

from ..words import language
from .panel_shown import unit_word


@dataclass(frozen=True, slots=True)
class Told:
    """What an estimate says. value: with its interval and unit, or that it can't be decided."""

    outcome: str
    value: str
    design: str
    pupils: str


def told(document: Mapping[str, Any]) -> Told:
    """The estimate as it came, in the reader's language."""
    spoken, about = language(), document["about"]
    value, se = document.get("estimate"), document.get("se")
    said = _("Går inte att avgöra")
    if value is not None and se is not None:
        low, high = (signed(value + sign * 1.96 * se, spoken) for sign in (-1, 1))
        said = _("{value} {unit} ({low} till {high})").format(
            value=signed(value, spoken), unit=unit_word(document["unit"]), low=low, high=high
        )
    sides = [document.get("treated"), document.get("compared")]
    counted = [number(side) for side in sides if side is not None]
    pupils = (
        _("{had} med hjälp, {without} att jämföra med").format(had=counted[0], without=counted[1])
        if len(counted) == 2
        else _("färre än tio i en av grupperna")
    )
    design = DESIGNS.get(document["design"], (document["design"],) * 2)[spoken == "en"]
    return Told(started(outcome_word(about["outcome"], spoken)), said, design, pupils)
