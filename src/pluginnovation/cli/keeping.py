"""A process beside the server: its keeper starts it, and again when it ends; both end with the server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

# The keeper's own last moments, after what it keeps has ended.
LAST_SECONDS: Final = 4.0

Process = subprocess.Popen[bytes]


@contextmanager
def kept_beside(module: str, env: Mapping[str, str], within: float) -> Iterator[None]:
    """`python -m module keep PID` while the block runs. Started before the server forks.

    module   where keep(PID) stands
    env      the environment of the keeper and of what it keeps
    within   seconds that what is kept may take to end

    In a session of its own: a terminal's keys reach only the server.
    """
    command = [sys.executable, "-m", module, "keep", str(os.getpid())]
    keeper = subprocess.Popen(command, env=env, stdout=sys.stderr, start_new_session=True)
    try:
        yield
    finally:
        end(keeper, within + LAST_SECONDS)


def end(process: Process, within: float) -> None:
    """Ask a process to end, and end it when it hasn't within so many seconds. One that has ended is left."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def told_to_end(server: int) -> Callable[[], bool]:
    """Whether this keeper was asked to end, or its server is gone."""
    ending = False

    def ask(*_: object) -> None:
        nonlocal ending
        ending = True

    signal.signal(signal.SIGTERM, ask)
    return lambda: ending or os.getppid() != server


def run_until(over: Callable[[], bool], process: Process, look: float, within: float) -> int:
    """Wait for a process, or end it when it is over; its exit code."""
    while process.poll() is None and not over():
        time.sleep(look)
    end(process, within)
    return process.returncode or 0


def rest(over: Callable[[], bool], seconds: float, look: float) -> None:
    """Leave what ended alone for a while, but not past the end."""
    until = time.monotonic() + seconds
    while not over() and time.monotonic() < until:
        time.sleep(look)
