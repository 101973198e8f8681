"""Text that is encrypted in the database, and the keyed hash by which a civic number is found again.

The key file holds one key a line, `number key`, the newest last; old lines stay until every row is written
anew. The line `lookup key` is for the hash. Losing the file loses the sealed fields, nothing else.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE, KEY = 12, 32


class SealBroken(Exception):
    """A sealed text can't be opened: its key is missing from the key file, or the text was altered."""


class Seal:
    """The keys of one installation."""

    def __init__(self, lines: dict[str, bytes]) -> None:
        self._lookup = lines["lookup"]
        self._keys = {number: AESGCM(key) for number, key in lines.items() if number != "lookup"}
        self._newest = list(self._keys)[-1]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the keys, the newest last."""
        return tuple(self._keys)

    def close(self, text: str) -> str:
        """The text sealed with the newest key, as `number:base64`."""
        nonce = os.urandom(NONCE)
        sealed = self._keys[self._newest].encrypt(nonce, text.encode(), None)
        return f"{self._newest}:{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str) -> str:
        """The text again. Raises SealBroken, without the text."""
        number, _, body = sealed.partition(":")
        try:
            raw = base64.b64decode(body, validate=True)
            return self._keys[number].decrypt(raw[:NONCE], raw[NONCE:], None).decode()
        except (KeyError, ValueError, InvalidTag) as broken:
            raise SealBroken(f"the key file can't open a field sealed with key {number!r}") from broken

    def lookup(self, civic_no: str) -> str:
        """A keyed hash of the digits, the same for 20080101-1234 and 200801011234."""
        digits = "".join(c for c in civic_no if c.isalnum()).upper()
        return hmac.new(self._lookup, digits.encode(), hashlib.sha256).hexdigest()

    def fingerprint(self, kind: str, text: str) -> str:
        """A keyed hash of any other text, another for each kind: equal texts are told from different ones, no more."""
        return hmac.new(self._lookup, f"{kind}\x1f{text}".encode(), hashlib.sha256).hexdigest()


def key_file() -> Path:
    """Where the keys are."""
    return Path(settings.PLUG_HOME) / "keys" / "identity.key"


def identity_seal() -> Seal:
    """The installation's seal; makes the key file (0600) the first time, and reads it anew when it has changed."""
    path = key_file()
    if not path.exists():
        _make(path)
    there = path.stat()
    return _seal_of(path, (there.st_ino, there.st_mtime_ns, there.st_size))


@lru_cache(maxsize=4)
def _seal_of(path: Path, stamp: tuple[int, ...]) -> Seal:  # noqa: ARG001 - a file that has changed is another seal
    return Seal(read_keys(path))


def read_keys(path: Path) -> dict[str, bytes]:
    """The file's keys by number, in its order."""
    pairs = (line.split(" ", 1) for line in path.read_text().splitlines() if line.strip())
    return {number: base64.b64decode(key) for number, key in pairs}


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _drafted(path, {name: os.urandom(KEY) for name in ("lookup", "1")})
    try:
        os.link(draft, path)  # refuses to replace a key that another process made just now
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def write_keys(path: Path, keys: dict[str, bytes]) -> None:
    """The file with these keys in place of what it held: whole or not at all."""
    os.replace(_drafted(path, keys), path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _drafted(path: Path, keys: dict[str, bytes]) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.writelines(f"{name} {base64.b64encode(key).decode()}\n" for name, key in keys.items())
        file.flush()
        os.fsync(file.fileno())
    return draft


class SealedText(models.TextField):
    """Text that is sealed on the way in and opened on the way out. Can't be searched or sorted by."""

    def get_prep_value(self, value: Any) -> Any:
        """Sealed; empty stays empty, so that missing is visible without a key."""
        return identity_seal().close(value) if value else value

    def from_db_value(self, value: Any, *_: Any) -> Any:
        """Opened."""
        return identity_seal().open(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only empty or not can be asked in the database."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


class SealedBytes(SealedText):
    """Bytes that are sealed on the way in and opened on the way out: a whole file in one column, or none of it."""

    # What mypy is told that a row of the model takes and gives.
    _pyi_private_set_type: bytes  # type: ignore[assignment]
    _pyi_private_get_type: bytes  # type: ignore[assignment]

    def get_prep_value(self, value: Any) -> Any:
        """Sealed as text, so that a new key seals it as it does every other column."""
        return super().get_prep_value(base64.b64encode(value).decode() if value else "")

    def from_db_value(self, value: Any, *_: Any) -> Any:
        """Opened."""
        return base64.b64decode(super().from_db_value(value)) if value else b""
