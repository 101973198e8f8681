"""Which days the term has for each pupil: the school authority's calendar where there is one, else HT and VT."""

from dataclasses import dataclass
from datetime import date, timedelta

import ibis
from ibis.expr.types import Table

from pluginnovation.reference.calendar import term_of

# How far up from a school unit its calendar is looked for: unit, school, area, authority.
LEVELS = 4

# No term is longer, in days. A calendar that says otherwise isn't about a term.
LONGEST_TERM = 300


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
        calendars.kind == "term",
        calendars.start_date.between(as_of - timedelta(days=LONGEST_TERM), as_of),
        calendars.end_date >= term_of(as_of).first,
    )
    latest = ibis.window(group_by=["source", "organisation"], order_by=[terms.start_date.desc(), terms.end_date.desc()])
    ranked = terms.mutate(place=ibis.row_number().over(latest))
    first = ranked.filter(ranked.place == 0)
    return first.select(
        "source", "organisation", term_from=first.start_date, term_to=ibis.least(first.end_date, ibis.literal(as_of))
    )


def unit_terms(facts: CalendarFacts, terms: Table) -> Table:
    """The term of every organisation, from its own calendar or the nearest one above it.

    Takes   terms   as `calendar_terms` gives them
    Gives   source, organisation, term_from, term_to; no row where no calendar says anything
    """
    return nearest(facts, terms, said=("term_from", "term_to"))


def nearest(facts: CalendarFacts, told: Table, *, said: tuple[str, ...], by: tuple[str, ...] = ()) -> Table:
    """What is told of organisations, for those below them, too: from the organisation itself or the nearest above.

    Takes   told   source, organisation and the columns of `by` and `said`; one row per source, organisation and `by`
    Gives   the same columns; no row where nothing is told
    """
    above = facts.organisations.select("source", "organisation", "parent")
    steps = [told.select("source", "organisation", *by, *said).mutate(height=ibis.literal(0, "int8"))]
    for height in range(1, LEVELS):
        found = above.join(told.rename(parent="organisation"), ["source", "parent"])
        found = found.select("source", "organisation", *by, *said)
        steps.append(found.mutate(height=ibis.literal(height, "int8")))
        if height + 1 < LEVELS:
            next_up = facts.organisations.select("source", parent="organisation", further="parent")
            above = above.join(next_up, ["source", "parent"]).select("source", "organisation", parent="further")
    every = ibis.union(*steps)
    lowest = {name: every[name].argmin(every.height) for name in said}
    return every.group_by(["source", "organisation", *by]).aggregate(**lowest)


def source_terms(facts: CalendarFacts, terms: Table) -> Table:
    """The term of each source whose pupils have no known enrolment: its authority's calendar.

    Takes   terms   as `calendar_terms` gives them
    Gives   source, term_from, term_to; the calendar of an organisation with none above it, the lowest id first
    """
    below = facts.organisations.filter(facts.organisations.parent.notnull()).select("source", "organisation")
    top = terms.anti_join(below, ["source", "organisation"])
    lowest = top.organisation
    return top.group_by("source").aggregate(term_from=top.term_from.argmin(lowest), term_to=top.term_to.argmin(lowest))
