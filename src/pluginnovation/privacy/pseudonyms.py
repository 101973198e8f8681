"""Opaque codes: how a person is known everywhere but in the one place that knows names.

A code can be worked out again from the source's id and the key, never the other way. The key is its own file,
independent of the web's secret key, so that neither gives the other away.
"""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Final

import polars as pl

CODE_LENGTH: Final = 16
KEY_BYTES: Final = 32
DIGEST_BYTES: Final = 16

_BETWEEN: Final = "\x1f"
_NOTHING: Final = "\x1e"


class KeyUnusable(Exception):
    """The key file can't be used as it is: too short, or open to others than its owner."""


class Pseudonymiser:
    """Turns a source's ids into codes, always the same for the same key."""

    def __init__(self, key: bytes) -> None:
        if len(key) < KEY_BYTES:
            raise KeyUnusable("the pseudonym key has fewer than 32 bytes")
        self._started = hmac.new(key, digestmod=hashlib.sha256)
        self._digest_key = hmac.new(key, b"digest", hashlib.sha256).digest()

    def code(self, source: str, source_id: str) -> str:
        """The code of one person: 16 characters of lower-case base32, 80 bits of HMAC-SHA256."""
        mac = self._started.copy()
        mac.update(f"{source}{_BETWEEN}{source_id}".encode())
        return base64.b32encode(mac.digest()[: CODE_LENGTH * 5 // 8]).decode().lower()

    def codes(self, source: str, source_ids: pl.Series) -> pl.Series:
        """The codes of many persons; null stays null. Give it distinct ids: each one is hashed."""
        return pl.Series(
            source_ids.name,
            [None if source_id is None else self.code(source, source_id) for source_id in source_ids.to_list()],
            dtype=pl.String,
        )

    def digests(self, rows: pl.DataFrame) -> pl.Series:
        """A keyed hash of each row, to see that something changed without keeping what it was."""
        cells = [pl.col(name).cast(pl.String).fill_null(_NOTHING) for name in rows.columns]
        texts = rows.select(pl.concat_str(cells, separator=_BETWEEN)).to_series()
        key = self._digest_key
        return pl.Series(
            "digest",
            [hashlib.blake2b(text.encode(), key=key, digest_size=DIGEST_BYTES).hexdigest() for text in texts.to_list()],
            dtype=pl.String,
        )


def key_file(home: Path) -> Path:
    """Where an installation keeps the pseudonym key."""
    return home / "keys" / "pseudonym.key"


def pseudonymiser(home: Path) -> Pseudonymiser:
    """The pseudonymiser of an installation; its key is made the first time.

    Raises  KeyUnusable when the file is too short or others may read it
    """
    return Pseudonymiser(key_at(key_file(home)))


def key_at(path: Path) -> bytes:
    """The key in a file, made with 0600 the first time. Two that make it at once get the same key.

    Raises  KeyUnusable when the file is too short or others may read it
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _make(path)
    if path.stat().st_mode & 0o077:
        raise KeyUnusable(f"{path.name} may be read by others than its owner: run chmod 600 on it")
    key = path.read_bytes()
    if len(key) < KEY_BYTES:
        raise KeyUnusable(f"{path.name} is shorter than {KEY_BYTES} bytes: restore it from a backup")
    return key


def _make(path: Path) -> None:
    """Write a new key under another name and link it into place: nobody ever reads half a key."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, path)
        except FileExistsError:
            return
    finally:
        beside.unlink(missing_ok=True)
