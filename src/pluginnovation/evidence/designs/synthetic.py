"""One or a few municipalities began with something: what would have happened there, told by a mixture of the others.

There is no draw and often one unit, so doubt is counted by pretending that each of the others had begun instead.
"""

from dataclasses import replace
from typing import Final

import numpy as np
from scipy.optimize import nnls

from ..plan import Plan
from ..result import MIN_PUPILS, Diagnostic, Figure, Result, Sizes, at_least, at_most, cannot_tell
from ..table import Bools, Floats
from .asked import blank, told
from .mixtures import Mixed, Panel, plain_difference, synthetic_control, synthetic_difference

CAP: Final = 2
FEWEST_OTHERS: Final = 5  # under that a placebo tells next to nothing
FEWEST_BEFORE: Final = 4  # periods: a mixture fits three points whoever is in it
MISFIT: Final = 2.0  # times what the others' own mixtures usually miss by
ONE_OTHER: Final = 0.5  # how much of the effect one other unit may stand for
SMALL_P: Final = 0.05
ASSUMES: Final = ("went_alike_before", "nothing_else_began", "no_spill_over", "no_anticipation")


def synthetic(plan: Plan, panel: Panel) -> Result:
    """What the help changed where it began, mean over the periods with it.

    Gives   synthetic difference in differences; synthetic control and the plain difference as second opinions; every
            period's gap; 'cannot_tell' with nobody to compare with, fewer than five others, fewer than four periods
            before, or under ten pupils behind a value
    Raises  nothing: a panel with holes is 'missing_periods'
    Source  Arkhangelsky et al. (2021); placebos: Abadie, Diamond & Hainmueller (2010). The interval is a t's with one
            degree of freedom less than there are others, our choice, since so many placebos are all there is
    """
    found = blank(plan, "synthetic_control", "att", _sizes(panel), cap=CAP, assumptions=ASSUMES)
    why = _why_not(panel)
    if why:
        return cannot_tell(found, why)
    own = synthetic_difference(panel)
    placebos, groups = _placebos(plan, panel)
    effects = _as_large(panel, np.array([each.effect for each in placebos]), groups)
    se = float(np.sqrt((effects**2).mean()))
    made = told(
        found, own.effect, se, compared=own.without, df=len(effects) - 1.0,
        diagnostics=_diagnostics(plan, panel, own, placebos), opinions=_opinions(panel), placebos=_of_placebos(panel),
        extra=_extra(panel, own),
    )  # fmt: skip
    if made.cannot_tell:
        return made
    # The rank among placebos is the test; it can't be smaller than one in as many as there are units.
    rank = (1 + int((np.abs(effects) >= abs(own.effect)).sum())) / (1 + len(effects))
    return replace(made, p=rank)


def _sizes(panel: Panel) -> Sizes:
    began = panel.treated
    return Sizes(
        treated=int(panel.pupils[began].sum()),
        compared=int(panel.pupils[~began].sum()),
        schools_treated=int(began.sum()),
        schools_compared=int((~began).sum()),
    )


def _why_not(panel: Panel) -> str:
    others = int((~panel.treated).sum())
    tried = (
        (not panel.treated.any(), "nobody_treated"),
        (others == 0, "nobody_compared"),
        (panel.starts >= panel.y.shape[1], "outcome_not_yet"),
        (others < FEWEST_OTHERS, "too_few_compared"),
        (panel.starts < FEWEST_BEFORE, "too_short_before"),
        (bool((panel.pupils < MIN_PUPILS).any()), "too_few"),
        (bool(np.isnan(panel.y).any()), "missing_periods"),
    )
    return next((why for wrong, why in tried if wrong), "")


def _placebos(plan: Plan, panel: Panel) -> tuple[list[Mixed], list[Bools]]:
    """Each of the others in turn as if it had begun; when several began, as many others drawn by the plan's seed.

    Gives   what each found, and which of the others (U0,) were in it
    """
    others = np.flatnonzero(~panel.treated)
    left = Panel(panel.y[others], np.zeros(len(others), bool), panel.starts, panel.pupils[others])
    several = int(panel.treated.sum())
    if several == 1:
        groups = [np.arange(len(others)) == each for each in range(len(others))]
    else:
        random = np.random.default_rng(plan.seed)
        size = min(several, len(others) - 2)
        groups = [np.isin(np.arange(len(others)), random.permutation(len(others))[:size]) for _ in range(200)]
    return [synthetic_difference(replace(left, treated=group)) for group in groups], groups


def _as_large(panel: Panel, effects: Floats, groups: list[Bools]) -> Floats:
    """Placebos as wide as they would have been in a place as large as the one that began.

    Few pupils make a place swing more. The spread is taken to be a part that is the same everywhere and a part that
    shrinks with the number of pupils, both found from the placebos.
    Source  Ferman & Pinto (2019), Review of Economics and Statistics 101(3)
    """
    sizes = panel.pupils[~panel.treated]
    few = np.array([1 / sizes[group].sum() for group in groups])
    own = 1 / float(panel.pupils[panel.treated].sum())
    if np.allclose(few, own):
        return effects
    scale = float(few.mean())
    parts = nnls(np.column_stack([np.ones(len(few)), few / scale]), effects**2)[0]
    there, here = parts[0] + parts[1] * few / scale, parts[0] + parts[1] * own / scale
    return np.asarray(effects * np.sqrt(here / there)) if here > 0 and (there > 0).all() else effects


def _diagnostics(plan: Plan, panel: Panel, own: Mixed, placebos: list[Mixed]) -> tuple[Diagnostic, ...]:
    usual = float(np.median([each.misfit for each in placebos]))
    return (
        at_most("pre_misfit", own.misfit / usual if usual > 0 else None, MISFIT),
        at_least("in_time_placebo", _in_time(plan, panel), SMALL_P),
        at_most("one_other_unit", _most_one_other(panel, own), ONE_OTHER),
        at_least("units_compared", float(len(own.units)), 1 / SMALL_P - 1, must_pass=False),
    )


def _in_time(plan: Plan, panel: Panel) -> float | None:
    """p that an effect is found two thirds into the time before, when nothing had begun."""
    starts = panel.starts - max(1, panel.starts // 3)
    if starts < FEWEST_BEFORE - 1:
        return None
    early = panel.before(starts)
    own = synthetic_difference(early).effect
    placebos, groups = _placebos(plan, early)
    effects = _as_large(early, np.array([each.effect for each in placebos]), groups)
    return (1 + int((np.abs(effects) >= abs(own)).sum())) / (1 + len(effects))


def _most_one_other(panel: Panel, own: Mixed) -> float | None:
    """How far the effect moves, in shares of itself or of its doubt, when any one of the others is left out."""
    if len(own.units) <= FEWEST_OTHERS or own.effect == 0:
        return None
    places = np.flatnonzero(~panel.treated)
    heavy = places[own.units > 1e-6]
    moved = [abs(synthetic_difference(panel.without(int(each))).effect - own.effect) for each in heavy]
    return max(moved) / abs(own.effect)


def _opinions(panel: Panel) -> tuple[Figure, ...]:
    return (
        Figure("synthetic_control", synthetic_control(panel).effect),
        Figure("difference_in_differences", plain_difference(panel).effect),
    )


def _of_placebos(panel: Panel) -> tuple[Figure, ...]:
    starts = panel.starts - max(1, panel.starts // 3)
    if starts < FEWEST_BEFORE - 1:
        return ()
    return (Figure("began_earlier", synthetic_difference(panel.before(starts)).effect),)


def _extra(panel: Panel, own: Mixed) -> tuple[Figure, ...]:
    gaps = tuple(Figure(f"gap_{place - panel.starts}", float(gap)) for place, gap in enumerate(own.gaps))
    spread = Figure("others_in_mixture", float(1 / (own.units**2).sum()), exploratory=False)
    return (Figure("misfit_before", own.misfit, exploratory=False), spread, *gaps)
