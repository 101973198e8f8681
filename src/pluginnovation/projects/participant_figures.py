"""What the registers say of a sub-project's participants, before they began and now: one figure per measure.

Each participant is compared with the own time before: the same pupils on both sides, so nobody who left or came late
makes a change by coming or leaving. It says that something changed; why is for the evaluation plan's comparison.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl
from scipy.special import stdtrit

from pluginnovation.reference.grade_scales import NO_BASIS, PASSES

from .claims import LEAST_KNOWN, MEASURES, Figure

WINDOW: Final = 84  # days on each side: a term's worth of weeks without its holidays
LEAST_AFTER: Final = 28  # days since the start before anything is called now
GRADES_BEFORE: Final = 365  # grades are set once or twice a year
BEFORE, NOW = "before", "now"
WHO: Final = ("sub_project", "pupil")
SETS_GRADES: Final = ("term", "final")


@dataclass(frozen=True, slots=True)
class Records:
    """The participants' own rows.

    days         pupil, date, offered, reported, excused, unexcused (minutes)
    grades       pupil, grade, registered_date, kind
    enrolments   pupil, start_date, end_date (null: goes on)
    mapped       pupil, mapped_on: when a mapping of the pupil was first written
    """

    days: pl.DataFrame
    grades: pl.DataFrame
    enrolments: pl.DataFrame
    mapped: pl.DataFrame


def figures_of(participants: pl.DataFrame, records: Records, *, as_of: date) -> list[tuple[int, Figure]]:
    """Every measure of every sub-project.

    Takes   participants   sub_project, pupil, start_date, end_date (null: still in it; later than `as_of` counts so);
                           nobody who was recorded by mistake
            as_of          the last day that is looked at
    Gives   sub-project's number and figure; a sub-project whose participants begin later has none
    """
    begun = _since(participants, as_of)
    if not begun.height:
        return []
    changes = pl.concat(
        [_absence(begun, records.days), _passes(begun, records.grades), _in_school(begun, records.enrolments),
         _mapped(begun, records.mapped)]
    )  # fmt: skip
    sizes = begun.group_by("sub_project").agg(of=pl.len(), until=pl.col("until").max())
    return list(_summed(changes, sizes))


def first_day(participants: pl.DataFrame) -> date | None:
    """The first day of lessons that any figure looks at; None: there are no participants."""
    start = participants["start_date"].min()
    return start - timedelta(days=WINDOW) if isinstance(start, date) else None


def _since(participants: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One row per participant who has begun: start, and the last day of now. Who came twice counts from the first."""
    rows = participants.filter(pl.col("start_date") <= as_of)
    rows = rows.with_columns(until=pl.min_horizontal(pl.col("end_date").fill_null(as_of), pl.lit(as_of)))
    return rows.group_by(WHO).agg(start=pl.col("start_date").min(), until=pl.col("until").max()).sort(WHO)


def _sides(rows: pl.DataFrame, day: str) -> pl.DataFrame:
    """The rows that lie before or now, with which."""
    since, until, on = pl.col("start"), pl.col("until"), pl.col(day)
    long_enough = until >= since + timedelta(days=LEAST_AFTER - 1)
    before = (on < since) & (on >= since - timedelta(days=WINDOW))
    now = long_enough & (on <= until) & (on >= since) & (on > until - timedelta(days=WINDOW))
    side = pl.when(before).then(pl.lit(BEFORE)).when(now).then(pl.lit(NOW))
    return rows.with_columns(side=side).drop_nulls("side")


def _absence(begun: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    sums = _sides(begun.join(days, on="pupil"), "date").group_by(*WHO, "side").agg(
        pl.col("offered", "reported", "excused", "unexcused").sum()
    )  # fmt: skip
    enough = (pl.col("reported") > 0) & (pl.col("reported") * 100 >= pl.col("offered") * LEAST_KNOWN)
    known = sums.filter(enough)
    return pl.concat(
        [
            _both(known, "absence_share", 100 * (pl.col("excused") + pl.col("unexcused")) / pl.col("reported")),
            _both(known, "unexcused_share", 100 * pl.col("unexcused") / pl.col("reported")),
        ]
    )


def _passes(begun: pl.DataFrame, grades: pl.DataFrame) -> pl.DataFrame:
    """Of the grades set in the year before and since: how many are passes. No grade at all is unknown."""
    rows = begun.join(grades.filter(pl.col("kind").is_in(SETS_GRADES) & (pl.col("grade") != NO_BASIS)), on="pupil")
    on, since = pl.col("registered_date"), pl.col("start")
    before = (on < since) & (on >= since - timedelta(days=GRADES_BEFORE))
    now = (on >= since) & (on <= pl.col("until"))
    side = pl.when(before).then(pl.lit(BEFORE)).when(now).then(pl.lit(NOW))
    sums = rows.with_columns(side=side).drop_nulls("side").group_by(*WHO, "side").agg(
        passes=pl.col("grade").is_in(sorted(PASSES)).sum(), set=pl.len()
    )  # fmt: skip
    return _both(sums, "passes_share", 100 * pl.col("passes") / pl.col("set"))


def _in_school(begun: pl.DataFrame, enrolments: pl.DataFrame) -> pl.DataFrame:
    """Enrolled on the day before the start, and on the last day. Someone whom no register knows is unknown."""
    rows = begun.join(enrolments.rename({"start_date": "first", "end_date": "last"}), on="pupil")

    def there(day: pl.Expr) -> pl.Expr:
        return ((pl.col("first") <= day) & (pl.col("last").is_null() | (pl.col("last") >= day))).max() * 100.0

    found = rows.group_by(*WHO).agg(
        before=there(pl.col("start") - timedelta(days=1)), now=there(pl.col("until")),
    )  # fmt: skip
    return _named(found, "in_school")


def _mapped(begun: pl.DataFrame, mapped: pl.DataFrame) -> pl.DataFrame:
    rows = begun.join(mapped, on="pupil", how="left")
    on = pl.col("mapped_on")
    found = rows.select(
        *WHO,
        before=(on < pl.col("start")).fill_null(value=False) * 100.0,
        now=(on <= pl.col("until")).fill_null(value=False) * 100.0,
    )
    return _named(found, "mapped")


def _both(sums: pl.DataFrame, measure: str, value: pl.Expr) -> pl.DataFrame:
    """Before and now beside each other, for those known on both sides."""
    values = sums.with_columns(value=value.cast(pl.Float64))
    sides = {side: values.filter(pl.col("side") == side).select(*WHO, value=pl.col("value")) for side in (BEFORE, NOW)}
    found = sides[BEFORE].rename({"value": "before"}).join(sides[NOW].rename({"value": "now"}), on=WHO)
    return _named(found, measure)


def _named(found: pl.DataFrame, measure: str) -> pl.DataFrame:
    return found.select(*WHO, measure=pl.lit(measure), before=pl.col("before").cast(pl.Float64), now=pl.col("now"))


def _summed(changes: pl.DataFrame, sizes: pl.DataFrame) -> Iterator[tuple[int, Figure]]:
    change = pl.col("now") - pl.col("before")
    sums = changes.group_by("sub_project", "measure").agg(
        n=pl.len(), before=pl.col("before").mean(), now=pl.col("now").mean(), mean=change.mean(), sd=change.std()
    )
    found = {(row["sub_project"], row["measure"]): row for row in sums.to_dicts()}
    for number, of, until in sizes.sort("sub_project").rows():
        for measure in MEASURES:
            row = found.get((number, measure))
            if row is None:
                yield number, Figure(measure, None, None, None, None, 0, of, until)
                continue
            low, high = _band(row["mean"], row["sd"], row["n"])
            yield number, Figure(measure, row["before"], row["now"], low, high, row["n"], of, until)


def _band(mean: float, sd: float | None, n: int) -> tuple[float | None, float | None]:
    """The 95 % interval of a mean change; none of a single one."""
    if sd is None:
        return None, None
    away = float(stdtrit(n - 1, 0.975)) * sd / n**0.5
    return mean - away, mean + away
