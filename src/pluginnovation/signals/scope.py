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
from pluginnovation.signals.terms import CalendarFacts, calendar_terms, source_terms, unit_terms

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
    def earliest(self) -> date:
        """The first day of the longest window, calendars aside."""
        return min(self.before_from, self.month_from, self.term_from)

    def flags(self, day: ibis.Value, *, term_from: ibis.Value, term_to: ibis.Value) -> dict[str, ibis.Value]:
        """Whether a day up to as_of lies in each window, as columns named in_28d …"""
        return {
            "in_28d": day >= self.short_from,
            "in_28d_before": day.between(self.before_from, self.short_from - timedelta(days=1)),
            "in_term": day.between(term_from, term_to),
            "in_month": day >= self.month_from,
        }


@dataclass(frozen=True, slots=True)
class Scope:
    """The dates of a run and the small tables about pupils that every signal shares.

    school            source, pupil, school, school_type, school_year, programme, enrolled (see `school_of`)
    gaps              pupil, gap_from, gap_to: days up to as_of on which an enrolled pupil wasn't (see `gaps`)
    terms             pupil, term_from, term_to: the pupil's term, where a calendar says otherwise
    source_terms      source, any_from, any_to: the term of pupils with no known enrolment, likewise
    upper_secondary   pupil: enrolled there some day of as_of's month
    gone              pupil: has died or moved abroad
    """

    period: Period
    school: Table
    gaps: Table
    terms: Table
    source_terms: Table
    upper_secondary: Table
    gone: Table


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
        school=school,
        gaps=keep(apart, "scope_gaps"),
        terms=keep(terms, "scope_terms"),
        source_terms=sources,
        upper_secondary=keep(in_upper, "scope_upper_secondary"),
        gone=keep(gone(facts.pupils, facts.outcome_events, as_of=as_of), "scope_gone"),
    )
