"""Whether values can be a rule set: of the right kind, within bounds, levels in order. Each fault by its field."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from pluginnovation.signals.rule_fields import BY_NAME, CALENDAR, LIMITS, NUMBER, SEASON, Field
from pluginnovation.signals.rules import RULE_SET_1
from pluginnovation.signals.terms import LONGEST_TERM

KINDS: Final = ("term", "holiday", "study_day")
LONGEST_NAME, MOST_DAYS = 60, 200
END_OF_FEBRUARY: Final = 29


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault.

    field   the field's name; of limits and seasons with the place after a dot, `absence_28d.2`
    sv, en  what is the matter and what would do
    """

    field: str
    sv: str
    en: str


def checked(changes: Mapping[str, Any]) -> list[Wrong]:
    """Every fault in the values, in the order of the fields; none when they are a rule set."""
    wrong = [
        Wrong(name, "Det går inte att ställa in.", "That can't be set.") for name in changes if name not in BY_NAME
    ]
    for name, field in BY_NAME.items():
        if name in changes:
            wrong += _CHECKS[field.kind](field, changes[name])
    if not wrong:
        wrong += _together(changes)
    return wrong


def whole_number(value: Any) -> bool:
    """True is no number here, though Python counts it as one."""
    return isinstance(value, int) and not isinstance(value, bool)


def _number(field: Field, value: Any, place: str = "") -> Iterator[Wrong]:
    at = f"{field.name}{place}"
    if not whole_number(value) or not field.lowest <= value <= field.highest:
        yield Wrong(
            at,
            f"Skriv ett helt tal från {field.lowest} till {field.highest}.",
            f"Write a whole number from {field.lowest} to {field.highest}.",
        )
    elif value % field.step:
        yield Wrong(
            at,
            f"Skriv hela veckor: {field.lowest}, {field.lowest + field.step} … {field.highest}.",
            f"Write whole weeks: {field.lowest}, {field.lowest + field.step} … {field.highest}.",
        )


def _limits(field: Field, value: Any) -> Iterator[Wrong]:
    if not isinstance(value, list | tuple) or len(value) != 3:
        yield Wrong(field.name, "Tre gränser behövs.", "Three limits are needed.")
        return
    wrong = [one for place, limit in enumerate(value, start=1) for one in _number(field, limit, f".{place}")]
    yield from wrong
    if wrong:
        return
    for place, (before, limit) in enumerate(pairwise(value), start=2):
        if (limit >= before) if field.falling else (limit <= before):
            word = ("lägre", "lower") if field.falling else ("högre", "higher")
            yield Wrong(
                f"{field.name}.{place}",
                f"Nivå {place} måste vara {word[0]} än nivå {place - 1}, som är {before}.",
                f"Level {place} must be {word[1]} than level {place - 1}, which is {before}.",
            )


def _season(field: Field, value: Any) -> Iterator[Wrong]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        yield Wrong(field.name, "Två dagar behövs.", "Two days are needed.")
        return
    days = [month_day(text) for text in value]
    for place, day in enumerate(days, start=1):
        if day is None:
            yield Wrong(
                f"{field.name}.{place}",
                "Skriv månad och dag som 06-10.",
                "Write month and day as 06-10.",
            )
    first, last = days
    if first is None or last is None:
        return
    if last < first:
        yield Wrong(f"{field.name}.2", "Sista dagen kommer före den första.", "The last day comes before the first.")
    elif first <= (2, END_OF_FEBRUARY) <= last:
        yield Wrong(
            f"{field.name}.2",
            "Perioden kan inte ha slutet av februari i sig.",
            "The period can't hold the end of February.",
        )


def month_day(text: Any) -> tuple[int, int] | None:
    """Month and day of `06-10`; none for what is no day of every year."""
    try:
        found = date.fromisoformat(f"2001-{text}")
    except ValueError:
        return None
    return found.month, found.day


def _calendar(field: Field, value: Any) -> Iterator[Wrong]:
    if not isinstance(value, list | tuple) or len(value) > MOST_DAYS:
        yield Wrong(field.name, f"Högst {MOST_DAYS} rader.", f"At most {MOST_DAYS} rows.")
        return
    for place, row in enumerate(value, start=1):
        yield from calendar_row(row, f"{field.name}.{place}")
    terms = sorted((row["first"], row["last"]) for row in value if _is_term(row))
    if any(later[0] <= earlier[1] for earlier, later in pairwise(terms)):
        yield Wrong(field.name, "Två terminer går in i varandra.", "Two terms overlap.")


def _is_term(row: Any) -> bool:
    return isinstance(row, Mapping) and row.get("kind") == KINDS[0] and not list(calendar_row(row, ""))


def calendar_row(row: Any, at: str) -> Iterator[Wrong]:
    """What is the matter with one row of a calendar: kind, name, first, last (ISO days)."""
    if not isinstance(row, Mapping) or row.get("kind") not in KINDS:
        yield Wrong(f"{at}.kind", "Välj termin, lov eller studiedag.", "Choose term, holiday or study day.")
        return
    name = row.get("name", "")
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not name.isprintable():
        yield Wrong(f"{at}.name", f"Högst {LONGEST_NAME} tecken.", f"At most {LONGEST_NAME} characters.")
    first, last = (_day(row.get(which)) for which in ("first", "last"))
    for which, day in (("first", first), ("last", last)):
        if day is None:
            yield Wrong(f"{at}.{which}", "Skriv dagen som 2026-08-18.", "Write the day as 2026-08-18.")
    if first is None or last is None:
        return
    if last < first:
        yield Wrong(f"{at}.last", "Sista dagen kommer före den första.", "The last day comes before the first.")
    elif (last - first).days >= LONGEST_TERM:
        yield Wrong(f"{at}.last", f"Högst {LONGEST_TERM} dagar.", f"At most {LONGEST_TERM} days.")


def _day(text: Any) -> date | None:
    try:
        found = date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2100 else None


def _together(changes: Mapping[str, Any]) -> Iterator[Wrong]:
    """Values that are right one by one and can't stand together."""
    own = {name: changes.get(name, getattr(RULE_SET_1, name)) for name in BY_NAME}
    most = own["window_days"] // 7 * 5
    if own["min_days"] > most:
        yield Wrong(
            "min_days",
            f"Fönstret har högst {most} skoldagar.",
            f"The window has at most {most} school days.",
        )
    if own["elsewhere_pct"] >= own["avoided_pct"]:
        yield Wrong(
            "elsewhere_pct",
            f"Måste vara lägre än i ämnet, som är {own['avoided_pct']} %.",
            f"Must be lower than in the subject, which is {own['avoided_pct']}%.",
        )


_CHECKS: Final[dict[str, Callable[[Field, Any], Iterator[Wrong]]]] = {
    LIMITS: _limits,
    NUMBER: _number,
    SEASON: _season,
    CALENDAR: _calendar,
}
