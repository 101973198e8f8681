"""What one run looks at: its dates, and what is known about where each pupil is enrolled."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
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
class Standing:
    """Results of an earlier day that still stand (see `still`).

    signals   as `Store.signals` gives them, of that day
    touched   pupil: whose grade signals may be others now; None: nobody's
    """

    signals: Table
    touched: Table | None


class Scope:
    """The dates of a run and the small tables about pupils that every signal shares.

    Each table is worked out, and held, when it is first asked for: what the longest steps need comes first, and the
    rest while they run.

    standing   results of these pupils that need not be worked out again; None: everything is
    """

    def __init__(self, facts: Facts, period: Period, keep: Keep, standing: Standing | None = None) -> None:
        """Use `scope_of`."""
        self.period, self._facts, self._keep, self.standing = period, facts, keep, standing

    @cached_property
    def _told(self) -> Table:
        return self._keep(calendar_terms(self._facts.calendars, as_of=self.period.as_of), "scope_calendar_terms")

    @cached_property
    def _calendar(self) -> CalendarFacts:
        return CalendarFacts(self._facts.calendars, self._facts.organisations)

    @cached_property
    def stretches(self) -> Table:
        """date, stretch: every day of the windows, and the first of the days around it in the same windows as it."""
        return self._keep(_stretches(self.period, self._told), "scope_stretches")

    @cached_property
    def gaps(self) -> Table:
        """pupil, gap_from, gap_to: days up to as_of on which an enrolled pupil wasn't (see `stays.gaps`)."""
        apart = gaps(stays(self._facts.enrolments), first=LONG_AGO, last=self.period.as_of)
        return self._keep(apart, "scope_gaps")

    @cached_property
    def school(self) -> Table:
        """source, pupil, school, school_type, school_year, programme, enrolled (see `stays.school_of`)."""
        return self._keep(school_of(self._facts.enrolments, as_of=self.period.as_of), "scope_school")

    @cached_property
    def source_terms(self) -> Table:
        """source, any_from, any_to: the term of pupils with no known enrolment, where a calendar says otherwise."""
        sources = source_terms(self._calendar, self._told).rename(any_from="term_from", any_to="term_to")
        return self._keep(sources, "scope_source_terms")

    @cached_property
    def terms(self) -> Table:
        """pupil, term_from, term_to: the pupil's term, where a calendar says otherwise."""
        units = self._keep(unit_terms(self._calendar, self._told), "scope_unit_terms").rename(school="organisation")
        at = self.school.select("source", "pupil", "school").left_join(units, ["source", "school"])
        at = at.select("source", "pupil", "term_from", "term_to").left_join(self.source_terms, "source")
        told = at.filter(at.term_from.notnull() | at.any_from.notnull()).select(
            "pupil",
            term_from=ibis.coalesce(at.term_from, at.any_from),
            term_to=ibis.coalesce(at.term_to, at.any_to),
        )
        return self._keep(told, "scope_terms")

    @cached_property
    def upper_secondary(self) -> Table:
        """pupil: enrolled there some day of as_of's month."""
        last = month_end(self.period.as_of)
        overlapping = upper_secondary(self._facts.enrolments, first=self.period.month_from, last=last)
        return self._keep(overlapping, "scope_upper_secondary")

    @cached_property
    def gone(self) -> Table:
        """pupil: has died or moved abroad."""
        left = gone(self._facts.pupils, self._facts.outcome_events, as_of=self.period.as_of)
        return self._keep(left, "scope_gone")

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


def scope_of(
    facts: Facts, *, as_of: date, rules: RuleSet, keep: Keep = not_kept, standing: Standing | None = None
) -> Scope:
    """What a run that ends on a day looks at.

    Takes   facts      as the store hands them over
            keep       where each of its small tables is held, so that it is worked out once
            standing   results of an earlier day that still stand (see `still`)
    Raises  nothing: the rows were checked when they were read in
    """
    return Scope(facts, Period.ending(as_of, rules), keep, standing)


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
