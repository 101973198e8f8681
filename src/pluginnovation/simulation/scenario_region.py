"""A scenario in the region of files: what its adults did about exactly those pupils, and what that truly changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from .cohorts import AUTUMN, Cohorts
from .help.events import write_events
from .help.in_force import Register
from .help.region import Parts, RegionHelp, make_ground
from .help.registered import Known, Registered
from .help.weekly import HalfYear, Weekly, Weeks
from .lives.life import lived
from .lives.risk import Start
from .lives.seam import TERMS, People
from .scenario import Scenario
from .school_year import LAST_DAY, august, day_number
from .school_year import TERMS as HALVES
from .truth_causes import causes, kept_by_help, risk_rows
from .truth_effects import AVERAGES, average_effects, individual_effects
from .truth_in_charge import in_charge
from .wanted import Progress
from .worlds import Live, Worlds, contrast, live_worlds, told
from .writing import write_csv

FUTURES: Final = 10
BOTH: Final = ("absence", "passed")


def adults_of(scenario: Scenario, cohorts: Cohorts) -> RegionHelp:
    """What adults do in the world that the files are written from: the same each time it is made."""
    ground = make_ground(scenario, cohorts.people, cohorts.seed)
    # The schools that take part are drawn in the world without help, as `worlds` does.
    cohorts.live(RegionHelp(ground, Parts(everyday=False)))
    return RegionHelp(ground, Parts(sub_projects=frozenset(scenario.sub_projects)))


@dataclass(frozen=True, slots=True)
class Helped:
    """What was written about help: how many events, and the true effects that are about all.

    effects   see `truth_effects.average_effects`
    """

    scenario: str
    events: int
    effects: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Region:
    """The region as its files have it.

    tables    as they are written: file name without ending -> frame
    schools   unit number -> organisation id; a municipality's own number -> its authority's
    years     school years that are told of
    weeks     what the lessons of the last year show, week by week; none: nobody looks at weeks
    worlds    told after each part of what help changed how many of the parts are done
    """

    cohorts: Cohorts
    tables: dict[str, pl.DataFrame]
    schools: dict[int, str]
    years: int
    weeks: Weeks | None = None
    worlds: Progress | None = None

    @property
    def first_half_year(self) -> int:
        """The first autumn that is told of."""
        return AUTUMN - 2 * (self.years - 1)

    @property
    def first_day(self) -> date:
        """The first day that is told of."""
        return august(2025 - (self.years - 1))


def write_help(folder: Path, scenario: Scenario, region: Region) -> Helped:
    """Write what adults did, and what is true of it.

    Writes  FOLDER/scenario.toml            the scenario, as it was read
            FOLDER/help/events.jsonl        what adults did
            FOLDER/truth/*.csv              terms, effects, individual_effects, causes, kept_by_help, risk, accountable
    """
    cohorts, draws = region.cohorts, region.cohorts.draws()

    def live_with(people: People) -> Live:
        return lambda help_: told(lived(people, draws, help_))

    live = live_with(cohorts.people)
    step = _steps(region.worlds, len(scenario.sub_projects) + 3)
    worlds = live_worlds(scenario, cohorts.people, live, cohorts.seed, contrasts=False)
    persons = _persons(region)
    events = _write_events(folder, worlds.lived.help, region, persons)
    step()
    effects, individual = _effects(worlds, live, persons, step)
    tables = {
        "terms": terms_of_both(worlds, persons, persons.known),
        "individual_effects": individual,
        "causes": causes(worlds, live_with, persons),
        "kept_by_help": kept_by_help(worlds, persons),
    }
    step()
    tables["risk"] = risk_rows(Start(cohorts.people, draws, cohorts.seed), persons.pupils, FUTURES)
    step()
    there = region.tables["persons"].select(person_id="id")
    for name, table in tables.items():
        own = table.join(there, on="person_id", how="semi", maintain_order="left")
        write_csv(own, folder / "truth" / f"{name}.csv")
    write_csv(effects, folder / "truth" / "effects.csv")
    charge = in_charge(region.tables, persons.register, region.first_day, LAST_DAY)
    write_csv(charge, folder / "truth" / "accountable.csv")
    return Helped(scenario.name, events, effects.filter(scope="all"))


def _steps(told: Progress | None, parts: int) -> Callable[[], None]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if told:
            told(done, parts)

    return step


def _effects(
    worlds: Worlds, live: Live, persons: Registered, step: Callable[[], None]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Average and individual effects, one sub-project after the other: its worlds are gone when the next ones come."""
    averages, individuals = [average_effects((), persons)], [individual_effects((), persons)]
    for each in worlds.ground.scenario.sub_projects.values():
        seen = (contrast(worlds.ground, each, worlds.lived, live),)
        averages.append(average_effects(seen, persons))
        individuals.append(individual_effects(seen, persons))
        step()
    return pl.concat(averages), pl.concat(individuals)


def write_events_only(folder: Path, scenario: Scenario, region: Region) -> Helped:
    """The same without the other worlds: the scenario and the events, in a tenth of the time."""
    adults = adults_of(scenario, region.cohorts)
    region.cohorts.live(adults)
    events = _write_events(folder, adults, region, _persons(region))
    return Helped(scenario.name, events, pl.DataFrame(schema=AVERAGES))


def _persons(region: Region) -> Registered:
    ids = pl.Series(region.cohorts.id.tolist(), dtype=pl.String)
    known = Known(ids, region.schools, region.first_half_year, AUTUMN + 1)
    return Registered(region.cohorts.people, known, Register(region.tables))


def _write_events(folder: Path, adults: RegionHelp, region: Region, persons: Registered) -> int:
    if region.weeks is not None:
        looking = Weekly(adults, region.weeks)
        for half in half_years(region.cohorts):
            looking.look(half)
    (folder / "scenario.toml").write_text(adults.ground.scenario.source, encoding="utf-8", newline="\n")
    return write_events(folder / "help" / "events.jsonl", adults, persons)


def half_years(cohorts: Cohorts) -> tuple[HalfYear, ...]:
    """The halves of the year with lessons, as the cohorts live them."""
    lives = cohorts.lives
    return tuple(
        HalfYear(
            half, day_number(first), day_number(last), cohorts.term(half),
            unit=cohorts.at(half, lives.unit, 0), failed=cohorts.at(half - 1, lives.failed, 0),
        )
        for half, (_, first, last) in zip((AUTUMN, AUTUMN + 1), HALVES, strict=True)
    )  # fmt: skip


def terms_of_both(worlds: Worlds, persons: Registered, known: Known) -> pl.DataFrame:
    """Both worlds, term by term, of everybody who is in the files.

    Gives   one row per pupil and half-year that is told of, for those in school in either world
              person_id    string
              half_year    2 x calendar year, plus one in autumn
              term         0-19, as in a scenario
              site_without, site_with             organisation id; null outside school
              in_school_without, in_school_with   boolean: enrolled on the term's first day
              absence_without, absence_with       share of the teaching missed, 0..1; null outside school
              passed_without, passed_with         share passed of what was graded, 0..1; null without grades
    """
    half_year = worlds.lived.lived.half_year
    told_of = (half_year >= known.first) & (half_year <= known.last)
    columns: dict[str, object] = {
        "person_id": persons.pupil(pl.Series(np.broadcast_to(np.arange(half_year.shape[1]), half_year.shape)[told_of])),
        "half_year": half_year[told_of],
        "term": np.broadcast_to(np.arange(TERMS)[:, None], half_year.shape)[told_of],
    }
    for which in ("without", "with"):
        life = (worlds.without if which == "without" else worlds.lived).lived
        inside = life.in_school[told_of]
        columns[f"in_school_{which}"] = inside
        site = persons.school(pl.Series(life.unit[told_of]))
        columns[f"site_{which}"] = pl.select(pl.when(pl.Series(inside)).then(site)).to_series()
        for name in BOTH:
            columns[f"{name}_{which}"] = pl.Series(getattr(life, name)[told_of].astype(np.float64)).fill_nan(None)
    rows = pl.DataFrame(columns).filter(pl.col("in_school_without") | pl.col("in_school_with"))
    return rows.sort("person_id", "half_year")
