"""What `plug signals list` prints: the kept results of a day, each with its reason, one at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from pluginnovation.records.refusals import Refusal
from pluginnovation.signals.catalogue import CATALOGUE
from pluginnovation.signals.groups import group_members, group_results
from pluginnovation.signals.reasons import reason
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.signals.scope import scope_of

from .answers import words
from .listing_cells import cell_line, differing_cells

if TYPE_CHECKING:
    from pluginnovation.records.store import Store

PRINTED = ("pupil", "school", "signal", "value", "unit", "level", "raised", "numerator", "denominator")
SHARES = {"share", "percent"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which results are asked for; none means all of that kind."""

    as_of: date | None
    raised: bool
    signal: str | None
    school: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """The head of the answer, the name of its list, and the list itself; and lines that people read before it."""

    head: Mapping[str, Any]
    name: str
    rows: Iterator[Mapping[str, Any]]
    line: Callable[[Mapping[str, Any]], str]
    first: tuple[str, ...] = ()


def signal_list(store: "Store", wanted: Wanted) -> Found:
    """Every pupil and signal that applies, unknown values as null.

    Raises  Refusal for a day that was never run or a school that is not there; click's wrong usage for a signal
    """
    day = computed_day(store, wanted.as_of)
    kept = store.signals(day)
    if wanted.signal:
        check_signal(wanted.signal)
        kept = kept.filter(kept.signal == wanted.signal)
    if wanted.raised:
        kept = kept.filter(kept.raised)
    if wanted.school:
        kept = kept.filter(kept.school.isin(schools_called(store, wanted.school)))
    frame = store.frame(kept.order_by("source", "pupil", "signal"))
    head = head_of(day, dict(frame.select("source", "rule_set").unique().sort("source").iter_rows()))
    by_number = rules_by_number(frame["rule_set"].unique())
    rows = (printed(row, by_number[row["rule_set"]]) for row in frame.iter_rows(named=True))
    return Found(head, "signals", rows, line)


def head_of(day: date, rules: Mapping[str, int]) -> dict[str, Any]:
    """The head of a list.

    Takes   rules   a source -> the number of the rule set that its results were made with
    """
    return {"as_of": day, "rule_set": one_number(rules.values()), "rule_sets": dict(rules), "engine": "duckdb"}


def one_number(numbers: Iterable[int]) -> int | None:
    """The number of the rule set when it is the same for all; none when authorities have different ones."""
    different = set(numbers)
    return different.pop() if len(different) == 1 else None


def rules_by_number(numbers: Iterable[int]) -> dict[int, RuleSet]:
    """The rule sets that results were made with: their reasons name the limits of those days."""
    from pluginnovation.web.signals.rule_sets import rules_numbered

    return {number: rules_numbered(number) for number in numbers}


def printed(row: Mapping[str, Any], rules: RuleSet) -> dict[str, Any]:
    """One result as the command prints it."""
    shown = {name: row[name] for name in PRINTED}
    if row["unit"] not in SHARES:
        shown["numerator"] = shown["denominator"] = None
    said = {"sv": reason(row, "sv", rules), "en": reason(row, "en", rules)}
    return {**shown, "reason": said, "last_true": row["last_true"]}


def group_list(store: "Store", wanted: Wanted) -> Found:
    """Every group and signal that applies to any of its pupils: how many are known, and how many reach each level.

    The head tells which cells of the groups' weeks and subjects differ, and since when (none with `--signal`: cells are
    about lessons, and of no signal).

    Raises  as `signal_list`
    """
    day = computed_day(store, wanted.as_of)
    kept = store.signals(day)
    if wanted.signal:
        check_signal(wanted.signal)
        kept = kept.filter(kept.signal == wanted.signal)
    facts = store.facts()
    members = store.materialise(group_members(facts, scope=scope_of(facts, as_of=day, rules=RULE_SET_1)), "members")
    results = group_results(kept, members)
    schools = schools_called(store, wanted.school) if wanted.school else None
    if wanted.raised:
        results = results.filter(results.level_1 > 0)
    if schools:
        results = results.filter(results.school.isin(schools))
    cells = [] if wanted.signal else differing_cells(store, day, schools)
    numbers = store.frame(kept.select("source", "rule_set").distinct().order_by("source"))
    head = {**head_of(day, dict(numbers.iter_rows())), "cells": cells}
    rows = store.frame(results).drop("source").iter_rows(named=True)
    return Found(head, "groups", rows, group_line, tuple(map(cell_line, cells)))


def group_line(shown: Mapping[str, Any]) -> str:
    """One group and signal for people."""
    reach = words("når minst", "reach at least")
    levels = ", ".join(f"{reach} {level}: {shown[f'level_{level}']}" for level in (1, 2, 3))
    of = words(f"{shown['known']} av {shown['n']} kända", f"{shown['known']} of {shown['n']} known")
    return f"{shown['school']}  {shown['kind']:14} {shown['group']:12} {shown['signal']:22} {of}; {levels}"


def line(shown: Mapping[str, Any]) -> str:
    """One result for people."""
    level = "?" if shown["level"] is None else shown["level"]
    return f"{shown['pupil']}  {shown['signal']:22}  {level}  {shown['reason'][words('sv', 'en')]}"


def computed_day(store: "Store", as_of: date | None) -> date:
    """The day asked for, or the newest that was run.

    Raises  Refusal with the command to run
    """
    days = store.signal_days()
    if as_of is not None and as_of in days:
        return as_of
    if as_of is None and days:
        return days[-1]
    command = f"plug signals run --as-of {as_of or date(2026, 4, 23)}"
    raise Refusal(
        "day_never_run",
        what=("Signaler har inte räknats för den dagen.", "Signals were never run for that day."),
        todo=(f"Kör: {command}", f"Run: {command}"),
        where=str(as_of or ""),
    )


def check_signal(name: str) -> None:
    """Raises click's wrong usage for a signal that there is none of."""
    if name not in CATALOGUE:
        raise click.BadParameter(", ".join(CATALOGUE), param_hint="--signal")


def schools_called(store: "Store", called: str) -> list[str]:
    """The ids of the schools with this id or school unit code.

    Raises  Refusal when there is none
    """
    table = store.facts().organisations
    named = table.filter((table.organisation == called) | (table.school_unit_code == called))
    found = store.frame(named.select("organisation").distinct())["organisation"].to_list()
    if not found:
        raise Refusal(
            "school_unknown",
            what=("Ingen skola har det id:t eller den skolenhetskoden.", "No school has that id or school unit code."),
            todo=("Se efter i organisations.csv.", "Look in organisations.csv."),
            where="--school",
        )
    return sorted(found)
