"""On which line of a profile's text a key stands: Python's reader of TOML doesn't say."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

_AT: Final = re.compile(r"\(at line (\d+)")
_MOST: Final = 5
Path = tuple[str, ...]


def line_of(text: str, path: Path) -> int:
    """The line, from 1, where a key stands, or else the nearest table around it; 1 when none does."""
    places = dict(_keys(text))
    for length in range(len(path), 0, -1):
        if path[:length] in places:
            return places[path[:length]]
        within = [line for key, line in places.items() if key[:length] == path[:length]]
        if within:
            return min(within)
    return 1


def line_of_error(text: str, error: ValueError | RecursionError) -> int:
    """The line at which the text stops being TOML."""
    found = _AT.search(str(error))
    if found:
        return int(found[1])
    return text.count("\n") + 1 if isinstance(error, tomllib.TOMLDecodeError) else 1


def _keys(text: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            if (found := _path(line)) is not None:
                table = found
                yield table, number
        elif "=" in line:
            # A key in quotation marks may hold the sign itself; not many do.
            for cut in [place for place, sign in enumerate(line) if sign == "="][:_MOST]:
                if (found := _path(f"{line[:cut]}= 0")) is not None:
                    yield (*table, *found), number
                    break


def _path(line: str) -> Path | None:
    """The keys that a line of TOML names; None when it isn't one by itself."""
    try:
        found: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return None
    path: list[str] = []
    while isinstance(found, dict) and len(found) == 1:
        key = next(iter(found))
        path.append(key)
        found = found[key]
    return tuple(path) or None
