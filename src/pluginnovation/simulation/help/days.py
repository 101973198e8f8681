"""On which day something was done: never a Saturday, a Sunday or a public holiday."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from pluginnovation.simulation.chance import Days, Ints

AUTUMN, SPRING = (8, 18), (1, 8)
SHORT_OF_YEARS = 1970


def first_days(half_year: Ints) -> Days:
    """The first school day of each half-year (2 x calendar year, plus one in autumn), as it is in most places."""
    years = (half_year // 2 - SHORT_OF_YEARS).astype("datetime64[Y]").astype("datetime64[D]")
    leap = (years + 59).astype("datetime64[M]").astype(np.int64) % 12 == 1
    into_year = np.where(half_year % 2 == 1, 229 + leap, SPRING[1] - 1)
    return np.asarray(years + into_year, dtype="datetime64[D]")


def working_days(half_year: Ints, day: Ints) -> Days:
    """The day so many days into the half-year, or the first after it on which people work."""
    wanted = first_days(half_year) + day
    if not len(wanted):
        return wanted
    years = range(int(half_year.min()) // 2, int(half_year.max()) // 2 + 2)
    closed = [each for year in years for each in holidays(year)]
    return np.asarray(np.busday_offset(wanted, 0, roll="forward", holidays=closed), dtype="datetime64[D]")


def holidays(year: int) -> list[date]:
    """Sweden's public holidays in term time."""
    easter = _easter(year)
    moving = [easter + timedelta(days=away) for away in (-2, 1, 39)]
    return [date(year, 1, 1), date(year, 1, 6), *moving, date(year, 5, 1), date(year, 6, 6)]


def _easter(year: int) -> date:
    """Easter Sunday, by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    g = (8 * b + 13) // 25
    h = (19 * a + b - b // 4 - g + 15) % 30
    m = (a + 11 * h) // 319
    r = (2 * (b % 4) + 2 * (c // 4) - c % 4 - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def at_minute(on: pl.Series, minute: pl.Series) -> pl.Series:
    """Moments in UTC: `minute` counts from seven in the morning of each date."""
    return on.cast(pl.Datetime("ms")) + (7 * 60 + minute.cast(pl.Int64)) * pl.Series([60_000]).cast(pl.Duration("ms"))


def as_text(at: pl.Series) -> pl.Series:
    """Moments as events have them, such as `2026-03-04T08:20:00Z`."""
    return at.dt.strftime("%Y-%m-%dT%H:%M:00Z")


def dates(half_year: Ints, day: Ints) -> pl.Series:
    """The working days so many days into the half-years."""
    return pl.Series(working_days(half_year, day).astype("datetime64[ms]")).cast(pl.Date)


def working_day_before(on: pl.Series) -> pl.Series:
    """Each date, or the last one before it on which people work."""
    if not len(on):
        return on
    years = range(on.dt.year().min(), on.dt.year().max() + 1)  # type: ignore[arg-type, operator]
    closed = [each for year in years for each in holidays(year)]
    days = np.busday_offset(on.to_numpy().astype("datetime64[D]"), 0, roll="backward", holidays=closed)
    return pl.Series(days.astype("datetime64[ms]")).cast(pl.Date)
