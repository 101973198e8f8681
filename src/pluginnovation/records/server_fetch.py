"""Fetching from a server into a folder that is then imported like any other. What is complete is kept, nothing half."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from .refusals import Unavailable
from .server_asking import ALWAYS_WHOLE, EMBEDS, NEEDS, ORDER, FetchAsked, listings, paths_of, read_stamp
from .server_fetched import COMPLETE, FAILED, NOT_GIVEN, OF_ALL, SPARED, Fetched, ResourceFetched
from .server_files import Documents
from .server_http import TOO_LARGE, Question
from .server_pages import NOT_THERE, OK, Listing, NotGiven, Page, SsServer, envelope, opening, pages
from .server_trouble import not_ss12000, sums_of_other_days, waits_for, wrong_answer

LOOKED_UP_AT_A_TIME: Final = 200
# The standard's own misspelling, in the list of what was deleted.
CORRECT: Final = {"activitites": "activities", "studyPlans": "studyplans"}

SILENT: Final = "server_unreachable"
CALENDAR, ATTENDANCES, SUMS, DELETED = "calendarEvents", "attendances", "aggregatedAttendance", "deletedEntities"


class _Meta(msgspec.Struct):
    modified: str | None = None


class _Ref(msgspec.Struct):
    id: str | None = None


class _Seen(msgspec.Struct, rename="camel"):
    """What we look at ourselves in an object; everything else is the reader's."""

    id: str | None = None
    meta: _Meta | None = None
    calendar_event: _Ref | None = None
    start_date: str | None = None
    end_date: str | None = None
    embedded: dict[str, msgspec.Raw] | None = msgspec.field(name="_embedded", default=None)


def fetch(server: SsServer, folder: Path, asked: FetchAsked) -> Fetched:
    """Fetch what a server gives into an empty folder.

    Gives   what became of each resource; a failure of one doesn't stop the others
    Raises  Unavailable only for what concerns all of them: 'server_not_let_in', 'server_certificate_not_trusted',
            'secret_missing' and the like
    """
    return _Fetch(server, folder, asked).result()


@dataclass(slots=True)
class _Tally:
    """What was seen of a resource, and what was asked to come inside it (name -> resource)."""

    objects: int = 0
    newest: datetime | None = None
    left_out: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    inside: Mapping[str, str] = field(default_factory=dict)


class _Fetch:
    """One fetch under way."""

    def __init__(self, server: SsServer, folder: Path, asked: FetchAsked) -> None:
        self._server, self._asked = server, asked
        self._files = Documents(folder)
        self._done: dict[str, ResourceFetched] = {}
        self._tallies: dict[str, _Tally] = {}
        self._embedded_ids: set[tuple[str, str]] = set()
        self._silent: list[Unavailable] = []

    def result(self) -> Fetched:
        """Ask for everything that is wanted."""
        for resource in self._asked.wanted:
            self._done[resource] = self._resource(resource)
        self._lessons_of_attendance()
        for resource, needed in NEEDS.items():
            self._wait_for(resource, needed)
        self._nothing_but_deleted()
        return Fetched(tuple(self._done.values()), self._server.date)

    def _resource(self, resource: str) -> ResourceFetched:
        if len(self._silent) > 1:
            # Twice silent: the rest would take an hour to be silent too.
            return ResourceFetched(resource, FAILED, error=self._silent[-1])
        if resource == SUMS and self._outcome(ATTENDANCES) == COMPLETE:
            # Lessons tell more, and sums would say the same again.
            return ResourceFetched(resource, SPARED)
        inside = {name: of for name, of in EMBEDS.get(resource, {}).items() if self._outcome(of) == NOT_GIVEN}
        try:
            for path in paths_of(resource):
                try:
                    found = self._complete(resource, path, inside)
                except NotGiven:
                    continue
                self._silent.clear()
                return found
        except Unavailable as error:
            self._files.drop(resource, *inside.values())
            if error.code == SILENT:
                self._silent.append(error)
            if error.code in OF_ALL or (error.code == SILENT and not self._done):
                raise
            return ResourceFetched(resource, FAILED, error=error)
        except BaseException:
            self._files.drop(resource, *inside.values())
            raise
        self._silent.clear()
        return ResourceFetched(resource, NOT_GIVEN)

    def _outcome(self, resource: str) -> str | None:
        return self._done[resource].outcome if resource in self._done else None

    def _complete(self, resource: str, path: str, inside: Mapping[str, str]) -> ResourceFetched:
        tally = self._tallies[resource] = _Tally(inside=inside)
        for listing in listings(resource, path, self._asked, tuple(inside)):
            # What the server didn't know in the first question is left out of the others too.
            listing.optional = [pair for pair in listing.optional if pair[0] not in tally.left_out]
            for page in pages(self._server, listing):
                self._take(page, listing, tally)
            tally.left_out |= set(listing.left_out)
            if "startTime.onOrAfter" in tally.left_out:
                break
        self._files.keep(resource, *inside.values())
        before = self._asked.marks.get(resource)
        whole = before is None or resource in ALWAYS_WHOLE or "meta.modified.after" in tally.left_out
        return ResourceFetched(resource, COMPLETE, tally.objects, self._mark(tally, before), whole)

    def _mark(self, tally: _Tally, before: datetime | None) -> datetime | None:
        """How far it is read. A time of change that lies ahead of the server's clock would hide what comes next."""
        now = self._server.date
        if tally.newest is None:
            return before or now
        newest = tally.newest if now is None else min(tally.newest, now)
        return max(newest, before) if before and (now is None or before <= now) else newest

    def _take(self, page: Page, listing: Listing, tally: _Tally) -> None:
        if listing.resource == DELETED:
            self._take_deleted(page, tally)
            return
        for raw in page.items:
            try:
                seen = msgspec.json.decode(raw, type=_Seen)
            except (msgspec.DecodeError, UnicodeDecodeError):
                # The reader says what is wrong with it, and sets it aside.
                continue
            moment = read_stamp(seen.meta.modified) if seen.meta else None
            tally.newest = max(filter(None, (tally.newest, moment)), default=None)
            if listing.resource == SUMS:
                _within(seen, listing)
            if seen.calendar_event and seen.calendar_event.id:
                tally.events.add(seen.calendar_event.id)
            if listing.resource == CALENDAR and seen.id:
                tally.events.add(seen.id)
            self._unfold(tally.inside, seen.embedded or {})
        tally.objects += len(page.items)
        self._files.add(listing.resource, page.items)

    def _take_deleted(self, page: Page, tally: _Tally) -> None:
        parts = page.items or [page.whole]
        for part in parts:
            try:
                found = msgspec.json.decode(part, type=dict[str, list[str] | None])
            except (msgspec.DecodeError, UnicodeDecodeError):
                raise not_ss12000(f"GET /{DELETED}") from None
            if ids := sum(len(each or ()) for each in found.values()):
                tally.objects += ids
                self._files.add_whole(DELETED, part)
                tally.ended |= {CORRECT.get(name, name) for name, each in found.items() if each}

    def _unfold(self, inside: Mapping[str, str], embedded: Mapping[str, msgspec.Raw]) -> None:
        """Objects that came inside others, to their own resource; each once."""
        for name, target in inside.items():
            raw = next((embedded[key] for key in (name, f"{name}s") if key in embedded), None)
            if raw is not None:
                several = opening(raw) == b"["
                found = msgspec.json.decode(raw, type=list[msgspec.Raw]) if several else [raw]
                self._files.add(target, (each for each in found if self._is_new(target, each)))

    def _is_new(self, target: str, raw: msgspec.Raw) -> bool:
        try:
            identity = msgspec.json.decode(raw, type=_Ref).id
        except (msgspec.DecodeError, UnicodeDecodeError):
            return False
        if identity is None or (target, identity) in self._embedded_ids:
            return False
        self._embedded_ids.add((target, identity))
        return True

    def _lessons_of_attendance(self) -> None:
        """The lessons that changed attendance is about, when the lessons themselves didn't change."""
        if self._outcome(ATTENDANCES) != COMPLETE or self._outcome(CALENDAR) != COMPLETE:
            return
        missing = self._tallies[ATTENDANCES].events - self._tallies[CALENDAR].events
        if not missing:
            return
        try:
            if not self._look_up(sorted(missing)):
                without = {name: mark for name, mark in self._asked.marks.items() if name != CALENDAR}
                self._asked = replace(self._asked, marks=without)
                self._files.drop(CALENDAR)
                self._done[CALENDAR] = self._resource(CALENDAR)
        except Unavailable as error:
            self._files.drop(CALENDAR)
            self._done[CALENDAR] = ResourceFetched(CALENDAR, FAILED, error=error)

    def _look_up(self, ids: list[str]) -> bool:
        """Fetch lessons by their ids; False when the server can't be asked so."""
        start, many = 0, LOOKED_UP_AT_A_TIME
        while start < len(ids):
            body = msgspec.json.encode({"ids": ids[start : start + many]})
            headers = {"Content-Type": "application/json"}
            question = Question("POST", f"/{CALENDAR}/lookup", headers=headers, body=body, shrinks=True)
            answer = self._server.ask(question)
            if answer.status in (*NOT_THERE, 400) and start == 0:
                return False
            if answer.status == TOO_LARGE and many > 1:
                many = max(1, many // 4)
                self._server.line.wait(0, answer.retry_after)
                continue
            if answer.status != OK:
                raise wrong_answer(question.where, answer.status)
            try:
                found = msgspec.json.decode(envelope(answer.content, CALENDAR)[0], type=list[msgspec.Raw])
            except (msgspec.DecodeError, UnicodeDecodeError):
                raise not_ss12000(question.where) from None
            self._files.add(CALENDAR, found)
            start += many
        self._files.keep(CALENDAR)
        return True

    def _nothing_but_deleted(self) -> None:
        """An empty list of what only lost objects: the reader looks for the deleted ones of lists that are there."""
        ended = self._tallies[DELETED].ended if self._outcome(DELETED) == COMPLETE else set()
        for resource in sorted(ended & set(ORDER)):
            if not self._files.has(resource) and self._outcome(resource) in (COMPLETE, None):
                self._files.add_whole(resource, msgspec.Raw(b"[]"))

    def _wait_for(self, resource: str, needed: Iterable[str]) -> None:
        failed = [name for name in needed if self._outcome(name) == FAILED]
        if failed and self._outcome(resource) == COMPLETE:
            self._files.drop(resource)
            error = waits_for(f"GET /{resource}", failed[0])
            self._done[resource] = ResourceFetched(resource, FAILED, error=error)


def _within(seen: _Seen, listing: Listing) -> None:
    """Sums of other days than those asked for would overlap those of another week."""
    first, last = (value for _, value in listing.needed)
    if seen.start_date is None or seen.end_date is None:
        return
    if not first <= seen.start_date[:10] <= seen.end_date[:10] <= last:
        raise sums_of_other_days(listing.where)
