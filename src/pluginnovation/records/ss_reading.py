"""Reading a folder of SS 12000 JSON: which files give the rows of which table, and what they need from others."""

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from .fingerprints import Print, print_of_items
from .ledger import QUARANTINE_COLUMNS
from .pieces import Piece
from .sources import Source
from .ss_files import Items, deleted_ids, items_of
from .ss_frames import rows_of_items
from .ss_latest import all_of_each, latest_of_each
from .ss_lessons import Timetable, lesson_rows, timetable
from .ss_persons import Lookups
from .taking import Place

# The resource whose objects hold each table's rows.
GIVEN_BY: Final = {
    "organisations": "organisations",
    "persons": "persons",
    "responsibles": "persons",
    "enrolments": "persons",
    "groups": "groups",
    "memberships": "groups",
    "duties": "duties",
    "activities": "activities",
    "lessons": "attendances",
    "attendance_sums": "aggregatedAttendance",
    "grades": "grades",
    "study_plans": "studyplans",
}

# Objects with rows of other tables inside them.
_HOLD_ROWS: Final = ("persons", "groups", "duties", "studyplans")
_BY_ID: Final = ("organisations", "persons", "groups", "activities")


class SsFolder:
    """A folder of SS 12000 JSON, read one document at a time."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lookups: Lookups | None = None
        self._timetable: Timetable | None = None
        self._pieces: dict[str, list[Piece]] = {}

    def gives(self, table: str) -> bool:
        """Whether the source has the resource that a table's rows stand in."""
        # A timetable alone may say that lessons are cancelled.
        also = table == "lessons" and "calendarEvents" in self._source.files
        return also or GIVEN_BY.get(table) in self._source.files

    def pieces(self, table: str) -> Iterator[Piece]:
        """The rows of a table, document by document."""
        resource = GIVEN_BY[table]
        if resource == "attendances":
            yield from self._lessons()
            return
        if resource not in self._pieces:
            self._pieces[resource] = list(self._read(resource))
        yield from (piece for piece in self._pieces[resource] if piece.table == table)

    def prints(self) -> dict[str, Print]:
        """The print of each resource."""
        return {resource: print_of_items(paths, resource) for resource, paths in self._source.files.items()}

    @property
    def cancelled(self) -> pl.DataFrame:
        """The calendar events that are cancelled."""
        if self._timetable is None:
            return pl.DataFrame()
        events = self._timetable.events.filter("cancelled").drop_nulls(["activity_id", "date", "start_time"])
        return events.select(activity="activity_id", date="date", start_minute="start_time")

    @property
    def deleted(self) -> Mapping[str, pl.Series]:
        """Ids in deletedEntities, for the tables whose key they are. Lessons have no id of their own in the facts."""
        found: dict[str, list[str]] = {}
        for path in self._source.files.get("deletedEntities", ()):
            for resource, ids in deleted_ids(path).items():
                if resource in _BY_ID:
                    found.setdefault(resource, []).extend(ids)
        return {table: pl.Series("id", ids, dtype=pl.String) for table, ids in found.items()}

    def _read(self, resource: str) -> Iterator[Piece]:
        lookups = self._looked_up()
        main = next(table for table, given in GIVEN_BY.items() if given == resource)
        documents = self._documents(resource)
        for items, place, older in (
            latest_of_each(list(documents)) if resource in _HOLD_ROWS else all_of_each(documents)
        ):
            wrong = _wrong(resource, items.wrong, place, "not_as_the_standard_says")
            found = rows_of_items(resource, items, lookups)
            if main not in found and (wrong.height or older):
                found[main] = pl.DataFrame()
            for table, rows in found.items():
                is_main = table == main
                yield Piece(table, rows, place, wrong if is_main else wrong.clear(), older if is_main else 0)

    def _lessons(self) -> Iterator[Piece]:
        if self._timetable is None:
            self._timetable = timetable(items for items, _ in self._documents("calendarEvents"))
        for items, place in self._documents("attendances"):
            rows, lost = lesson_rows(items, self._timetable)
            wrong = [
                _wrong("lessons", items.wrong, place, "not_as_the_standard_says"),
                _wrong("lessons", dict.fromkeys(lost, "calendarEvent"), place, "unknown_calendar_event"),
            ]
            yield Piece("lessons", rows, place, pl.concat(wrong))

    def _documents(self, resource: str) -> Iterator[tuple[Items, Place]]:
        for path in self._source.files.get(resource, ()):
            yield items_of(path, resource), Place(path.name, self._source.number(path), header=0)

    def _looked_up(self) -> Lookups:
        if self._lookups is None:
            self._lookups = Lookups()
            for items, _ in self._documents("syllabuses"):
                self._lookups.syllabuses.update({item.id: item for item in items.found if item.id})
            for items, _ in self._documents("programmes"):
                self._lookups.programmes.update({item.id: item.code for item in items.found if item.id})
        return self._lookups


def _wrong(resource: str, fields: Mapping[int, str], place: Place, rule: str) -> pl.DataFrame:
    """Quarantine lines of whole items: the place of each, and the field that is wrong."""
    given = {"line": list(fields), "column": list(fields.values())}
    frame = pl.DataFrame(given, schema={"line": pl.Int64, "column": pl.String}).with_columns(
        pl.lit(resource).alias("resource"),
        pl.lit(place.file).alias("file"),
        pl.lit(rule).alias("rule"),
        pl.lit("item").alias("value_class"),
    )
    return frame.select(list(QUARANTINE_COLUMNS)).cast(QUARANTINE_COLUMNS)  # type: ignore[arg-type]
