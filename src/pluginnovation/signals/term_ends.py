"""When each term that a study plan names has ended, for each school: by its calendar, else with June or December."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import ibis
from ibis.expr.types import IntegerValue, StringValue, Table

from pluginnovation.reference.calendar import HT
from pluginnovation.signals.terms import LONGEST_TERM, CalendarFacts, nearest

# The last day of a term when no calendar says otherwise, as month and day in one number.
LAST_OF_AUTUMN, LAST_OF_SPRING = 1231, 630
# A calendar's term that begins in this month or later is the autumn's.
AUTUMN_BEGINS: Final = 7
_YEAR_FIRST, _YEAR_LAST = r"^([0-9]{4}) ?(HT|VT)$", r"^(HT|VT) ?([0-9]{4})$"


@dataclass(frozen=True, slots=True)
class TermEnds:
    """The last day of terms, where calendars tell it. `term` is twice the year, and one more in autumn.

    units     source, school, term, last_day: from the school's own calendar or the nearest one above it
    sources   source, term, any_last_day: for whoever has no school with one
    """

    units: Table
    sources: Table


def term_ends(facts: CalendarFacts) -> TermEnds:
    """The last day of every term in the calendars.

    Takes   facts   calendars: source, organisation, kind, start_date, end_date; organisations with their parents
    Gives   see `TermEnds`; a term that a calendar has in several pieces ends with the last of them
    """
    terms = facts.calendars.filter(facts.calendars.kind == "term")
    terms = terms.filter(terms.end_date.delta(terms.start_date, unit="day") < LONGEST_TERM)
    begun = terms.start_date
    autumn = (begun.month() >= AUTUMN_BEGINS).cast("int64")
    named = terms.mutate(term=2 * begun.year().cast("int64") + autumn)
    told = named.group_by(["source", "organisation", "term"]).aggregate(last_day=named.end_date.max())
    units = nearest(facts, told, said=("last_day",), by=("term",)).rename(school="organisation")
    below = facts.organisations.filter(facts.organisations.parent.notnull()).select("source", "organisation")
    top = told.anti_join(below, ["source", "organisation"])
    lowest = top.last_day.argmin(top.organisation)
    return TermEnds(units, top.group_by(["source", "term"]).aggregate(any_last_day=lowest))


def with_ended(plan: Table, ends: TermEnds, *, as_of: date) -> Table:
    """The planned courses with whether their term has ended.

    Takes   plan   source, school, planned_semester, …
    Gives   the same columns and due: the term's last day is on or before as_of; false for what names no term
    """
    named = plan.mutate(term=_term(plan.planned_semester))
    named = named.left_join(ends.units, ["source", "school", "term"])
    named = named.select(*plan.columns, "term", "last_day").left_join(ends.sources, ["source", "term"])
    told = ibis.coalesce(named.last_day, named.any_last_day)
    ended = ibis.ifelse(told.notnull(), told <= ibis.literal(as_of), _usual_last(named.term) <= _number(as_of))
    return named.mutate(due=ended.fill_null(False)).select(*plan.columns, "due")


def usual_end_between(since: date, as_of: date) -> bool:
    """Whether a term without a calendar has ended after one day, up to another."""
    ends = (_number(since), _number(as_of))
    years = range(since.year, as_of.year + 1)
    return any(ends[0] < 10_000 * year + last <= ends[1] for year in years for last in (LAST_OF_AUTUMN, LAST_OF_SPRING))


def _term(semester: StringValue) -> IntegerValue:
    text = semester.strip().upper()
    year = ibis.coalesce(text.re_extract(_YEAR_FIRST, 1).nullif(""), text.re_extract(_YEAR_LAST, 2).nullif(""))
    kind = ibis.coalesce(text.re_extract(_YEAR_FIRST, 2).nullif(""), text.re_extract(_YEAR_LAST, 1).nullif(""))
    return 2 * year.cast("int64") + ibis.ifelse(kind == HT, 1, 0)


def _usual_last(term: IntegerValue) -> IntegerValue:
    return 10_000 * (term // 2) + ibis.ifelse(term % 2 == 1, LAST_OF_AUTUMN, LAST_OF_SPRING)


def _number(day: date) -> int:
    return 10_000 * day.year + 100 * day.month + day.day
