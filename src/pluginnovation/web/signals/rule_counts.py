"""Counts of a comparison for somebody who may see no pupil: small ones are hidden, also from subtraction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pluginnovation.privacy.small_numbers import hidden_counts, sum_tells
from pluginnovation.signals.comparison import COUNTS
from pluginnovation.signals.rules import FEWEST_OUTSIDE_SCHOOL

Counts = Mapping[str, int | None]
# What the new count is made of: whoever knows these knows it.
PARTS: Final = ("before", "newly", "no_longer")


@dataclass(frozen=True, slots=True)
class Shown:
    """Some places and their sum; none is a hidden count."""

    places: tuple[Counts, ...]
    all: Counts


def shown_counts(rows: Sequence[Mapping[str, Any]], *, fewest: int = FEWEST_OUTSIDE_SCHOOL) -> Shown:
    """The counts of some disjoint places, such as schools, and all together, with what is small left out.

    Takes   rows   COUNTS of each place
    """
    sums = {name: sum(row[name] for row in rows) for name in COUNTS}
    counts = {name: [row[name] for row in rows] for name in COUNTS}
    small = hidden_counts(counts["n"], fewest=fewest)
    hidden = {name: hidden_counts(counts[name], fewest=fewest, also=small) for name in COUNTS}
    hidden["after"] = hidden_counts(
        counts["after"], fewest=fewest, also=hidden["after"].union(*(hidden[name] for name in PARTS))
    )
    places = tuple(
        {name: None if place in hidden[name] else row[name] for name in COUNTS} for place, row in enumerate(rows)
    )
    told = {
        name: None if 0 < total < fewest or sum_tells(counts[name], hidden[name], fewest=fewest) else total
        for name, total in sums.items()
    }
    if any(told[name] is None for name in PARTS):
        told["after"] = None
    return Shown(places, told)
