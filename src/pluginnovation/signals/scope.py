"""What one run looks at: its dates, and what is known about where each pupil is enrolled."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

import ibis
from ibis.expr.types import Table

from pluginnovation.records.facts import Facts
from pluginnovation.reference.calendar import month_end, month_start, term_of
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.stays import LONG_AGO, gaps, gone, school_of, stays, upper_secondary
from pluginnovation.signals.terms import LONGEST_TERM, CalendarFacts, calendar_terms, source_terms, unit_terms
from pluginnovation.signals.whole import as_date

SHORT, BEFORE, TERM, MONTH = "28d", "28d_before", "term", "month"
WINDOWS: Final = (SHORT, BEFORE, TERM, MONTH)


class Keep(Protocol):
    """Computes a step once and holds on to its rows under a name: `store.materialise`."""

    def __call__(self, rows: Table, named: str, /) -> Table: ...


def not_kept(rows: Table, named: str, /) -> Table:  # noqa: ARG001
    """Leaves a step as an expression, so that the whole becomes one query (another engine, a test)."""
    return rows


@dataclass(frozen=True, slots=True)
class Period:
    """The fixed dates of one run. The term is the default one; a school's calendar may say otherwise."""

    as_of: date
    short_from: date
    before_from: date
    month_from: date
    term_from: date

    @classmethod
    def ending(cls, as_of: date, rules: RuleSet) -> "Period":
        """The windows that end on a day, that day included."""
        short_from = as_of - timedelta(days=rules.window_days - 1)
        before_from = short_from - timedelta(days=rules.window_days)
        return cls(as_of, short_from, before_from, month_start(as_of), term_of(as_of).first)

    @property
    def edges(self) -> tuple[date, ...]:
        """The days on which a window begins, calendars aside; each window ends the day before one, or on as_of."""
        return (self.before_from, self.short_from, self.month_from, self.term_from)


@dataclass(frozen=True, slots=True)
class Scope:
    """The dates of a run and the small tables about pupils that every signal shares.

    stretches         date, stretch: every day of the windows, and the first of the days around it that lie in the same
                      windows as it
    school            source, pupil, school, school_type, school_year, programme, enrolled (see `school_of`)
    gaps              pupil, gap_from, gap_to: days up to as_of on which an enrolled pupil wasn't (see `gaps`)
    terms             pupil, term_from, term_to: the pupil's term, where a calendar says otherwise
    source_terms      source, any_from, any_to: the term of pupils with no known enrolment, likewise
    upper_secondary   pupil: enrolled there some day of as_of's month
    gone              pupil: has died or moved abroad
    """

    period: Period
    stretches: Table
    school: Table
    gaps: Table
    terms: Table
    source_terms: Table
    upper_secondary: Table
    gone: Table

    def in_windows(self, rows: Table, day: ibis.Value) -> Table:
        """The rows with whether a day of theirs lies in each window, as columns in_28d …

        Takes   rows   source, pupil, …
                day    a date up to as_of
        """
        period, named = self.period, rows.mutate(on=day)
        named = named.left_join(self.terms, "pupil", rname="term_{name}").drop("term_pupil")
        named = named.left_join(self.source_terms, "source", rname="calendar_{name}").drop("calendar_source")
        term_from = ibis.coalesce(named.term_from, named.any_from, ibis.literal(period.term_from))
        term_to = ibis.coalesce(named.term_to, named.any_to, ibis.literal(period.as_of))
        return named.mutate(
            in_28d=named.on >= period.short_from,
            in_28d_before=named.on.between(period.before_from, period.short_from - timedelta(days=1)),
            in_term=named.on.between(term_from, term_to),
            in_month=named.on >= period.month_from,
        )


def scope_of(facts: Facts, *, as_of: date, rules: RuleSet, keep: Keep = not_kept) -> Scope:
    """What a run that ends on a day looks at.

    Takes   facts   as the store hands them over
            keep    where each of its small tables is held, so that it is worked out once
    Raises  nothing: the rows were checked when they were read in
    """
    period = Period.ending(as_of, rules)
    calendar = CalendarFacts(facts.calendars, facts.organisations)
    told = keep(calendar_terms(facts.calendars, as_of=as_of), "scope_calendar_terms")
    units = keep(unit_terms(calendar, told), "scope_unit_terms").rename(school="organisation")
    sources = source_terms(calendar, told).rename(any_from="term_from", any_to="term_to")
    sources = keep(sources, "scope_source_terms")
    school = keep(school_of(facts.enrolments, as_of=as_of), "scope_school")
    at = school.select("source", "pupil", "school").left_join(units, ["source", "school"])
    at = at.select("source", "pupil", "term_from", "term_to").left_join(sources, "source")
    terms = at.filter(at.term_from.notnull() | at.any_from.notnull()).select(
        "pupil",
        term_from=ibis.coalesce(at.term_from, at.any_from),
        term_to=ibis.coalesce(at.term_to, at.any_to),
    )
    apart = gaps(stays(facts.enrolments), first=LONG_AGO, last=as_of)
    in_upper = upper_secondary(facts.enrolments, first=period.month_from, last=month_end(as_of))
    return Scope(
        period=period,
        stretches=keep(_stretches(period, told), "scope_stretches"),
        school=school,
        gaps=keep(apart, "scope_gaps"),
        terms=keep(terms, "scope_terms"),
        source_terms=sources,
        upper_secondary=keep(in_upper, "scope_upper_secondary"),
        gone=keep(gone(facts.pupils, facts.outcome_events, as_of=as_of), "scope_gone"),
    )


def _stretches(period: Period, terms: Table) -> Table:
    ends = as_date(terms.term_to + ibis.interval(days=1))
    edges = ibis.union(
        ibis.array([ibis.literal(edge) for edge in period.edges]).unnest().name("edge").as_table(),
        terms.select(edge=terms.term_from),
        terms.select(edge=ends),
        distinct=True,
    )
    numbers = ibis.range(0, LONGEST_TERM + 1).unnest().name("ago").as_table()
    dates = numbers.select(date=as_date(ibis.literal(period.as_of) - numbers.ago.as_interval("D")))
    joined = dates.join(edges, dates.date >= edges.edge)
    return joined.group_by("date").aggregate(stretch=joined.edge.max())
