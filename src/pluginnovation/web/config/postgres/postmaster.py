"""Is a server running on a data folder? Its pid file says so, and may be wrong after a crash."""

import os
from pathlib import Path


def postmaster(data: Path) -> int | None:
    """The process id of the server that runs on the folder, or none.

    A pid file outlives a crash, and the system gives its number to another process; so the process must also
    be a PostgreSQL that names this folder.
    """
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None
    return pid if _serves(pid, data) else None


def forget_stale(data: Path) -> None:
    """Remove the pid file of a server that is gone. Ask only under the start lock, when none runs."""
    if postmaster(data) is None:
        (data / "postmaster.pid").unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    if not Path("/proc/self/cmdline").exists():
        return _alive(pid)
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return Path(os.fsdecode(words[0])).name == "postgres" and os.fsencode(data) in words


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
