"""Figures that need earlier school years: what they should be, and what the files themselves give."""

from datetime import date

import polars as pl

from .school_year import LAST_DAY, august, june
from .targets import Target

STARTERS, SEEN = 2022, 2025  # three years from the one to the other
SIXTH_TO_NINTH = 3
AUTUMN_DAY = date(2025, 10, 15)
YOUTHS = (2006, 2009)  # born: compulsory school behind them, and not twenty in that autumn
LEAST_YEARS = 4


def measure_before(tables: dict[str, pl.DataFrame], years: int) -> tuple[Target, ...]:
    """The figures, counted in the tables as they are written; none of them with fewer than four school years."""
    if years < LEAST_YEARS:
        return ()
    kept, degree = _kept(tables["grades"]), _degree(tables)
    return (
        Target("mathematics: F in year 6 and in year 9", 0.508, kept, "Skolverket 2023"),
        Target(
            "national programmes: degree within three years", 0.797, degree, "Skolverket, starters 2020 seen in 2023"
        ),
        Target("aged 16-19: without school or degree", 0.09, _without_school(tables), "Skolverket 2022, per half-year"),
    )


def _kept(grades: pl.DataFrame) -> float:
    """Of those with an F in mathematics at the end of year 6, how many have one in their final grades."""
    own = grades.filter(pl.col("subject_code") == "MA", pl.col("course_code").is_null())
    final = own.filter(pl.col("kind") == "final").select("student_id", "year", last="grade")
    sixth = own.filter(pl.col("kind") == "term", pl.col("semester") == "VT").select(
        "student_id", year=pl.col("year") + SIXTH_TO_NINTH, first="grade"
    )
    both = final.join(sixth, on=["student_id", "year"]).filter(pl.col("first") == "F")
    return _share(both, pl.col("last") == "F")


def _degree(tables: dict[str, pl.DataFrame]) -> float:
    """Of those who went on to a national programme straight from year 9."""
    began = tables["enrolments"].filter(
        pl.col("school_type") == "GY",
        pl.col("start_date") == august(STARTERS),
        ~pl.col("programme_code").str.starts_with("IM"),
    )
    born = tables["persons"].filter(pl.col("birth_date").dt.year() == STARTERS - 16)
    starters = began.select("person_id").unique().join(born.select(person_id="id"), on="person_id", how="semi")
    degrees = tables["outcome_events"].filter(pl.col("event") == "degree", pl.col("date") <= june(SEEN))
    return _share(starters, pl.col("person_id").is_in(degrees["person_id"].to_list()))


def _without_school(tables: dict[str, pl.DataFrame]) -> float:
    """Of the youths in the files, how many their home municipality answers for on a day of autumn."""
    youths = tables["persons"].filter(pl.col("birth_date").dt.year().is_between(*YOUTHS)).select("id")
    out = tables["residents"].filter(
        ~pl.col("enrolled_elsewhere"),
        pl.col("start_date") <= AUTUMN_DAY,
        pl.col("end_date").fill_null(LAST_DAY) >= AUTUMN_DAY,
    )
    return _share(youths, pl.col("id").is_in(out["person_id"].to_list()))


def _share(rows: pl.DataFrame, which: pl.Expr) -> float:
    return float(rows.select(which.mean()).item()) if len(rows) else float("nan")
