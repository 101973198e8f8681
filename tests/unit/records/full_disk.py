"""Imports into a home whose disk is full, at several fillings. Run as a program by `test_kill.py`."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.unit.records.kill_points import FIRST, change, leftovers, opened, state
from tests.unit.records.stored import bring, lesson

# Enough lessons that their file outgrows what a nearly full disk has left.
MANY = [lesson(f"p{number:04}", "2025-09-01", activity=f"a{number}") for number in range(500)]


def prepare(home: Path) -> None:
    with opened(home) as store:
        bring(store, 1, {**FIRST, "lessons": [*FIRST["lessons"], *MANY]})


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A small file system at the folder; False where this process may not mount one."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def filled(folder: Path, room: int) -> Iterator[None]:
    """Leave so many bytes on the disk."""
    filler = folder / "filler"
    free = shutil.disk_usage(folder).free
    filler.write_bytes(b"x" * max(free - room, 0))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def tried(home: Path, folder: Path, room: int, *, mounted: bool) -> str:
    """The name of the error that an import with so little room ends with; empty when it succeeds."""
    with filled(folder, room) if mounted else files_no_larger_than(room):
        try:
            change(home)
        except Exception as error:
            return type(error).__name__
    return ""


def main(folder: Path) -> None:
    """Try with more and more room, and tell what came of it."""
    disk = folder / "disk"
    with small_disk(disk) as mounted:
        home, done = disk / "home", folder / "done"
        prepare(home)
        shutil.copytree(home, done)
        change(done)
        before, after, seen, changed = state(home), state(done), [], []
        for room in range(0, 400_000, 4096 if mounted else 256):
            said = tried(home, disk, room, mounted=mounted)
            if not said:
                break
            seen.append(said)
            if len(seen) % 3 == 1 and state(home) != before:
                changed.append(room)
        answer = {"mounted": mounted, "failures": seen, "changed": changed, "whole": state(home) == after}
        change(home)
        answer |= {"completed": state(home) == after, "left": leftovers(home)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
