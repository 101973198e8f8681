"""What each design makes of a made-up world, and the truth that its estimate is held against."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pluginnovation.evidence.designs.before_after import before_after
from pluginnovation.evidence.designs.life_tables import Spells
from pluginnovation.evidence.designs.mixtures import Panel
from pluginnovation.evidence.designs.rollout import Rollout
from pluginnovation.evidence.designs.time_to_event import Horizons
from pluginnovation.evidence.designs.waiting_list import waiting_list
from pluginnovation.evidence.estimate import Data, Followed, Scored, run
from pluginnovation.evidence.grade import graded, graded_pool
from pluginnovation.evidence.message import About, message_of
from pluginnovation.evidence.plan import Plan
from pluginnovation.evidence.pool import Pooled, pool
from pluginnovation.evidence.rehearsal import rehearse
from pluginnovation.evidence.result import Result
from pluginnovation.evidence.staggered import NEVER
from pluginnovation.evidence.staggered import Panel as Schools
from pluginnovation.evidence.table import Table, make_table
from pluginnovation.simulation.lives.record import Lives

from .calibrate_worlds import DRAWS, TERMS_BEFORE, WORTHWHILE, Arm, World, kinds_of, lived, plan_of, planned, reported

NEAR = 3  # percentage points from a threshold within which the effect at it is read
FEWEST_AT_A_SITE = 40
BEFORE_THEM = 500_000  # numbers of the cohorts that rehearsals are made on
REHEARSE_ONE_IN = 10  # a rehearsal takes longer than the answer


@dataclass(frozen=True, slots=True)
class Tried:
    """What one replication gave: nan where there is no number.

    planned        how often the planner said beforehand that such an effect would be found
    before_after   what the helped pupils' own change would say
    failed         names of what the design must pass and did not
    """

    truth: float
    estimate: float
    low: float
    high: float
    locks: int
    dots: int
    cap: int
    se: float
    df: float
    planned: float
    before_after: float
    failed: tuple[str, ...]


def replicate(arm: Arm, number: int) -> Tried:
    """One replication. The same arm and number give the same answer."""
    world, plan = lived(arm, number), plan_of(arm)
    truth = _TRUTH[arm.design](arm, world)
    found = _several(arm, plan, world, number) if arm.design == "pool" else _found(arm, plan, world, number)
    if isinstance(found, Result):
        grade, failed = graded(found, worthwhile=WORTHWHILE), found.failed
    else:
        grade, failed = graded_pool(found, worthwhile=WORTHWHILE), ()
    estimate, low, high, se = (np.nan if x is None else x for x in (found.estimate, found.low, found.high, found.se))
    own = before_after(plan, table_of(arm, world, number)) if arm.on == "absence" else None
    change = own.estimate if own is not None and own.estimate is not None else np.nan
    df = 1e6 if found.df is None else found.df
    return Tried(
        truth, estimate, low, high, grade.locks, grade.dots, grade.cap, se, df, _planned(arm, world, number, truth),
        change, failed,
    )  # fmt: skip


def _found(arm: Arm, plan: Plan, world: World, number: int) -> Result:
    data = _DATA[arm.design](arm, world, number)
    if arm.design == "before_after":
        assert isinstance(data, Table)
        return before_after(plan, data, before="absence_last")
    return run(plan, data)


def _planned(arm: Arm, world: World, number: int, effect: float) -> float:
    """How often it was said beforehand that such an effect would be found; nan: nobody asked, or it couldn't be told.

    Draws are planned by how pupils and schools differ. Other designs are rehearsed on a cohort that came before, among
    whom as many were chosen in the same way and nobody was helped.
    """
    if arm.design in DRAWS:
        return planned(arm, world, effect)
    # A municipality has fewer replications, and its rehearsal is soon made.
    rare = 1 if arm.design == "synthetic_control" else REHEARSE_ONE_IN
    if not (arm.holds and arm.effect and effect) or arm.design == "pool" or number % rare:
        return np.nan
    plan, before = plan_of(arm), replace(arm, effect=0.0)
    outcome = replace(plan.outcome, worthwhile=abs(effect), benefit=-1 if effect < 0 else 1)
    data = _DATA[arm.design](before, lived(before, BEFORE_THEM + number), number)
    return rehearse(replace(plan, outcome=outcome), data).found


def _known(values: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), np.nanmean(values), values)


def table_of(arm: Arm, world: World, number: int) -> Table:
    """The candidates: outcome with what was lost of it, and what was known before."""
    who, lives = world.offer.candidate, world.with_it
    outcome = world.recorded(lives, arm.last)
    if "[records]" in arm.around:
        outcome[who] = reported(world, arm)
    rng = np.random.default_rng(number)
    gone = world.offer.offered & (outcome > np.nanquantile(outcome, 0.7)) & (rng.random(len(who)) < arm.lost)
    # What was known last term explains; the years before are kept to see whether the sides went apart already then.
    before, passed = (
        _mean_of_years(100 * each[arm.start - 5 : arm.start - 1]) for each in (lives.absence, lives.passed)
    )
    last_term = _known(100 * lives.absence[arm.start - 1])
    return make_table(
        np.where(gone, np.nan, outcome)[who], world.offer.offered[who], school=world.offer.site[who],
        stratum=world.offer.site[who] if arm.design in ("waiting_list", "pool") else None,
        covariates={"absence_last": last_term[who], "passed": _known(world.offer.passed)[who]},
        placebos={"absence_before": before[who], "passed_before": passed[who]},
    )  # fmt: skip


def _mean_of_years(terms: np.ndarray) -> np.ndarray:
    """Each pupil's mean of some terms; what isn't known counts as the term's mean, and a term without grades not."""
    return np.asarray(np.mean([_known(term) for term in terms if not np.isnan(term).all()], axis=0))


def _mean_change(world: World, arm: Arm, who: np.ndarray) -> float:
    return float(np.nanmean((world.recorded(world.with_it, arm.last) - world.recorded(world.without, arm.last))[who]))


def _of_helped(arm: Arm, world: World) -> float:
    return _mean_change(world, arm, world.offer.offered)


def _of_all(arm: Arm, world: World) -> float:
    """After a draw the truth is what the offer would do to everybody who was in it: that is what a draw answers.

    What it did to those who happened to be drawn is another number, nearer to some and further from others; the
    interval isn't about that one.
    """
    change = world.recorded(world.everyone, arm.last) - world.recorded(world.without, arm.last)
    return float(np.nanmean(change[world.offer.candidate]))


def _sites(world: World) -> tuple[np.ndarray, list[int]]:
    """Each candidate's municipality, and those that have enough of them."""
    at = (world.offer.site // 10_000)[world.offer.candidate]
    return at, [one for one in np.unique(at).tolist() if (at == one).sum() >= FEWEST_AT_A_SITE]


def _of_sites(arm: Arm, world: World) -> float:
    """The mean effect of the municipalities, each counting the same."""
    at, sites = _sites(world)
    change = world.recorded(world.everyone, arm.last) - world.recorded(world.without, arm.last)
    return float(np.mean([np.nanmean(change[world.offer.candidate][at == one]) for one in sites]))


def _several(arm: Arm, plan: Plan, world: World, number: int) -> Pooled:
    """Each municipality draws and estimates for itself, and sends what a site sends."""
    table = table_of(arm, world, number)
    at, sites = _sites(world)
    about = {one: About(f"site-{one}", "tried", "coach", "absence") for one in sites}
    sent = [message_of(waiting_list(plan, table.only(at == one)), about[one], engine="") for one in sites]
    return pool([one.message for one in sent])


def _scored(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Who has a score, and how far it is from the line in whole per cent."""
    at = np.floor(100 * (world.offer.score - 0.15) + 1e-6)
    return world.offer.candidate & ~np.isnan(world.offer.score), at


def _near(arm: Arm, world: World) -> float:
    """The effect on those near the line, had they all been helped."""
    who, at = _scored(world)
    change = world.recorded(world.everyone, arm.last) - world.recorded(world.without, arm.last)
    return float(np.nanmean(change[who & (np.abs(at + 0.5) < NEAR)]))


def _line(arm: Arm, world: World, number: int) -> Scored:
    who, at = _scored(world)
    table = table_of(arm, world, number).only(who[world.offer.candidate])
    # Offered by the rule; who then had it is another thing where the rule isn't always followed.
    table = replace(table, treated=at[who] >= 0, taken_up=table.treated.astype(float))
    return Scored(table, at[who])


def _municipalities(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Each pupil's municipality, 0 for nobody's, and all their numbers."""
    municipality = world.offer.site // 10_000
    return municipality, np.unique(municipality[municipality > 0])


def _one_began(arm: Arm, world: World, _number: int) -> Panel:
    municipality, numbers = _municipalities(world)
    terms = range(arm.start - 6, arm.last + 1)
    rows = [[np.nanmean(world.recorded(world.with_it, term)[municipality == one]) for term in terms] for one in numbers]
    pupils = np.array([float((municipality == one).sum()) for one in numbers])
    return Panel(np.array(rows), numbers == 1, 6, pupils)


def _where_it_began(arm: Arm, world: World) -> float:
    there = _municipalities(world)[0] == 1
    terms = range(arm.start, arm.last + 1)
    told = [
        [np.nanmean(world.recorded(lives, term)[there]) for term in terms] for lives in (world.with_it, world.without)
    ]
    return float((np.array(told[0]) - np.array(told[1])).mean())


def _by_term(arm: Arm, world: World, lives: Lives) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Schools by term: outcome, the period each began in (NEVER), and pupils. Those who were there when it was decided,
    for as long as they are in school."""
    site, who = np.unique(world.offer.site, return_inverse=True)[1], world.offer.site > 0
    size = int(site.max()) + 1
    terms = range(arm.start - TERMS_BEFORE, arm.last + 1)
    outcome = np.array([_by_site(world.recorded(lives, term), site, who, size) for term in terms]).T
    begins = np.full(size, -1)
    np.maximum.at(begins, site[who], world.offer.starts[who])
    there = np.bincount(site[who], minlength=size) >= 10
    first = np.where(begins < 0, NEVER, begins - terms[0])[there].astype(np.int64)
    return outcome[there], first, np.bincount(site[who], minlength=size)[there].astype(float)


def _one_after_another(arm: Arm, world: World, _number: int) -> Rollout:
    outcome, first, weight = _by_term(arm, world, world.with_it)
    panel = Schools(outcome, first, weight, np.arange(len(weight)), np.zeros((len(weight), 0)))
    return Rollout(panel, np.repeat(weight[:, None], outcome.shape[1], axis=1))


def _where_they_began(arm: Arm, world: World) -> float:
    outcome, first, weight = _by_term(arm, world, world.with_it)
    change = outcome - _by_term(arm, world, world.without)[0]
    helped = np.arange(outcome.shape[1])[None, :] >= first[:, None]
    share = np.where(helped & ~np.isnan(change), weight[:, None], 0.0)
    return float((share * np.nan_to_num(change)).sum() / share.sum()) if share.any() else 0.0


def _by_site(absence: np.ndarray, site: np.ndarray, who: np.ndarray, size: int) -> np.ndarray:
    known = who & ~np.isnan(absence)
    count = np.bincount(site[known], minlength=size)
    return np.where(count > 0, np.bincount(site[known], absence[known], size) / np.maximum(count, 1), np.nan)


def _first_left(arm: Arm, lives: Lives) -> tuple[np.ndarray, int]:
    """In which of the terms each pupil left, as many as there are for those who didn't; and how many there are."""
    ended = lives.cause[arm.start : arm.last + 1] >= 0
    return np.where(ended.any(axis=0), ended.argmax(axis=0), len(ended)), len(ended)


def _leaving(arm: Arm, world: World, _number: int) -> Followed:
    who = world.offer.candidate
    first, terms = _first_left(arm, world.with_it)
    left = first < terms
    spells = Spells(
        terms=np.where(left, first + 1, terms)[who].astype(np.int64),
        ending=left[who].astype(np.int64),
        treated=world.offer.offered[who],
        school=np.unique(world.offer.site[who], return_inverse=True)[1].astype(np.int64),
        cell=kinds_of(world.offer)[who],
    )
    return Followed(spells, Horizons((terms,), 5))


def _of_leaving(arm: Arm, world: World) -> float:
    with_it, without = (_first_left(arm, lives) for lives in (world.with_it, world.without))
    gap = 100 * ((with_it[0] < with_it[1]) * 1.0 - (without[0] < without[1]))
    return float(gap[world.offer.offered].mean())


_DATA: dict[str, Callable[[Arm, World, int], Data]] = {
    "waiting_list": table_of,
    "school_draw": table_of,
    "comparison": table_of,
    "before_after": table_of,
    "threshold": _line,
    "rollout": _one_after_another,
    "synthetic_control": _one_began,
    "hazard": _leaving,
}
_TRUTH: dict[str, Callable[[Arm, World], float]] = {
    "waiting_list": _of_all,
    "school_draw": _of_all,
    "comparison": _of_helped,
    "before_after": _of_helped,
    "pool": _of_sites,
    "threshold": _near,
    "rollout": _where_they_began,
    "synthetic_control": _where_it_began,
    "hazard": _of_leaving,
}
