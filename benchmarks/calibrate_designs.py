"""What each design makes of a made-up world, and the truth that its estimate is held against."""

from collections.abc import Callable
from dataclasses import dataclass, replace

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
from pluginnovation.evidence.grade import graded, graded_pool
from pluginnovation.evidence.message import About, message_of
from pluginnovation.evidence.plan import Plan
from pluginnovation.evidence.pool import Pooled, pool
from pluginnovation.evidence.result import Result
from pluginnovation.evidence.staggered import NEVER
from pluginnovation.evidence.staggered import Panel as Schools
from pluginnovation.evidence.table import Table, make_table
from pluginnovation.simulation.help.choosing import Offer

from .calibrate_worlds import TERMS_BEFORE, WORTHWHILE, Arm, World, lived, plan_of, planned, reported

NEAR = 3  # percentage points from a threshold within which the effect at it is read
FEWEST_AT_A_SITE = 40


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
    found, truth = _DESIGNS[arm.design](arm, plan, world, number)
    if isinstance(found, Result):
        grade, failed = graded(found, worthwhile=WORTHWHILE), found.failed
    else:
        grade, failed = graded_pool(found, worthwhile=WORTHWHILE), ()
    estimate, low, high, se = (np.nan if x is None else x for x in (found.estimate, found.low, found.high, found.se))
    own = before_after(plan, table_of(arm, world, number)) if arm.on == "absence" else None
    change = own.estimate if own is not None and own.estimate is not None else np.nan
    df = 1e6 if found.df is None else found.df
    return Tried(
        truth, estimate, low, high, grade.locks, grade.dots, grade.cap, se, df, planned(arm, world, truth), change,
        failed,
    )  # fmt: skip


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


def _by_table(estimator: Callable[[Plan, Table], Result]) -> Callable[..., tuple[Result, float]]:
    def tried(arm: Arm, plan: Plan, world: World, number: int) -> tuple[Result, float]:
        return estimator(plan, table_of(arm, world, number)), _mean_change(world, arm, world.offer.offered)

    return tried


def _by_draw(estimator: Callable[[Plan, Table], Result]) -> Callable[..., tuple[Result, float]]:
    """After a draw the truth is what the offer would do to everybody who was in it: that is what a draw answers.

    What it did to those who happened to be drawn is another number, nearer to some and further from others; the
    interval isn't about that one.
    """

    def tried(arm: Arm, plan: Plan, world: World, number: int) -> tuple[Result, float]:
        change = world.recorded(world.everyone, arm.last) - world.recorded(world.without, arm.last)
        truth = float(np.nanmean(change[world.offer.candidate]))
        return estimator(plan, table_of(arm, world, number)), truth

    return tried


def _several(arm: Arm, plan: Plan, world: World, number: int) -> tuple[Pooled, float]:
    """Each municipality draws and estimates for itself, and sends what a site sends; the truth is their mean effect."""
    table, offer = table_of(arm, world, number), world.offer
    at = (offer.site // 10_000)[offer.candidate]
    change = (world.recorded(world.everyone, arm.last) - world.recorded(world.without, arm.last))[offer.candidate]
    sites = [one for one in np.unique(at).tolist() if (at == one).sum() >= FEWEST_AT_A_SITE]
    about = {one: About(f"site-{one}", "tried", "coach", "absence") for one in sites}
    sent = [message_of(waiting_list(plan, table.only(at == one)), about[one], engine="") for one in sites]
    truth = float(np.mean([np.nanmean(change[at == one]) for one in sites]))
    return pool([one.message for one in sent]), truth


def _before_after(plan: Plan, table: Table) -> Result:
    return before_after(plan, table, before="absence_last")


def _threshold(arm: Arm, plan: Plan, world: World, number: int) -> tuple[Result, float]:
    """Scores in whole per cent. The truth is the effect on those near the line, had they all been helped."""
    who = world.offer.candidate & ~np.isnan(world.offer.score)
    at = np.floor(100 * (world.offer.score - 0.15) + 1e-6)
    table = table_of(arm, world, number).only(who[world.offer.candidate])
    # Offered by the rule; who then had it is another thing where the rule isn't always followed.
    table = replace(table, treated=at[who] >= 0, taken_up=table.treated.astype(float))
    near = who & (np.abs(at + 0.5) < NEAR)
    change = world.recorded(world.everyone, arm.last) - world.recorded(world.without, arm.last)
    return threshold(plan, table, at[who]), float(np.nanmean(change[near]))


def _municipality(arm: Arm, plan: Plan, world: World, _number: int) -> tuple[Result, float]:
    municipality = world.offer.site // 10_000
    numbers = np.unique(municipality[municipality > 0])
    terms = range(arm.start - 6, arm.last + 1)
    rows = [[np.nanmean(world.recorded(world.with_it, term)[municipality == one]) for term in terms] for one in numbers]
    bare = [[np.nanmean(world.recorded(world.without, term)[municipality == one]) for term in terms] for one in numbers]
    began = numbers == 1
    pupils = np.array([float((municipality == one).sum()) for one in numbers])
    truth = float((np.array(rows) - np.array(bare))[began][:, 6:].mean())
    return synthetic(plan, Panel(np.array(rows), began, 6, pupils)), truth


def _schools(arm: Arm, plan: Plan, world: World, _number: int) -> tuple[Result, float]:
    """Schools by term: those who were there when it was decided, for as long as they are in school."""
    site, who = np.unique(world.offer.site, return_inverse=True)[1], world.offer.site > 0
    size = int(site.max()) + 1
    terms = range(arm.start - TERMS_BEFORE, arm.last + 1)
    means = [
        [_by_site(world.recorded(lives, term), site, who, size) for term in terms]
        for lives in (world.with_it, world.without)
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


def _leaving(arm: Arm, plan: Plan, world: World, _number: int) -> tuple[Result, float]:
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


_DESIGNS: dict[str, Callable[..., tuple[Result | Pooled, float]]] = {
    "waiting_list": _by_draw(waiting_list),
    "school_draw": _by_draw(school_draw),
    "comparison": _by_table(comparison),
    "before_after": _by_table(_before_after),
    "pool": _several,
    "threshold": _threshold,
    "rollout": _schools,
    "synthetic_control": _municipality,
    "hazard": _leaving,
}
