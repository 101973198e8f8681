"""Schools (or classes) were drawn, and their pupils are counted.

Pupils of one school are alike, so a thousand pupils in six schools are nearer to six answers than to a thousand.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from pluginnovation.records.refusals import Refusal

from ..diagnose import attrition, balance_before, crossed
from ..linear import without_means
from ..plan import Plan
from ..power import spread_of
from ..result import HELD, MIN_PUPILS, Diagnostic, Figure, Result, at_least, cannot_tell
from ..robust import Robust, contrast, least_squares, school_sums
from ..table import Floats, Table
from .asked import blank, sizes_of, told
from .subgroups import in_subgroups
from .waiting_list import in_a_real_draw

CAP: Final = 5
CAP_FEW: Final = 4
FEW_SCHOOLS: Final = 10
DRAWS: Final = 1999
ASSUMES: Final = ("draw_decided", "no_contamination", "missing_alike", "no_joiners")


def school_draw(plan: Plan, table: Table) -> Result:
    """What the offer of help did to pupils of schools that were drawn, within the draw's strata or pairs.

    Takes   table.stratum: the draw's own strata or pairs; table.school: what was drawn
    Gives   intention to treat with CR2 and Satterthwaite's degrees of freedom; 'cannot_tell' as a waiting list's, and
            with one school on a side
    Raises  nothing: the plan was checked when it was locked
    Source  Bell & McCaffrey 2002; Pustejovsky & Tipton 2018
    """
    drawn = table.only(in_a_real_draw(table.stratum, table.treated))
    sizes = sizes_of(drawn)
    few = min(sizes.schools_treated, sizes.schools_compared) * 2 < FEW_SCHOOLS
    found = blank(plan, "school_draw", "itt", sizes, cap=CAP_FEW if few else CAP, assumptions=ASSUMES)
    why = _why_not(table, drawn)
    if why:
        return cannot_tell(found, why)
    measured = drawn.only(drawn.known)
    try:
        effect = by_school(measured)
    except Refusal as refusal:
        return cannot_tell(found, "no_variation" if refusal.code == "no_variation" else "one_site")
    return told(
        found, effect.value, effect.se, df=effect.df, compared=measured.outcome[~measured.treated],
        diagnostics=_diagnostics(drawn, effect), opinions=_opinions(measured),
        sensitivity=(Figure("draw_made_again", None, p=redrawn(plan, measured), n=len(measured)),),
        subgroups=in_subgroups(measured, _of_group), extra=_alike(measured),
    )  # fmt: skip


def by_school(table: Table) -> Robust:
    """The adjusted difference within strata, with doubt counted in schools. Outcomes all known.

    Raises  Refusal of `robust.least_squares` and `robust.contrast`
    """
    stratum = np.unique(table.stratum, return_inverse=True)[1]
    levels = (stratum[:, None] == np.arange(int(stratum.max()) + 1)).astype(float)
    known = table.covariates - table.covariates.mean(axis=0)
    columns = np.column_stack([table.treated.astype(float), levels, known[:, _useful(known, stratum)]])
    school = np.unique(table.school, return_inverse=True)[1]
    fit = least_squares(school_sums(columns, table.outcome, school))
    return contrast(fit, np.arange(columns.shape[1]) == 0)


def _useful(known: Floats, stratum: np.ndarray) -> np.ndarray:
    """Covariates that vary within strata."""
    return np.asarray(np.abs(without_means(known, stratum)).max(axis=0, initial=0.0) > 1e-12)


def redrawn(plan: Plan, table: Table) -> float:
    """Share of draws of schools, made again in the same strata, that would have parted schools' means as much."""
    school = np.unique(table.school, return_inverse=True)[1]
    pupils = np.bincount(school).astype(float)
    mean = np.bincount(school, table.outcome) / pupils
    side, stratum = np.zeros(len(pupils), bool), np.zeros(len(pupils), np.int64)
    side[school], stratum[school] = table.treated, np.unique(table.stratum, return_inverse=True)[1]
    order = np.argsort(stratum, kind="stable")
    mean, side, stratum = without_means(mean, stratum)[order], side[order], stratum[order]
    parts = np.flatnonzero(np.diff(stratum, prepend=-1))[1:]
    random, real = np.random.default_rng(plan.seed), abs(mean[side].mean() - mean[~side].mean())
    as_large = 0
    for _ in range(DRAWS):
        again = np.concatenate([random.permutation(one) for one in np.split(side, parts)])
        as_large += abs(mean[again].mean() - mean[~again].mean()) >= real - 1e-12
    return (as_large + 1) / (DRAWS + 1)


def _why_not(whole: Table, drawn: Table) -> str:
    if not whole.treated.any() or whole.treated.all():
        return "nobody_compared" if whole.treated.any() else "nobody_treated"
    if not len(drawn):
        return "no_draw"
    sizes = sizes_of(drawn)
    if min(sizes.schools_treated, sizes.schools_compared) < 2:
        return "one_site"
    if np.intersect1d(drawn.school[drawn.treated], drawn.school[~drawn.treated]).size:
        return "school_on_both_sides"
    if not drawn.known.any():
        return "outcome_not_yet"
    return "too_few" if min(sizes.treated, sizes.compared) < MIN_PUPILS else ""


def _diagnostics(drawn: Table, effect: Robust) -> tuple[Diagnostic, ...]:
    lost = attrition(drawn)
    whole = all(one.outcome == HELD for one in lost)
    return (
        replace(balance_before(drawn), must_pass=not whole),
        *lost,
        *crossed(drawn),
        at_least("degrees_of_freedom", effect.df, 4.0),
    )


def _opinions(measured: Table) -> tuple[Figure, ...]:
    plain = by_school(replace(measured, covariates=np.zeros((len(measured), 0)), names=()))
    return (Figure("difference", plain.value, plain.se, plain.low, plain.high, plain.p, n=len(measured)),)


def _alike(measured: Table) -> tuple[Figure, ...]:
    """How alike pupils of a school are (intra-class correlation): what makes a thousand pupils worth so little."""
    return (Figure("alike_within_schools", spread_of(measured.outcome, measured.school).alike, exploratory=False),)


def _of_group(part: Table) -> tuple[float, float] | None:
    left = part.only(in_a_real_draw(part.stratum, part.treated))
    if min(int(left.treated.sum()), int((~left.treated).sum())) < MIN_PUPILS:
        return None
    try:
        found = by_school(left)
    except Refusal:
        return None
    return found.value, found.se
