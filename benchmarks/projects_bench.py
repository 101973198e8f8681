"""Projects: the region's overviews against a page that only checks session and user, with 80 sub-projects.

A programme's page and the process leader's page of 80 sub-projects with 8,000 participants, asked by the web's own role
behind the fence; the rival is `/jag/` of the same person, in the same process, taking turns.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

Note = Callable[[str, str], None]

PROJECTS, PUPILS = 80, 8_000
ROUNDS, SLOWER = 15, 8.0
AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
STARTS, ENDS = date(2026, 1, 12), date(2026, 12, 18)
PATHS = {"programme overview": "/program/plug/", "process leader's overview": "/processtod/", "needs": "/behov/"}
SMALLEST = "/jag/"


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """Every comparison; a home of its own is made and thrown away."""
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    try:
        note(f"Gör {PROJECTS} delprojekt med {pupils or PUPILS} deltagare …",
             f"Making {PROJECTS} sub-projects with {pupils or PUPILS} participants …")  # fmt: skip
        with _home(folder):
            rows = _rows(fill(pupils or PUPILS), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"bench": "projects", "machine": f"{os.cpu_count()} cores", "rows": rows}


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    """A new home with its database, and Django set up in this process as its worker."""
    from pluginnovation.cli.home import database_of, start_django
    from pluginnovation.web.config.migrate import migrate_apart

    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"PLUG_HOME": str(folder), "PLUG_DATABASE_ROLE": "plug_worker", "PLUG_DEBUG": "1"}
    with database_of(folder):
        start_django()
        migrate_apart(os.environ)
        try:
            yield
        finally:
            from django.db import connection

            connection.close()


def fill(participants: int) -> tuple[Any, str]:
    """Write sub-projects with what a term leaves; the process leader and the key of the role."""
    from pluginnovation.web.people.models import Duty, User
    from pluginnovation.web.projects import models as m

    by = User.objects.create(login="per", name="Per")
    Duty.objects.create(user=by, role="process_leader")
    own = {"by": by, "at": AT}
    programme = m.Programme.objects.create(key="plug", name="Plug", starts=STARTS, ends=ENDS, **own)
    projects = m.SubProject.objects.bulk_create(
        m.SubProject(programme=programme, name=f"Delprojekt {n:02}", school=f"s{n}", municipality="1499", starts=STARTS,
                     ends=ENDS, state="running", **own)
        for n in range(PROJECTS)
    )  # fmt: skip
    each = participants // PROJECTS
    m.Participant.objects.bulk_create(
        (m.Participant(sub_project=one, pupil=f"p{n:06}{k:05}", start_date=STARTS, **own)
         for n, one in enumerate(projects) for k in range(each)),
        batch_size=2_000,
    )  # fmt: skip
    activities = m.Activity.objects.bulk_create(
        m.Activity(sub_project=one, name="Möta upp", intent="remedial", reach="intensive", level="individual",
                   starts=STARTS, planned_times=20, **own)
        for one in projects for _ in range(3)
    )  # fmt: skip
    m.ActivityTime.objects.bulk_create(
        m.ActivityTime(activity=one, on=STARTS + timedelta(days=7 * week), **own)
        for one in activities
        for week in range(15)
    )
    m.PartCounts.objects.bulk_create(
        m.PartCounts(sub_project=one, came=each, going_on=each, completed=0, early=0, moved=0, as_of=STARTS, at=AT)
        for one in projects
    )
    m.RegisterFigure.objects.bulk_create(
        m.RegisterFigure(sub_project=one, measure=measure, before=17, now=12, low=-8, high=-2, n=each, of=each,
                         as_of=STARTS, at=AT)
        for one in projects for measure in ("absence_share", "unexcused_share", "passes_share", "mapped", "in_school")
    )  # fmt: skip
    m.Session.objects.bulk_create(
        m.Session(sub_project=one, kind="coaching", on=STARTS, topic="Uppstart", **own)
        for one in projects
        for _ in range(4)
    )
    m.Agreement.objects.bulk_create(
        m.Agreement(sub_project=one, what="Vikarielista", due=ENDS, **own) for one in projects for _ in range(3)
    )
    return by, "process_leader."


def _rows(who: tuple[Any, str], home: Path) -> list[dict[str, Any]]:
    from django.db import connection
    from django.test import Client

    from pluginnovation.web.config.postgres import WEB
    from pluginnovation.web.config.postgres import connection as reach

    user, key = who
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    session = client.session
    # As one who has shown two factors.
    shown = {"how": "local", "authority": "", "levels": ["own"], "factors": True}
    session.update({"role": key, "shown": shown, "seen": int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())})
    session.save()
    own = reach(home, WEB)
    connection.close()
    connection.settings_dict.update(USER=own.user, PASSWORD=own.password)
    times: dict[str, list[float]] = {name: [] for name in (*PATHS, SMALLEST)}
    for _round in range(ROUNDS):
        for name, path in PATHS.items():
            times[SMALLEST].append(_page(client, SMALLEST))
            times[name].append(_page(client, path))
    return [
        _row(f"{name} with {PROJECTS} sub-projects, ms, against a page that only checks session and user",
             median(times[name][1:]), median(times[SMALLEST][1:]))
        for name in PATHS
    ]  # fmt: skip


def _page(client: Any, path: str) -> float:
    begun = time.perf_counter()
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return 1000 * (time.perf_counter() - begun)


def _row(name: str, ours: float, rival: float) -> dict[str, Any]:
    ratio = ours / rival
    return {"name": name, "ours": ours, "rival": rival, "ratio": ratio, "limit": SLOWER, "holds": ratio <= SLOWER}
