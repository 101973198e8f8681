"""The whole platform on one page. Read this first; the end-to-end test runs it.

Data flows down this page as it flows down the map: each stage takes what the one above it gave. The stages that
are to come stand as comments where they will be called, so that the order is never a matter of taste.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pluginnovation.records.asked import Asked
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.importing import import_source
from pluginnovation.records.store import Store
from pluginnovation.records.summary import Summary
from pluginnovation.signals.groups import group_members, group_results
from pluginnovation.signals.reasons import reason
from pluginnovation.signals.rules import RULE_SET_1
from pluginnovation.signals.run import all_signals
from pluginnovation.signals.scope import scope_of


@dataclass(frozen=True, slots=True)
class Noticed:
    """One raised signal: a pupil's code, the signal, its level (1-3) and why, in Swedish."""

    pupil: str
    signal: str
    level: int
    why: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What a group (class, year, school …) has in common: how many of those whose value is known are raised."""

    kind: str
    group: str
    signal: str
    known: int
    raised: int


@dataclass(frozen=True, slots=True)
class Day:
    """What one day gave.

    arrived   what the import did, resource by resource
    known     how many results have a value, for all pupils and signals
    unknown   how many don't: neither zero nor fine
    shared    the same per group, wherever anyone is raised: a class is looked at before a pupil
    noticed   the raised ones, by pupil and signal
    """

    arrived: Summary
    known: int
    unknown: int
    shared: tuple[Shared, ...]
    noticed: tuple[Noticed, ...]


def one_day(source: Path, *, named: str, home: Path, as_of: date, at: datetime) -> Day:
    """From a school's files to who needs an adult, and why.

    Takes   source   a folder of CSV or SS 12000 JSON
            named    what the source is called; pupils' codes are made from it
            home     where facts and keys are kept
            as_of    the last school day that counts
            at       now: when the records become known
    Gives   the day
    Raises  Refusal when the source can't be taken; then nothing was changed
    """
    with Store.open(home, FileLedger(home / "ledger.json")) as store:
        # 1 What arrives: checked, set aside or refused; people become codes; lessons are rolled up to days; all of
        #   it or nothing.
        arrived = import_source(store, source, Asked(by="flow", at=at, source=named))
        facts, days = store.facts(), store.days()

        # 2 What we notice: rules that people wrote, over facts as they are known now. Class before pupil.
        found = all_signals(facts, days, as_of=as_of, keep=store.materialise)
        signals = store.materialise(found, "signals")
        members = group_members(facts, scope=scope_of(facts, as_of=as_of, rules=RULE_SET_1))
        shared = store.frame(group_results(signals, members))
        results = store.frame(signals).sort("pupil", "signal")

        # 3 What we do: cases, deadlines, who must act next.       support, to come
        # 4 What we try: calls, analyses, goals, reports.          projects, to come
        # 5 What it changed: designs, estimates, their doubt.      evidence, to come
        # 6 What we know: how sure, for whom, from which study.    knowledge, to come
        # 7 How it goes: tables that may leave the building.       outcomes, to come
        raised = [row for row in results.to_dicts() if row["raised"]]
        common = [row for row in shared.to_dicts() if row["level_1"]]
    return Day(
        arrived=arrived,
        known=results["value"].count(),
        unknown=results["value"].null_count(),
        shared=tuple(Shared(r["kind"], r["group"], r["signal"], r["known"], r["level_1"]) for r in common),
        noticed=tuple(Noticed(r["pupil"], r["signal"], r["level"], reason(r, "sv")) for r in raised),
    )
