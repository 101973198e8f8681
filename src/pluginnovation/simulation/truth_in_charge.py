"""Who is accountable for each pupil of the region's files on each day, by the registers themselves.

Told from enrolments and duties: the mentor while enrolled and in a group that has one, otherwise
the principal; over the summer between two schools the principal of the first to 31 July and of the next from 1 August;
the youth coordinator where they live for those who are at no school.
"""

from datetime import date, timedelta
from typing import Final

import polars as pl

from .help.in_force import NEVER_ENDED, Register
from .help.in_force import PRINCIPAL as PRINCIPAL_DUTY
from .truth_accountable import COORDINATOR, LAST_AGE, MENTOR, PRINCIPAL

TABLE: Final = {"person_id": pl.String, "from_date": pl.Date, "until_date": pl.Date, "role": pl.String, "by": pl.String}
_OUT: Final = ("degree", "moved_abroad", "deceased")
_DAY: Final = timedelta(days=1)


def in_charge(tables: dict[str, pl.DataFrame], register: Register, first: date, last: date) -> pl.DataFrame:
    """Stretches of days between two dates, one after the other without gaps, from the first enrolment of each.

    Takes   tables   persons and outcome_events as in the CSV files
    Gives   one row per stretch, sorted by person_id and from_date
              person_id   string
              from_date, until_date   date, both included; ends with a degree, a move abroad, a death, or the day before
                          the twentieth birthday
              role        mentor, principal or youth_coordinator
              by          string, the id of the adult; null when the registers have nobody in that duty
    """
    stays = _with_summers(register.stays)
    spans = _spans(tables, register.stays, first, last)
    stretches = _stretches(spans, stays, register)
    found = _named(stretches, stays, register).sort("person_id", "from_date")
    new = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in ("person_id", "role", "by"))
    return (
        found.with_columns(stretch=new.cum_sum())
        .group_by("stretch", maintain_order=True)
        .agg(pl.col("person_id", "from_date", "role", "by").first(), pl.col("until_date").last())
        .select(*TABLE)
    )


def _with_summers(stays: pl.DataFrame) -> pl.DataFrame:
    """Enrolments with the part of the summer that lies between them and the next or the one before."""
    rows = stays.sort("person_id", "start_date")
    following = pl.col("start_date").shift(-1).over("person_id")
    before = pl.col("end_date").shift(1).over("person_id")

    def one_summer(left: pl.Expr, back: pl.Expr) -> pl.Expr:
        same = left.dt.year() == back.dt.year()
        return (same & left.dt.month().is_between(6, 7) & back.dt.month().is_between(8, 9)).fill_null(False)

    return rows.with_columns(
        since=pl.when(one_summer(before, pl.col("start_date")))
        .then(pl.date(pl.col("start_date").dt.year(), 8, 1)).otherwise("start_date"),
        until=pl.when(one_summer(pl.col("end_date"), following))
        .then(pl.date(pl.col("end_date").dt.year(), 7, 31)).otherwise("end_date"),
    )  # fmt: skip


def _spans(tables: dict[str, pl.DataFrame], stays: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """person_id, opens, closes: the days on which somebody answers for each."""
    began = stays.group_by("person_id").agg(opens=pl.col("start_date").min())
    # Whoever was born on a leap day turns twenty on one.
    twenty = pl.col("birth_date").dt.offset_by(f"{LAST_AGE}y") - _DAY
    born = tables["persons"].select(person_id="id", twenty=twenty)
    gone = tables["outcome_events"].filter(pl.col("event").is_in(list(_OUT)))
    gone = gone.group_by("person_id").agg(gone=pl.col("date").min())
    spans = began.join(born, on="person_id", how="left").join(gone, on="person_id", how="left")
    return spans.select(
        "person_id",
        opens=pl.max_horizontal("opens", pl.lit(first)),
        closes=pl.min_horizontal("twenty", "gone", pl.lit(last)),
    ).filter(pl.col("opens") <= pl.col("closes"))


def _stretches(spans: pl.DataFrame, stays: pl.DataFrame, register: Register) -> pl.DataFrame:
    """person_id, from_date, until_date: days on which nothing changes."""
    principals = register.duties.filter(pl.col("duty_role") == PRINCIPAL_DUTY)
    turns = [
        spans.select("person_id", at="opens"),
        *(stays.select("person_id", at=pl.col(name)) for name in ("since", "start_date")),
        *(_after(stays, name) for name in ("until", "end_date")),
        register.mentors.select("person_id", at="start_date"),
        _after(register.mentors, "end_date"),
        spans.select("person_id").join(principals.select(at="start_date").unique(), how="cross"),
    ]
    rows = pl.concat(turns).unique().join(spans, on="person_id")
    rows = rows.filter(pl.col("at").is_between("opens", "closes")).sort("person_id", "at")
    following = pl.col("at").shift(-1).over("person_id") - _DAY
    return rows.select("person_id", from_date="at", until_date=following.fill_null(pl.col("closes")))


def _after(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """The day after each that ends."""
    return rows.filter(pl.col(name) < NEVER_ENDED).select("person_id", at=pl.col(name) + _DAY)


def _named(stretches: pl.DataFrame, stays: pl.DataFrame, register: Register) -> pl.DataFrame:
    who, on = stretches["person_id"], stretches["from_date"]
    asked = stretches.with_row_index("place").sort("from_date", "place")
    summers = stays.sort("since").select("person_id", "organisation_id", "since", "until")
    stay = asked.join_asof(summers, left_on="from_date", right_on="since", by="person_id", check_sortedness=False)
    stay = stay.sort("place")
    school = pl.select(pl.when(stay["until"] >= on).then(stay["organisation_id"])).to_series()
    enrolled = register.school(who, on)
    mentor = register.mentor(who, on)
    has_mentor = enrolled.is_not_null() & mentor.is_not_null()
    by = register.staff(school, on, (PRINCIPAL_DUTY,)).zip_with(school.is_not_null(), register.coordinator(who, on))
    role = pl.when(has_mentor).then(pl.lit(MENTOR)).when(school.is_not_null()).then(pl.lit(PRINCIPAL))
    return stretches.with_columns(
        role=pl.select(role.otherwise(pl.lit(COORDINATOR))).to_series(), by=mentor.zip_with(has_mentor, by)
    )
