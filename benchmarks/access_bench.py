"""What the second fence costs: finding whom a duty reaches, and pages with both fences against pages with one.

The rival is the same code over a connection that the database's policies don't hold, and which isn't told who asks.
Both sides take turns in one run, on one database of 100,000 pupils.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from benchmarks.access_data import SCHOOL_OF, TODAY, clients, fill

Note = Callable[[str, str], None]

PUPILS = 100_000
ROUNDS, TIMES = 6, 5
PREDICATE_MS, PAGES = 50.0, 1.3
PATHS = {
    "pupils": ("principal", "/elever/"),
    "school": ("principal", "/skola/s0/"),
    "class": ("mentor", "/klass/g0/"),
    "pupil": ("mentor", "/elev/p000000000000001/"),
    "youths": ("coordinator", "/ungdomar/"),
}


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """Every comparison; a home of its own is made and thrown away."""
    pupils = max(pupils or PUPILS, SCHOOL_OF)
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    try:
        note(f"Gör en databas med {pupils} elever …", f"Making a database of {pupils} pupils …")
        with _home(folder) as home:
            people = fill(pupils)
            _gather_statistics(home)
            rows = _rows(home, people, pupils, note)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"bench": "access", "machine": f"{os.cpu_count()} cores", "rows": rows}


@contextmanager
def _home(folder: Path) -> Iterator[Path]:
    """A new home with its database, and Django set up in this process as its worker."""
    from pluginnovation.cli.home import database_of, start_django
    from pluginnovation.web.config.migrate import migrate_apart

    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"PLUG_HOME": str(folder), "PLUG_DATABASE_ROLE": "plug_worker", "PLUG_DEBUG": "1"}
    with database_of(folder):
        start_django()
        migrate_apart(os.environ)
        try:
            yield folder
        finally:
            from django.db import connection

            connection.close()


def _rows(home: Path, people: dict[str, tuple[int, str]], pupils: int, note: Note) -> list[dict[str, Any]]:
    signed_in = clients(people)
    names = {"principal": f"a principal of {SCHOOL_OF}", "coordinator": f"a coordinator over {pupils}"}
    times: dict[tuple[str, bool], list[float]] = {}
    for number in range(ROUNDS):
        note(f"Varv {number + 1} av {ROUNDS} …", f"Round {number + 1} of {ROUNDS} …")
        for fenced in (True, False) if number % 2 else (False, True):
            with _connected(home, fenced=fenced):
                for name in names:
                    times.setdefault((name, fenced), []).extend(_reached(people[name], fenced=fenced))
                for name, (who, path) in PATHS.items():
                    times.setdefault((f"{name} page", fenced), []).extend(_pages(signed_in[who], path))
    rows = [
        _row(f"whom {said} may see, ms, against what is promised", median(times[name, True]), PREDICATE_MS, 1.0)
        for name, said in names.items()
    ]
    return rows + [
        _row(f"{name} page, ms, with both fences against one", median(times[f"{name} page", True]),
             median(times[f"{name} page", False]), PAGES)
        for name in PATHS
    ]  # fmt: skip


def _gather_statistics(home: Path) -> None:
    """As the database does by itself a minute after so many rows have come. Only the owner may ask for it."""
    from pluginnovation.web.config.postgres import OWNER

    with _as(home, OWNER) as connection, connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'people_person'")
        if cursor.fetchone()[0] <= 0:
            raise RuntimeError("no statistics were gathered")


@contextmanager
def _as(home: Path, role: str) -> Iterator[Any]:
    """The database connection as one of its roles while the block runs."""
    from django.db import connection

    from pluginnovation.web.config.postgres import connection as reach

    own = reach(home, role)
    connection.close()
    connection.settings_dict.update(USER=own.user, PASSWORD=own.password)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _connected(home: Path, *, fenced: bool) -> Iterator[None]:
    """The web's connection while the block runs; or the worker's, past the policies and without saying who asks."""
    from pluginnovation.web.config.postgres import WEB, WORKER

    silent = () if fenced else ("duties.ask_by", "duties.ask_as_nobody", "asker.ask_as_nobody")
    with ExitStack() as quiet:
        for name in silent:
            quiet.enter_context(patch(f"pluginnovation.web.people.{name}", side_effect=_chosen))
        quiet.enter_context(_as(home, WEB if fenced else WORKER))
        yield


def _chosen(*said: Any) -> str:
    """The duty that somebody chose, without asking the database: the last that is said of who asks."""
    return str(said[-1]) if said else ""


def _reached(who: tuple[int, str], *, fenced: bool) -> list[float]:
    """How long it takes to find everyone whom the duty reaches, in ms, from saying who asks: two questions."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from pluginnovation.web.people.asker import ask_by
    from pluginnovation.web.people.duties import duties_of
    from pluginnovation.web.people.models import User
    from pluginnovation.web.people.reach import pupils_in_reach

    user, chosen = who
    if fenced:
        ask_by(user, TODAY, chosen)
    duty = next(iter(duties_of(User.objects.get(pk=user), TODAY)))
    found = []
    for _time in range(TIMES):
        begun = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            if fenced:
                ask_by(user, TODAY, chosen)
            codes = list(pupils_in_reach(duty, TODAY).values_list("code", flat=True))
        found.append(1000 * (time.perf_counter() - begun))
        if len(asked) != 1 + fenced or not codes:
            raise RuntimeError(f"{len(asked)} queries, {len(codes)} pupils")
    return found


def _pages(client: Any, path: str) -> list[float]:
    found = []
    for number in range(TIMES + 1):
        begun = time.perf_counter()
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        if number:  # the first after a new connection asks for more
            found.append(1000 * (time.perf_counter() - begun))
    return found


def _row(name: str, ours: float, rival: float, limit: float) -> dict[str, Any]:
    ratio = ours / rival
    return {"name": name, "ours": ours, "rival": rival, "ratio": ratio, "limit": limit, "holds": ratio <= limit}
