"""A calendar that other calendars subscribe to (RFC 5545): lines of at most 75 octets, times in UTC."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

LONGEST: Final = 75  # octets of a line, its end not counted
PRODUCT: Final = "-//PlugInnovation//hub//SV"


@dataclass(frozen=True, slots=True)
class Happening:
    """One event.

    key       stable: a calendar that has it already changes it instead of adding another
    starts, ends   with their zone; ends after starts
    changed   when it was last published; version: rises with every change
    called_off   the event stays in the calendar and says that it is off
    """

    key: str
    title: str
    starts: datetime
    ends: datetime
    place: str
    about: str
    link: str
    changed: datetime
    version: int = 0
    called_off: bool = False


def calendar(name: str, happenings: Sequence[Happening]) -> bytes:
    """The events as one calendar, the first to happen first.

    Raises  ValueError when a time has no zone
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"NAME:{_escaped(name)}", f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H"]
    for one in sorted(happenings, key=lambda one: (one.starts, one.key)):
        lines += _event(one)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(one: Happening) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(one.key)}",
        f"DTSTAMP:{_moment(one.changed)}",
        f"LAST-MODIFIED:{_moment(one.changed)}",
        f"SEQUENCE:{one.version}",
        f"DTSTART:{_moment(one.starts)}",
        f"DTEND:{_moment(one.ends)}",
        f"SUMMARY:{_escaped(one.title)}",
        *([f"LOCATION:{_escaped(one.place)}"] if one.place else []),
        *([f"DESCRIPTION:{_escaped(one.about)}"] if one.about else []),
        f"URL:{one.link}",
        f"STATUS:{'CANCELLED' if one.called_off else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    """A text on one line: what the format reads as its own signs is written so that it doesn't."""
    kept = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign >= " " or sign in "\n\t")
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, no letter cut in two; all but the first begin with a space."""
    piece, size = "", 0
    for sign in line:
        wide = len(sign.encode())
        if size + wide > LONGEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + wide
    yield piece
