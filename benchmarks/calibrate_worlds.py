"""Known truth: sub-projects in made-up lives, each lived with the help and without, and what the engine says of them.

Pupils live until the sub-project begins. From there on each replication draws anew who is helped and what happens, and
lives the same chance with the help and without: the difference is the truth that the estimate is held against.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from pluginnovation.evidence.designs.before_after import before_after
from pluginnovation.evidence.designs.comparison import comparison
from pluginnovation.evidence.designs.life_tables import Spells
from pluginnovation.evidence.designs.mixtures import Panel
from pluginnovation.evidence.designs.rollout import Rollout, rollout
from pluginnovation.evidence.designs.school_draw import school_draw
from pluginnovation.evidence.designs.synthetic import synthetic
from pluginnovation.evidence.designs.threshold import threshold
from pluginnovation.evidence.designs.time_to_event import Horizons, hazard
from pluginnovation.evidence.designs.waiting_list import waiting_list
from pluginnovation.evidence.grade import graded
from pluginnovation.evidence.plan import Outcome, Plan, Window
from pluginnovation.evidence.result import Result
from pluginnovation.evidence.staggered import NEVER
from pluginnovation.evidence.staggered import Panel as Schools
from pluginnovation.evidence.table import Table, make_table
from pluginnovation.simulation.help.choosing import Offer
from pluginnovation.simulation.help.region import Parts, RegionHelp, make_ground
from pluginnovation.simulation.lives.draws import make_draws
from pluginnovation.simulation.lives.life import Life, live_on, started
from pluginnovation.simulation.lives.people import some_people
from pluginnovation.simulation.lives.record import Lives
from pluginnovation.simulation.scenario_read import parsed_scenario

SAME_PEOPLE = 25  # replications that begin with the same pupils
NEAR = 3  # percentage points from a threshold within which the effect at it is read
WORTHWHILE = 3.0
TERMS_BEFORE = 4  # of a roll-out


@dataclass(frozen=True, slots=True)
class Arm:
    """One situation that the engine is tried in.

    switches   of the sub-project, as a scenario file has them; effect: log-odds of absence (or of leaving)
    holds      whether the design's assumptions do
    start, last   the terms that the help begins in and the outcome is read in
    lost       chance that a helped pupil with much absence can't be found again
    large      large enough to be sure: held to reaching the design's cap
    """

    name: str
    design: str
    switches: str
    pupils: int
    municipalities: int = 4
    effect: float = -0.6
    on: str = "absence"
    holds: bool = True
    start: int = 7
    last: int = 7
    lost: float = 0.0
    large: bool = True

    @property
    def parts(self) -> int:
        """The term from which the worlds differ: schools that began may have gone another way before."""
        return self.start - TERMS_BEFORE if self.design == "rollout" else self.start


@dataclass(frozen=True, slots=True)
class Tried:
    """What one replication gave: nan where there is no number. before_after: what the pupils' own change would say."""

    truth: float
    estimate: float
    low: float
    high: float
    p: float
    locks: int
    dots: int
    cap: int
    se: float
    df: float
    before_after: float
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _World:
    with_it: Lives
    without: Lives
    everyone: Lives
    offer: Offer


def replicate(arm: Arm, number: int) -> Tried:
    """One replication. The same arm and number give the same answer."""
    base = _base(arm.pupils, arm.municipalities, arm.parts, number // SAME_PEOPLE)
    world = _lived(arm, base, number)
    plan = _plan(arm)
    found, truth = _DESIGNS[arm.design](arm, plan, world, number)
    grade = graded(found, worthwhile=WORTHWHILE)
    asked = (found.estimate, found.low, found.high, found.p, found.se)
    estimate, low, high, p, se = (np.nan if each is None else each for each in asked)
    own = before_after(plan, _table(arm, world, number)) if arm.on == "absence" else None
    change = own.estimate if own is not None and own.estimate is not None else np.nan
    df = 1e6 if found.df is None else found.df
    return Tried(truth, estimate, low, high, p, grade.locks, grade.dots, found.cap, se, df, change, found.failed)


@lru_cache(maxsize=4)
def _base(pupils: int, municipalities: int, start: int, turn: int) -> Life:
    people = some_people(pupils, municipalities, 7_000 + turn)
    life = started(people, make_draws(people, 7_000 + turn))
    live_on(life, range(start))
    return life


def _lived(arm: Arm, base: Life, number: int) -> _World:
    begins = "" if arm.design == "rollout" else f"start = {arm.start}"
    text = (
        f'name = "calibration"\n[everyday]\nmeasure_chance = 0\n[sub_projects.tried]\nmethod = "study_coach"\n'
        f"{begins}\nterms = {arm.last - arm.start + 1}\n{arm.switches}\n"
        f"[sub_projects.tried.effect]\n{arm.on} = {arm.effect}\n"
    )
    people = base.chances.people
    ground = make_ground(parsed_scenario(text), people, 100_000 + number)
    draws = make_draws(people, 100_000 + number)
    lives, offer = [], None
    for keys, everyone in ((frozenset[str](), ""), (frozenset({"tried"}), ""), (frozenset({"tried"}), "tried")):
        adults = RegionHelp(ground, Parts(everyday=False, sub_projects=keys, everyone=everyone))
        branch = base.branched(draws)
        live_on(branch, range(arm.parts, arm.last + 1), adults)
        lives.append(branch.lives)
        if keys and not everyone:
            offer = adults.trials["tried"].offer
    assert offer is not None
    return _World(lives[1], lives[0], lives[2], offer)


def _plan(arm: Arm) -> Plan:
    leaves = arm.on == "leaving"
    return Plan(
        name="calibration",
        question="Is the planted effect found again?",
        method="study-coach",
        design=arm.design,
        comparison="as the design says",
        outcome=Outcome("left_school" if leaves else "absence_share", "yes_no" if leaves else "share", -1, WORTHWHILE),
        window=Window(date(2025, 8, 18), 120, date(2025, 9, 1), date(2025, 12, 19)),
    )


def _absence(lives: Lives, term: int) -> np.ndarray:
    return np.asarray(100 * lives.missed[term])


def _known(values: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), np.nanmean(values), values)


def _table(arm: Arm, world: _World, number: int) -> Table:
    """The candidates: outcome with what was lost of it, and what was known before."""
    who, lives = world.offer.candidate, world.with_it
    outcome = _absence(lives, arm.last)
    rng = np.random.default_rng(number)
    gone = world.offer.offered & (outcome > np.nanquantile(outcome, 0.7)) & (rng.random(len(who)) < arm.lost)
    # What was known last term explains; the years before are kept to see whether the sides went apart already then.
    before = np.nanmean([_known(100 * lives.absence[arm.start - back]) for back in (2, 3, 4, 5)], axis=0)
    last_term = _known(100 * lives.absence[arm.start - 1])
    return make_table(
        np.where(gone, np.nan, outcome)[who], world.offer.offered[who], school=world.offer.site[who],
        stratum=world.offer.site[who] if arm.design == "waiting_list" else None,
        covariates={"absence_last": last_term[who], "passed": _known(world.offer.passed)[who]},
        placebos={"absence_before": before[who]},
    )  # fmt: skip


def _mean_change(world: _World, arm: Arm, who: np.ndarray) -> float:
    return float(np.nanmean((_absence(world.with_it, arm.last) - _absence(world.without, arm.last))[who]))


def _by_table(estimator: Callable[[Plan, Table], Result]) -> Callable[..., tuple[Result, float]]:
    def tried(arm: Arm, plan: Plan, world: _World, number: int) -> tuple[Result, float]:
        return estimator(plan, _table(arm, world, number)), _mean_change(world, arm, world.offer.offered)

    return tried


def _by_draw(estimator: Callable[[Plan, Table], Result]) -> Callable[..., tuple[Result, float]]:
    """After a draw the truth is what the offer would do to everybody who was in it: that is what a draw answers.

    What it did to those who happened to be drawn is another number, nearer to some and further from others; the
    interval isn't about that one.
    """

    def tried(arm: Arm, plan: Plan, world: _World, number: int) -> tuple[Result, float]:
        change = _absence(world.everyone, arm.last) - _absence(world.without, arm.last)
        truth = float(np.nanmean(change[world.offer.candidate]))
        return estimator(plan, _table(arm, world, number)), truth

    return tried


def _threshold(arm: Arm, plan: Plan, world: _World, number: int) -> tuple[Result, float]:
    """Scores in whole per cent. The truth is the effect on those near the line, had they all been helped."""
    who = world.offer.candidate & ~np.isnan(world.offer.score)
    at = np.floor(100 * (world.offer.score - 0.15) + 1e-6)
    table = _table(arm, world, number).only(who[world.offer.candidate])
    near = who & (np.abs(at + 0.5) < NEAR)
    change = _absence(world.everyone, arm.last) - _absence(world.without, arm.last)
    return threshold(plan, table, at[who]), float(np.nanmean(change[near]))


def _municipality(arm: Arm, plan: Plan, world: _World, _number: int) -> tuple[Result, float]:
    municipality = world.offer.site // 10_000
    numbers = np.unique(municipality[municipality > 0])
    terms = range(arm.start - 6, arm.last + 1)
    rows = [[np.nanmean(_absence(world.with_it, term)[municipality == one]) for term in terms] for one in numbers]
    bare = [[np.nanmean(_absence(world.without, term)[municipality == one]) for term in terms] for one in numbers]
    began = numbers == 1
    pupils = np.array([float((municipality == one).sum()) for one in numbers])
    truth = float((np.array(rows) - np.array(bare))[began][:, 6:].mean())
    return synthetic(plan, Panel(np.array(rows), began, 6, pupils)), truth


def _schools(arm: Arm, plan: Plan, world: _World, _number: int) -> tuple[Result, float]:
    """Schools by term: those who were there when it was decided, for as long as they are in school."""
    site, who = np.unique(world.offer.site, return_inverse=True)[1], world.offer.site > 0
    size = int(site.max()) + 1
    terms = range(arm.start - TERMS_BEFORE, arm.last + 1)
    means = [
        [_by_site(_absence(lives, term), site, who, size) for term in terms] for lives in (world.with_it, world.without)
    ]
    outcome, bare = (np.array(each).T for each in means)
    begins = np.full(size, -1)
    np.maximum.at(begins, site[who], world.offer.starts[who])
    there = np.bincount(site[who], minlength=size) >= 10
    first = np.where(begins < 0, NEVER, begins - terms[0])[there].astype(np.int64)
    weight = np.bincount(site[who], minlength=size)[there].astype(float)
    panel = Schools(outcome[there], first, weight, np.arange(len(weight)), np.zeros((len(weight), 0)))
    helped = np.arange(len(terms))[None, :] >= first[:, None]
    share = np.where(helped & ~np.isnan(outcome[there] - bare[there]), weight[:, None], 0.0)
    truth = float((share * np.nan_to_num(outcome[there] - bare[there])).sum() / share.sum()) if share.any() else 0.0
    return rollout(plan, Rollout(panel, np.repeat(weight[:, None], len(terms), axis=1))), truth


def _by_site(absence: np.ndarray, site: np.ndarray, who: np.ndarray, size: int) -> np.ndarray:
    known = who & ~np.isnan(absence)
    count = np.bincount(site[known], minlength=size)
    return np.where(count > 0, np.bincount(site[known], absence[known], size) / np.maximum(count, 1), np.nan)


def _leaving(arm: Arm, plan: Plan, world: _World, _number: int) -> tuple[Result, float]:
    who = world.offer.candidate
    ended = [lives.cause[arm.start : arm.last + 1] for lives in (world.with_it, world.without)]
    first = [np.where((each >= 0).any(axis=0), (each >= 0).argmax(axis=0), len(each)) for each in ended]
    left = first[0] < len(ended[0])
    spells = Spells(
        terms=np.where(left, first[0] + 1, len(ended[0]))[who].astype(np.int64),
        ending=left[who].astype(np.int64),
        treated=world.offer.offered[who],
        school=np.unique(world.offer.site[who], return_inverse=True)[1].astype(np.int64),
        cell=_kind(world.offer)[who],
    )
    helped = world.offer.offered
    gap = 100 * ((first[0] < len(ended[0])) * 1.0 - (first[1] < len(ended[1])))
    return hazard(plan, spells, Horizons((arm.last - arm.start + 1,), 5)), float(gap[helped].mean())


def _kind(offer: Offer) -> np.ndarray:
    bands = np.digitize(np.nan_to_num(offer.absence), (0.05, 0.1, 0.2))
    return np.asarray(bands * 2 + (np.nan_to_num(offer.passed, nan=1.0) > 0.85), dtype=np.int64)


_DESIGNS: dict[str, Callable[..., tuple[Result, float]]] = {
    "waiting_list": _by_draw(waiting_list),
    "school_draw": _by_draw(school_draw),
    "comparison": _by_table(comparison),
    "threshold": _threshold,
    "rollout": _schools,
    "synthetic_control": _municipality,
    "hazard": _leaving,
}
