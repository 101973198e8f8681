"""Patterns that concern more than one: a weekday's slot or an activity that differs in a group."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .words import WEEKDAYS, language, percent, started

SLOT, ACTIVITY = "slot", "activity"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One cell of a group that differs from the group's other cells.

    group, name    the group's code and its name
    kind           slot (weekday and hours) or activity
    weekday, hours, activity   which cell
    share, others  percent away in the cell, and in the group's other cells
    pupils, of     pupils with absence in the cell, and in the group
    week           the calendar week since which it differs; none when it doesn't in its latest week
    """

    group: str
    name: str
    kind: str
    weekday: int | None
    hours: str
    activity: str
    share: int
    others: int
    pupils: int
    of: int
    week: int | None

    @property
    def where(self) -> str:
        """The cell, in words."""
        if self.kind == ACTIVITY:
            return self.activity
        return f"{WEEKDAYS[language()][self.weekday or 0]} {self.hours}"

    @property
    def kind_text(self) -> str:
        """What sort of pattern it is."""
        if self.kind == ACTIVITY:
            return "Subject" if language() == "en" else "Ämne"
        return "Time of the week" if language() == "en" else "Tid på veckan"

    @property
    def short(self) -> str:
        """For the class's tile."""
        text = (
            "{where} has {share} absence against {others} otherwise."
            if language() == "en"
            else "{where} har {share} frånvaro mot {others} annars."
        )
        return started(text.format(where=self.where, share=percent(self.share), others=percent(self.others)))

    @property
    def text(self) -> str:
        """In full, with its denominators."""
        words = {"where": self.where, "name": self.name, "pupils": self.pupils, "of": self.of, "week": self.week}
        shares = {"share": percent(self.share), "others": percent(self.others)}
        if language() == "en":
            since = ", since week {week}" if self.week else ""
            text = "{where} in {name}: {share} absence against {others} in the group's other lessons" + since
            text += ". It concerns {pupils} of {of} pupils."
        else:
            since = ", sedan vecka {week}" if self.week else ""
            text = "{where} i {name}: {share} frånvaro mot {others} på gruppens andra lektioner" + since
            text += ". Det gäller {pupils} av {of} elever."
        return started(text.format(**words, **shares))


def packed_pattern(pattern: Pattern) -> list[Any]:
    """The pattern as a row of the snapshot's JSON."""
    return [
        pattern.group, pattern.name, pattern.kind, pattern.weekday, pattern.hours, pattern.activity,
        pattern.share, pattern.others, pattern.pupils, pattern.of, pattern.week,
    ]  # fmt: skip


def unpacked_patterns(rows: Iterable[list[Any]]) -> list[Pattern]:
    """The patterns that `packed_pattern` wrote."""
    return [Pattern(*row) for row in rows]
