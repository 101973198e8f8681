"""Who is accountable for each youth on each day, from year 5 until a degree or the day before the twentieth birthday.

Who comes to the region later is counted from then on, and who moves abroad until then.

Exactly one adult role on any day:

* the mentor, from a term's first day in school to its last, and over the holidays when the next term is at the same
  school;
* the principal, when a pupil is handed over: the delivering school's to 31 July, the receiving school's from then on
  (Education Act 3 chap. 12 j §: both have a part in it);
* the youth coordinator of the home municipality, for those outside school (29 chap. 9 §; in compulsory school it is the
  municipality that watches over school attendance, 7 chap. 21 §).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from .chance import Bools, Days, Ints, stream
from .help.days import first_days
from .help.persons import Persons
from .lives.seam import LAST_COMPULSORY_TERM, TERMS, People
from .worlds import Lived

MENTOR, PRINCIPAL, COORDINATOR = "mentor", "principal", "youth_coordinator"
ROLES: Final = (MENTOR, PRINCIPAL, COORDINATOR)
LAST_AGE: Final = 20
_HAND_OVER: Final = (7, 31)


def birthdays(people: People, seed: int) -> Days:
    """A day of birth in each pupil's year of birth."""
    year = (people.born - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    day = np.empty(len(people), dtype=np.int64)
    for number in np.unique(people.municipality).tolist():
        members = np.flatnonzero(people.municipality == number)
        day[members] = stream(seed, "birthdays", number).integers(365, size=len(members))
    return np.asarray(year + day, dtype="datetime64[D]")


def accountable(people: People, lived: Lived, born: Days, persons: Persons) -> pl.DataFrame:
    """Stretches of days, one after the other without gaps.

    Takes   born   one day of birth per pupil
    Gives   one row per stretch, sorted by person_id and from_date
              person_id   string
              from_date, until_date   date, both included
              role        mentor, principal or youth_coordinator
              by          string, the id of the adult
    """
    days = _begins(lived), _ends(lived, born)
    parts = [part for term in range(TERMS) for part in _of_term(term, people, lived)]
    rows = pl.concat([_frame(part, persons, days) for part in parts])
    rows = rows.filter(pl.col("from_date") <= pl.col("until_date")).sort("person_id", "from_date")
    new = (pl.col("by") != pl.col("by").shift(1)) | (pl.col("person_id") != pl.col("person_id").shift(1))
    stretches = rows.with_columns(stretch=(new | (pl.col("role") != pl.col("role").shift(1))).fill_null(True).cum_sum())
    return (
        stretches.group_by("stretch", maintain_order=True)
        .agg(pl.col("person_id", "from_date", "role", "by").first(), pl.col("until_date").last())
        .select("person_id", "from_date", "until_date", "role", "by")
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch for some pupils: who, from when, until when, in which role (place in ROLES), unit and group."""

    who: Bools
    first: Days
    last: Days
    role: Ints
    unit: Ints
    group: Ints


def _of_term(term: int, people: People, lived: Lived) -> list[_Part]:
    """The term itself, and the two halves of the holiday after it: to 31 July and from 1 August."""
    here = lived.in_school[term]
    later = lived.in_school[min(term + 1, TERMS - 1)]
    size, day = len(people), np.timedelta64(1, "D")
    first = first_days(lived.half_year[term])
    following = first_days(lived.half_year[term + 1]) if term + 1 < TERMS else first_days(lived.half_year[term] + 1)
    last = _last_days(lived.half_year[term])
    unit, next_unit = lived.unit[term], lived.unit[min(term + 1, TERMS - 1)]
    same = here & later & (unit == next_unit)
    july = np.minimum(_hand_over(lived.half_year[term]), following - day)
    # The class; in upper secondary school the year group stands for it.
    group = people.class_no if term <= LAST_COMPULSORY_TERM else people.born
    from_august: Days = np.asarray(np.maximum(july, last) + day, dtype="datetime64[D]")
    everybody = np.ones(size, dtype=bool)
    own = np.where(here, ROLES.index(MENTOR), ROLES.index(COORDINATOR))
    delivering = np.select([same, here], [ROLES.index(MENTOR), ROLES.index(PRINCIPAL)], ROLES.index(COORDINATOR))
    receiving = np.select([same, later], [ROLES.index(MENTOR), ROLES.index(PRINCIPAL)], ROLES.index(COORDINATOR))
    return [
        _Part(everybody, first, last, own, unit, group),
        _Part(everybody, last + day, july, delivering, unit, group),
        _Part(everybody, from_august, following - day, receiving, np.where(same, unit, next_unit), group),
    ]


def _last_days(half_year: Ints) -> Days:
    """The last day of a term: 19 December, or 12 June."""
    return np.asarray(first_days(half_year) + np.where(half_year % 2 == 1, 123, 155), dtype="datetime64[D]")


def _hand_over(half_year: Ints) -> Days:
    """31 July after a spring term; after an autumn term the turn of the year."""
    years = (half_year // 2 - 1970).astype("datetime64[Y]").astype("datetime64[M]")
    month = np.where(half_year % 2 == 1, 12, _HAND_OVER[0])
    return np.asarray((years + month).astype("datetime64[D]") - np.timedelta64(1, "D"))


def _ends(lived: Lived, born: Days) -> Days:
    """The last day somebody answers for each: that of the degree, or the one before the twentieth birthday."""
    years = born.astype("datetime64[Y]")
    birthday = (years + LAST_AGE).astype("datetime64[D]") + (born - years.astype("datetime64[D]"))
    ends = birthday - np.timedelta64(1, "D")
    taken = lived.degree_term >= 0
    places = np.where(taken, lived.degree_term, 0), np.arange(len(born))
    degree = _last_days(lived.half_year[places])
    gone = _last_days(lived.half_year[np.maximum(lived.gone_term, 0), np.arange(len(born))])
    ends = np.where(lived.gone_term >= 0, np.minimum(gone, ends), ends)
    return np.asarray(np.where(taken, np.minimum(degree, ends), ends), dtype="datetime64[D]")


def _begins(lived: Lived) -> Days:
    """The first day somebody answers for each: the first in a school of the region."""
    ever = lived.in_school.any(axis=0)
    first = first_days(lived.half_year[lived.in_school.argmax(axis=0), np.arange(len(lived.degree_term))])
    return np.asarray(np.where(ever, first, np.datetime64("9999-12-31")), dtype="datetime64[D]")


def _frame(part: _Part, persons: Persons, days: tuple[Days, Days]) -> pl.DataFrame:
    places = np.flatnonzero(part.who)
    unit, group = pl.Series(part.unit[places]), pl.Series(part.group[places])
    role, pupil = pl.Series(part.role[places]), pl.Series(places)
    by = persons.coordinator(pupil)
    by = persons.mentor(unit, group).zip_with(role == ROLES.index(MENTOR), by)
    by = persons.principal(unit).zip_with(role == ROLES.index(PRINCIPAL), by)
    return pl.DataFrame(
        {
            "person_id": persons.pupil(pupil),
            "from_date": _as_dates(np.maximum(part.first, days[0])[places]),
            "until_date": _as_dates(np.minimum(part.last, days[1])[places]),
            "role": pl.Series(ROLES).gather(role),
            "by": by,
        }
    )


def _as_dates(days: Days) -> pl.Series:
    return pl.Series(days.astype("datetime64[ms]")).cast(pl.Date)
