"""Rule sets as people write them on a form or a command line, and back: `8,15,20`, `21`, `06-10,08-31`, a CSV file."""

import csv
from collections.abc import Iterable
from typing import Any, Final

from pluginnovation.signals.rule_checks import MOST_DAYS, Wrong
from pluginnovation.signals.rule_fields import BY_NAME, CALENDAR, LIMITS, SEASON, Field

LONGEST_NUMBER: Final = 9
CALENDAR_COLUMNS: Final = ("kind", "name", "start_date", "end_date")


def value_of(field: Field, texts: Iterable[str]) -> Any:
    """The value that texts say, one for each place of the field.

    Gives   a whole number for what is written as one, else the text: the check then tells what is the matter
    """
    values = [_number(text) if field.kind != SEASON else text.strip() for text in texts]
    return values if field.kind in (LIMITS, SEASON) else values[0] if values else ""


def texts_of(field: Field, value: Any) -> list[str]:
    """The texts of a value, one for each place of the field."""
    return [str(one) for one in value] if field.kind in (LIMITS, SEASON) else [str(value)]


def _number(text: str) -> int | str:
    said = text.strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_NUMBER else said


def setting(said: str) -> tuple[str, Any] | Wrong:
    """The name and value of `absence_28d=8,15,20`; what is wrong when it can't be one."""
    name, equals, value = (part.strip() for part in said.partition("="))
    field = BY_NAME.get(name)
    if not equals or field is None or field.kind == CALENDAR:
        known = ", ".join(one.name for one in BY_NAME.values() if one.kind != CALENDAR)
        return Wrong(name, f"Skriv NAMN=VÄRDE, där NAMN är en av {known}.", f"Write NAME=VALUE, with NAME of {known}.")
    return name, value_of(field, value.split(","))


def calendar_of(lines: Iterable[str]) -> list[dict[str, str]] | Wrong:
    """A calendar from CSV lines with the columns kind, name, start_date and end_date, as in `calendars.csv`."""
    found = []
    rows = csv.DictReader(lines)
    missing = [name for name in CALENDAR_COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        return Wrong("calendar", f"Kolumnen {missing[0]} saknas.", f"The column {missing[0]} is missing.")
    for row in rows:
        kind, name, first, last = ((row[column] or "").strip() for column in CALENDAR_COLUMNS)
        found.append({"kind": kind, "name": name, "first": first, "last": last})
        if len(found) > MOST_DAYS:
            break
    return found
