"""The worker beside the server: what pages ask for is done here, one thing at a time."""

import os
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Final

import click

from pluginnovation.web.config.postgres import WORKER

from .answers import Answer, Command
from .home import opened
from .keeping import kept_beside, rest, run_until, told_to_end

# How often the queue is looked at, how often old uploads and mails to send are, and how long a worker that ended is
# left alone.
LOOK_SECONDS, TIDY_SECONDS, REST_SECONDS = 1.0, 3600.0, 5.0
ENDS_WITHIN: Final = 10.0
KINDNESS: Final = 10


def worker_beside() -> AbstractContextManager[None]:
    """A worker while the block runs."""
    return kept_beside(__spec__.name, {**os.environ, "PLUG_DATABASE_ROLE": WORKER}, ENDS_WITHIN)


def keep(server: int) -> None:
    """Keep a worker going as long as the server lives."""
    over, look = told_to_end(server), LOOK_SECONDS / 2
    # Somebody waits for a page, also for the first one; nobody waits for the worker in that way.
    os.nice(KINDNESS)
    while not over():
        run_until(over, subprocess.Popen([sys.executable, "-m", __spec__.name, "work"]), look, ENDS_WITHIN)
        rest(over, REST_SECONDS, look)


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
