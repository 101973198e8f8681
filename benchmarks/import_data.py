"""Made-up lessons as large files, fast: the shape of a real export without the care of the made-up region."""

from pathlib import Path

import polars as pl

DAYS, LESSONS_A_DAY = 178, 6
ROWS_A_BLOCK = 2_000_000
ATTENDANCES_A_FILE = 100_000
LENGTHS = (40, 50, 60, 80)


def _lessons(pupils: int, days: range) -> pl.DataFrame:
    """The lessons of some days in the order of time, as an export has them."""
    day = pl.DataFrame({"day": list(days)}, schema={"day": pl.Int32})
    pupil = pl.DataFrame({"pupil": range(pupils)}, schema={"pupil": pl.Int32})
    hour = pl.DataFrame({"hour": range(LESSONS_A_DAY)}, schema={"hour": pl.Int32})
    rows = day.join(pupil, how="cross").join(hour, how="cross")
    chance = pl.struct("day", "pupil", "hour").hash(seed=1)
    away = pl.struct("day", "pupil").hash(seed=2) % 100 < 6
    length = pl.col("hour").replace_strict(dict(enumerate(LENGTHS * 2)), return_dtype=pl.Int32)
    late = ~away & (chance % 100 < 4)
    rows = rows.with_columns(length=length, reported=chance % 97 != 0)
    return rows.with_columns(
        excused=pl.when(away).then("length").otherwise(0), unexcused=pl.when(late).then(10).otherwise(0)
    )


def _shared() -> dict[str, pl.Expr]:
    school_day = pl.col("day") // 5 * 7 + pl.col("day") % 5
    return {
        "student_id": pl.format("p-{}-a3f2", pl.col("pupil").cast(pl.String).str.zfill(7)),
        "activity_id": pl.format("act-{}", pl.col("pupil") // 25 * 12 + (pl.col("day") * 6 + pl.col("hour")) % 12),
        "date": pl.lit("2025-08-18").str.to_date() + pl.duration(days=school_day),
        "start_time": pl.format("{}:{}0", (pl.col("hour") + 8).cast(pl.String).str.zfill(2), pl.col("hour") % 4),
    }


def _told(column: pl.Expr) -> pl.Expr:
    return pl.when("reported").then(column).otherwise(None)


def write_csv(folder: Path, pupils: int) -> int:
    """lessons.csv in `folder`, and the same rows turned round and split in `<folder>-turned`; returns how many."""
    turned = folder.with_name(f"{folder.name}-turned")
    for each in (folder, turned):
        each.mkdir(parents=True)
    days = max(ROWS_A_BLOCK // (pupils * LESSONS_A_DAY), 1)
    written = 0
    with (folder / "lessons.csv").open("wb") as file:
        for number, first in enumerate(range(0, DAYS, days)):
            rows = _csv(_lessons(pupils, range(first, min(first + days, DAYS))))
            rows.write_csv(file, include_header=first == 0)
            rows.reverse().write_csv(turned / f"lessons-{999 - number:04}.csv")
            written += rows.height
    return written


def _csv(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        **_shared(),
        offered_minutes="length",
        is_reported="reported",
        attended_minutes=_told(pl.col("length") - pl.col("excused") - pl.col("unexcused")),
        other_minutes=_told(pl.lit(0)),
        excused_minutes=_told(pl.col("excused")),
        unexcused_minutes=_told(pl.col("unexcused")),
        late_minutes=_told(pl.col("unexcused")),
    )


def write_json(folder: Path, pupils: int) -> int:
    """attendances and calendarEvents of SS 12000 in `folder`; returns how many attendances."""
    folder.mkdir(parents=True)
    rows = _lessons(pupils, range(DAYS)).select(pl.all(), **_shared())
    stamp = pl.format("{}T14:30:00Z", "date")
    meta = pl.struct(created=stamp, modified=stamp).alias("meta")
    rows = rows.with_columns(
        meta, stamp.alias("stamp"), event=pl.format("e-{}-{}-{}", "activity_id", "date", "start_time")
    )
    held = rows.unique("event", maintain_order=True).select(
        id="event",
        meta="meta",
        activity=pl.struct(id="activity_id"),
        startTime=pl.format("{}T{}:00", "date", "start_time"),
        cancelled=pl.lit(value=False),
        teachingLengthStudent="length",
    )
    told = rows.select(
        id=pl.format("a-{}-{}", "event", "student_id"),
        meta="meta",
        calendarEvent=pl.struct(id="event"),
        student=pl.struct(id="student_id", securityMarking=pl.lit("Ingen")),
        isReported=pl.lit(value=True),
        reporter=pl.struct(id=pl.lit("t-1")),
        attendanceMinutes=pl.col("length") - pl.col("excused") - pl.col("unexcused"),
        validAbsenceMinutes="excused",
        invalidAbsenceMinutes="unexcused",
        otherAttendanceMinutes=pl.lit(0),
        absenceReason=pl.lit(None, dtype=pl.String),
        reportedTimestamp="stamp",
    )
    _documents(folder, "calendarEvents", held.select(pl.struct(pl.all()).struct.json_encode()).to_series())
    return _documents(folder, "attendances", told.select(pl.struct(pl.all()).struct.json_encode()).to_series())


def _documents(folder: Path, resource: str, items: pl.Series) -> int:
    for number, first in enumerate(range(0, len(items), ATTENDANCES_A_FILE), start=1):
        text = ",\n".join(items[first : first + ATTENDANCES_A_FILE])
        (folder / f"{resource}-{number:04}.json").write_text(f'{{"data": [{text}], "pageToken": null}}', "utf-8")
    return len(items)
