"""What `plug signals list` prints: the kept results of a day, each with its reason, one at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from pluginnovation.records.refusals import Refusal
from pluginnovation.signals.catalogue import CATALOGUE
from pluginnovation.signals.groups import group_members, group_results
from pluginnovation.signals.reasons import reason
from pluginnovation.signals.rules import RULE_SET_1
from pluginnovation.signals.scope import scope_of

from .answers import words

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
    """The head of the answer, the name of its list, and the list itself."""

    head: Mapping[str, Any]
    name: str
    rows: Iterator[Mapping[str, Any]]
    line: Callable[[Mapping[str, Any]], str]


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
    rule_set = frame["rule_set"][0] if frame.height else None
    head = {"as_of": day, "rule_set": rule_set, "engine": "duckdb"}
    return Found(head, "signals", map(printed, frame.iter_rows(named=True)), line)


def printed(row: Mapping[str, Any]) -> dict[str, Any]:
    """One result as the command prints it."""
    shown = {name: row[name] for name in PRINTED}
    if row["unit"] not in SHARES:
        shown["numerator"] = shown["denominator"] = None
    said = {"sv": reason(row, "sv"), "en": reason(row, "en")}
    return {**shown, "reason": said, "last_true": row["last_true"]}


def group_list(store: "Store", wanted: Wanted) -> Found:
    """Every group and signal that applies to any of its pupils: how many are known, and how many reach each level.

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
    if wanted.raised:
        results = results.filter(results.level_1 > 0)
    if wanted.school:
        results = results.filter(results.school.isin(schools_called(store, wanted.school)))
    head = {"as_of": day, "rule_set": RULE_SET_1.number, "engine": "duckdb"}
    return Found(head, "groups", store.frame(results).drop("source").iter_rows(named=True), group_line)


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
