"""Which municipality answers for a youth without a school, on a day: the decision alone, without a database.

Source  Skollagen 29 kap. 9 §: the home municipality answers for youths under 20 who are past compulsory school, go to
        no upper secondary school or the like, and have no degree from one. A study certificate is no degree. Past
        compulsory school is also who is too old for it (7 kap. 12 §), where the municipality's register names her.
"""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from typing import Final

from .periods import covers

YOUTH_COORDINATOR: Final = "youth_coordinator"
UPPER_SECONDARY: Final = ("GY", "GYS")
COMPULSORY: Final = ("GR", "GRS", "TR", "SP", "SAM")
GROWN_AT: Final = 20
# Nobody has to go to school after the spring term of the year in which they are 16.
OF_AGE_AT: Final = 16
# Compulsory school is done when its last spring term is over. An enrolment that ends in these months ends with the
# term; whoever left the last year earlier still had to go to school, until the day after which the term is over.
ENDS_IN: Final = (6, 7)
TERM_OVER: Final = (7, 1)
# The final year's number, for an enrolment that ended before compulsory school gets its tenth year, and after.
LAST_YEAR, LAST_OF_TEN, TEN_YEARS_SINCE = 9, 10, date(2028, 7, 1)


@dataclass(frozen=True, slots=True)
class Schooling:
    """One enrolment, at any school."""

    school_type: str
    school_year: int | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Residence:
    """What a municipality's register tells: a youth whom it answers for, and whether another authority's school has."""

    municipality: str
    elsewhere: bool | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Youth:
    """What is known of a person's age, home and schools.

    born         the date of birth; none when the source doesn't tell
    home         the code of the municipality that the person is registered in; none when the source doesn't tell
    residences   what municipalities' registers tell: where one does on the day, it goes before `home`
    degree_on    the day of an upper secondary degree
    """

    born: date | None = None
    home: str | None = None
    residences: tuple[Residence, ...] = ()
    schoolings: tuple[Schooling, ...] = ()
    degree_on: date | None = None


NOTHING_KNOWN: Final = Youth()


def born_after(today: date) -> date:
    """Who is born after this day is under 20 today."""
    year = today.year - GROWN_AT
    no_such_day = (today.month, today.day) == (2, 29) and not isleap(year)
    return date(year, 2, 28) if no_such_day else today.replace(year=year)


def born_by(today: date) -> date:
    """Who is born on this day or before it is too old for compulsory school today."""
    return date(spring_over_by(today).year - OF_AGE_AT, 12, 31)


def spring_over_by(today: date) -> date:
    """The latest day, up to today, by which a spring term was over."""
    over = today.replace(month=TERM_OVER[0], day=TERM_OVER[1])
    return over if over <= today else over.replace(year=over.year - 1)


def answers_for(youth: Youth, today: date) -> frozenset[str]:
    """The municipalities that answer for the youth today: none, one, or every one whose register says so.

    Raises  nothing. Without a date of birth nobody can say under 20, so no municipality is given
    """
    if youth.born is None or youth.born <= born_after(today) or _has_a_school(youth, today):
        return frozenset()
    told = frozenset(row.municipality for row in youth.residences if covers(today, row.start, row.end))
    if any(is_past_school(schooling, today) for schooling in youth.schoolings):
        return told or (frozenset({youth.home}) if youth.home else frozenset())
    return told if youth.born <= born_by(today) else frozenset()


def _has_a_school(youth: Youth, today: date) -> bool:
    enrolled = any(covers(today, schooling.start, schooling.end) for schooling in youth.schoolings)
    elsewhere = any(row.elsewhere and covers(today, row.start, row.end) for row in youth.residences)
    return enrolled or elsewhere or (youth.degree_on is not None and youth.degree_on <= today)


def is_past_school(schooling: Schooling, today: date) -> bool:
    """Whether an enrolment that doesn't cover the day shows that compulsory school is done."""
    if schooling.start is not None and schooling.start > today:
        return False
    if schooling.school_type in UPPER_SECONDARY:
        return True
    end = schooling.end
    if end is None or schooling.school_type not in COMPULSORY:
        return False
    last = LAST_YEAR if end < TEN_YEARS_SINCE else LAST_OF_TEN
    return (schooling.school_year or 0) >= last and (end.month in ENDS_IN or end < spring_over_by(today))
