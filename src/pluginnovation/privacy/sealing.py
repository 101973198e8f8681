"""Sealing what must wait on disk although it names people: nobody reads it without the installation's key."""

import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .pseudonyms import KEY_BYTES, key_at

_NONCE_BYTES: Final = 12


class SealBroken(Exception):
    """The content was changed, or sealed with another key."""


class Seal:
    """AES-256-GCM under one key file."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key[:KEY_BYTES])

    def close(self, content: bytes) -> bytes:
        """The content, unreadable and protected against change."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, None)

    def open(self, sealed: bytes) -> bytes:
        """The content again.

        Raises  SealBroken
        """
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
        except (InvalidTag, ValueError):
            raise SealBroken from None


def seal_for_held(home: Path) -> Seal:
    """The seal of identities that wait with a held import; its key is made the first time.

    Raises  KeyUnusable when the key file is too short or others may read it
    """
    return Seal(key_at(home / "keys" / "held.key"))


def key_in(path: Path) -> bytes:
    """The secret key in a file of its own, 32 bytes or more, made the first time: what a hub signs with.

    Raises  KeyUnusable when the file is too short or others may read it
    """
    return key_at(path)
