"""What a made-up SS 12000 server gives: a region's registers, some school days of attendance, and one day more.

Deterministic but for its dates, which end today. The later day holds that day's lessons, corrections of the days before
(an absence that was excused afterwards), and some persons with a new address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

LESSONS_A_DAY = 6
IN_A_CLASS, IN_A_SCHOOL = 25, 300
ACTIVITIES_A_CLASS = 12
# Of those told before, one in so many is corrected; of persons one in so many is changed.
CORRECTED, MOVED = 50, 100
LENGTHS = (40, 50, 60, 80)
ZONE = ZoneInfo("Europe/Stockholm")
Documents = dict[str, list[bytes]]


@dataclass(frozen=True, slots=True)
class Feed:
    """How large, and until when.

    pupils   how many
    days     school days, the last of which is the later one
    told     when the first days were told; more than a fetch's overlap before the later day was
    later    when the later day was told
    """

    pupils: int
    days: tuple[date, ...]
    told: datetime
    later: datetime


def feed_until(now: datetime, pupils: int, days: int) -> Feed:
    """So many weekdays up to now."""
    last = now.astimezone(ZONE).date()
    back = (last - timedelta(days=ago) for ago in range(3 * days + 3))
    weekdays = sorted(day for day in back if day.weekday() < 5)[-days:]
    return Feed(pupils, tuple(weekdays), now - timedelta(hours=2), now - timedelta(minutes=1))


def registers(feed: Feed) -> Documents:
    """Organisations, persons, groups, duties and activities."""
    classes, schools = range(-(-feed.pupils // IN_A_CLASS)), range(-(-feed.pupils // IN_A_SCHOOL))
    meta = _meta(feed.told)
    units = [
        {"id": f"s-{n}", "meta": meta, "displayName": f"Skola {n}", "organisationType": "Skolenhet",
         "parentOrganisation": {"id": "hm"}, "schoolTypes": ["GR"]}
        for n in schools
    ]  # fmt: skip
    return {
        "organisations": _each(
            [{"id": "hm", "meta": meta, "displayName": "Huvudman", "organisationType": "Huvudman"}, *units]
        ),
        "persons": _each(_pupil(n, feed, meta, moved=False) for n in range(feed.pupils)) + _each(_teachers(feed, meta)),
        "groups": _each(_group(n, feed, meta) for n in classes),
        "duties": _each(
            {"id": f"d-{n}", "meta": meta, "person": {"id": f"t-{n}"}, "dutyRole": "Lärare",
             "dutyAt": {"id": f"s-{n * IN_A_CLASS // IN_A_SCHOOL}"}, "startDate": "2025-08-01"}
            for n in classes
        ),
        "activities": _each(
            {"id": f"act-{n}", "meta": meta, "displayName": f"Ämne {n % ACTIVITIES_A_CLASS}",
             "organisation": {"id": f"s-{n // ACTIVITIES_A_CLASS * IN_A_CLASS // IN_A_SCHOOL}"}}
            for n in range(len(classes) * ACTIVITIES_A_CLASS)
        ),
    }  # fmt: skip


def moved(feed: Feed) -> list[bytes]:
    """The persons that the later day has a new address for."""
    return _each(_pupil(n, feed, _meta(feed.later), moved=True) for n in range(0, feed.pupils, MOVED))


def held(feed: Feed, day: date) -> list[bytes]:
    """The lessons of a day, as calendar events."""
    rows = _lessons(feed, day).unique("event", maintain_order=True)
    return _encoded(
        rows.select(
            id="event",
            meta=_stamped(_told(feed, day)),
            activity=pl.struct(id="activity"),
            startTime="start",
            cancelled=pl.lit(value=False),
            teachingLengthStudent="length",
        )
    )


def told(feed: Feed, day: date) -> list[bytes]:
    """The attendance of a day."""
    return _encoded(_attendances(_lessons(feed, day), _told(feed, day)))


def corrected(feed: Feed, day: date) -> list[bytes]:
    """What the later day corrects of an earlier one."""
    rows = _lessons(feed, day)
    late = rows.filter(pl.struct("pupil", "day", "hour").hash(seed=3) % CORRECTED == 0)
    excused = late.with_columns(excused="length", unexcused=pl.lit(0, pl.Int32))
    return _encoded(_attendances(excused, feed.later))


def _told(feed: Feed, day: date) -> datetime:
    return feed.later if day == feed.days[-1] else feed.told


def _lessons(feed: Feed, day: date) -> pl.DataFrame:
    pupil = pl.DataFrame({"pupil": range(feed.pupils)}, schema={"pupil": pl.Int32})
    hour = pl.DataFrame({"hour": range(LESSONS_A_DAY)}, schema={"hour": pl.Int32})
    rows = pupil.join(hour, how="cross").with_columns(day=pl.lit(day.toordinal(), pl.Int32))
    chance = pl.struct("day", "pupil", "hour").hash(seed=1)
    away = pl.struct("day", "pupil").hash(seed=2) % 100 < 6
    number = pl.col("pupil") // IN_A_CLASS * ACTIVITIES_A_CLASS
    number += (pl.col("day") * LESSONS_A_DAY + pl.col("hour")) % ACTIVITIES_A_CLASS
    starts = [datetime.combine(day, time(8 + n), ZONE).isoformat() for n in range(LESSONS_A_DAY)]
    length = pl.col("hour").replace_strict(dict(enumerate(LENGTHS * 2)), return_dtype=pl.Int32)
    return rows.with_columns(
        length=length,
        activity=pl.format("act-{}", number),
        event=pl.format("e-{}-{}-{}", number, pl.col("day"), pl.col("hour")),
        start=pl.col("hour").replace_strict(dict(enumerate(starts)), return_dtype=pl.String),
    ).with_columns(
        excused=pl.when(away).then("length").otherwise(0),
        unexcused=pl.when(~away & (chance % 100 < 4)).then(10).otherwise(0),
    )


def _attendances(rows: pl.DataFrame, at: datetime) -> pl.DataFrame:
    return rows.select(
        id=pl.format("a-{}-{}", "event", "pupil"),
        meta=_stamped(at),
        calendarEvent=pl.struct(id="event"),
        student=pl.struct(id=pl.format("p-{}", "pupil"), securityMarking=pl.lit("Ingen")),
        isReported=pl.lit(value=True),
        reporter=pl.struct(id=pl.format("t-{}", pl.col("pupil") // IN_A_CLASS)),
        attendanceMinutes=pl.col("length") - pl.col("excused") - pl.col("unexcused"),
        validAbsenceMinutes="excused",
        invalidAbsenceMinutes="unexcused",
        otherAttendanceMinutes=pl.lit(0),
        absenceReason=pl.lit(None, dtype=pl.String),
        reportedTimestamp=pl.lit(_stamp(at)),
    )


def _pupil(number: int, feed: Feed, meta: dict[str, str], *, moved: bool) -> dict[str, object]:
    place = {"id": f"s-{number // IN_A_SCHOOL}"}
    enrolled = {"schoolType": "GR", "schoolYear": number % 9 + 1, "startDate": "2025-08-01", "enroledAt": place}
    address = f"{'ny' if moved else 'elev'}{number}@exempel.se"
    return {
        "id": f"p-{number}", "meta": meta, "givenName": f"Elev{number}", "familyName": "Påhittad",
        "securityMarking": "Ingen", "personStatus": "Aktiv", "enrolments": [enrolled],
        "emails": [{"value": address, "type": "Skola elev"}],
    }  # fmt: skip


def _teachers(feed: Feed, meta: dict[str, str]) -> Iterator[dict[str, object]]:
    for number in range(-(-feed.pupils // IN_A_CLASS)):
        name = {"givenName": f"Lärare{number}", "familyName": "Påhittad", "securityMarking": "Ingen"}
        yield {"id": f"t-{number}", "meta": meta, **name}


def _group(number: int, feed: Feed, meta: dict[str, str]) -> dict[str, object]:
    members = range(number * IN_A_CLASS, min((number + 1) * IN_A_CLASS, feed.pupils))
    return {
        "id": f"g-{number}", "meta": meta, "displayName": f"Klass {number}", "groupType": "Klass",
        "organisation": {"id": f"s-{number * IN_A_CLASS // IN_A_SCHOOL}"}, "startDate": "2025-08-01",
        "groupMemberships": [{"person": {"id": f"p-{pupil}"}, "startDate": "2025-08-01"} for pupil in members],
    }  # fmt: skip


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _meta(at: datetime) -> dict[str, str]:
    return {"created": _stamp(at), "modified": _stamp(at)}


def _stamped(at: datetime) -> pl.Expr:
    return pl.struct(created=pl.lit(_stamp(at)), modified=pl.lit(_stamp(at)))


def _each(objects: object) -> list[bytes]:
    return [msgspec.json.encode(one) for one in objects]  # type: ignore[attr-defined]


def _encoded(rows: pl.DataFrame) -> list[bytes]:
    texts = rows.select(pl.struct(pl.all()).struct.json_encode()).to_series()
    return [text.encode() for text in texts]
