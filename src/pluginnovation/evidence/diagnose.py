"""Ways in which a comparison may have broken, tried. Limits and their sources stand beside each."""

from typing import Final

import numpy as np

from .balancing import differences, effective_size
from .result import Diagnostic, at_least, at_most
from .table import Floats, Table

# What Works Clearinghouse, Standards Handbook: up to 0.05 needs nothing, up to 0.25 adjustment, more isn't equivalent.
SMD_NOT_EQUIVALENT: Final = 0.25
SMD_AFTER: Final = 0.1
LEAST_EFFECTIVE: Final = 30
LARGEST_WEIGHT: Final = 0.05
MOST_TRIMMED: Final = 0.2  # with a fifth of those helped away, the answer is about others than the question
PLACEBO_P: Final = 0.1  # stricter than 0.05: to miss a difference that was there before is the costly mistake

# Largest difference in attrition, in points, at each overall attrition in per cent: roughly the handbook's boundary
# under cautious assumptions, with a straight line between the points.
OVERALL: Final = (0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0)
TOLERATED: Final = (5.7, 6.3, 5.4, 4.1, 2.6, 1.0, 0.0)


def tolerated_difference(overall: float) -> float:
    """Points of difference in attrition between the sides that an overall attrition (per cent) leaves room for."""
    return float(np.interp(overall, OVERALL, TOLERATED))


def balance_before(table: Table) -> Diagnostic:
    """Largest standardised difference before the help. After a draw, more than 0.25 says that the draw wasn't one."""
    return _largest("baseline_smd", table, differences(table.covariates, table.treated), SMD_NOT_EQUIVALENT)


def balance_after(table: Table, weights: Floats) -> Diagnostic:
    """Largest standardised difference that the weights of those compared leave."""
    return _largest("smd_after", table, differences(table.covariates, table.treated, weights), SMD_AFTER)


def attrition(table: Table) -> tuple[Diagnostic, Diagnostic]:
    """Outcomes that are missing: in all (shown), and the difference between the sides (must pass). Both in per cent."""
    missing = ~table.known
    overall = 100 * float(missing.mean())
    sides = [100 * float(missing[side].mean()) for side in (table.treated, ~table.treated)]
    limit = tolerated_difference(overall)
    return (
        at_most("attrition_overall", overall, OVERALL[-1], must_pass=False),
        at_most("attrition_difference", abs(sides[0] - sides[1]), limit),
    )


def overlap(weights: Floats, treated: int, trimmed_share: float) -> tuple[Diagnostic, ...]:
    """What is left of those compared when they are made alike: effective number, largest weight, share trimmed."""
    largest = float(weights.max(initial=0.0) / weights.sum()) if weights.any() else None
    return (
        at_least("overlap_ess", effective_size(weights), max(LEAST_EFFECTIVE, treated / 2)),
        at_most("largest_weight", largest, LARGEST_WEIGHT),
        at_most("share_trimmed", trimmed_share, MOST_TRIMMED),
    )


def draw_predicted(p: float | None) -> Diagnostic:
    """Whether what was known before tells who was drawn (joint p): a draw can't be told, but by chance 1 in 100."""
    return at_least("draw_predicted", p, 0.01)


def crossed(table: Table) -> tuple[Diagnostic, Diagnostic]:
    """Share of those not offered who had the help anyway (contamination), and of those offered who took it up."""
    if table.taken_up is None:
        return at_most("contamination", None, 0.1, must_pass=False), at_least("take_up", None, 0.5, must_pass=False)
    had = table.taken_up
    return (
        at_most("contamination", float(had[~table.treated].mean()), 0.1),
        at_least("take_up", float(had[table.treated].mean()), 0.5, must_pass=False),
    )


def _largest(name: str, table: Table, found: Floats, limit: float) -> Diagnostic:
    if not found.size:
        return at_most(name, None, limit, detail="no covariates")
    worst = int(np.abs(found).argmax())
    return at_most(name, float(abs(found[worst])), limit, detail=table.names[worst])
