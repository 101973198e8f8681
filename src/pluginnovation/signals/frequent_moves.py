"""Frequent moves: how often a pupil has begun at another school unit within a year.

Why it matters   Each move costs ties to adults and classmates, and what the former school knew is seldom sent along.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from datetime import date
from typing import Final

import ibis
from ibis.expr.types import BooleanValue, DateColumn, Table

from pluginnovation.signals.result import Figures, at_least, shaped
from pluginnovation.signals.rules import RuleSet, Season
from pluginnovation.signals.whole import as_date, total

UNIT: Final = "moves"


def frequent_moves(enrolments: Table, at: Table, *, as_of: date, rules: RuleSet) -> Table:
    """Enrolments at another unit than the one before, begun in the 12 months up to as_of.

    Takes   enrolments   pupil, organisation, start_date, end_date (null = open)
            at           source, pupil, school: those enrolled on as_of (see `stays.school_of`)
    Gives   one result per enrolled pupil (see `result.COLUMNS`)
              value       moves; starts between 1 June and 31 August are none. Never unknown: an enrolment says it
              detail_1    enrolments begun in the 12 months
              rests_from, rests_to   the first and the last of the moves; without one, the start of the last enrolment
              last_true   as_of
    Raises  nothing: dates were checked when they were read in
    Source  limits and the turn of the school year are ours.
    """
    begun = enrolments.filter(enrolments.start_date <= as_of)
    in_order = ibis.window(
        group_by="pupil", order_by=[begun.start_date, begun.end_date.asc(nulls_first=False), begun.organisation]
    )
    named = begun.mutate(before=begun.organisation.lag().over(in_order))
    recent = named.start_date > as_date(ibis.literal(as_of) - ibis.interval(months=rules.move_months))
    moved = recent & (named.before != named.organisation) & ~in_season(named.start_date, rules.move_season)
    marked = named.mutate(recent=recent, moved=moved.fill_null(False))
    counted = marked.group_by("pupil").aggregate(
        moves=total(marked.moved.cast("int64")),
        recent=total(marked.recent.cast("int64")),
        first_move=marked.start_date.min(where=marked.moved),
        last_move=marked.start_date.max(where=marked.moved),
        last_start=marked.start_date.max(),
    )
    rows = at.join(counted, "pupil").mutate(
        first_date=ibis.coalesce(counted.first_move, counted.last_start),
        last_date=ibis.coalesce(counted.last_move, counted.last_start),
        last_reported=ibis.literal(as_of),
        school_days=ibis.null("int32"),
    )
    figures = Figures(value=rows.moves, level=at_least(rows.moves, rules.frequent_moves), details=(rows.recent,))
    return shaped(rows, figures, signal="frequent_moves", unit=UNIT)


def in_season(day: DateColumn, season: Season) -> BooleanValue:
    """Whether a day is one of those days of its year."""
    (first_month, first_day), (last_month, last_day) = season.first, season.last
    number = 100 * day.month() + day.day()
    return number.between(100 * first_month + first_day, 100 * last_month + last_day)
