"""Sealing of visits and audit: what was looked at and done can't be changed afterwards without it being noticed.

Each night the rows since the last seal become a batch. Its head is the SHA-256 of the seal before and of every row, so
that a row can't be changed, taken away or put in without breaking its batch and all that follow. The day's heads are
written outside the database, under PLUG_HOME/seals; whoever copies them elsewhere can't be fooled by one who owns both.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection, models, transaction

from .models import AuditEvent, Seal, Visit

LOGS: Final[dict[str, type[models.Model]]] = {"visits": Visit, "audit": AuditEvent}
COLUMNS: Final = {
    "visits": ("id", "at", "viewer_id", "role", "reach", "through", "pupil", "page"),
    "audit": ("id", "at", "by_id", "action", "about", "details"),
}
BEFORE_THE_FIRST: Final = "0" * 64
AT_ONCE: Final = 5_000
# Two nights at once: the second waits for the first and finds nothing left.
LOCK: Final = 7_104_713
DAYS: Final = ZoneInfo("Europe/Stockholm")

# What is wrong with a batch.
ROWS, CHAIN, HEAD = "rows", "chain", "head"


@dataclass(frozen=True, slots=True)
class Broken:
    """One batch that doesn't hold.

    why   ROWS: a row was changed, taken away or put in; CHAIN: the seal itself, or the one before it, was; HEAD: the
          day's file says otherwise, or is gone
    """

    log: str
    number: int
    first: int
    last: int
    at: datetime
    why: str


def seal_logs(home: Path, *, at: datetime) -> dict[str, int]:
    """Seal what has come since the last time, and write the day's heads; how many rows of each log.

    Raises  OSError when the heads can't be written; the seals stay, and the next night writes the file
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            sealed = {log: _seal(log, at) for log in LOGS}
            write_heads(home)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return sealed


def _seal(log: str, at: datetime) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        before = Seal.objects.filter(log=log).order_by("-number").first()
        last = before.last if before else 0
        cursor.execute("SELECT fence.last_row(%s)", [LOGS[log]._meta.db_table])
        newest = cursor.fetchone()[0] or 0
    rows = LOGS[log].objects.filter(id__gt=last, id__lte=newest)  # type: ignore[attr-defined]
    head, count, first = digest(before.head if before else BEFORE_THE_FIRST, _values(log, rows))
    if count:
        number = before.number + 1 if before else 1
        Seal.objects.create(log=log, number=number, first=first, last=newest, rows=count, head=head, at=at)
    return count


def digest(before: str, rows: Iterable[tuple[Any, ...]]) -> tuple[str, int, int]:
    """The head of a batch, how many rows it has, and the number of the first."""
    found, count, first = hashlib.sha256(before.encode()), 0, 0
    for row in rows:
        first = first or row[0]
        count += 1
        found.update(json.dumps(row, default=_told, sort_keys=True, ensure_ascii=False).encode() + b"\n")
    return found.hexdigest(), count, first


def _values(log: str, rows: Any) -> Iterator[tuple[Any, ...]]:
    found: Iterator[tuple[Any, ...]] = rows.order_by("id").values_list(*COLUMNS[log]).iterator(AT_ONCE)
    return found


def _told(value: Any) -> str:
    return value.astimezone(ZoneInfo("UTC")).isoformat() if isinstance(value, datetime) else str(value)


def heads_file(home: Path, day: str) -> Path:
    """Where a day's heads are."""
    return home / "seals" / f"{day}.json"


def write_heads(home: Path) -> None:
    """Write the file of the newest sealed day: whole or not at all. An older day's file is never made anew."""
    heads = _heads()
    if not heads:
        return
    day = max(heads)
    path = heads_file(home, day)
    text = json.dumps({"day": day, **heads[day]}, indent=1, sort_keys=True) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    finally:
        Path(fresh).unlink(missing_ok=True)


def _heads() -> dict[str, dict[str, dict[str, Any]]]:
    """The last batch of each log on each day on which something was sealed."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for seal in Seal.objects.order_by("log", "number"):
        day = seal.at.astimezone(DAYS).date().isoformat()
        found.setdefault(day, {})[seal.log] = {"batch": seal.number, "last": seal.last, "head": seal.head}
    return found


def broken_batches(home: Path) -> list[Broken]:
    """Every batch that doesn't hold, with what is wrong; those that only follow a broken one aren't named."""
    found = [broken for log in LOGS for broken in _broken_in(log)]
    return found + list(_other_heads(home, {(one.log, one.number) for one in found}))


def _broken_in(log: str) -> Iterator[Broken]:
    before, last, number = BEFORE_THE_FIRST, 0, 0
    for seal in Seal.objects.filter(log=log).order_by("number"):
        rows = LOGS[log].objects.filter(id__gt=last, id__lte=seal.last)  # type: ignore[attr-defined]
        head, count, _first = digest(before, _values(log, rows))
        in_line = seal.number == number + 1 and seal.last > last
        if not in_line:
            yield Broken(log, seal.number, seal.first, seal.last, seal.at, CHAIN)
        elif head != seal.head:
            yield Broken(log, seal.number, seal.first, seal.last, seal.at, ROWS if count else CHAIN)
        # From the seal as it stands, so that only the batch that was touched is named.
        before, last, number = seal.head, seal.last, seal.number


def _other_heads(home: Path, known: set[tuple[str, int]]) -> Iterator[Broken]:
    """Batches whose day's file is gone or says another head; and those that a file knows and the database doesn't."""
    seals = {(seal.log, seal.number): seal for seal in Seal.objects.all()}
    for day, heads in _heads().items():
        said = _read(heads_file(home, day))
        for log, own in heads.items():
            seal = seals[log, own["batch"]]
            if said.get(log) != own and (log, seal.number) not in known:
                yield Broken(log, seal.number, seal.first, seal.last, seal.at, HEAD)
    for path in sorted((home / "seals").glob("*.json")):
        for log, own in ((log, own) for log, own in _read(path).items() if log in LOGS):
            if (log, own["batch"]) not in seals:
                at = datetime.fromisoformat(path.stem).replace(tzinfo=DAYS)
                yield Broken(log, own["batch"], own["last"], own["last"], at, CHAIN)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def unsealed(at: datetime) -> int:
    """How many rows of both logs from before this time aren't sealed yet."""
    last = {
        log: Seal.objects.filter(log=log).order_by("-number").values_list("last", flat=True).first() for log in LOGS
    }
    return sum(
        model.objects.filter(id__gt=last[log] or 0, at__lt=at).count()  # type: ignore[attr-defined]
        for log, model in LOGS.items()
    )


def last_sealed() -> datetime | None:
    """When something was sealed last; none before the first night."""
    return Seal.objects.order_by("-at").values_list("at", flat=True).first()
