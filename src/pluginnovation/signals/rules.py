"""The rule sets: every number that decides, in one dated place.

No threshold here is law. They are where we begin; the school authority sets its own, as a new rule set with a
new number and date. All are whole numbers, so that exactly 20 % is 20 %.

Author   the signals' owner (role). Checked by: not yet reviewed.
Source   10 and 20 % as common yardsticks, 15 % in the national agency's survey; four hours of repeated
         unexcused absence in a month may stop the study grant, therefore 240 minutes. The rest is ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Where level 1, 2 and 3 begin, in the signal's own unit (percent for a share); none: there is no such level."""

    ask: int
    follow_up: int | None
    investigate: int | None

    def __iter__(self) -> Iterator[int]:
        return (limit for limit in (self.ask, self.follow_up, self.investigate) if limit is not None)


@dataclass(frozen=True, slots=True)
class Season:
    """Some days of every year, the same ones each year: first and last, both inclusive, as (month, day).

    It may not hold the end of February: then it would be longer some years.
    """

    first: tuple[int, int]
    last: tuple[int, int]

    @property
    def days(self) -> int:
        """How many days it has."""
        return (date(2001, *self.last) - date(2001, *self.first)).days + 1


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Some days of an authority's own calendar, first and last inclusive.

    kind   term | holiday | study_day
    name   for example 2026HT or Höstlov; may be empty
    """

    kind: str
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The numbers of one rule set.

    number, since             its name, and the day it was decided
    window_days               calendar days in the short window, as_of included
    min_reported_pct          least part of the offered minutes that must be reported for a share to be known
    min_days, min_term_days   fewest school days for a share in the short window, and in the term
    absence_28d … coverage_28d   the limits of each signal
    avoided_min_minutes       fewest reported minutes for an activity to be looked at
    avoided_pct, elsewhere_pct   an activity is avoided from this share on, while the rest is under that one
    cell_times, cell_points   a cell differs at so many times, and so many points above, the others
    cell_pupils               and with so many pupils
    frequent_moves … left_without_enrolment   the limits of the signals about enrolments
    move_months               a move counts for so many months
    move_season               starts in these days are the turn of the school year, and no moves
    show_up_days              so many days with reported lessons at the unit, before a pupil hasn't shown up
    last_compulsory_year      who has ended this school year is past compulsory school
    left_under_age            about youths younger than this, in years
    left_ahead_days           a start registered at most so many days ahead is soon enough
    left_season               days that aren't counted, since nobody starts in them
    core_subject_failing … points_behind   the limits of the signals about grades
    calendar            the authority's own days, which go before those of the sources (see `authority`)
    """

    number: int = 1
    since: date = date(2025, 7, 1)
    window_days: int = 28
    min_reported_pct: int = 80
    min_days: int = 5
    min_term_days: int = 10
    absence_28d: Limits = Limits(10, 15, 20)
    absence_term: Limits = Limits(10, 15, 20)
    unexcused_28d: Limits = Limits(5, 10, 15)
    unexcused_month: Limits = Limits(240, 480, 960)
    repeated_absence_28d: Limits = Limits(5, 8, 12)
    rising_absence: Limits = Limits(10, 15, 20)
    absence_streak: Limits = Limits(5, 10, 20)
    subject_avoidance: Limits = Limits(20, 40, 60)
    lateness_28d: Limits = Limits(5, 10, 15)
    coverage_28d: Limits = Limits(80, 60, 40)
    avoided_min_minutes: int = 120
    avoided_pct: int = 30
    elsewhere_pct: int = 10
    cell_times: int = 2
    cell_points: int = 5
    cell_pupils: int = 10
    frequent_moves: Limits = Limits(1, 2, 3)
    no_show: Limits = Limits(1, None, None)
    left_without_enrolment: Limits = Limits(1, 14, 45)
    move_months: int = 12
    move_season: Season = Season((6, 1), (8, 31))
    show_up_days: int = 3
    last_compulsory_year: int = 9
    left_under_age: int = 20
    left_ahead_days: int = 90
    left_season: Season = Season((6, 10), (8, 31))
    core_subject_failing: Limits = Limits(1, 2, 3)
    passes_needed: Limits = Limits(1, 2, 3)
    merit_drop: Limits = Limits(20, 40, 60)
    points_behind: Limits = Limits(100, 200, 250)
    calendar: tuple[CalendarDays, ...] = ()


RULE_SET_1: Final = RuleSet()

# Results about groups smaller than this are not shown outside the school, nor outside the school authority.
FEWEST_OUTSIDE_SCHOOL: Final = 5
FEWEST_OUTSIDE_AUTHORITY: Final = 10
