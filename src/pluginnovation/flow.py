"""The whole platform on one page. Read this first; the end-to-end test runs it.

Data flows down this page as it flows down the map: each stage takes what the one above it gave. `one_day` is what
every night does; `one_term` is what a school, a sub-project and the region see when some time has gone. The pages do
the same with what people have written, through actions with a name and a time. Stage 7, how it goes in the end, is
to come.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from pluginnovation.evidence.answer import Answered, answered
from pluginnovation.evidence.message import About, message_of
from pluginnovation.evidence.plan_files import Locked
from pluginnovation.knowledge.catalogue import Method
from pluginnovation.knowledge.matching import Fit, Need, fitting, problems_of
from pluginnovation.knowledge.pooled import PerOutcome, per_outcome
from pluginnovation.projects.claims import Figure, Verdict, compared
from pluginnovation.projects.participant_figures import Records, figures_of, first_day
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
from pluginnovation.support.kaplan_meier import HALF, days_until, survival
from pluginnovation.support.time_to_action import Act, Change, Wait, spells, waits


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
        raised = [row for row in results.to_dicts() if row["raised"]]
        common = [row for row in shared.to_dicts() if row["level_1"]]
    return Day(
        arrived=arrived,
        known=results["value"].count(),
        unknown=results["value"].null_count(),
        shared=tuple(Shared(r["kind"], r["group"], r["signal"], r["known"], r["level_1"]) for r in common),
        noticed=tuple(Noticed(r["pupil"], r["signal"], r["level"], reason(r, "sv")) for r in raised),
    )


@dataclass(frozen=True, slots=True)
class Help:
    """What people did and decided.

    acts           what adults did about the pupils
    participants   sub_project, pupil, start_date, end_date (null: still in it)
    claims         what a sub-project's report says of each measure
    locked         the question, with how it will be answered, decided before anybody looked
    decisions      who was offered the help: see `evidence.dataset.ASSIGNED`
    methods        the hub's catalogue of methods
    """

    acts: tuple[Act, ...]
    participants: pl.DataFrame
    claims: Mapping[str, str]
    locked: Locked
    decisions: pl.DataFrame
    methods: tuple[Method, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """What some time gave.

    waits      how long each need waited for an adult; median: days until half had been answered, None: longer than
               was watched
    told       each sub-project's claim beside what the registers say
    changed    the answer to the locked question, with its doubt
    known      the same as it travels and is pooled: without anybody in it
    may_fit    methods for what is seen on the last day, those that fit best first
    """

    waits: tuple[Wait, ...]
    median: int | None
    told: tuple[tuple[Figure, Verdict], ...]
    changed: Answered
    known: tuple[PerOutcome, ...]
    may_fit: tuple[Fit, ...]


def one_term(days: Mapping[date, Day], done: Help, *, home: Path, site: str) -> Term:
    """From signals and what adults did about them to what is worth doing again.

    Takes   days   each evening's day, two at least
            site   what this place is called where estimates meet
    Raises  Refusal when the question can't be answered from these records, or the answer would give somebody away
    """
    evenings, as_of = sorted(days), max(days)
    with Store.open(home, FileLedger(home / "ledger.json")) as store:
        # 3 What we do: a signal is a need that nobody has answered yet; what steers is how long it waits.
        waited = waits(spells(_changes(days, evenings)), done.acts, as_of=as_of)
        median = days_until(survival(one.watched for one in waited), HALF)

        # 4 What we try: what a sub-project says stands beside what the registers say of its participants.
        figures = [one for _, one in figures_of(done.participants, _records(store, done.participants), as_of=as_of)]
        told = tuple((one, compared(done.claims.get(one.measure, ""), one)) for one in figures)

        # 5 What it changed: against whoever wasn't offered the help, as the locked plan says, with its doubt.
        changed = answered(done.locked, done.decisions, store, as_of=as_of)
    # 6 What we know: estimates travel without persons, meet others, and methods come to the need that they may fit.
    about = About(site, changed.plan.name, changed.plan.method, changed.plan.outcome.name)
    known = per_outcome([message_of(changed.result, about, engine="flow").message], made_on=as_of)
    seen = {each.signal for each in days[as_of].noticed}
    may_fit = fitting(done.methods, Need(problems=problems_of(seen)))
    # 7 How it goes: tables that may leave the building.       outcomes, to come
    return Term(waited, median, told, changed, known, may_fit)


def _changes(days: Mapping[date, Day], evenings: Iterable[date]) -> Iterator[Change]:
    """What rose and what passed from one evening to the next; on the first, all that was raised had risen."""
    before: dict[tuple[str, str], int] = {}
    for day in evenings:
        after = {(one.pupil, one.signal): one.level for one in days[day].noticed}
        for pupil, signal in sorted(before.keys() | after.keys()):
            was, now = before.get((pupil, signal), 0), after.get((pupil, signal), 0)
            if was != now:
                yield Change((pupil, ""), signal, day, was, now)
        before = after


def _records(store: Store, participants: pl.DataFrame) -> Records:
    """The participants' own rows. Nobody is mapped here: that is written on pages."""
    pupils, since = sorted(set(participants["pupil"])), first_day(participants) or date.max
    facts, days = store.facts(), store.days()
    here = days.filter(days.pupil.isin(pupils), days.date >= since)
    grades, stays = facts.grades, facts.enrolments
    return Records(
        store.frame(here.select("pupil", "date", "offered", "reported", "excused", "unexcused")),
        store.frame(grades.filter(grades.pupil.isin(pupils)).select("pupil", "grade", "registered_date", "kind")),
        store.frame(stays.filter(stays.pupil.isin(pupils)).select("pupil", "start_date", "end_date")),
        pl.DataFrame(schema={"pupil": pl.String, "mapped_on": pl.Date}),
    )
