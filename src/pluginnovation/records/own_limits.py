"""What each authority lets through without a person: `limits.toml` in the home, one table for each source.

["Ale kommun"]
changed_pct = 50
absence_factor = 3
"""

import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from .bounds import LIMITS, Limits
from .refusals import Refusal

FILE: Final = "limits.toml"
LARGEST: Final = 1024 * 1024
# The least and the most that can be meant: a bound that holds nothing back, or all, is a mistake.
WITHIN: Final = {
    "few_rows": (0, 10_000), "changed_pct": (1, 1_000), "absence_factor": (2, 100), "enough_minutes": (0, 10_000_000),
}  # fmt: skip


def limits_of(home: Path, source: str) -> Limits:
    """The source's own limits, where the file names them, and the default for the rest.

    Raises  Refusal 'limits_unreadable', 'limits_unknown' or 'limits_out_of_bounds', whichever source it is about: a
            limit that somebody believes in and nobody obeys is worse than none
    """
    path = home / FILE
    told = _told(path) if path.exists() else {}
    return replace(LIMITS, **told.get(source, {}))


def _told(path: Path) -> dict[str, dict[str, int]]:
    try:
        if path.stat().st_size > LARGEST:
            raise _unreadable(None)
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, RecursionError):
        raise _unreadable(None) from None
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(str(error).rpartition("(at ")[2].rstrip(")") or None) from None
    for source, limits in found.items():
        if not isinstance(limits, dict):
            raise _unknown(source)
        for name, value in limits.items():
            _check(source, name, value)
    return found


def _check(source: str, name: str, value: Any) -> None:
    if name not in {field.name for field in fields(Limits)}:
        raise _unknown(f"{source}, {name}")
    low, high = WITHIN[name]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Refusal(
            "limits_out_of_bounds",
            where=f"{FILE}, {source}, {name}",
            what=("Gränsen är inte ett rimligt heltal.", "The limit isn't a whole number within reason."),
            todo=(f"Skriv ett heltal från {low} till {high}.", f"Write a whole number from {low} to {high}."),
        )


def _unreadable(place: str | None) -> Refusal:
    return Refusal(
        "limits_unreadable",
        where=f"{FILE}, {place}" if place else FILE,
        what=("Filen går inte att läsa som TOML i UTF-8.", "The file can't be read as TOML in UTF-8."),
        todo=("Rätta den, eller flytta bort den.", "Correct it, or move it away."),
    )


def _unknown(where: str) -> Refusal:
    names = ", ".join(WITHIN)
    return Refusal(
        "limits_unknown",
        where=f"{FILE}, {where}",
        what=("Det finns ingen sådan gräns.", "There is no such limit."),
        todo=(
            f"Skriv en tabell för varje källa, med en eller flera av {names}.",
            f"Write a table for each source, with one or more of {names}.",
        ),
    )
