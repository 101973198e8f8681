"""What one run looks at: its dates, and what is known about where each pupil is enrolled."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

import ibis
from ibis.expr.types import Table

from pluginnovation.reference.calendar import month_end, month_start, term_of
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.stays import gone, school_of, stays, upper_secondary
from pluginnovation.signals.terms import CalendarFacts, source_terms, unit_terms

SHORT, BEFORE, TERM, MONTH = "28d", "28d_before", "term", "month"
WINDOWS: Final = (SHORT, BEFORE, TERM, MONTH)


class Facts(Protocol):
    """The facts that signals read: ibis tables with the columns of `records.tables`."""

    @property
    def organisations(self) -> Table: ...
    @property
    def pupils(self) -> Table: ...
    @property
    def enrolments(self) -> Table: ...
    @property
    def groups(self) -> Table: ...
    @property
    def memberships(self) -> Table: ...
    @property
    def calendars(self) -> Table: ...
    @property
    def lessons(self) -> Table: ...
    @property
    def attendance_sums(self) -> Table: ...
    @property
    def outcome_events(self) -> Table: ...


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
    enrolled          pupil, first, last, term_from, term_to: each period of enrolment, and the pupil's term
    source_terms      source, any_from, any_to: the term of pupils with no known enrolment
    upper_secondary   pupil: enrolled there some day of as_of's month
    gone              pupil: has died or moved abroad
    """

    period: Period
    school: Table
    enrolled: Table
    source_terms: Table
    upper_secondary: Table
    gone: Table


def scope_of(facts: Facts, *, as_of: date, rules: RuleSet) -> Scope:
    """What a run that ends on a day looks at.

    Takes   facts   as the store hands them over
    Raises  nothing: the rows were checked when they were read in
    """
    period = Period.ending(as_of, rules)
    calendar = CalendarFacts(facts.calendars, facts.organisations)
    units = unit_terms(calendar, as_of=as_of).rename(school="organisation")
    sources = source_terms(calendar, as_of=as_of).rename(any_from="term_from", any_to="term_to")
    school = school_of(facts.enrolments, as_of=as_of)
    at = school.select("source", "pupil", "school").left_join(units, ["source", "school"])
    at = at.select("source", "pupil", "term_from", "term_to").left_join(sources, "source")
    terms = at.select(
        "pupil",
        term_from=ibis.coalesce(at.term_from, at.any_from),
        term_to=ibis.coalesce(at.term_to, at.any_to),
    )
    return Scope(
        period=period,
        school=school,
        enrolled=stays(facts.enrolments).left_join(terms, "pupil").drop("pupil_right"),
        source_terms=sources,
        upper_secondary=upper_secondary(facts.enrolments, first=period.month_from, last=month_end(as_of)),
        gone=gone(facts.pupils, facts.outcome_events, as_of=as_of),
    )
