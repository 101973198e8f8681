"""What a rule set says otherwise than the default, as plain values that can be kept, read back and told apart.

The values are lists, whole numbers and texts: {"absence_28d": [8, 15, 20], "window_days": 21,
"move_season": ["06-01", "08-31"], "calendar": [{"kind", "name", "first", "last"}]}. Dates are ISO texts.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pluginnovation.signals.rule_checks import Wrong, checked
from pluginnovation.signals.rule_fields import BY_NAME, CALENDAR, LIMITS, SEASON
from pluginnovation.signals.rules import RULE_SET_1, CalendarDays, Limits, RuleSet, Season

Changes = Mapping[str, Any]


class WrongRules(ValueError):
    """Values that can't be a rule set. `wrong` says what is the matter with each, field by field."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__(", ".join(f"{one.field}: {one.en}" for one in wrong))
        self.wrong = wrong


def rule_set_of(changes: Changes, *, number: int, since: date) -> RuleSet:
    """The default with some values changed.

    Takes   changes   as above; what isn't named is as in the default
            number    what the results will carry
            since     the day it holds from
    Raises  WrongRules for a name that may not be set, a value of another kind, out of bounds, or in the wrong order
    """
    wrong = checked(changes)
    if wrong:
        raise WrongRules(wrong)
    made = {name: _attribute(name, value) for name, value in changes.items()}
    return replace(RULE_SET_1, number=number, since=since, **made)


def still_taken(changes: Changes) -> tuple[Changes, list[Wrong]]:
    """What of a version that was saved once can still be a rule set, and what is the matter with the rest.

    A later version of the platform may know other fields or narrower bounds. What can't stand then is as in the
    default, field by field and in a calendar row by row, rather than that nobody can count or read anything.
    """
    kept, told = dict(changes), []
    while wrong := checked(kept):
        told += wrong
        kept = _without(kept, wrong)
    return kept, told


def _without(changes: dict[str, Any], wrong: list[Wrong]) -> dict[str, Any]:
    """The changes but for those that are at fault: at least one fewer."""
    rows = {int(row) for name, row, _ in (f"{one.field}..".split(".", 2) for one in wrong) if name == CALENDAR and row}
    if rows:
        days = [day for place, day in enumerate(changes[CALENDAR], start=1) if place not in rows]
        changes = changes | {CALENDAR: days}
    named = {one.field.partition(".")[0] for one in wrong} - ({CALENDAR} if rows else set())
    parts = {BY_NAME[name].part for name in named if name in BY_NAME and name not in changes}
    # A fault of two values together is told at one of them, which may be the default's.
    return {
        name: value
        for name, value in changes.items()
        if name not in named and not (name in BY_NAME and BY_NAME[name].part in parts)
    }


def _attribute(name: str, value: Any) -> Any:
    kind = BY_NAME[name].kind
    if kind == LIMITS:
        return Limits(*value)
    if kind == SEASON:
        return Season(_month_day(value[0]), _month_day(value[1]))
    if kind == CALENDAR:
        return tuple(
            CalendarDays(row["kind"], row["name"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
            for row in value
        )
    return value


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def differences(rules: RuleSet, other: RuleSet = RULE_SET_1) -> dict[str, Any]:
    """What a rule set says otherwise than another one, in the order of `rule_fields.FIELDS`."""
    return {name: plain(getattr(rules, name)) for name in BY_NAME if getattr(rules, name) != getattr(other, name)}


def plain(value: Any) -> Any:
    """An attribute of a rule set as a value that can be kept."""
    if isinstance(value, Limits):
        return [value.ask, value.follow_up, value.investigate]
    if isinstance(value, Season):
        return [f"{month:02}-{day:02}" for month, day in (value.first, value.last)]
    if isinstance(value, tuple):
        return [
            {"kind": row.kind, "name": row.name, "first": row.first.isoformat(), "last": row.last.isoformat()}
            for row in value
        ]
    return value


def only_limits(changed: Changes) -> bool:
    """Whether results need no new count under such changes: their values stand, and only levels move."""
    return all(BY_NAME[name].kind == LIMITS for name in changed)
