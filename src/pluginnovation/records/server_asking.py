"""What is asked of a server, resource by resource: in which order, for which days, and what comes along inside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from .server_http import Query
from .server_pages import Listing

# In the order in which one needs the other. Attendance comes before its lessons: those that are missing are looked up.
ORDER: Final = (
    "organisations", "programmes", "syllabuses", "persons", "groups", "duties", "activities", "studyplans", "grades",
    "attendances", "calendarEvents", "aggregatedAttendance", "deletedEntities",
)  # fmt: skip

# Other spellings that servers use for a path.
PATHS: Final[Mapping[str, tuple[str, ...]]] = {
    "studyplans": ("/studyplans", "/studyPlans"),
    "aggregatedAttendance": ("/aggregatedAttendance", "/aggregatedAttendances"),
}

# Small lists that the rows of others are read with: always asked for whole.
ALWAYS_WHOLE: Final = ("programmes", "syllabuses")

# Of no use without: a person's programme is a reference, a lesson's time stands in the calendar.
NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "persons": ("programmes",),
    "studyplans": ("syllabuses",),
    "grades": ("syllabuses",),
    "attendances": ("calendarEvents",),
}

# The standard has no word for a change of sums: they change with attendance.
ALONG: Final[Mapping[str, tuple[str, ...]]] = {"attendances": ("aggregatedAttendance",)}

# What `expand` puts inside the objects of a resource, and which resource that is.
EMBEDS: Final[Mapping[str, Mapping[str, str]]] = {
    "activities": {"groups": "groups", "syllabus": "syllabuses"},
    "duties": {"person": "persons"},
    "calendarEvents": {"activity": "activities", "attendance": "attendances"},
    "aggregatedAttendance": {"activity": "activities", "student": "persons"},
}

# A change that was being written while we asked may carry a time before the newest that we saw.
OVERLAP: Final = timedelta(minutes=15)
# Late corrections of sums carry no time of change that can be asked for: so many weeks are asked for again.
WEEKS_AGAIN: Final = 6
CALENDAR_DAYS: Final = 28
_BEGINNING: Final = "1970-01-01T00:00:00Z"
# Times without a zone are local; taking them as such is never too late.
_ZONE: Final = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class FetchAsked:
    """The terms of one fetch.

    today   the day here
    since   the first day that lessons and sums are asked for
    marks   resource -> how far it was read before; what isn't here is asked for whole
    held_to the day up to which lessons were fetched before; None: what the mark says
    only    only these resources, and what they need; None: all
    """

    today: date
    since: date
    marks: Mapping[str, datetime] = field(default_factory=dict)
    only: frozenset[str] | None = None
    held_to: date | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """The resources that are asked for, in order."""
        if self.only is None:
            return ORDER
        needed = {name for one in self.only for name in (*NEEDS.get(one, ()), *ALONG.get(one, ()))}
        return tuple(name for name in ORDER if name in self.only | needed)


def paths_of(resource: str) -> tuple[str, ...]:
    """The paths that a resource may be found at."""
    return PATHS.get(resource, (f"/{resource}",))


def listings(resource: str, path: str, asked: FetchAsked, embedded: tuple[str, ...]) -> Iterator[Listing]:
    """The questions that together give a resource.

    Takes   embedded   what to ask to have put inside
    """
    mark = None if resource in ALWAYS_WHOLE else asked.marks.get(resource)
    optional = [("expand", name) for name in embedded]
    if resource == "deletedEntities":
        yield Listing(resource, path, (("after", stamp(mark - OVERLAP) if mark else _BEGINNING),))
        return
    if resource == "aggregatedAttendance":
        for monday in _mondays(asked, mark):
            days: Query = (("startDate", monday.isoformat()), ("endDate", (monday + timedelta(days=6)).isoformat()))
            yield Listing(resource, path, days, list(optional))
        return
    changed = [("meta.modified.after", stamp(mark - OVERLAP))] if mark else []
    if resource == "calendarEvents":
        yield from _timetable(path, asked, optional, changed)
    else:
        # What comes inside an object may change when the object itself doesn't.
        yield Listing(resource, path, (), optional or changed)


def _timetable(
    path: str, asked: FetchAsked, optional: list[tuple[str, str]], changed: list[tuple[str, str]]
) -> Iterator[Listing]:
    """Of days that were fetched before, the lessons that changed; of later days all, whenever they were planned.

    With attendance inside, all of the latest weeks: a correction of it doesn't change the lesson.
    """
    tomorrow, new = asked.today + timedelta(days=1), asked.since
    if mark := asked.marks.get("calendarEvents"):
        new = min(max(asked.since, asked.held_to or mark.astimezone(_ZONE).date()), tomorrow)
        if optional:
            new = max(asked.since, min(new, asked.today - timedelta(weeks=WEEKS_AGAIN)))
    spans = [(span, changed) for span in _spans(asked.since, new)] + [(span, []) for span in _spans(new, tomorrow)]
    for (first, last), only in spans:
        window = [("startTime.onOrAfter", _midnight(first)), ("startTime.onOrBefore", _midnight(last))]
        yield Listing("calendarEvents", path, (), [*optional, *only, *window])


def probe(resource: str, path: str, today: date) -> Listing:
    """The smallest question that tells whether a server has a resource."""
    week = FetchAsked(today, today - timedelta(days=13))
    return next(iter(listings(resource, path, week, ())))


def stamp(moment: datetime) -> str:
    """A time as the standard writes it, without fractions: downwards, so never too late."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_stamp(text: str | None) -> datetime | None:
    """A time of change; None when it can't be read."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=_ZONE)).astimezone(UTC)


def _mondays(asked: FetchAsked, mark: datetime | None) -> Iterator[date]:
    """The weeks to sum: whole ones that have ended, so that a row's key is the same whenever it is asked for."""
    first = asked.since
    if mark:
        first = max(first, mark.astimezone(_ZONE).date() - timedelta(weeks=WEEKS_AGAIN))
    monday = first - timedelta(days=first.weekday())
    while monday + timedelta(days=6) < asked.today:
        yield monday
        monday += timedelta(weeks=1)


def _spans(first: date, last: date) -> Iterator[tuple[date, date]]:
    while first < last:
        end = min(last, first + timedelta(days=CALENDAR_DAYS))
        yield first, end
        first = end


def _midnight(day: date) -> str:
    return stamp(datetime(day.year, day.month, day.day, tzinfo=_ZONE))
