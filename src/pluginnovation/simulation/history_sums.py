"""Monthly sums of attendance in earlier years, drawn without any lesson."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from .attendance import SEASON
from .chance import Floats, stream
from .history_places import Placed, sums_activity
from .lessons import World
from .places import Municipality
from .school_year import SchoolYear

MINUTES_A_DAY = 330
GROWS = 0.93  # absence a year earlier, as a share of a year later
FROM_YEAR_TO_YEAR, FROM_MONTH_TO_MONTH = 0.35, 0.3  # standard deviations of the logarithm
MOST_MISSED = 0.95
REPORTED = (90, 3)  # beta distribution of the part that is reported
SCHEMA = {"student_id": pl.String, "activity_id": pl.String, "start_date": pl.Date, "end_date": pl.Date,
          "offered_sum": pl.Int32, "reported_sum": pl.Int32, "attended_sum": pl.Int32, "other_sum": pl.Int32,
          "excused_sum": pl.Int32, "unexcused_sum": pl.Int32}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attending:
    """Some pupils in one earlier year, one entry each.

    share     part of the teaching they tend to miss, 0..1
    excused   part of that which is excused
    schools   organisation ids
    """

    ids: list[str]
    schools: list[str]
    share: Floats
    excused: Floats


def monthly_sums(world: World, own: list[Placed], municipality: Municipality) -> pl.DataFrame:
    """One row per pupil and month of every earlier year that they are placed in."""
    frames = [pl.DataFrame(schema=SCHEMA)]
    for each in own:
        rng = stream(world.region.seed, "history sums", municipality.no, each.of.local, each.back)
        share = world.traits.share[each.pupils] * GROWS**each.back
        ids = world.pupils.id[each.pupils].tolist()
        attending = Attending(ids, each.schools, share, world.traits.excused[each.pupils])
        frames.append(year_of_sums(attending, each.back, world.years[municipality.no], rng))
    return pl.concat(frames)


def year_of_sums(attending: Attending, back: int, year: SchoolYear, rng: np.random.Generator) -> pl.DataFrame:
    """A school year of monthly sums; as many school days in each month as this year."""
    months, days = np.unique(year.days.astype("datetime64[M]"), return_counts=True)
    first = [_before(month.astype(object), back) for month in months]
    last = [day.replace(day=monthrange(day.year, day.month)[1]) for day in first]
    shape = (len(attending.ids), len(months))
    yearly = attending.share[:, None] * np.exp(FROM_YEAR_TO_YEAR * rng.standard_normal((shape[0], 1)))
    season = np.array([SEASON[day.month] for day in first])
    missed = yearly * season * np.exp(FROM_MONTH_TO_MONTH * rng.standard_normal(shape))
    offered = np.broadcast_to(days * MINUTES_A_DAY, shape)
    reported = (offered * rng.beta(*REPORTED, size=shape)).astype(np.int64)
    absent = (reported * missed.clip(0, MOST_MISSED)).astype(np.int64)
    excused = (absent * attending.excused[:, None]).astype(np.int64)
    many = range(len(attending.ids))
    return pl.DataFrame(
        {
            "student_id": [attending.ids[i] for i in many for _ in first],
            "activity_id": [sums_activity(attending.schools[i]) for i in many for _ in first],
            "start_date": first * shape[0],
            "end_date": last * shape[0],
            "offered_sum": offered.ravel(),
            "reported_sum": reported.ravel(),
            "attended_sum": (reported - absent).ravel(),
            "other_sum": np.zeros(offered.size, dtype=np.int64),
            "excused_sum": excused.ravel(),
            "unexcused_sum": (absent - excused).ravel(),
        },
        schema_overrides=SCHEMA,
    )


def _before(day: date, years: int) -> date:
    return day.replace(year=day.year - years)
