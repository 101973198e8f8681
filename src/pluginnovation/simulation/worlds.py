"""Worlds that differ by what adults did and by nothing else.

Every world is lived on the same random numbers. What differs between two of them is therefore what help did: for each
pupil, and on average.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from .chance import Bools, Floats, Ints
from .help.region import Ground, Parts, RegionHelp, make_ground
from .lives.draws import make_draws
from .lives.life import lived
from .lives.record import Lives
from .lives.seam import LAST_COMPULSORY_TERM, TERMS, Help, People
from .lives.state import ABROAD
from .scenario import Scenario, SubProject
from .scenario_switches import STAGGERED

FOUR_YEARS: Final = 8
OUTCOMES: Final = ("absence", "passed", "in_school", "degree_4y")


@dataclass(frozen=True, slots=True)
class Lived:
    """What happened to everybody. Rows are terms 0-19, columns pupils; one entry per pupil where nothing else is said.

    half_year    2 x calendar year, plus one in autumn
    in_school    enrolled on the term's first day
    unit         school number of the term
    absence      share of the term's teaching missed, 0..1; nan when there was none
    recorded     the same as it was recorded; nan when nobody recorded
    passed       share of what was graded in the term that was passed, 0..1; nan without grades
    degree_term  one per pupil: the term at whose end the degree was taken; -1 for none
    gone_term    one per pupil: the term at whose end they moved abroad; -1 for the others
    left_term    one per pupil: the first term at whose end they left school for another reason; -1 for the others
    """

    half_year: Ints
    in_school: Bools
    unit: Ints
    absence: Floats
    recorded: Floats
    passed: Floats
    degree_term: Ints
    gone_term: Ints
    left_term: Ints


Live = Callable[[Help | None], Lived]


def lives_of(people: People, seed: int) -> Live:
    """The region's lives, told as `Lived`: the same people and the same chance each time it is called."""
    draws = make_draws(people, seed)
    return lambda help_: told(lived(people, draws, help_))


def told(lives: Lives) -> Lived:
    """What worlds are compared by, of everything that a life has."""
    abroad, left = lives.cause == ABROAD, (lives.cause >= 0) & (lives.cause != ABROAD)
    return Lived(
        half_year=lives.half_year,
        in_school=lives.in_school,
        unit=lives.unit,
        absence=lives.missed,
        recorded=lives.absence,
        passed=lives.passed,
        degree_term=lives.degree_term,
        gone_term=np.where(abroad.any(axis=0), abroad.argmax(axis=0), -1),
        left_term=np.where(left.any(axis=0), left.argmax(axis=0), -1),
    )


@dataclass(frozen=True, slots=True)
class World:
    """One life of the region: what happened, and the adults who were there."""

    lived: Lived
    help: RegionHelp


@dataclass(frozen=True, slots=True)
class Contrast:
    """A sub-project seen in three worlds that share everything else.

    lived     with it, as it was carried out: the world of the records
    without   where it never was
    everyone  where all who could be offered it were
    """

    sub_project: SubProject
    lived: World
    without: World
    everyone: World


@dataclass(frozen=True, slots=True)
class Worlds:
    """All worlds of a scenario.

    without    no help at all: neither everyday help nor sub-projects
    lived      with all help: what the records and help/events.jsonl tell
    contrasts  one per sub-project
    """

    ground: Ground
    without: World
    lived: World
    contrasts: tuple[Contrast, ...]


def live_worlds(scenario: Scenario, people: People, live: Live, seed: int, *, contrasts: bool = True) -> Worlds:
    """Live every world of a scenario.

    Takes   live        a life of the region with some help; the same chance each time it is called
            contrasts   also live the two further worlds of each sub-project
    """
    ground = make_ground(scenario, people, seed)
    everything = frozenset(scenario.sub_projects)
    # The world without help comes first: the schools that take part are drawn in it.
    without = _lived(ground, Parts(everyday=False), live)
    all_help = _lived(ground, Parts(sub_projects=everything), live)
    compared = tuple(contrast(ground, each, all_help, live) for each in scenario.sub_projects.values() if contrasts)
    return Worlds(ground, without, all_help, compared)


def contrast(ground: Ground, sub_project: SubProject, all_help: World, live: Live) -> Contrast:
    """One sub-project in its two further worlds; `all_help` is the world with all of them."""
    everything = frozenset(ground.scenario.sub_projects)
    return Contrast(
        sub_project,
        all_help,
        without=_lived(ground, Parts(sub_projects=everything - {sub_project.key}), live),
        everyone=_lived(ground, Parts(sub_projects=everything, everyone=sub_project.key), live),
    )


def _lived(ground: Ground, parts: Parts, live: Live) -> World:
    adults = RegionHelp(ground, parts)
    return World(live(adults), adults)


def horizon(sub_project: SubProject) -> int:
    """The term that outcomes are read in: the last one of the measure for those who began last, in the same school."""
    last = max(sub_project.starts) if sub_project.assignment == STAGGERED else sub_project.start
    stage = LAST_COMPULSORY_TERM if last <= LAST_COMPULSORY_TERM else TERMS - 1
    return min(last + sub_project.terms - 1, stage)


def outcome(life: Lived, name: str, term: int) -> Floats:
    """An outcome of each pupil; nan where there is none.

    absence    share of the term's teaching missed
    passed     share passed of what was graded in the term
    in_school  1 enrolled in the term after it (or the last one that there is), 0 not
    degree_4y  1 a degree within four years of the beginning of upper secondary school, 0 not
    """
    match name:
        case "absence":
            return np.asarray(life.absence[term])
        case "passed":
            return np.asarray(life.passed[term])
        case "in_school":
            return np.asarray(life.in_school[min(term + 1, TERMS - 1)], dtype=np.float64)
        case _:
            latest = LAST_COMPULSORY_TERM + FOUR_YEARS
            return np.asarray((life.degree_term >= 0) & (life.degree_term <= latest), dtype=np.float64)
