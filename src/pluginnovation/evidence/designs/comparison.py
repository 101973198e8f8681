"""Pupils whom staff chose, beside others made as alike as what was known before the start allows (doubly robust).

What nobody wrote down before the start is not adjusted for. So this design says how strong such a thing would have to
be, and tries itself on an outcome that the help can't have changed.
"""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

import numpy as np
from scipy import stats

from ..balancing import entropy_balanced, matched_effect
from ..diagnose import PLACEBO_P, attrition, balance_after, balance_before, overlap
from ..linear import hc1, hc2, least_squares, logistic, sums
from ..plan import Plan
from ..result import HELD, MIN_PUPILS, Diagnostic, Figure, Result, at_least, cannot_tell
from ..sensitivity import doubt_of, robustness, times_all_known
from ..table import Bools, Floats, Ints, Table
from .asked import blank, sizes_of, told
from .subgroups import in_subgroups

CAP: Final = 2
CAP_ALONE: Final = 1  # so few alike that the answer is about them only
CAP_SURE: Final = 3  # with the placebo passed and a large E-value
LARGE_E: Final = 2.0  # what nobody measured would have to double both the chance of help and of the outcome
MOST_LIKELY: Final = 0.95  # those helped who were nearly sure to be have nobody to be compared with
STRONGER: Final = 1.1  # a hidden reason that moves the answer a tenth more than everything known must not change it
SAME: Final = 1e-6  # of a past that what is known says already
NEIGHBOURS: Final = 5
MANY: Final = 4000  # nearest neighbours take pupils x pupils; with more, the other two opinions are enough
ASSUMES: Final = ("all_that_mattered_was_known", "overlap", "missing_alike", "no_spill_over")


@dataclass(frozen=True, slots=True)
class Robust:
    """A doubly robust effect on those helped.

    estimate, se   in the outcome's unit; se with the pupils of a school taken together
    df             schools less one
    weights        of those compared, in the table's order
    compared       their weighted mean outcome
    kept           rows used: those helped without anybody alike are left out
    separated      the covariates told the sides apart without doubt: then nothing is comparable
    """

    estimate: float
    se: float
    df: int
    weights: Floats
    compared: float
    kept: Bools
    separated: bool


def comparison(plan: Plan, table: Table) -> Result:
    """What the help did for those who had it, as far as others who were like them before the start can tell.

    Takes   table.covariates: what was known before the start; table.placebos: what the help can't have changed
    Gives   effect on those helped, in the plan's unit; 'cannot_tell' when nobody can be compared, with fewer than ten
            on a side, when there is one school only and it helped everybody, or at perfect separation
    Raises  nothing: the plan was checked when it was locked
    Source  Robins, Rotnitzky & Zhao 1994 (AIPW, weights made to sum to one); Imbens & Xu 2024 for its opinions
    """
    found = blank(plan, "comparison", "att", sizes_of(table), cap=CAP, assumptions=ASSUMES)
    why = why_not(table)
    if why:
        return cannot_tell(found, why)
    measured = table.only(table.known)
    effect = doubly_robust(measured)
    used = measured.only(effect.kept)
    if effect.separated or min(int(used.treated.sum()), int((~used.treated).sum())) < MIN_PUPILS:
        return cannot_tell(found, "separated" if effect.separated else "nobody_alike")
    placebos = _placebos(table)
    diagnostics = (
        *_diagnostics(table, measured, effect), *_placebo_held(placebos), past_foretells(table),
        hidden_reason(used, effect, plan.outcome.worthwhile),
    )  # fmt: skip
    sensitivity = _sensitivity(used, effect)
    return told(
        _capped(found, diagnostics, sensitivity, not effect.kept.all()), effect.estimate, effect.se, df=effect.df,
        compared=effect.compared, diagnostics=diagnostics, placebos=placebos, sensitivity=sensitivity,
        opinions=opinions(used), subgroups=in_subgroups(measured, _of_group),
    )  # fmt: skip


def doubly_robust(table: Table) -> Robust:
    """The effect on those helped: a model of who was helped and one of the outcome, either of which may be wrong.

    Takes   a table whose outcomes are all known, with somebody on each side
    Gives   the estimate and its standard error from the influence function, summed by school when there are two or more
    """
    x = np.column_stack([np.ones(len(table)), table.covariates])
    chance = logistic(x, table.treated)
    kept = ~(table.treated & (chance.fitted > MOST_LIKELY))
    if not kept.all() and not chance.separated:
        chance = logistic(x[kept], table.treated[kept])
    fitted = np.zeros(len(table))
    fitted[kept] = chance.fitted if len(chance.fitted) == kept.sum() else chance.fitted[kept]
    helped = table.treated & kept
    weights = np.where(table.treated, 0.0, fitted / np.maximum(1 - fitted, 1e-12))
    if chance.separated or not weights.any() or not helped.any():
        return Robust(np.nan, np.nan, 1, weights[~table.treated], np.nan, kept, separated=True)
    others = ~table.treated
    left = table.outcome - x @ least_squares(x[others], table.outcome[others]).coefs
    gap, rest = left[helped].mean(), weights @ left / weights.sum()
    estimate = float(gap - rest)
    influence = helped / helped.mean() * (left - gap) - weights / weights.mean() * (left - rest)
    se, df = _by_school(influence, table.school)
    compared = float(table.outcome[helped].mean() - estimate)
    return Robust(estimate, se, df, weights[others], compared, kept, separated=False)


def _by_school(influence: Floats, school: Ints) -> tuple[float, int]:
    """Standard error of a mean of influences. A school's pupils are alike, so schools are what is counted."""
    rows, numbered = len(influence), np.unique(school, return_inverse=True)[1]
    schools = int(numbered.max()) + 1
    if schools < 2:
        return float(sqrt(influence @ influence) / rows), rows - 1
    total = sums(influence, numbered)[:, 0]
    return float(sqrt(total @ total * schools / (schools - 1)) / rows), schools - 1


def opinions(table: Table) -> tuple[Figure, ...]:
    """What other ways of making them alike say of the same pupils. A wide spread of answers is itself an answer."""
    side, y, others = table.treated.astype(float), table.outcome, ~table.treated
    one = np.ones(len(table))
    plain = least_squares(np.column_stack([side, one]), y)
    line = least_squares(np.column_stack([side, one, table.covariates]), y)
    x = np.column_stack([one, table.covariates])
    model = y - x @ least_squares(x[others], y[others]).coefs
    found = [
        Figure("difference", float(plain.coefs[0]), sqrt(hc2(plain)[0, 0]), n=len(table)),
        Figure("regression", float(line.coefs[0]), sqrt(hc1(line)[0, 0]), n=len(table)),
        Figure("outcome_model", float(model[table.treated].mean()), n=len(table)),
    ]
    balanced = entropy_balanced(table.covariates[others], table.covariates[table.treated].mean(axis=0))
    if balanced.reached:
        weights = one.copy()
        weights[others] = balanced.weights * table.treated.sum()
        even = least_squares(np.column_stack([side, one]), y, weights)
        found.append(Figure("entropy_balancing", float(even.coefs[0]), sqrt(hc2(even)[0, 0]), n=len(table)))
    if int(table.treated.sum()) <= MANY and table.covariates.shape[1]:
        found.append(Figure("nearest_neighbours", matched_effect(table.covariates, y, table.treated), n=len(table)))
    return tuple(found)


def why_not(table: Table) -> str:
    """Why there can be no number; empty when there may be one."""
    if not table.treated.any() or table.treated.all():
        return "nobody_compared" if table.treated.any() else "nobody_treated"
    if not table.known.any():
        return "outcome_not_yet"
    sizes = sizes_of(table)
    if min(sizes.treated, sizes.compared) < MIN_PUPILS:
        return "too_few"
    if not np.ptp(table.outcome[table.known]):
        return "no_variation"
    return "" if table.covariates.shape[1] else "nothing_known_before"


def _diagnostics(table: Table, measured: Table, effect: Robust) -> tuple[Diagnostic, ...]:
    helped = int(measured.treated.sum())
    trimmed_share = float((~effect.kept).sum() / helped)
    used = measured.only(effect.kept)
    return (
        replace(balance_before(table), must_pass=False),
        balance_after(used, effect.weights),
        *overlap(effect.weights, int(used.treated.sum()), trimmed_share),
        *attrition(table),
    )


def _placebos(table: Table) -> tuple[Figure, ...]:
    """The same analysis of what the help can't have changed, with that same thing left out of what explains."""
    found = []
    for place, name in enumerate(table.placebo_names):
        tried = table.with_outcome(table.placebos[:, place], without=name)
        tried = tried.only(tried.known)
        if why_not(tried):
            continue
        effect = doubly_robust(tried)
        if not effect.separated and effect.se > 0:
            p = float(2 * stats.t.sf(abs(effect.estimate / effect.se), effect.df))
            half = effect.se * float(stats.t.ppf(0.975, effect.df))
            ends = effect.estimate - half, effect.estimate + half
            found.append(Figure(name, effect.estimate, effect.se, *ends, p, n=len(tried)))
    return tuple(found)


def _placebo_held(placebos: tuple[Figure, ...]) -> tuple[Diagnostic]:
    """The worst placebo. With several, each must hold at its share of the level (Bonferroni)."""
    if not placebos:
        return (at_least("placebo_outcome", None, PLACEBO_P, detail="no placebo outcome"),)
    worst = min(placebos, key=lambda one: one.p or 0.0)
    return (at_least("placebo_outcome", min((worst.p or 0.0) * len(placebos), 1.0), PLACEBO_P, detail=worst.name),)


def past_foretells(table: Table) -> Diagnostic:
    """Whether the past that isn't adjusted for still tells who was helped, among those who look alike (p).

    Staff who chose by something lasting that nobody wrote down leave that trace, and it shows sooner here than as a
    difference in the placebo. Such a thing pulls all of the past one way, so the placebos are taken together, each
    turned the way in which it goes with the outcome: one test of the sum, beside the same model of who was helped that
    makes them alike. Pupils of a school together.

    Source  O'Brien (1984), Biometrics 40(4), of several endpoints that go the same way; Rao's score test
    """
    names = table.placebo_names
    keep = [at for at, name in enumerate(table.names) if name not in names]
    known = np.column_stack([np.ones(len(table)), table.covariates[:, keep]])
    chance = logistic(known, table.treated)
    past = None if chance.separated else _past_together(table, known, chance.fitted)
    detail = names[0] if len(names) == 1 else ""
    if past is None:
        return at_least(
            "past_foretells", None, PLACEBO_P, must_pass=False, detail=detail if names else "no placebo outcome"
        )
    se, df = _by_school(past * (table.treated - chance.fitted), table.school)
    moved = float((past * (table.treated - chance.fitted)).mean())
    p = float(2 * stats.t.sf(abs(moved / se), df)) if se > 0 else None
    return at_least("past_foretells", p, PLACEBO_P, must_pass=p is not None, detail=detail)


def _past_together(table: Table, known: Floats, chance: Floats) -> Floats | None:
    """What each pupil's past holds beyond what is known, in standard deviations, turned the outcome's way and summed.

    A past that isn't known tells nothing. None: no placebo holds anything beyond what is known.
    """
    compared, summed, found = ~table.treated & table.known, np.zeros(len(table)), False
    for past in table.placebos.T:
        there = ~np.isnan(past)
        beside = there & compared
        if there.sum() <= known.shape[1] + 1 or not beside.any():
            continue
        fit = least_squares(known[there], past[there], (chance * (1 - chance))[there])
        left = past[there] - known[there] @ fit.coefs
        together = (past[beside] - past[beside].mean()) @ (table.outcome[beside] - table.outcome[beside].mean())
        if left.std() > SAME * max(float(np.abs(past[there]).max()), 1.0):
            summed[there] += (1.0 if together >= 0 else -1.0) * left / left.std()
            found = True
    return summed if found else None


def hidden_reason(used: Table, effect: Robust, worthwhile: float) -> Diagnostic:
    """How many times everything known a hidden reason must move the answer, before it says something else.

    An answer that leaves nought out must stay on its side, and one that is near nought must stay small. One that holds
    both has nothing to lose: it is shown, and costs nothing more.
    """
    half = effect.se * float(stats.t.ppf(0.975, effect.df))
    low, high = effect.estimate - half, effect.estimate + half
    ends = abs(low), abs(high)
    if low > 0 or high < 0:
        gap = min(ends)
    elif max(ends) < worthwhile:
        gap = worthwhile - max(ends)
    else:
        return at_least("hidden_reason", None, STRONGER, must_pass=False, detail="can't be decided")
    return at_least("hidden_reason", times_all_known(used, gap), STRONGER)


def _sensitivity(used: Table, effect: Robust) -> tuple[Figure, ...]:
    spread = float(used.outcome[~used.treated].std(ddof=1))
    if not (effect.se > 0 and spread > 0):
        return ()
    doubt = doubt_of(effect.estimate, effect.se, spread=spread)
    return (
        Figure("e_value", doubt.estimate, exploratory=False),
        Figure("e_value_interval", doubt.interval, exploratory=False),
        Figure("robustness_value", robustness(effect.estimate / effect.se, len(used) - 1), exploratory=False),
    )


def _capped(found: Result, diagnostics: tuple[Diagnostic, ...], sensitivity: tuple[Figure, ...], fewer: bool) -> Result:
    """The cap: one more with a placebo that held and an effect too large to be explained away, one less when hardly
    anybody is alike, whatever else was found. And a new name for what is estimated when some helped were left out."""
    held = any(one.name == "placebo_outcome" and one.outcome == HELD for one in diagnostics)
    large = any(one.name == "e_value_interval" and (one.estimate or 0.0) >= LARGE_E for one in sensitivity)
    alike = all(one.outcome == HELD for one in diagnostics if one.name == "overlap_ess")
    cap = (CAP_SURE if held and large else CAP) if alike else CAP_ALONE
    return replace(found, estimand="att_overlap" if fewer else "att", cap=cap)


def _of_group(part: Table) -> tuple[float, float] | None:
    if why_not(part):
        return None
    effect = doubly_robust(part)
    return None if effect.separated else (effect.estimate, effect.se)
