"""Run in the environment of a home: fills it with things that are done, signs readers in, and counts queries.

What it says is JSON on the last line of output. Rows are written straight into the database: how they come about is not
what is measured.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from benchmarks.pages_sign_in import _session
from pluginnovation.cli.home import database_of, plug_home, start_django
from pluginnovation.web.config.postgres import WEB

BATCH, OPEN_ONE_IN, READERS = 5_000, 4, 10
PAGES = 20  # of each kind and reader, to count queries of
AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
Pupil = tuple[str, str, str]


def main() -> None:
    """Do what the first argument says: fill, readers or queries."""
    what = sys.argv[1]
    if what == "queries":
        os.environ["PLUG_DATABASE_ROLE"] = WEB
    with database_of(plug_home()):
        start_django()
        said = {"fill": lambda: fill(int(sys.argv[2])), "readers": readers, "queries": queries}[what]()
    sys.stdout.write(f"{json.dumps(said)}\n")


def fill(items: int) -> int:
    """Promises (half), measures (a quarter), cases and follow-ups; one in four is open. How many there are."""
    from pluginnovation.web.people.models import User
    from pluginnovation.web.support.models import Case, FollowUp, Measure, Meeting, NextStep

    pupils, by = list(_pupils()), User.objects.order_by("pk")[0]
    today = datetime.now(UTC).date()
    cases = list(_cases(pupils, items * 3 // 20, by))
    Case.objects.bulk_create(cases, batch_size=BATCH)
    _in_batches(Measure, _measures(pupils, items // 4, by))
    _in_batches(NextStep, _steps(pupils, items // 2, by, today))
    looks = (
        FollowUp(case=case, pupil=case.pupil, school=case.school, kind="own", due=today + timedelta(days=n % 90 - 30),
                 by=by, at=AT)
        for n, case in enumerate(islice(cases, items // 10))
    )  # fmt: skip
    _in_batches(FollowUp, looks)
    Meeting.objects.bulk_create(
        Meeting(school=school, on=today, by=by, at=AT) for school in {school for _pupil, school, _owner in pupils}
    )
    return sum(model._default_manager.count() for model in (Case, Measure, NextStep, FollowUp))


def _pupils() -> Iterator[Pupil]:
    """Each pupil of a class that has a mentor: the code, the school and the mentor."""
    from pluginnovation.web.people.clock import today
    from pluginnovation.web.people.models import Duty, Membership
    from pluginnovation.web.people.reach import covering, shown

    mentors = dict(
        Duty.objects.filter(covering(today()), role="mentor", group__group_type="Klass").values_list("group", "person")
    )
    seen = Membership.objects.filter(pupil__in=shown(today()))
    members = seen.filter(covering(today()), group__in=mentors).order_by("pupil")
    for pupil, group, school in members.values_list("pupil", "group", "group__organisation"):
        yield pupil, school, mentors[group]


def _in_batches(model: Any, rows: Iterable[Any]) -> None:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        model.objects.bulk_create(batch)


def _cases(pupils: list[Pupil], count: int, by: Any) -> Iterator[Any]:
    from pluginnovation.web.support.models import Case

    for n in range(count):
        pupil, school, owner = pupils[n % len(pupils)]
        # Of one kind a pupil has one open case at most.
        is_open = n < len(pupils) and n % OPEN_ONE_IN == 0
        yield Case(
            pupil=pupil, school=school, kind="support", state="supported" if is_open else "closed", owner=owner,
            owner_role="mentor", opened_at=AT, closed_at=None if is_open else AT, outcome="" if is_open else "partly",
            by=by, at=AT,
        )  # fmt: skip


def _measures(pupils: list[Pupil], count: int, by: Any) -> Iterator[Any]:
    from pluginnovation.web.support.models import Measure

    for n in range(count):
        pupil, school, owner = pupils[n % len(pupils)]
        ended = n % OPEN_ONE_IN != 0
        yield Measure(
            pupil=pupil, school=school, kind="study_coach", level="individual", intent="remedial", reach="intensive",
            owner=owner, owner_role="mentor", starts=AT.date(), state="ended" if ended else "running",
            ended_on=AT.date() if ended else None, by=by, at=AT,
        )  # fmt: skip


def _steps(pupils: list[Pupil], count: int, by: Any, today: Any) -> Iterator[Any]:
    from pluginnovation.web.support.models import NextStep

    for n in range(count):
        pupil, school, owner = pupils[n % len(pupils)]
        done = n % OPEN_ONE_IN != 0
        yield NextStep(
            pupil=pupil, school=school, what="Ring hem", owner=owner, owner_role="mentor",
            due=today + timedelta(days=n % 60 - 10), done_at=AT if done else None, done_by=by if done else None, by=by,
            at=AT,
        )  # fmt: skip


def readers() -> list[dict[str, Any]]:
    """Ten who read: mentors their day, pupil health teams and principals the meeting and cases of the same schools."""
    return [
        {"cookie": _session(user, f"{role}.{school}"), "paths": paths} for user, role, school, paths in _readers()
    ]  # fmt: skip


def _readers() -> Iterator[tuple[Any, str, str, dict[str, list[str]]]]:
    from pluginnovation.web.support.models import Meeting

    schools = list(Meeting.objects.order_by("school").values_list("pk", "school"))
    left = READERS
    for number, school in schools[:: max(len(schools) // READERS, 1)]:
        for role in ("mentor", "pupil_health"):
            user, cases = _user_of(role, school)
            paths = {"my_day": ["/min-dag/"]} if role == "mentor" else {"meeting": [f"/mote/{number}/"], "case": cases}
            if user is not None and all(paths.values()) and left:
                left -= 1
                yield user, role, school, paths


def _user_of(role: str, school: str) -> tuple[Any, list[str]]:
    """Somebody with the role at the school, and the addresses of open cases that they reach."""
    from pluginnovation.web.people.clock import today
    from pluginnovation.web.people.duties import duties_of
    from pluginnovation.web.people.models import Duty, User
    from pluginnovation.web.people.reach import pupils_in_reach
    from pluginnovation.web.support.models import Case

    held = Duty.objects.filter(role=role, organisation=school).order_by("pk").first()
    user = User.objects.filter(person=held.person_id).first() if held else None
    duty = next((one for one in duties_of(user, today()) if one.role == role), None) if user else None
    if duty is None:
        return None, []
    reached = Case.objects.filter(pupil__in=pupils_in_reach(duty, today()).values("code"), closed_at=None)
    cases = reached.filter(school=school).order_by("pk").values_list("pk", flat=True)[:200]
    return user, [f"/arende/{case}/" for case in cases]


def queries() -> dict[str, int]:
    """How many queries a page of each kind takes at most, as the web's role asks.

    At most: a page leaves out what there is nothing to tell of, and in a small home a reader more often has nothing. Of
    each kind every reader's first PAGES are asked for, so that somebody has everything in either home.
    """
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from pluginnovation.web.config.static import collect_static

    # Pages name their style sheet by its hash, which the server looks up when it starts; it hasn't been started yet.
    collect_static(plug_home() / "static")
    counts: dict[str, int] = {}
    for reader in _readers_of_the_worker():
        client = Client(headers={"host": "127.0.0.1", "cookie": reader["cookie"]})
        for kind, addresses in reader["paths"].items():
            client.get(addresses[0])
            for address in addresses[:PAGES]:
                with CaptureQueriesContext(connection) as asked:
                    answer = client.get(address)
                if answer.status_code != 200:
                    raise RuntimeError(f"{answer.status_code} {kind}")
                counts[kind] = max(counts.get(kind, 0), len(asked))
    return counts


def _readers_of_the_worker() -> list[dict[str, Any]]:
    """The same readers. The web's role is shown nobody until somebody asks, so another process finds them."""
    env = {name: value for name, value in os.environ.items() if name != "PLUG_DATABASE_ROLE"}
    command = [sys.executable, "-m", "benchmarks.support_data", "readers"]
    done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
