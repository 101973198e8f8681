"""Youths who are past compulsory school, and whether they have a school: here, elsewhere, soon, or not at all."""

from datetime import date, timedelta
from typing import Final

import ibis
from ibis.expr.types import BooleanValue, Table

from pluginnovation.records.facts import Facts
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import Scope
from pluginnovation.signals.stays import UPPER_SECONDARY, last_day
from pluginnovation.signals.whole import as_date

COMPULSORY: Final = ("GR", "GRS", "TR", "SP", "SAM")

# Why nobody needs to look for a youth, or why that can't be told; `reasons_enrolments` says it in words.
ENROLLED, ELSEWHERE, DEGREE, SOON, NO_BIRTH_DATE = "enrolled", "elsewhere", "degree", "soon", "no_birth_date"
STATUSES: Final = (ENROLLED, ELSEWHERE, DEGREE, SOON, NO_BIRTH_DATE)


def youths(facts: Facts, scope: Scope, *, as_of: date, rules: RuleSet) -> Table:
    """Every known youth under 20 who is past compulsory school.

    Past it is whoever has ever had an upper secondary enrolment, or had one in year 9 that has ended and goes to no
    compulsory school now. Without a date of birth nobody can say under 20: the youth is here, as unknown.

    Takes   facts   enrolments, pupils, outcome_events and residents are read
            scope   its school and gone
    Gives   source, pupil, school   as in `stays.school_of`
            status       one of STATUSES, the first that fits; null: has left, and has no degree
            last_day     the last day of the enrolments begun by as_of (an open end far ahead)
            next_start   the first start after as_of, where one is registered
    """
    enrolments = facts.enrolments
    upper, compulsory = enrolments.school_type.isin(UPPER_SECONDARY), enrolments.school_type.isin(COMPULSORY)
    begun, ended = enrolments.start_date <= as_of, last_day(enrolments) < as_of
    last_year = compulsory & (enrolments.school_year.fill_null(0) >= rules.last_compulsory_year)
    known = enrolments.group_by("pupil").aggregate(
        last_day=last_day(enrolments).max(where=begun),
        next_start=enrolments.start_date.min(where=~begun),
        upper=(upper & begun).any(),
        finished=(last_year & ended).any(),
        in_compulsory=(compulsory & begun & ~ended).any(),
    )
    past = known.filter(known.upper | (known.finished & ~known.in_compulsory))
    at = scope.school.select("source", "pupil", "school", "enrolled").anti_join(scope.gone, "pupil")
    named = at.join(past, "pupil")
    named = named.left_join(facts.pupils.select("pupil", "birth_date"), "pupil").drop("pupil_right")
    named = named.left_join(_with_degree(facts, as_of), "pupil").drop("pupil_right")
    named = named.left_join(_elsewhere(facts, as_of), "pupil").drop("pupil_right")
    grown = as_date(ibis.literal(as_of) - ibis.interval(years=rules.left_under_age))
    young = named.birth_date.isnull() | (named.birth_date > grown)
    soon = named.next_start <= as_of + timedelta(days=rules.left_ahead_days)
    told = named.mutate(
        status=ibis.cases(
            (named.enrolled, ENROLLED), (_true(named.elsewhere), ELSEWHERE), (_true(named.degree), DEGREE),
            (_true(soon), SOON), (named.birth_date.isnull(), NO_BIRTH_DATE),
        )
    )  # fmt: skip
    return told.filter(young).select("source", "pupil", "school", "status", "last_day", "next_start")


def _true(value: BooleanValue) -> BooleanValue:
    return value.fill_null(False)


def _with_degree(facts: Facts, as_of: date) -> Table:
    events = facts.outcome_events
    has = events.filter(events.event == "degree", events.date <= as_of).select("pupil").distinct()
    return has.mutate(degree=ibis.literal(True))


def _elsewhere(facts: Facts, as_of: date) -> Table:
    told = facts.residents
    begun = told.start_date.isnull() | (told.start_date <= as_of)
    covering = told.filter(told.enrolled_elsewhere.fill_null(False), begun, last_day(told) >= as_of)
    return covering.select("pupil").distinct().mutate(elsewhere=ibis.literal(True))
