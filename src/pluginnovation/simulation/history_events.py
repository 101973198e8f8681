"""What became of those who were in school in earlier years: events, and whom a municipality must keep in touch with."""

from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from .chance import Bools
from .cohorts import AUTUMN
from .lessons import World
from .lives.notes import OCCUPATIONS
from .places import MUNICIPALITIES
from .registers import OUTCOME_EVENTS, RESIDENTS, twentieth_birthday
from .school_places import programme_code
from .stretches import GONE, first_day, never_began

TOLD: Final = {"work": "started_work", "unemployed": "unemployed"}
OUT: Final = ("left", "paused", "study_certificate")  # without a degree: a municipality answers for them until twenty
LAST_TOLD: Final = date(2026, 5, 31)
_DAYS_IN = 90  # of a half-year in which somebody's occupation may be found to have changed
Row = tuple[str, str, date, str | None]


def earlier_events(world: World, told: Bools, back: int) -> pl.DataFrame:
    """How each stretch in upper secondary school ended or began again, and what those did who left without a degree.

    Takes   told   who is told of
            back   school years before this one
    """
    own = world.stretches
    ids = world.cohorts.id
    rows: list[Row] = []
    follows = np.append(own.person[1:] == own.person[:-1], False)
    since = AUTUMN - 2 * back
    for place in np.flatnonzero(np.isin(own.ended, GONE) & (own.last < AUTUMN) & (own.last >= since)).tolist():
        person, programme = int(own.person[place]), programme_code(int(own.programme[place]))
        rows.append((ids[person], own.ended[place], own.day[place], programme))
        if follows[place] and own.first[place + 1] < AUTUMN:
            again = programme_code(int(own.programme[place + 1]))
            rows.append((ids[person], "returned", first_day(int(own.first[place + 1])), again))
    rows += _occupations(world, told, since)
    return pl.DataFrame(rows, schema=OUTCOME_EVENTS, orient="row")


def _occupations(world: World, told: Bools, since: int) -> list[Row]:
    """Work and unemployment, from the half-year in which it begins: of those who left, as far as it is known."""
    own, cohorts = world.stretches, world.cohorts
    left = np.full(len(cohorts), np.iinfo(np.int64).max)
    ended = np.isin(own.ended, ("left", "study_certificate")) & (own.last < AUTUMN)
    left[own.person[ended]] = own.last[ended]
    draw = cohorts.chance("occupations are known", 1)[0]
    rows: list[Row] = []
    before = cohorts.at(since - 1, cohorts.lives.occupation, 0)
    for half in range(since, AUTUMN + 2):
        now = cohorts.at(half, cohorts.lives.occupation, 0)
        new = told & (now != before) & (half > left)
        for person in np.flatnonzero(new & np.isin(now, [OCCUPATIONS.index(each) for each in TOLD])).tolist():
            day = first_day(half) + timedelta(days=int(draw[person] * _DAYS_IN))
            if day <= LAST_TOLD:
                rows.append((cohorts.id[person], TOLD[OCCUPATIONS[int(now[person])]], day, None))
        before = now
    return rows


def earlier_residents(world: World, told: Bools, back: int) -> pl.DataFrame:
    """Those who left, or never began, before this year and aren't twenty yet; until they are back in school."""
    own, cohorts = world.stretches, world.cohorts
    codes = {each.no: each.code for each in MUNICIPALITIES}
    follows = np.append(own.person[1:] == own.person[:-1], False)
    began = np.append(own.first[1:], 0)
    since = AUTUMN - 2 * back
    last_ended = (own.last < AUTUMN) & (own.last >= since)
    out = last_ended & np.isin(own.ended, OUT)
    not_begun = {half: never_began(cohorts, half + 1) for half in range(since, AUTUMN)}
    waits = [
        not each and not_begun[half][person] if now else False
        for each, half, person, now in zip(
            own.upper.tolist(), own.last.tolist(), own.person.tolist(), last_ended.tolist(), strict=True
        )
    ]
    rows = []
    for place in np.flatnonzero(out | np.array(waits)).tolist():
        person = int(own.person[place])
        start = own.day[place] + timedelta(days=1)
        ends = twentieth_birthday(cohorts.birth[person])
        if not told[person] or start >= ends:
            continue
        end = first_day(int(began[place])) - timedelta(days=1) if follows[place] else ends - timedelta(days=1)
        home = codes[int(cohorts.home[person])]
        elsewhere = bool(cohorts.elsewhere[person])
        rows.append((cohorts.id[person], home, elsewhere, start, end if end <= LAST_TOLD else None))
    return pl.DataFrame(rows, schema=RESIDENTS, orient="row")
