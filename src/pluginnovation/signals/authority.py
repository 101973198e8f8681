"""Each authority's pupils by its own rules: the facts of its sources, with its own calendar put in.

An authority's calendar goes before that of its sources. A term of its own takes the place of every term that it
overlaps; lessons on its holidays and study days don't count, though a system may have left them in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

import ibis
from ibis.expr.types import BooleanValue, DateColumn, Table

from pluginnovation.records.facts import Facts
from pluginnovation.signals.rules import RULE_SET_1, CalendarDays, RuleSet
from pluginnovation.signals.run import signals_within
from pluginnovation.signals.scope import Keep, Standing, scope_of

TERM: Final = "term"
# Rows of an authority's own calendar stand at this organisation, above all others.
AUTHORITY: Final = ""
_CALENDAR: Final = ("source", "organisation", "kind", "name", "start_date", "end_date")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one rule set is applied to.

    facts    facts of some sources
    days     the roll-up of the same pupils' days
    rules    the rule set of the sources' authority
    sources  which they are; None: all there are
    """

    facts: Facts
    days: Table
    rules: RuleSet
    sources: tuple[str, ...] | None = None


def seen_by_rules(facts: Facts, days: Table, rules: Mapping[str, RuleSet]) -> list[Seen]:
    """The facts, parted by the rule set that they are seen by.

    Takes   facts   the store's facts, current or as known at a time
            days    the roll-up of pupils' days, as known at the same time
            rules   a source -> the rule set of its authority; every source must be there
    Gives   one for each different rule set, by its number. With one and no calendar of its own it is everything, and
            nothing is filtered; without sources the default
    """
    by_rules: dict[RuleSet, list[str]] = {}
    for source, own in sorted(rules.items()):
        by_rules.setdefault(own, []).append(source)
    if not by_rules:
        return [Seen(facts, days, RULE_SET_1)]
    if len(by_rules) == 1:
        ((own, sources),) = by_rules.items()
        return [seen_of(facts, days, own, sources, everything=True)]
    parted = sorted(by_rules.items(), key=lambda item: item[0].number)
    return [seen_of(facts, days, own, sources, everything=False) for own, sources in parted]


def seen_of(facts: Facts, days: Table, rules: RuleSet, sources: list[str], *, everything: bool) -> Seen:
    """What a rule set is applied to: some sources, or everything there is when those are all."""
    if everything and not rules.calendar:
        return Seen(facts, days, rules)
    only = _Facts(facts, None if everything else tuple(sources), tuple(sources), rules.calendar)
    own = days if everything else days.filter(days.source.isin(sources))
    return Seen(cast(Facts, only), only.open(own), rules, None if everything else tuple(sources))


class _Facts:
    """The tables of facts, those rows only that a rule set is applied to."""

    def __init__(
        self, facts: Facts, only: tuple[str, ...] | None, sources: tuple[str, ...], calendar: tuple[CalendarDays, ...]
    ) -> None:
        self._facts, self._only, self._sources, self._calendar = facts, only, sources, calendar

    def __getattr__(self, table: str) -> Any:
        rows = getattr(self._facts, table)
        if not isinstance(rows, Table):
            return rows
        if self._only is not None:
            rows = rows.filter(rows.source.isin(self._only))
        if table == "calendars":
            return with_calendar(rows, self._sources, self._calendar)
        return self.open(rows) if table == "lessons" else rows

    def open(self, rows: Table) -> Table:
        """Rows with a date, but for those on days that the authority's calendar has as closed."""
        closed = [days for days in self._calendar if days.kind != TERM]
        return rows.filter(~within(rows.date, closed)) if closed else rows


def within(day: DateColumn, periods: Iterable[CalendarDays]) -> BooleanValue:
    """Whether a day lies in any of the periods, of which there must be one."""
    return ibis.or_(*(day.between(period.first, period.last) for period in periods))


def with_calendar(calendars: Table, sources: Iterable[str], calendar: tuple[CalendarDays, ...]) -> Table:
    """The sources' calendars with the authority's own put in.

    Takes   calendars   source, organisation, kind, name, start_date, end_date, …
    Gives   those columns. A term of the sources that overlaps one of the authority's is gone
    """
    rows = calendars.select(*_CALENDAR)
    terms = [days for days in calendar if days.kind == TERM]
    for own in terms:
        rows = rows.filter((rows.kind != TERM) | (rows.end_date < own.first) | (rows.start_date > own.last))
    return ibis.union(rows, *(_row(source, own) for source in sources for own in calendar)) if calendar else rows


def _row(source: str, days: CalendarDays) -> Table:
    start: date = days.first
    told = {"organisation": AUTHORITY, "kind": days.kind, "name": days.name, "start_date": start, "end_date": days.last}
    return ibis.literal(source).name("source").as_table().mutate(**{key: ibis.literal(v) for key, v in told.items()})


def signals_by_rules(seen: Sequence[Seen], *, as_of: date, keep: Keep, standing: Standing | None = None) -> Table:
    """Every signal on a day, each pupil's by the rules of its authority.

    Takes   seen   as `seen_by_rules` gives it
            keep   `store.materialise`: the results of one authority are kept before the next is begun, since both name
                   their steps alike
            standing   results that need not be worked out again (see `still`)
    Gives   as `run.all_signals`
    Raises  nothing: rows were checked when they were read in
    """
    first, *others = seen
    if not others:
        return _signals_of(first, as_of, keep, standing)
    results = [
        keep(_signals_of(one, as_of, keep, standing), f"signals_by_rules_{number}") for number, one in enumerate(seen)
    ]
    return ibis.union(*results)


def _signals_of(one: Seen, as_of: date, keep: Keep, standing: Standing | None) -> Table:
    if standing is not None and one.sources is not None:
        own = standing.signals.filter(standing.signals.source.isin(one.sources))
        standing = Standing(own, standing.touched)
    scope = scope_of(one.facts, as_of=as_of, rules=one.rules, keep=keep, standing=standing)
    return signals_within(scope, one.facts, one.days, rules=one.rules, keep=keep)
