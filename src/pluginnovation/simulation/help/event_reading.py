"""Reading help/events.jsonl: every line is an event as it should be, or the file is refused with the line."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NoReturn

from pluginnovation.records.refusals import Refusal

from .event_schema import COMMON, DAY, FIELDS, MOMENT, TEXTS, TYPES, WHOLE, WHOLES, WORD, YES_OR_NO, Field

LONGEST_LINE: Final = 4_000_000
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
WRITE_ANEW: Final = ("Skapa regionen på nytt med plug simulate.", "Make the region anew with plug simulate.")


def read_events(path: Path) -> Iterator[dict[str, Any]]:
    """The events of a file, in order.

    Gives   one dict per event, with the fields of `event_schema.TYPES`
    Raises  Refusal 'events_missing' when there is no such file; otherwise as `checked_events`
    """
    try:
        lines = path.open(encoding="utf-8", errors="replace")
    except OSError:
        raise Refusal(
            "events_missing",
            where=path.name,
            what=("Filen finns inte eller går inte att läsa.", "The file isn't there or can't be read."),
            todo=WRITE_ANEW,
        ) from None
    with lines:
        yield from checked_events(lines, path.name)


def checked_events(lines: Iterable[str], file: str) -> Iterator[dict[str, Any]]:
    """Events from lines of JSON.

    Raises  Refusal 'event_not_json', 'event_type_unknown', 'event_field_unknown', 'event_field_missing',
            'event_value_wrong', 'event_order' (not by time and id, or an id that comes again) or 'event_measure'
            (a dose or an end of a measure that isn't going on), with the line
    """
    checking = _Checking(file)
    for number, line in enumerate(lines, 1):
        yield checking.event(line, number)


class _Checking:
    """What has been read of one file."""

    def __init__(self, file: str) -> None:
        self.file, self.number = file, 0
        self.last: tuple[str, str] = ("", "")
        self.going_on: set[str] = set()
        self.begun: set[str] = set()

    def event(self, line: str, number: int) -> dict[str, Any]:
        """One event."""
        self.number = number
        found = self._object(line)
        self._fields(found)
        place = (found["at"], found["id"])
        if place <= self.last:
            self._no("event_order", "Händelsen kommer inte i ordning efter tid och id.", "The event isn't in order.")
        self.last = place
        if "measure" in found:
            self._measure(found)
        return found

    def _object(self, line: str) -> dict[str, Any]:
        try:
            # Two fields of one name: which of them counts is anybody's guess.
            found = json.loads(line, object_pairs_hook=_once) if len(line) <= LONGEST_LINE else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            self._no("event_not_json", "Raden är inte ett JSON-objekt.", "The line isn't a JSON object.")
        return found

    def _fields(self, found: dict[str, Any]) -> None:
        kind = found.get("type")
        if not isinstance(kind, str) or kind not in TYPES:
            self._no("event_type_unknown", "Händelsens typ finns inte.", "There is no such type of event.")
        wanted = (*COMMON, *TYPES[kind].fields)
        for name in found:
            if name not in (*wanted, *TYPES[kind].perhaps):
                self._no("event_field_unknown", "Ett fält hör inte till typen.", "A field doesn't belong to the type.")
        for name in wanted:
            if name not in found:
                self._no("event_field_missing", f"Fältet {name} saknas.", f"The field {name} is missing.")
        for name, value in found.items():
            if not fits(FIELDS[name], value):
                sv, en = f"Värdet för {name} går inte att använda.", f"The value of {name} can't be used."
                self._no("event_value_wrong", sv, en)

    def _measure(self, found: dict[str, Any]) -> None:
        name = found["measure"]
        starts = found["type"] == "measure_started"
        if starts == (name in self.begun) or (not starts and name not in self.going_on):
            self._no("event_measure", "Insatsen pågår inte, eller började två gånger.",
                     "The measure isn't going on, or began twice.")  # fmt: skip
        if starts:
            self.begun.add(name)
            self.going_on.add(name)
        elif found["type"] == "measure_ended":
            self.going_on.remove(name)

    def _no(self, code: str, sv: str, en: str) -> NoReturn:
        raise Refusal(code, where=f"{self.file}, {self.number}", what=(sv, en), todo=WRITE_ANEW)


def fits(field: Field, value: object) -> bool:
    """Whether a value is what a field may be."""
    match field.kind:
        case kind if kind == WHOLE:
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case kind if kind == YES_OR_NO:
            return isinstance(value, bool)
        case kind if kind == TEXTS:
            return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
        case kind if kind == WHOLES:
            return isinstance(value, list) and all(fits(Field(WHOLE, ""), one) for one in value)
        case kind if kind == WORD:
            return value in field.words
        case kind if kind == MOMENT:
            return isinstance(value, str) and bool(_MOMENT.fullmatch(value)) and _exists(value)
        case kind if kind == DAY:
            return isinstance(value, str) and len(value) == 10 and _exists(value)
        case _:
            return isinstance(value, str) and bool(value)


def _exists(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text))
    except ValueError:
        return False


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError
    return made
