"""A lottery among pupils who wanted the help: the draw alone decides who is helped first, so the draw explains nothing.

Everybody drawn is counted where the draw put them, also those who never came (intention to treat).
"""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

import numpy as np
from scipy import stats

from ..diagnose import attrition, balance_before, crossed, draw_predicted
from ..linear import Fit, hc2, least_squares, without_means
from ..plan import Plan
from ..result import HELD, MIN_PUPILS, Diagnostic, Figure, Result, cannot_tell
from ..sensitivity import robustness, trimmed, worst_cases
from ..table import Bools, Floats, Ints, Table
from .asked import blank, sizes_of, told
from .subgroups import in_subgroups

CAP: Final = 5
FEW: Final = 200  # with fewer pupils the draw itself is drawn again, many times
DRAWS: Final = 1999
ASSUMES: Final = ("draw_decided", "no_contamination", "missing_alike", "no_spill_over")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The difference that a draw made, with its standard error and degrees of freedom."""

    estimate: float
    se: float
    df: int


def waiting_list(plan: Plan, table: Table) -> Result:
    """What the offer of help did, among those in the draw (strata where everybody or nobody was drawn are left out).

    Takes   table.stratum: the draw's own strata; table.treated: who was drawn
    Gives   intention to treat, in the plan's unit; 'cannot_tell' with fewer than ten on a side, or no strata left
    Raises  nothing: the plan was checked when it was locked
    Source  Lin 2013, Annals of Applied Statistics 7(1) (adjustment); HC2: MacKinnon & White 1985
    """
    rows = in_a_real_draw(table.stratum, table.treated)
    drawn = table.only(rows)
    found = blank(plan, "waiting_list", "itt", sizes_of(drawn), cap=CAP, assumptions=ASSUMES)
    why = _why_not(table, drawn)
    if why:
        return cannot_tell(found, why)
    measured = drawn.only(drawn.known)
    diagnostics = _diagnostics(drawn)
    effect = adjusted(measured)
    return told(
        found, effect.estimate, effect.se, df=effect.df,
        compared=measured.outcome[~measured.treated], diagnostics=diagnostics,
        sensitivity=_sensitivity(plan, drawn, effect), opinions=_opinions(measured),
        subgroups=in_subgroups(measured, _of_group), extra=_extra(measured), placebos=_placebos(drawn),
    )  # fmt: skip


def in_a_real_draw(stratum: Ints, treated: Bools) -> Bools:
    """Rows of strata where somebody was drawn and somebody was not."""
    size, drawn = np.bincount(stratum), np.bincount(stratum, treated)
    return np.asarray(((drawn > 0) & (drawn < size))[stratum])


def difference(outcome: Floats, treated: Bools, stratum: Ints | None = None) -> Drawn:
    """The plain difference within strata: HC2."""
    where = np.zeros(len(outcome), np.int64) if stratum is None else stratum
    return _within(treated[:, None].astype(float), outcome, where)


def adjusted(table: Table) -> Drawn:
    """The difference within strata, adjusted for what was known before, separately on each side. Outcomes all known."""
    side = table.treated.astype(float)[:, None]
    centred = table.covariates - table.covariates.mean(axis=0)
    return _within(np.column_stack([side, centred, side * centred]), table.outcome, table.stratum)


def _within(columns: Floats, outcome: Floats, stratum: Ints) -> Drawn:
    numbered = np.unique(stratum, return_inverse=True)[1]
    fit = fit_within(columns, outcome, numbered)
    df = fit.df - int(numbered.max()) - 1
    return Drawn(float(fit.coefs[0]), sqrt(max(hc2(fit)[0, 0], 0.0)), max(df, 1))


def fit_within(columns: Floats, outcome: Floats, stratum: Ints) -> Fit:
    """Least squares with one level per stratum (0, 1, …, none empty), without making a column for each."""
    lost = (1 / np.bincount(stratum))[stratum]
    return least_squares(without_means(columns, stratum), without_means(outcome, stratum), lost=lost)


def redrawn(plan: Plan, table: Table) -> float:
    """Share of draws, made again in the same strata, that would have given as large a t as the real one did.

    Outcomes are first freed from what the covariates explain, which the draw can't change when the help does nothing.
    """
    stratum = np.unique(table.stratum, return_inverse=True)[1]
    left = fit_within(table.covariates, table.outcome, stratum).residuals
    random, order = np.random.default_rng(plan.seed), np.argsort(stratum, kind="stable")
    left, sides, places = left[order], table.treated[order], stratum[order]
    starts = np.flatnonzero(np.diff(places, prepend=-1))
    real = _spread_t(left, sides, places)
    as_large = 0
    for _ in range(DRAWS):
        again = np.concatenate([random.permutation(part) for part in np.split(sides, starts[1:])])
        as_large += abs(_spread_t(left, again, places)) >= abs(real) - 1e-12
    return (as_large + 1) / (DRAWS + 1)


def _spread_t(left: Floats, sides: Bools, stratum: Ints) -> float:
    side = without_means(sides.astype(float), stratum)
    slope = side @ left / (side @ side)
    rest = (left - slope * side) * side
    return float(slope * (side @ side) / sqrt(rest @ rest)) if rest.any() else 0.0


def _why_not(whole: Table, drawn: Table) -> str:
    if not whole.treated.any() or whole.treated.all():
        return "nobody_compared" if whole.treated.any() else "nobody_treated"
    if not len(drawn):
        return "no_draw"
    if not drawn.known.any():
        return "outcome_not_yet"
    sizes = sizes_of(drawn)
    return "too_few" if min(sizes.treated, sizes.compared) < MIN_PUPILS else ""


def _diagnostics(drawn: Table) -> tuple[Diagnostic, ...]:
    """A difference that chance made in a draw is adjusted for and no fault. When pupils were lost, it may be one."""
    lost = attrition(drawn)
    whole = all(one.outcome == HELD for one in lost)
    balance = replace(balance_before(drawn), must_pass=not whole)
    return balance, draw_predicted(_draw_p(drawn)), *lost, *crossed(drawn)


def _draw_p(drawn: Table) -> float | None:
    """Joint p that the covariates tell who was drawn, within strata (F test). None without covariates."""
    if not drawn.covariates.shape[1]:
        return None
    stratum = np.unique(drawn.stratum, return_inverse=True)[1]
    side = drawn.treated.astype(float)
    fit = fit_within(drawn.covariates, side, stratum)
    total = without_means(side, stratum) @ without_means(side, stratum)
    rest, told_by = fit.residuals @ fit.residuals, int(fit.kept.sum())
    df = fit.df - int(stratum.max()) - 1
    if not told_by or df < 1 or rest <= 0:
        return None
    return float(stats.f.sf((total - rest) / told_by / (rest / df), told_by, df))


def _sensitivity(plan: Plan, drawn: Table, effect: Drawn) -> tuple[Figure, ...]:
    found = [Figure("robustness_value", robustness(effect.estimate / effect.se, effect.df))] if effect.se > 0 else []
    if not drawn.known.all():
        found.append(trimmed(drawn.outcome, drawn.treated))
        if plan.outcome.kind == "yes_no":
            found.append(worst_cases(drawn.outcome, drawn.treated, 0.0, 100.0))
    measured = drawn.only(drawn.known)
    if len(measured) < FEW:
        found.append(Figure("draw_made_again", None, p=redrawn(plan, measured), n=len(measured)))
    return tuple(found)


def _opinions(measured: Table) -> tuple[Figure, ...]:
    plain = difference(measured.outcome, measured.treated, measured.stratum)
    return (Figure("difference", plain.estimate, plain.se, exploratory=False, n=len(measured)),)


def _of_group(measured: Table) -> tuple[float, float] | None:
    left = measured.only(in_a_real_draw(measured.stratum, measured.treated))
    if min(int(left.treated.sum()), int((~left.treated).sum())) < MIN_PUPILS:
        return None
    found = difference(left.outcome, left.treated, left.stratum)
    return found.estimate, found.se


def _placebos(drawn: Table) -> tuple[Figure, ...]:
    found = []
    for place, name in enumerate(drawn.placebo_names):
        known = ~np.isnan(drawn.placebos[:, place])
        part = drawn.only(known)
        part = part.only(in_a_real_draw(part.stratum, part.treated))
        if len(part) >= 2 * MIN_PUPILS:
            gap = difference(part.placebos[:, place], part.treated, part.stratum)
            p = float(2 * stats.t.sf(abs(gap.estimate / gap.se), gap.df)) if gap.se > 0 else None
            found.append(Figure(name, gap.estimate, gap.se, p=p, n=len(part)))
    return tuple(found)


def _extra(measured: Table) -> tuple[Figure, ...]:
    """The effect of having had the help, on those whom the draw moved, when some who were offered it never came."""
    if measured.taken_up is None:
        return ()
    had = measured.taken_up.astype(float)
    first = difference(had, measured.treated, measured.stratum)
    figures = [Figure("moved_by_the_draw", first.estimate, first.se, n=len(measured), exploratory=False)]
    if 0.1 <= abs(first.estimate) < 1:  # a draw that moved nearly nobody tells nothing of those it moved
        stratum = np.unique(measured.stratum, return_inverse=True)[1]
        reduced = difference(measured.outcome, measured.treated, measured.stratum).estimate / first.estimate
        left = measured.outcome - reduced * had
        se = difference(left, measured.treated, measured.stratum).se / abs(first.estimate)
        figures.append(Figure("effect_of_having_it", reduced, se, n=len(stratum), exploratory=False))
    return tuple(figures)
