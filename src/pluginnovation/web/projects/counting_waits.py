"""Days from signal to action, by school and term: the same waits as the page I tid counts, pooled where it is shown."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from pluginnovation.projects.indicators import DAYS_TO_ACTION, IN_TIME, IN_TIME_DAYS, stage_of
from pluginnovation.projects.levels import NOT_KNOWN, Levels, Part, Told, levels
from pluginnovation.reference.calendar import Term, term_of
from pluginnovation.support.kaplan_meier import HALF, Watched, days_until, survival
from pluginnovation.support.time_to_action import waits
from pluginnovation.web.people.names import place_code
from pluginnovation.web.signals.models import SignalChange
from pluginnovation.web.support.waited import acts_of, spells_of

from .counting_parts import Key

# A wait: whose it is, and how long it was watched.
Held = dict[str, list[tuple[str, Watched]]]


def waits_counted(
    places: pl.DataFrame, terms: tuple[Term, ...], as_of: date, municipality: Mapping[str, str]
) -> dict[Key, Levels]:
    """The median days of the waits that began in each term, where ten pupils or more waited.

    Takes   places   pupil, term, source, school, school_type, school_year: where each pupil was in each term
    """
    at = _places_of(places)
    names = {term.name for term in terms}
    pupils = SignalChange.objects.filter(as_of__lte=as_of).values_list("pupil", flat=True).distinct()
    codes = list(pupils)
    found: dict[tuple[str, str], Held] = {}
    for wait in waits(spells_of(codes, as_of), acts_of(codes), as_of=as_of):
        pupil, term = wait.spell.need[0], term_of(wait.spell.began).name
        if term in names and (pupil, term) in at:
            school, stage = at[pupil, term]
            held = found.setdefault((stage, term), {})
            held.setdefault(school, []).append((pupil, wait.watched))
    medians: dict[Key, Levels] = {
        (stage, DAYS_TO_ACTION, term): _levels(held, municipality) for (stage, term), held in found.items()
    }
    in_time: dict[Key, Levels] = {
        (stage, IN_TIME, term): levels({code: _in_time(rows) for code, rows in held.items()}, municipality)
        for (stage, term), held in found.items()
    }
    return medians | in_time


def _in_time(rows: list[tuple[str, Watched]]) -> Part:
    """How many had an action in time, of those watched for so long."""
    told = [one for _, one in rows if one.came or one.days >= IN_TIME_DAYS]
    return Part(len(told), sum(one.came and one.days <= IN_TIME_DAYS for one in told), len(told), of_pupils=True)


def _places_of(places: pl.DataFrame) -> dict[tuple[str, str], tuple[str, str]]:
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for row in places.sort("pupil", "term", "source", "school", nulls_last=True).iter_rows(named=True):
        stage = stage_of(row["school_type"], row["school_year"])
        if stage:
            found.setdefault((row["pupil"], row["term"]), (place_code(row["source"], row["school"]), stage))
    return found


def _levels(held: Held, municipality: Mapping[str, str]) -> Levels:
    """What may be told is decided by the pupils who waited; what is told is the median."""
    shown = levels({code: _part(rows) for code, rows in held.items()}, municipality)
    by_place: Held = {}
    for code, rows in held.items():
        by_place.setdefault(municipality.get(code, ""), []).extend(rows)
    every = [one for rows in held.values() for one in rows]
    return Levels(
        {code: _median(one, held[code]) for code, one in shown.schools.items()},
        {place: _median(one, by_place[place]) for place, one in shown.municipalities.items()},
        _median(shown.region, every),
    )


def _part(rows: list[tuple[str, Watched]]) -> Part:
    return Part(len({pupil for pupil, _ in rows}), 0, 1)


def _median(told: Told, rows: list[tuple[str, Watched]]) -> Told:
    """The median in place of the share; not known while fewer than half have had an action."""
    if not told.known:
        return told
    days = days_until(survival(watched for _, watched in rows), HALF)
    return NOT_KNOWN if days is None else replace(told, value=days)
