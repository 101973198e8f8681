"""Help given on one side of a threshold: pupils a hair below and a hair above are alike, but for the help.

The rule is on paper (absence of 15 per cent or more, fewer than 200 points of merit). Pupils near it are compared by a
line on each side; those far away only steady the lines.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from ..diagnose import tolerated_difference
from ..doubt import quantile, two_sided
from ..plan import Plan
from ..result import MIN_PUPILS, Diagnostic, Figure, Result, Sizes, at_least, at_most, cannot_tell
from ..table import Bools, Floats, Table
from .asked import blank, sizes_of, told
from .bandwidth import Bandwidths, bandwidths
from .heaping import nudged
from .local_lines import Cells, Jump, Places, jump_at, places_of

CAP: Final = 4
EACH_SIDE: Final = 50  # pupils within the bandwidth: fewer and the lines are guesses
FEWEST_VALUES: Final = 4  # different scores on each side: three points are always nearly on a line
WEAK_RULE: Final = 3.2  # how many standard errors the step in take-up is, at least (an F of ten)
SMALL_P: Final = 0.02  # there are several tests, and a true design should seldom fail one by chance
ASSUMES: Final = ("nobody_chose_side", "nothing_else_at_threshold", "lines_are_near_enough", "missing_alike")


def threshold(plan: Plan, table: Table, at: Floats) -> Result:
    """What the help did for pupils at the threshold.

    Takes   table    treated: whom the rule offers the help; taken_up: who had it, where it is written down
            at       (N,) the score less the threshold, in the order of the table; nan: unknown, and nobody can say on
                     which side of the threshold that pupil stands, so the pupil isn't counted
    Gives   the effect at the threshold, corrected for the lines' bending, of those whom the rule moved when it wasn't
            always followed. 'cannot_tell' when a side is empty or too small, scores have too few values, or the rule
            moved nobody
    Source  Calonico, Cattaneo & Titiunik (2014); discrete scores by their sums, which gives the same digits
    """
    scored = ~np.isnan(at)
    table, at = table.only(scored), at[scored]
    found = blank(plan, "threshold", "late_at_threshold", sizes_of(table), cap=CAP, assumptions=ASSUMES)
    why = _why_not(table, at)
    if why:
        return cannot_tell(found, why)
    measured = table.only(table.known)
    places = places_of(at[table.known], measured.treated)
    taken = None if measured.taken_up is None else measured.taken_up.astype(float)
    cells = places.cells(measured.outcome, taken)
    try:
        width = bandwidths(cells)
        lines = jump_at(cells, width.h, width.b)
    except np.linalg.LinAlgError:
        # Scores enough, but so far apart that near the threshold no curve goes through them.
        return cannot_tell(found, "too_few_scores")
    found = replace(found, sizes=_within(table, at, width.h))
    why = _too_thin(lines) or ("" if taken is None else _weak(cells, width))
    if why:
        return cannot_tell(found, why)
    value, se = _effect(cells, width, lines, followed=taken is None or bool((cells.t == cells.n * cells.offered).all()))
    return told(
        found, value, se, compared=lines.without, df=None,
        diagnostics=_diagnostics(table, at, cells, lines), placebos=_placebos(measured, places),
        opinions=_opinions(cells, lines), extra=_extra(cells, width, lines),
    )  # fmt: skip


def _why_not(table: Table, at: Floats) -> str:
    if not table.treated.any() or table.treated.all():
        return "nobody_compared" if table.treated.any() else "nobody_treated"
    if not table.known.any():
        return "outcome_not_yet"
    on, off = at[table.treated], at[~table.treated]
    if not (on.min() >= off.max() or on.max() <= off.min()) or (on.min() == off.max() and on.max() == off.min()):
        return "no_threshold"
    sizes = sizes_of(table)
    if min(sizes.treated, sizes.compared) < MIN_PUPILS:
        return "too_few"
    known = [np.unique(at[table.known & side]) for side in (table.treated, ~table.treated)]
    # A curve of the fourth degree tells how far to look, and needs more values than it has bends.
    return "too_few_scores" if min(len(each) for each in known) < FEWEST_VALUES + 3 else ""


def _too_thin(lines: Jump) -> str:
    if min(lines.n_offered, lines.n_not) < MIN_PUPILS:
        return "too_few"
    return "too_few_scores" if min(lines.values_offered, lines.values_not) < FEWEST_VALUES else ""


def _weak(cells: Cells, width: Bandwidths) -> str:
    first = jump_at(cells.of_taken(), width.h, width.b)
    moved = abs(first.value) > WEAK_RULE * first.se and abs(first.value) >= 0.1
    return "" if moved else "rule_not_followed"


def _effect(cells: Cells, width: Bandwidths, lines: Jump, *, followed: bool) -> tuple[float, float]:
    """The step, over the step in take-up where the rule wasn't always followed, with the doubt of both."""
    if followed:
        return lines.corrected, lines.robust_se
    moved = jump_at(cells.of_taken(), width.h, width.b).corrected
    value = lines.corrected / moved
    return value, jump_at(cells.less_taken(value), width.h, width.b).robust_se / abs(moved)


def _within(table: Table, at: Floats, h: float) -> Sizes:
    return sizes_of(table.only(np.asarray(np.abs(at) < h)))


def _diagnostics(table: Table, at: Floats, cells: Cells, lines: Jump) -> tuple[Diagnostic, ...]:
    everyone = places_of(at, table.treated)
    heaps = nudged(everyone.cells(np.zeros(len(at))), within=lines.bandwidth)
    worst, name = _covariate_jump(table, everyone)
    elsewhere = _placebo_thresholds(cells)
    return (
        at_least("heaping", heaps.heap, SMALL_P),
        at_least("density_jump", heaps.jump, SMALL_P),
        at_least("covariate_jump", worst, SMALL_P, detail=name, must_pass=bool(table.names)),
        # A score with few values has no room for other thresholds; that is no fault of it.
        at_least("placebo_thresholds", elsewhere, SMALL_P, must_pass=elsewhere is not None),
        _attrition(table, everyone, lines),
        at_least("pupils_each_side", float(min(lines.n_offered, lines.n_not)), EACH_SIDE),
    )


def _covariate_jump(table: Table, places: Places) -> tuple[float | None, str]:
    """Smallest p of a step in what was known before, times how many were looked at."""
    tried = [(_p(places, column), name) for column, name in zip(table.covariates.T, table.names, strict=True)]
    known = [(p, name) for p, name in tried if p is not None]
    if not known:
        return None, ""
    p, name = min(known)
    return min(1.0, p * len(known)), name


def _p(places: Places, column: Floats) -> float | None:
    """p of a step in a column that never is nan; None when it doesn't vary enough to have one."""
    found = _own_lines(places.cells(column))
    return None if found is None else two_sided(found.corrected / found.robust_se)


def _own_lines(cells: Cells) -> Jump | None:
    """A step with bandwidths of its own; None when the column hardly varies near the threshold."""
    try:
        width = bandwidths(cells)
        found = jump_at(cells, width.h, width.b)
    except np.linalg.LinAlgError:
        return None
    return found if np.isfinite(found.robust_se) and found.robust_se > 1e-9 * (1 + abs(found.value)) else None


def _placebo_thresholds(cells: Cells) -> float | None:
    """Smallest p of a step in the middle of either side, where nothing begins, times two."""
    found = []
    for offered in (True, False):
        side = cells.side(offered)
        middle = side.at[np.searchsorted(np.cumsum(side.n), side.n.sum() / 2)]
        moved = replace(side, at=side.at - middle, offered=side.at >= middle)
        enough = min(len(moved.side(True).at), len(moved.side(False).at)) >= FEWEST_VALUES + 3
        lines = _own_lines(moved) if enough else None
        found += [] if lines is None else [two_sided(lines.corrected / lines.robust_se)]
    return min(1.0, min(found) * len(found)) if found else None


def _attrition(table: Table, places: Places, lines: Jump) -> Diagnostic:
    """A step in how many outcomes are missing, in points: against what is tolerated, and what chance makes."""
    missing = np.where(table.known, 0.0, 100.0)
    if table.known.all():
        return at_most("attrition_jump", 0.0, tolerated_difference(0.0))
    step = jump_at(places.cells(missing), lines.bandwidth, lines.bias_bandwidth)
    return at_most("attrition_jump", abs(step.value), max(tolerated_difference(float(missing.mean())), 2 * step.se))


def _placebos(measured: Table, places: Places) -> tuple[Figure, ...]:
    """The step in what the help can't have changed, such as the outcome of the year before."""
    figures = []
    for column, name in zip(measured.placebos.T, measured.placebo_names, strict=True):
        known: Bools = ~np.isnan(column)
        if known.sum() < len(column):
            continue
        lines = _own_lines(places.cells(column))
        if lines is not None:
            figures.append(_figure(name, lines.corrected, lines.robust_se, lines.n_offered + lines.n_not))
    return tuple(figures)


def _opinions(cells: Cells, lines: Jump) -> tuple[Figure, ...]:
    figures = [_figure("lines_uncorrected", lines.value, lines.se, lines.n_offered + lines.n_not)]
    for name, times in (("half_bandwidth", 0.5), ("double_bandwidth", 2.0)):
        h, b = lines.bandwidth * times, lines.bias_bandwidth * times
        near = cells.only(np.abs(cells.at) < h)
        if min(len(near.side(True).at), len(near.side(False).at)) >= FEWEST_VALUES:
            other = jump_at(cells, h, b)
            figures.append(_figure(name, other.corrected, other.robust_se, other.n_offered + other.n_not))
    return (*figures, _nearest(cells))


def _nearest(cells: Cells) -> Figure:
    """The plain difference among the pupils nearest the threshold, as if a draw had decided there."""
    sides = []
    for offered in (True, False):
        side = cells.side(offered)
        order = np.argsort(np.abs(side.at), kind="stable")
        last = int(np.searchsorted(np.cumsum(side.n[order]), EACH_SIDE)) + 1
        sides.append(side.only(np.isin(np.arange(len(order)), order[:last])))
    n, y, yy = (np.array([getattr(side, name).sum() for side in sides]) for name in ("n", "y", "yy"))
    if n.min() < MIN_PUPILS:
        return Figure("nearest_pupils", None)
    spread = (yy - y * y / n) / (n - 1) / n
    return _figure("nearest_pupils", float(y[0] / n[0] - y[1] / n[1]), float(np.sqrt(spread.sum())), int(n.sum()))


def _extra(cells: Cells, width: Bandwidths, lines: Jump) -> tuple[Figure, ...]:
    first = jump_at(cells.of_taken(), width.h, width.b)
    return (
        Figure("bandwidth", lines.bandwidth, exploratory=False),
        Figure("bias_bandwidth", lines.bias_bandwidth, exploratory=False),
        Figure("offer_at_threshold", lines.corrected, lines.robust_se, exploratory=False),
        Figure("moved_by_the_rule", first.value, first.se, n=lines.n_offered + lines.n_not, exploratory=False),
    )


def _figure(name: str, value: float, se: float, n: int) -> Figure:
    if not se > 0:
        return Figure(name, None)
    away = quantile(0.975) * se
    return Figure(name, value, se, value - away, value + away, two_sided(value / se), n=n)
