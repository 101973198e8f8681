"""Where a secret is read from: the environment, or a file that only its owner reads. Never a text that is stored."""

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from .refusals import Refusal, Unavailable

ENV, FILE = "env:", "file:"
MOST_BYTES: Final = 64 * 1024

Secret = Callable[[], str]


def secret_at(place: str, env: Mapping[str, str]) -> Secret:
    """A way to read a secret anew each time it is needed.

    Takes   place   env:NAME or file:/path/to/file
    Raises  Refusal 'secret_place_wrong' now; 'secret_missing' and 'secret_open_to_others' when it is read
    """
    if place.startswith(ENV) and (name := place.removeprefix(ENV)).isidentifier():
        return lambda: _from_env(name, env)
    if place.startswith(FILE) and Path(place.removeprefix(FILE)).is_absolute():
        return lambda: _usable(secret_file(place.removeprefix(FILE)).read_text("utf-8", "replace"), place)
    raise Refusal(
        "secret_place_wrong",
        what=("Det som angavs är ingen plats för en hemlighet.", "What was given is no place of a secret."),
        todo=(
            "Ange env:NAMN eller file:/sökväg, aldrig hemligheten själv.",
            "Give env:NAME or file:/path, never the secret itself.",
        ),
    )


def secret_file(path: str) -> Path:
    """A file with a secret in it: there, small, and closed to everybody but its owner.

    Raises  Unavailable 'secret_missing', 'secret_open_to_others'
    """
    try:
        found = os.stat(path)
    except OSError:
        raise _missing(f"{FILE}{path}") from None
    if not stat.S_ISREG(found.st_mode) or found.st_size > MOST_BYTES:
        raise _missing(f"{FILE}{path}")
    if found.st_mode & 0o077:
        raise Unavailable(
            "secret_open_to_others",
            where=path,
            what=("Filen kan läsas av andra än sin ägare.", "Others than its owner may read the file."),
            todo=(f"Kör chmod 600 {path}", f"Run chmod 600 {path}"),
        )
    return Path(path)


def _from_env(name: str, env: Mapping[str, str]) -> str:
    return _usable(env.get(name, ""), f"{ENV}{name}")


def _usable(secret: str, place: str) -> str:
    """The secret, if it can stand in a header: one line of printable ASCII."""
    found = secret.strip()
    if not found or not found.isascii() or not found.isprintable():
        raise _missing(place)
    return found


def _missing(place: str) -> Unavailable:
    return Unavailable(
        "secret_missing",
        where=place,
        what=("Där finns ingen hemlighet på en rad.", "There is no secret of one line there."),
        todo=(
            "Sätt miljövariabeln, eller skriv filen med rättigheten 600.",
            "Set the variable, or write the file with mode 600.",
        ),
    )
