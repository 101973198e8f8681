"""A comparison as the page tells it: all signals together, signal by signal, school by school."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pluginnovation.signals.catalogue import CATALOGUE
from pluginnovation.signals.comparison import ANY
from pluginnovation.signals.rules import RuleSet
from pluginnovation.web.people.models import Organisation
from pluginnovation.web.people.names import place_code

from .rule_comparison import Comparison
from .rule_counts import Counts, Shown, shown_counts
from .rule_words import part_title

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SignalLine:
    """One signal: the counts of all schools, and of each that it changes anything at."""

    name: str
    title: str
    counts: Counts
    schools: tuple[tuple[str, Counts], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the page shows.

    any       any signal about the pupil: all schools, and each by its name
    signals   those where something changes; `same` are the titles of the others
    """

    any: Shown
    schools: tuple[tuple[str, Counts], ...]
    signals: tuple[SignalLine, ...]
    same: tuple[str, ...]


def told(found: Comparison, rules: RuleSet) -> Told:
    """The comparison in tables. Schools are in the order of their names."""
    names = _names(found)
    by_signal: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(found.rows, key=lambda row: names[row["source"], row["school"]]):
        by_signal[row["signal"]].append(row)
    every = shown_counts(by_signal.get(ANY, []))
    lines, same = [], []
    for name in CATALOGUE:
        rows = by_signal.get(name, [])
        if any(_changes(row) for row in rows):
            shown = shown_counts(rows)
            lines.append(SignalLine(name, part_title(name, rules), shown.all, _named(rows, shown, names)))
        elif rows:
            same.append(part_title(name, rules))
    return Told(every, _named(by_signal.get(ANY, []), every, names), tuple(lines), tuple(same))


def _changes(row: Row) -> bool:
    return bool(row["newly"] or row["no_longer"] or row["unknown_before"] != row["unknown_after"])


def _named(
    rows: list[Row], shown: Shown, names: Mapping[tuple[str, str | None], tuple[str, str]]
) -> tuple[tuple[str, Counts], ...]:
    return tuple(
        (names[row["source"], row["school"]][1], counts) for row, counts in zip(rows, shown.places, strict=True)
    )


def _names(found: Comparison) -> dict[tuple[str, str | None], tuple[str, str]]:
    """A school's source and id -> what it is sorted by, and its name; its id when the register lacks it."""
    keys = {(row["source"], row["school"]) for row in found.rows}
    codes = {place_code(source, school): (source, school) for source, school in keys if school}
    known = Organisation.objects.in_bulk(list(codes))
    names = {key: ("\uffff", key[1] or "") for key in keys}
    return names | {codes[code]: (one.sort_key, one.display_name) for code, one in known.items()}
