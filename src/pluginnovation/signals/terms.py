"""Which days the term has for each pupil: the school authority's calendar where there is one, else HT and VT."""

from dataclasses import dataclass
from datetime import date

import ibis
from ibis.expr.types import Table

from pluginnovation.reference.calendar import term_of

# How far up from a school unit its calendar is looked for: unit, school, area, authority.
LEVELS = 4


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """The two tables that a calendar is read from."""

    calendars: Table
    organisations: Table


def calendar_terms(calendars: Table, *, as_of: date) -> Table:
    """The term that each calendar says a day belongs to.

    A calendar's term is used when it has begun, and holds the day or at least overlaps the default term (the
    days between a spring term's end in June and August are still that term's).

    Takes   calendars   source, organisation, kind, start_date, end_date
    Gives   one row per source and organisation with such a term: source, organisation, term_from, term_to
    """
    terms = calendars.filter(
        calendars.kind == "term", calendars.start_date <= as_of, calendars.end_date >= term_of(as_of).first
    )
    latest = ibis.window(group_by=["source", "organisation"], order_by=[terms.start_date.desc(), terms.end_date.desc()])
    ranked = terms.mutate(place=ibis.row_number().over(latest))
    first = ranked.filter(ranked.place == 0)
    return first.select(
        "source", "organisation", term_from=first.start_date, term_to=ibis.least(first.end_date, ibis.literal(as_of))
    )


def unit_terms(facts: CalendarFacts, *, as_of: date) -> Table:
    """The term of every organisation, from its own calendar or the nearest one above it.

    Gives   source, organisation, term_from, term_to; no row where no calendar says anything
    """
    terms = calendar_terms(facts.calendars, as_of=as_of)
    units = facts.organisations.select("source", "organisation", "parent")
    above = units.select("source", "organisation", at=units.organisation)
    steps = [terms.mutate(height=ibis.literal(0, "int8"))]
    for height in range(1, LEVELS):
        parent = units.select("source", "parent", at=units.organisation)
        above = above.join(parent, ["source", "at"]).select("source", "organisation", at="parent")
        found = above.join(terms.rename(at="organisation"), ["source", "at"])
        found = found.select("source", "organisation", "term_from", "term_to")
        steps.append(found.mutate(height=ibis.literal(height, "int8")))
    every = ibis.union(*steps)
    nearest = ibis.window(group_by=["source", "organisation"], order_by=every.height)
    ranked = every.mutate(place=ibis.row_number().over(nearest))
    return ranked.filter(ranked.place == 0).drop("height", "place")


def source_terms(facts: CalendarFacts, *, as_of: date) -> Table:
    """The term of each source whose pupils have no known enrolment: its authority's calendar.

    Gives   source, term_from, term_to; the calendar of an organisation with none above it, the lowest id first
    """
    terms = calendar_terms(facts.calendars, as_of=as_of)
    below = facts.organisations.filter(facts.organisations.parent.notnull()).select("source", "organisation")
    top = terms.anti_join(below, ["source", "organisation"])
    lowest = ibis.window(group_by="source", order_by=top.organisation)
    ranked = top.mutate(place=ibis.row_number().over(lowest))
    return ranked.filter(ranked.place == 0).select("source", "term_from", "term_to")
