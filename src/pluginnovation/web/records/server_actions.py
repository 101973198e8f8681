"""What is done with servers: added, asked what they give, fetched from, paused, removed. The command calls these."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from pluginnovation.records.asked import Asked
from pluginnovation.records.importing import import_source
from pluginnovation.records.refusals import Refusal, Unavailable
from pluginnovation.records.server_asking import ORDER, FetchAsked
from pluginnovation.records.server_fetch import fetch
from pluginnovation.records.server_fetched import COMPLETE, FAILED, NOT_GIVEN, Fetched, skew_seconds
from pluginnovation.records.server_http import Patience
from pluginnovation.records.server_opening import ServerTold, check_told, opened_server
from pluginnovation.records.server_probe import given_by
from pluginnovation.records.summary import Summary
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from .actions import identity_sink, opened_store
from .models import Server, ServerResource
from .server_refused import name_taken, name_unusable, no_such_server, under_way

SWEDEN: Final = ZoneInfo("Europe/Stockholm")
LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the command reaches: the home, where secrets named env:NAME are, how much it puts up with."""

    home: Path
    env: Mapping[str, str] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class FetchTerms:
    """How a fetch is asked for: all of everything, only what the server told of, or without storing anything."""

    whole: bool = False
    changed: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class FetchDone:
    """What a fetch from a server did. Both are None when there was no news; `summary` when nothing had changed."""

    server: str
    fetched: Fetched | None = None
    summary: Summary | None = None


def add_server(
    name: str, told: ServerTold, *, since: date | None, env: Mapping[str, str], by: str, at: datetime
) -> None:
    """Remember a server. Its name is the source that its rows go under.

    Takes   since   first day of lessons and sums; None: the school year's first of August
    Raises  Refusal 'server_name_unusable', 'server_name_taken', and those of `check_told`
    """
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise name_unusable()
    check_told(told, env)
    with recorded("server_add", by=None, at=at, about=name, asked_by=by, token=told.token):
        first = since or school_year_of(at)
        parts = {part: getattr(told, part) for part in ServerTold.__slots__}
        made, new = Server.objects.get_or_create(
            name=name, defaults={**parts, "since": first, "added_at": at, "added_by": by}
        )
        if not new:
            raise name_taken()
        ServerResource.objects.bulk_create(ServerResource(server=made, resource=resource) for resource in ORDER)


def school_year_of(at: datetime) -> date:
    """The first of August that began the school year."""
    today = at.astimezone(SWEDEN).date()
    return date(today.year - (today.month < 8), 8, 1)


def remove_server(reach: Reach, name: str, *, by: str, at: datetime) -> None:
    """Forget a server, and what a fetch that was killed may have left. What was read in stays.

    Raises  Refusal 'server_unknown', 'server_fetch_under_way'
    """
    server = the_server(name)
    with _alone(reach.home / "fetched" / f"{server.pk}.lock"):
        shutil.rmtree(reach.home / "fetched" / str(server.pk), ignore_errors=True)
        with recorded("server_remove", by=None, at=at, about=name, asked_by=by):
            server.delete()


def pause_server(name: str, *, by: User | None, at: datetime, asked_by: str = "") -> bool:
    """Let the night leave a server alone, until it is taken up again; False when it did already.

    Takes   asked_by   the operator at the command line, where `by` is None
    Raises  Refusal 'server_unknown'
    """
    return _paused("server_pause", the_server(name), by=by, at=at, asked_by=asked_by)


def resume_server(name: str, *, by: User | None, at: datetime, asked_by: str = "") -> bool:
    """Let the night fetch from a server again; False when it did already.

    Raises  Refusal 'server_unknown'
    """
    return _paused("server_resume", the_server(name), by=by, at=at, asked_by=asked_by)


def _paused(act: str, server: Server, *, by: User | None, at: datetime, asked_by: str) -> bool:
    pauses = act == "server_pause"
    stands = Server.objects.filter(pk=server.pk, paused_at__isnull=pauses)
    details = {"asked_by": asked_by} if asked_by else {}
    if not stands.exists():
        return False
    with recorded(act, by=by, at=at, about=server.name, **details):
        return bool(stands.update(paused_at=at if pauses else None))


def the_server(name: str) -> Server:
    """A server by its name.

    Raises  Refusal 'server_unknown'
    """
    found = Server.objects.filter(name=name).first()
    if found is None:
        raise no_such_server(list(servers().values_list("name", flat=True)))
    return found


def servers() -> QuerySet[Server]:
    """Every server, by name, with its resources."""
    return Server.objects.order_by("name").prefetch_related("resources").select_related("subscription")


def server_names() -> list[str]:
    """The names of the servers to fetch from, each in its turn: all but those that are paused."""
    return list(servers().filter(paused_at=None).values_list("name", flat=True))


def told_of(server: Server) -> ServerTold:
    """A server as the stages know it."""
    return ServerTold(**{part: getattr(server, part) for part in ServerTold.__slots__})


def ask_server(reach: Reach, name: str, *, at: datetime) -> Fetched:
    """Ask a server what it gives, and remember that. Nothing is imported.

    Raises  Refusal 'server_unknown'; Unavailable for what concerns all of it
    """
    server = the_server(name)
    try:
        with opened_server(told_of(server), reach.env, reach.patience) as opened:
            found = given_by(opened, FetchAsked(at.astimezone(SWEDEN).date(), server.since))
    except Refusal as refusal:
        note_failure(server, refusal, at=at)
        raise
    note_resources(server, found, at=at, read=False)
    return found


def fetch_server(reach: Reach, name: str, terms: FetchTerms, *, by: str, at: datetime) -> FetchDone:
    """Fetch what a server gives, and import it as any folder is imported. One fetch at a time from each.

    Raises  Refusal 'server_unknown', 'server_fetch_under_way', and those of `import_source`;
            Unavailable for what concerns all of the server. Each is remembered with the server.
    """
    server = the_server(name)
    with _alone(reach.home / "fetched" / f"{server.pk}.lock"):
        lines = {line.resource: line for line in ServerResource.objects.filter(server=server)}
        news = {resource: line.changed_at for resource, line in lines.items() if line.changed_at}
        if terms.changed and not news:
            return FetchDone(name)
        marks = {} if terms.whole else {name: line.mark for name, line in lines.items() if line.mark}
        only = frozenset(news) if terms.changed else None
        last = lines["calendarEvents"].fetched_at
        held_to = last.astimezone(SWEDEN).date() if last else None
        asked = FetchAsked(at.astimezone(SWEDEN).date(), server.since, marks, only, held_to)
        try:
            fetched, summary = _fetched(reach, server, asked, Asked(by, at, name, dry_run=terms.dry_run))
        except Refusal as refusal:
            note_failure(server, refusal, at=at)
            raise
        if not terms.dry_run:
            note_resources(server, fetched, at=at, read=True)
            _taken(server, news, fetched)
        return FetchDone(name, fetched, summary)


def _fetched(reach: Reach, server: Server, asked: FetchAsked, terms: Asked) -> tuple[Fetched, Summary | None]:
    folder = reach.home / "fetched" / str(server.pk)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    began = time.monotonic()
    try:
        with opened_server(told_of(server), reach.env, reach.patience) as opened:
            fetched = fetch(opened, folder, asked)
        if not fetched.anything:
            return fetched, None
        with opened_store(reach.home) as store:
            # Known from when it had come, not from when we began to ask.
            at = terms.at + timedelta(seconds=time.monotonic() - began)
            return fetched, import_source(store, folder, replace(terms, at=at, sink=identity_sink()))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Two fetches from one server at once would each bring a half of what the other sees."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise under_way() from None
        yield
    finally:
        os.close(handle)


def note_failure(server: Server, refusal: Refusal, *, at: datetime) -> None:
    """Remember in words what went wrong."""
    words = {"error_code": refusal.code, "error_sv": refusal.text("sv"), "error_en": refusal.text("en")}
    Server.objects.filter(pk=server.pk).update(tried_at=at, **words)


def note_resources(server: Server, found: Fetched, *, at: datetime, read: bool) -> None:
    """Remember what a server gives, and, when it was read, how far."""
    errors = found.errors
    first: Unavailable | None = errors[0] if errors else None
    with transaction.atomic():
        for one in found.resources:
            values: dict[str, Any] = {"error_sv": "", "error_en": ""}
            if one.outcome in (COMPLETE, NOT_GIVEN):
                values["gives"] = one.outcome == COMPLETE
            if one.outcome == FAILED and one.error:
                values |= {"error_sv": one.error.text("sv"), "error_en": one.error.text("en")}
            if one.outcome == COMPLETE and read:
                values |= {"mark": one.mark, "fetched_at": at, "objects_last": one.objects}
            ServerResource.objects.filter(server=server, resource=one.resource).update(**values)
        Server.objects.filter(pk=server.pk).update(
            tried_at=at,
            skew_seconds=skew_seconds(found, at),
            error_code=first.code if first else "",
            error_sv=first.text("sv") if first else "",
            error_en=first.text("en") if first else "",
            **({"fetched_at": at} if read and not first else {}),
        )


def _taken(server: Server, news: Mapping[str, datetime], fetched: Fetched) -> None:
    """News is over when it was fetched; what was told of meanwhile is still news."""
    failed = {one.resource for one in fetched.resources if one.outcome == FAILED}
    for resource, told in news.items():
        if resource not in failed:
            ServerResource.objects.filter(server=server, resource=resource, changed_at=told).update(changed_at=None)
