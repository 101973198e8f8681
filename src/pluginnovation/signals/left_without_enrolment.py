"""Left without enrolment: how long a youth past compulsory school has had no school, and no degree.

Why it matters   The municipality answers for every such youth. Each week without contact makes the next one harder.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from datetime import date
from typing import Final

import ibis
from ibis.expr.types import DateValue, IntegerValue, Table

from pluginnovation.signals.result import Figures, at_least, shaped
from pluginnovation.signals.rules import RuleSet, Season
from pluginnovation.signals.youths import DEGREE, ELSEWHERE, ENROLLED, NO_BIRTH_DATE, SOON

UNIT: Final = "days"


def left_without_enrolment(youths: Table, *, as_of: date, rules: RuleSet) -> Table:
    """Days since the last enrolment ended without a degree, the summer left out.

    Takes   youths   source, pupil, school, status, last_day, next_start (see `youths.youths`)
    Gives   one result per known youth under 20 who is past compulsory school (see `result.COLUMNS`)
              value       days from the day after the last one enrolled up to as_of, those of 10 June to 31 August
                          left out; 0 when enrolled here or elsewhere, with a degree, or with a start registered at most
                          90 days ahead; unknown without a date of birth
              detail_1    all days since, the summer's with them
              detail_2    days until the next registered start, where there is one
              detail_text   why the value is 0 or unknown: one of `youths.STATUSES`, null for who has left
              rests_from, rests_to   the last day enrolled; none for who is enrolled here
              last_true   as_of
    Raises  nothing: dates were checked when they were read in
    Source  Skollagen 29 kap. 9 §. Limits, the 90 days and the summer are ours.
    """
    today = ibis.literal(as_of)
    since = counted_days(today, rules.left_season) - counted_days(youths.last_day, rules.left_season)
    days = ibis.cases(
        (youths.status.isin([ENROLLED, ELSEWHERE, DEGREE, SOON]), 0),
        (youths.status == NO_BIRTH_DATE, ibis.null("int64")),
        else_=since,
    ).cast("int64")
    left = youths.status.isnull() | (youths.status != ENROLLED)
    rows = youths.mutate(
        first_date=ibis.ifelse(left, youths.last_day, None),
        last_date=ibis.ifelse(left, youths.last_day, None),
        last_reported=today,
        school_days=ibis.null("int32"),
        days=days,
        all_days=ibis.ifelse(left, _number(today) - _number(youths.last_day), None),
        ahead=_number(youths.next_start) - _number(today),
    )
    figures = Figures(
        value=rows.days,
        level=at_least(rows.days, rules.left_without_enrolment),
        details=(rows.all_days, rows.ahead),
        detail_text=rows.status,
    )
    return shaped(rows, figures, signal="left_without_enrolment", unit=UNIT)


def counted_days(day: DateValue, season: Season) -> IntegerValue:
    """The number of a day when only days outside the season are counted; the difference of two is the days between."""
    begins = ibis.date(day.year(), *season.first)
    into = ibis.least(ibis.greatest(_number(day) - _number(begins) + 1, 0), season.days)
    return _number(day) - season.days * day.year() - into


def _number(day: DateValue) -> IntegerValue:
    return day.delta(ibis.literal(date(2000, 1, 1)), unit="day")
