"""The figures of every school, counted in one go by the worker and kept as documents that pages read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
from django.db.models import Max, Min

from pluginnovation.projects import indicators as told
from pluginnovation.projects.figures import Figures, GroupLine, Series, packed_figures
from pluginnovation.projects.indicators import ABSENCE, INDICATORS, WEEKDAYS, last_terms
from pluginnovation.projects.levels import NOBODY, Levels, Told, levels, within
from pluginnovation.projects.levels import told as as_told
from pluginnovation.records.store import Store
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Organisation, User
from pluginnovation.web.records.actions import opened_store
from pluginnovation.web.signals.models import Run
from pluginnovation.web.signals.snapshots.places import Places

from .counting_grades import eligible_by_term
from .counting_groups import groups_counted
from .counting_parts import Counts, Key, add_eligible, add_minutes
from .counting_seen import Seen, seen_at
from .counting_waits import waits_counted
from .models import SchoolFigures

BY_PLACE = ("source", "school", "school_type", "school_year")


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything that documents are made of.

    names     the terms, oldest first
    found     every indicator of every stage and term, as it may be told
    """

    as_of: date
    names: tuple[str, ...]
    counts: Counts
    found: Mapping[Key, Levels]
    groups: Mapping[str, tuple[GroupLine, ...]]
    municipality: Mapping[str, str]


def count_figures(store: Store, *, by: User | None, at: datetime) -> int:
    """Count every school's figures anew; returns how many schools have any. Nothing before signals were ever run."""
    as_of = Run.objects.filter(shown=True).aggregate(last=Max("as_of"))["last"]
    if as_of is None:
        return 0
    counted = _counted(store, as_of)
    rows = [
        SchoolFigures(school=code, as_of=as_of, made_at=at, document=packed_figures(_figures(code, counted)))
        for code in counted.municipality
    ]
    with recorded("count_school_figures", by=by, at=at, about=as_of.isoformat(), schools=len(rows)):
        SchoolFigures.objects.all().delete()
        SchoolFigures.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def count_if_stale(home: Path, *, at: datetime) -> int:
    """Count the figures when signals were run since they were counted last; how many schools, 0 when they hold."""
    newest = Run.objects.filter(shown=True).aggregate(last=Max("run_at"))["last"]
    counted = SchoolFigures.objects.aggregate(first=Min("made_at"))["first"]
    if newest is None or (counted is not None and counted >= newest):
        return 0
    with opened_store(home) as store:
        return count_figures(store, by=None, at=at)


def _counted(store: Store, as_of: date) -> Counted:
    terms, facts, counts = last_terms(as_of), store.facts(), Counts()
    of_pupils = told.pupil_terms(store.days(), facts.attendance_sums, facts.enrolments, as_of=as_of)
    pupils = store.materialise(of_pupils, "project_pupil_terms")
    for row in store.frame(told.term_counts(pupils, BY_PLACE)).iter_rows(named=True):
        add_minutes(counts, row)
    for term in terms:
        for row in eligible_by_term(store, facts, term, as_of).iter_rows(named=True):
            add_eligible(counts, row, term.name)
    municipality = municipalities_of({code for parts in counts.schools.values() for code in parts})
    found = {key: levels(parts, municipality) for key, parts in counts.schools.items()}
    places = store.frame(pupils.select("pupil", "term", *BY_PLACE).distinct())
    found |= waits_counted(places, terms, as_of, municipality)
    names = tuple(term.name for term in terms)
    return Counted(as_of, names, counts, found, groups_counted(store, facts, pupils, names, as_of), municipality)


def municipalities_of(schools: set[str]) -> dict[str, str]:
    """Each school's municipality; empty: not known."""
    nothing = pl.DataFrame()
    places = Places(nothing, nothing, nothing, Organisation.objects.in_bulk())
    return {code: places.municipality(code) for code in sorted(schools)}


def _figures(school: str, counted: Counted) -> Figures:
    """What is told of one school."""
    stages: dict[str, dict[str, Series]] = {}
    weekdays: dict[str, tuple[Told, ...]] = {}
    for stage in told.STAGES:
        for indicator in INDICATORS:
            keys = [(stage, indicator, name) for name in counted.names]
            series = _series(school, keys, counted)
            if any(one.state != NOBODY.state for one in series.own):
                stages.setdefault(stage, {})[indicator] = series
        # Who was here in earlier terms and is no more isn't the school's to plan for.
        if not any(one.now.state != NOBODY.state for one in stages.get(stage, {}).values()):
            stages.pop(stage, None)
        days = [counted.counts.schools.get((stage, f"{ABSENCE}_{day}", counted.names[-1]), {}) for day in WEEKDAYS]
        if all(school in parts for parts in days):
            weekdays[stage] = tuple(as_told(parts[school]) for parts in days)
    seen: Seen = seen_at(school)
    return Figures(
        counted.as_of.isoformat(), counted.names, stages, weekdays, counted.groups.get(school, ()), seen.patterns,
        seen.mapping, seen.mapped, seen.classes,
    )  # fmt: skip


def _series(school: str, keys: list[Key], counted: Counted) -> Series:
    lines = [counted.found.get(key) for key in keys]
    by_term = [within(counted.counts.years.get((school, key), {})) for key in keys]
    years = sorted({year for one in by_term for year in one})
    place = counted.municipality[school]
    return Series(
        tuple(one.schools.get(school, NOBODY) if one else NOBODY for one in lines),
        tuple(one.municipalities.get(place, NOBODY) if one else NOBODY for one in lines),
        tuple(one.region if one else NOBODY for one in lines),
        {year: tuple(one.get(year, NOBODY) for one in by_term) for year in years},
    )
