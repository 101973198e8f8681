"""Secrets that an administrator types on a page: written to a file that only we read, and never shown again."""

import hashlib
import os
from pathlib import Path
from shutil import rmtree

FOLDER = ("keys", "servers")


def folder_of(home: Path, name: str) -> Path:
    """Where the secrets of a server lie. Its name may be any text, so the folder's is a hash of it."""
    return home.joinpath(*FOLDER, hashlib.sha256(name.encode()).hexdigest()[:32])


def write_secret(home: Path, name: str, what: str, text: str) -> Path:
    """Write a secret of a server, readable by its owner only; where it lies."""
    folder = folder_of(home, name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.parent.chmod(0o700)
    path = folder / what
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def delete_secrets(home: Path, name: str) -> None:
    """Delete what was written for a server."""
    rmtree(folder_of(home, name), ignore_errors=True)
