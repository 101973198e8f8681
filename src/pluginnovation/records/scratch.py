"""Folders for the engine's scratch files: one per process, deleted with it, or after it when it was killed."""

import fcntl
import os
import secrets
import shutil
from pathlib import Path
from typing import Final

LOCK: Final = "in-use"


class Scratch:
    """A folder that is this process's own. The lock inside tells others that it is in use."""

    def __init__(self, parent: Path) -> None:
        self.folder = parent / f"engine-{os.getpid()}-{secrets.token_hex(4)}"
        self.folder.mkdir(parents=True, mode=0o700)
        self._handle = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Delete the folder."""
        os.close(self._handle)
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep(parent: Path) -> None:
    """Delete the folders of processes that are gone."""
    for folder in parent.glob("engine-*"):
        try:
            handle = os.open(folder / LOCK, os.O_RDWR)
        except OSError:
            # Just being made, or just being deleted.
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)
        shutil.rmtree(folder, ignore_errors=True)
