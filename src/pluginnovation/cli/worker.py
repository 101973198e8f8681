"""The worker beside the server: what pages ask for is done here, one thing at a time.

`plug up` starts a keeper, which starts the worker, and again when it ends; both end with the server.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import click

from pluginnovation.web.config.postgres import WORKER

from .answers import Answer, Command
from .home import opened

# How often the queue is looked at, how often old uploads and mails to send are, and how long a worker that ended is
# left alone.
LOOK_SECONDS, TIDY_SECONDS, REST_SECONDS = 1.0, 3600.0, 5.0
ENDS_WITHIN: Final = 10.0
KINDNESS: Final = 10


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker while the block runs. Started before the server forks; a terminal's keys reach only the server."""
    command = [sys.executable, "-m", __spec__.name, "keep", str(os.getpid())]
    keeper = subprocess.Popen(
        command, env={**os.environ, "PLUG_DATABASE_ROLE": WORKER}, stdout=sys.stderr, start_new_session=True
    )
    try:
        yield
    finally:
        _end(keeper, ENDS_WITHIN + 2)


def _end(process: "subprocess.Popen[bytes]", within: float) -> None:
    process.terminate()
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def keep(server: int) -> None:
    """Keep a worker going as long as the server lives."""
    ending = False

    def end(*_: object) -> None:
        nonlocal ending
        ending = True

    signal.signal(signal.SIGTERM, end)
    # Somebody waits for a page, also for the first one; nobody waits for the worker in that way.
    os.nice(KINDNESS)
    while not ending and os.getppid() == server:
        worker = subprocess.Popen([sys.executable, "-m", __spec__.name, "work"])
        while worker.poll() is None and not ending and os.getppid() == server:
            time.sleep(LOOK_SECONDS / 2)
        if worker.poll() is None:
            _end(worker, ENDS_WITHIN)
        until = time.monotonic() + REST_SECONDS
        while not ending and os.getppid() == server and time.monotonic() < until:
            time.sleep(LOOK_SECONDS / 2)


@click.command("work", cls=Command)
@click.pass_obj
def work(answer: Answer) -> None:
    """Do what is asked for, until told to end. A second worker of the same home ends at once."""
    with opened(answer) as home:
        from pluginnovation.web.projects.counting import count_if_stale
        from pluginnovation.web.records.server_actions import Reach
        from pluginnovation.web.records.working import only_worker, take_up, work_one
        from pluginnovation.web.sharing.lying import Watch
        from pluginnovation.web.support.reminders import send_reminders

        reach, hub = Reach(home, os.environ), Watch(home)
        with only_worker(reach) as alone:
            tidied = -TIDY_SECONDS
            while alone:
                if time.monotonic() - tidied >= TIDY_SECONDS:
                    take_up(reach)
                    send_reminders(at=datetime.now(UTC))
                    count_if_stale(home, at=datetime.now(UTC))
                    tidied = time.monotonic()
                hub.look(at=datetime.now(UTC))
                if not work_one(reach):
                    time.sleep(LOOK_SECONDS)


if __name__ == "__main__":
    if sys.argv[1:2] == ["keep"]:
        keep(int(sys.argv[2]))
    else:
        sys.exit(work(sys.argv[2:]))
