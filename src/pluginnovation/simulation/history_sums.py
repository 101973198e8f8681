"""Monthly sums of attendance in earlier years, from what lives missed, without any lesson."""

from calendar import monthrange
from datetime import date

import numpy as np
import polars as pl

from .attendance import SEASON
from .chance import Ints, stream
from .cohorts import AUTUMN
from .lessons import World
from .places import Municipality
from .school_places import school_places
from .school_year import SchoolYear
from .stretches import Stretches

MINUTES_A_DAY = 330
FROM_MONTH_TO_MONTH = 0.3  # standard deviation of the logarithm
MOST_MISSED = 0.95
REPORTED = (90, 3)  # beta distribution of the part that is reported
EXCUSED = {"GR": (8, 2), "GY": (6, 4)}  # the same of the part of absence that is excused
SCHEMA = {"student_id": pl.String, "activity_id": pl.String, "start_date": pl.Date, "end_date": pl.Date,
          "offered_sum": pl.Int32, "reported_sum": pl.Int32, "attended_sum": pl.Int32, "other_sum": pl.Int32,
          "excused_sum": pl.Int32, "unexcused_sum": pl.Int32}  # fmt: skip


def sums_activity(school: str) -> str:
    """The id of the activity that stands for all teaching of a school."""
    return f"{school}-all"


def monthly_sums(world: World, back: int) -> pl.DataFrame:
    """One row per pupil and month of every earlier year in school.

    Takes   back   how many school years
    """
    frames = [pl.DataFrame(schema=SCHEMA)]
    for municipality in world.region.municipalities:
        frames += [_half_year(world, municipality, half) for half in range(AUTUMN - 2 * back, AUTUMN)]
    return pl.concat(frames)


def _half_year(world: World, municipality: Municipality, half: int) -> pl.DataFrame:
    """A half-year of one municipality; as many school days in each month as in this school year."""
    cohorts = world.cohorts
    places = school_places(cohorts, world.offered, half)
    person = np.flatnonzero(places.there & (cohorts.people.municipality == municipality.no))
    rng = stream(cohorts.seed, "history sums", municipality.no, half)
    months, days = _months(world.years[municipality.no], half)
    shape = (len(person), len(months))
    season = np.array([SEASON[day.month] for day in months])
    share = cohorts.at(half, cohorts.lives.missed, 0.0)[person].astype(np.float64)[:, None]
    missed = share * season / np.average(season, weights=days)
    missed = missed * np.exp(FROM_MONTH_TO_MONTH * rng.standard_normal(shape) - FROM_MONTH_TO_MONTH**2 / 2)
    offered = np.broadcast_to(days * MINUTES_A_DAY, shape)
    reported = (offered * rng.beta(*REPORTED, size=shape)).astype(np.int64)
    absent = (reported * missed.clip(0, MOST_MISSED)).astype(np.int64)
    upper = places.upper[person]
    part = np.where(upper, rng.beta(*EXCUSED["GY"], len(person)), rng.beta(*EXCUSED["GR"], len(person)))
    excused = (absent * part[:, None]).astype(np.int64)
    schools = world.region.school_of_unit
    activities = [sums_activity(schools[unit].id) for unit in places.unit[person].tolist()]
    last = [day.replace(day=monthrange(day.year, day.month)[1]) for day in months]
    frame = pl.DataFrame(
        {
            "student_id": np.repeat(cohorts.id[person], len(months)).tolist(),
            "activity_id": np.repeat(np.array(activities, dtype=object), len(months)).tolist(),
            "start_date": months * shape[0],
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
    gone = _gone_by(world.stretches, half, person, len(cohorts))
    begun = pl.Series(np.repeat(gone, len(months)).tolist(), dtype=pl.Date)
    return frame.filter(begun.is_null() | (pl.col("start_date") <= begun))


def _gone_by(stretches: Stretches, half: int, person: Ints, size: int) -> np.ndarray:
    """The last day in school of those who left in the half-year, None for the others."""
    found = np.full(size, None, dtype=object)
    own = stretches.some(stretches.last == half)
    found[own.person] = own.day
    return np.asarray(found[person])


def _months(year: SchoolYear, half: int) -> tuple[list[date], Ints]:
    """The first days of a half-year's months, and how many school days each has."""
    months, days = np.unique(year.days.astype("datetime64[M]"), return_counts=True)
    own = [(month.astype(object).month > 7) == (half % 2 == 1) for month in months]
    calendar_year = half // 2
    return [date(calendar_year, month.astype(object).month, 1) for month in months[own]], days[own]
