"""The web server behind `plug up` and the systemd unit: gunicorn, two processes with threads."""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker as AnyWorker

from .log import without_people
from .turned_away import Worker

# Two processes for two cores. Ten readers at once on a busy machine: 23 pages a second with two threads each, 28 with
# four, 40 with eight; each thread keeps a database connection, and the home's server has sixty.
PROCESSES, THREADS = 2, 8
# A page takes a fraction of a second; what takes longer than this hangs. A stop lets pages finish.
HANGS_AFTER, FINISHES_WITHIN = 60, 10
NODE, HUB = "pluginnovation.web.config.wsgi", "pluginnovation.web.config.hub.wsgi"
QUERIES = ("q", "{query_string}e")


class AccessLog(Logger):
    """Gunicorn's logger, with paths cut after their first word: no code of a pupil is written down."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """The parts of a line in the access log."""
        parts = super().atoms(resp, req, environ, request_time)
        return {name: without_people(f"{part}") for name, part in parts.items() if name not in QUERIES} | dict.fromkeys(
            QUERIES, ""
        )


class UntilHungUp(Arbiter):
    """Gunicorn's first process. A terminal that is closed ends it; gunicorn would go on out of sight."""

    def handle_hup(self) -> None:
        """As for SIGTERM."""
        self.handle_term()


class Server(BaseApplication):
    """Gunicorn with our settings and nobody else's: no configuration file is read."""

    def __init__(self, settings: dict[str, Any], door: str) -> None:
        self._own, self._door = settings, door
        super().__init__()

    def load_config(self) -> None:
        """Take our settings."""
        for key, value in self._own.items():
            self.cfg.set(key, value)

    def run(self) -> None:
        """Serve until told to stop."""
        UntilHungUp(self).run()

    def load(self) -> Any:
        """The web, loaded in each worker, so that the process that forks has no thread.

        Every page is imported now: a broken one stops the start, and no reader waits for the first import.
        """
        from django.urls import get_resolver

        application = import_module(self._door).application
        _ = get_resolver().url_patterns
        return application


def serve(host: str, port: int, *, ready: Callable[[], None], door: str = NODE) -> None:
    """Serve until SIGTERM or SIGINT; pages that are being written finish first.

    Takes  ready   called once, when the first worker answers
           door    the module whose `application` is served: the node's or the hub's
    """
    server = os.getpid()
    try:
        Server(server_settings(f"[{host}]:{port}" if ":" in host else f"{host}:{port}", ready), door).run()
    except SystemExit as end:
        # Gunicorn ends by leaving; in a worker that is the end of the process, here only of the serving.
        if os.getpid() != server or end.code:
            raise


def server_settings(bind: str, ready: Callable[[], None]) -> dict[str, Any]:
    """What gunicorn is told."""

    def first_is_up(worker: AnyWorker) -> None:
        if worker.age == 1:
            ready()

    return {
        "bind": bind,
        "workers": PROCESSES,
        "worker_class": Worker,
        "threads": THREADS,
        "timeout": HANGS_AFTER,
        "graceful_timeout": FINISHES_WITHIN,
        "keepalive": 30,
        "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108 heartbeats without a disk
        "control_socket_disable": True,
        "logger_class": AccessLog,
        "loglevel": "warning",
        "accesslog": "-" if os.environ.get("PLUG_ACCESS_LOG", "").strip() == "1" else None,
        "post_worker_init": first_is_up,
    }
