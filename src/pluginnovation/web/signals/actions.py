"""What is done with signals: they are run for a day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import ibis
import polars as pl
from django.conf import settings
from django.db.models import F
from ibis.expr.types import Table

from pluginnovation.records.collecting import no_collecting
from pluginnovation.records.computing import computing
from pluginnovation.records.engine import DUCKDB
from pluginnovation.records.refusals import Refusal
from pluginnovation.records.store import Store
from pluginnovation.signals.authority import Seen, seen_by_rules, signals_by_rules
from pluginnovation.signals.catalogue import ATTENDANCE
from pluginnovation.signals.groups import group_members
from pluginnovation.signals.rule_changes import differences, only_limits
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.signals.scope import scope_of
from pluginnovation.signals.since import Behind
from pluginnovation.signals.still import noted, still_standing
from pluginnovation.web.people.actions import choose_demo_roles
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.homes import fill_in_homes
from pluginnovation.web.people.models import Membership, User
from pluginnovation.web.people.reach import covering
from pluginnovation.web.records.actions import known_imports, opened_store

from . import drawing
from .days import calendar_start
from .models import GroupSnapshot, PupilSnapshot, Run
from .rule_sets import rules_by_source, sources
from .snapshots.group_rows import Cells
from .snapshots.recent import Recent, recent
from .snapshots.results import results_of
from .snapshots.studies import studies_of
from .snapshots.timetable import cells_of
from .snapshots.write import SIGNAL_COLUMNS, Shown, write_snapshots
from .words import SHORT_MONTHS, SHORT_WEEKDAYS

WITHOUT_SCHOOL: Final = "left_without_enrolment"
# The summer, from the last lesson of one school year to the first reports of the next.
LONGEST_HOLIDAY: Final = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did.

    rules    a source -> the number of the rule set that its pupils were seen by
    rows     results: pupils times signals
    shown    the pages show this day now; False when they already show a later one
    counts   pictures written: pupils, groups, schools
    seconds  how long the writing of the pictures took
    """

    as_of: date
    rules: Mapping[str, int]
    sources: tuple[str, ...]
    rows: int
    raised: int
    shown: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0


def run_signals(
    *, as_of: date, known_at: datetime | None = None, engine: str = DUCKDB, by: User | None, at: datetime
) -> RunSummary:
    """Compute the signals of a day, keep them, and let the pages show them.

    Takes   known_at   only what was known by then counts; none: everything that is known
            engine     which one computes the signals: one of `engine.ENGINES`
    Raises  Refusal when there is nothing to compute for that day
            Unavailable when Spark is asked for and can't be had
    """
    with opened_store(Path(settings.PLUG_HOME)) as store:
        return run_in(store, as_of=as_of, known_at=known_at, engine=engine, by=by, at=at)


@no_collecting()
def run_in(
    store: Store,
    *,
    as_of: date,
    known_at: datetime | None = None,
    engine: str = DUCKDB,
    by: User | None,
    at: datetime,
) -> RunSummary:
    """The same in a store that is already open."""
    fill_in_homes(store)
    facts, days, rules = store.facts(known_at), store.days(known_at), rules_by_source(sources(), as_of)
    seen = seen_by_rules(facts, days, rules)
    # Spark reads files of facts only, so there everything is worked out anew.
    standing = still_standing(store, facts, as_of=as_of, rules=rules) if engine == DUCKDB else None
    with computing(store, engine, known_at=known_at) as on:
        told = signals_by_rules(seen_by_rules(on.facts, on.days, rules), as_of=as_of, keep=on.keep, standing=standing)
        found = on.result(told, "signals_of_the_day")
    names = facts.activities.select("source", detail_text="activity", activity_name="display_name")
    named = found.left_join(names, ["source", "detail_text"], rname="{name}_named")
    signals = store.frame(named.select(*SIGNAL_COLUMNS).order_by("pupil"))
    if (refusal := refused_day(store, as_of, signals)) is not None:
        raise refusal
    dated = found.mutate(run_at=_timestamp(at), known_at=_timestamp(known_at or at))
    store.write_signals(as_of, dated, **noted(facts, rules))
    of = {source: rules.get(source, RULE_SET_1) for source in sorted(signals["source"].unique())}
    later = Run.objects.filter(source__in=of, shown=True, as_of__gt=as_of).exists()
    runs = _runs(store, days, Run(as_of=as_of, known_at=known_at, run_at=at), of)
    numbers = {source: own.number for source, own in of.items()}
    counts: Mapping[str, int] = {}
    shown = None if later else _shown(store, seen, (found, signals), of)
    begun = perf_counter()
    with recorded("run_signals", by=by, at=at, about=as_of.isoformat(), rows=len(signals), rules=numbers):
        for run in runs.values():
            run.save()
        if shown:
            counts = write_snapshots(store, shown, runs)
            begun += _seconds_for_demo_roles(by, at)
    seconds, raised = perf_counter() - begun, int(signals["raised"].sum() or 0)
    return RunSummary(as_of, numbers, tuple(of), len(signals), raised, shown is not None, counts, seconds)


def _shown(store: Store, seen: Iterable[Seen], told: tuple[Table, pl.DataFrame], rules: Mapping[str, RuleSet]) -> Shown:
    """What the day's pictures are made of, each authority's by its own rules.

    Takes   told   the day's signals, as a table and as the frame that pages are made from
    """
    found, signals = told
    as_of: date = signals["as_of"][0]
    enrolled, parts, studies = [], [], []
    cells: dict[str, Cells] = {}
    results: dict[str, list[Any]] = {}
    for one in seen:
        facts, scope = one.facts, scope_of(one.facts, as_of=as_of, rules=one.rules, keep=store.materialise)
        behind = Behind(facts, one.days, store.materialise(group_members(facts, scope=scope), "members_of_groups"))
        enrolled.append(store.frame(scope.school.filter(scope.school.enrolled).select("pupil")))
        parts.append(recent(store, one.days, scope, one.rules))
        studies.append(studies_of(store, facts, scope))
        cells |= cells_of(store, behind, scope, one.rules)
        results |= results_of(store, found, behind.members, studies[-1])
    worded = {source: own for source, own in rules.items() if not only_limits(differences(own))}
    with_a_school, youths = _by_school(signals, pl.concat(enrolled))
    return Shown(
        as_of, with_a_school, Recent.together(parts), cells, results, pl.concat(studies).sort("pupil"), worded, youths
    )  # fmt: skip


def _by_school(signals: pl.DataFrame, enrolled: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The signals that a school's pages show, and those of youths without one, which the municipality's page shows.

    Takes   enrolled   pupil: those with an enrolment on the day
    """
    no_school = (pl.col("signal") == WITHOUT_SCHOOL) & ~pl.col("pupil").is_in(enrolled["pupil"].implode())
    return signals.filter(~no_school), signals.filter(no_school)


def _timestamp(at: datetime) -> ibis.Value:
    return ibis.literal(at.astimezone(UTC).replace(tzinfo=None), "timestamp(6)")


def _runs(store: Store, days: Table, like: Run, rules: Mapping[str, RuleSet]) -> dict[str, Run]:
    """A run for each source: how much of its window is reported, and the first and last reported day."""
    counted = days.filter(days.date <= like.as_of)
    since = ibis.literal(_window_start(like.as_of, RULE_SET_1))
    for source, own in rules.items():
        if own.window_days != RULE_SET_1.window_days:
            since = ibis.ifelse(counted.source == source, _window_start(like.as_of, own), since)
    in_window = counted.date >= since
    told = store.frame(
        counted.group_by("source").aggregate(
            first_day=counted.date.min(where=counted.reported_lessons > 0),
            last_day=counted.date.max(where=counted.reported_lessons > 0),
            offered=counted.lessons.sum(where=in_window).fill_null(0).cast("int64"),
            reported=counted.reported_lessons.sum(where=in_window).fill_null(0).cast("int64"),
        )
    )
    fresh = {row.pop("source"): row for row in told.iter_rows(named=True)}
    made_up = {row.source: row.simulated for row in known_imports()}
    runs = {}
    for source, own in rules.items():
        run = Run(
            source=source, as_of=like.as_of, known_at=like.known_at, run_at=like.run_at, rule_set=own.number,
            rules_since=own.since, simulated=made_up.get(source, False), axis_sv=_axis(like.as_of, "sv"),
            axis_en=_axis(like.as_of, "en"), **fresh.get(source, {}),
        )  # fmt: skip
        runs[source] = run
    return runs


def _window_start(as_of: date, rules: RuleSet) -> date:
    return as_of - timedelta(days=rules.window_days - 1)


def _seconds_for_demo_roles(by: User | None, at: datetime) -> float:
    """Choose who stands behind the demo's buttons, and how long that took: no picture, and no real region has any."""
    begun = perf_counter()
    choose_demo_roles(groups_by_interest=_most_to_see, by=by, at=at)
    return perf_counter() - begun


def _most_to_see() -> list[str]:
    """Codes of classes, those of ordinary size where some wait, the best first.

    A school with several classes, somebody whose signals are answered, then the clearest pattern.
    """
    answered = PupilSnapshot.objects.filter(state=2, waits=False).values("pupil")
    told = set(Membership.objects.filter(covering(today()), pupil__in=answered).values_list("group", flat=True))
    groups = Counter(GroupSnapshot.objects.values_list("school", flat=True))
    listed = GroupSnapshot.objects.filter(pupils__range=(15, 32), waiting__gte=2, waiting__lte=F("pupils") / 2)
    kept = [
        (
            groups[picture.school] > 3,
            picture.group in told,
            max((pattern.share - pattern.others for pattern in picture.patterns), default=0),
            picture.group,
        )
        for picture in listed.only("group", "school", "shared")
    ]
    return [group for *_interest, group in sorted(kept, reverse=True)][:200]


def _axis(as_of: date, spoken: str) -> str:
    return drawing.calendar_axis(calendar_start(as_of), as_of, SHORT_MONTHS[spoken], SHORT_WEEKDAYS[spoken])


def refused_day(store: Store, as_of: date, signals: pl.DataFrame) -> Refusal | None:
    """Why the day can't be run; none when it can.

    Enrolments and grades are always of some day. Without a lesson, they are believed in a holiday and where no lessons
    are known at all; otherwise the day is taken for a mistake.
    """
    if signals["signal"].is_in(list(ATTENDANCE)).any():
        return None
    days = [row for row in store.status() if row.table == "lessons" and row.first and row.last]
    if not days:
        return (
            None
            if len(signals)
            else Refusal(
                "nothing_read_in",
                what=("Inga lektioner är inlästa.", "No lessons have been read in."),
                todo=("Läs in en källa först: plug records import.", "Read a source in first: plug records import."),
            )
        )
    first, last = min(row.first for row in days if row.first), max(row.last for row in days if row.last)
    if len(signals) and first <= as_of <= last + LONGEST_HOLIDAY:
        return None
    return Refusal(
        "day_outside_records",
        what=(f"Det finns inga lektioner att räkna på för {as_of}.", f"There are no lessons to count for {as_of}."),
        todo=(f"Välj en dag mellan {first} och {last}.", f"Choose a day between {first} and {last}."),
    )
