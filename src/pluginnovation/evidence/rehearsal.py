"""A rehearsal: a plan tried on days when nothing had begun, to tell how small a change it would find.

Everything that a rehearsal looks at lies before the plan's index date, so it can be made before the plan is locked. The
plan's own estimator runs twice on those days: as they were, and with the change put in that the plan calls worthwhile.
The second tells the doubt that such an answer would have: help that lowers a share also makes pupils more alike.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from .designs.life_tables import ASKED_ABOUT, STILL_THERE
from .designs.mixtures import Panel as Units
from .designs.rollout import Rollout
from .estimate import Data, Followed, Scored, run
from .plan import Plan
from .power import Layout, chance_of_finding, forecast, least_found, spread_of
from .result import Result
from .table import Bools, Floats, Table

MANY: Final = 1e6  # degrees of freedom where the normal distribution is meant


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a plan can be expected to see, in its outcome's unit.

    se      of the answer, when the change is as large as the plan calls worthwhile
    df      of its t
    least   the least change that is found 8 times in 10
    found   how often a worthwhile change is found, 0-1
    n       pupils that the rehearsal rested on
    why     code of why it can't be told, and then the numbers are nan; empty: it can
    """

    se: float
    df: float
    least: float
    found: float
    n: int
    why: str = ""


def rehearse(plan: Plan, data: Data, *, share: float = 1.0) -> Rehearsal:
    """Try the plan on data from before it.

    Takes   data    as `estimate` takes them, of days when nobody had the help yet
            share   pupils in them to each of the plan's own: doubt goes as the root of how many there are
    Source  Bloom (1995), Minimum detectable effects, Evaluation Review 19(5)
    """
    change = plan.outcome.benefit * plan.outcome.worthwhile
    plain = run(plan, data)
    if plain.cannot_tell or plain.se is None:
        return _cannot(plain)
    found = run(plan, put_in(plan, data, change, level=plain.compared_mean))
    if found.cannot_tell or found.se is None:
        return _cannot(found)
    df = MANY if found.df is None else found.df
    size = found.sizes.treated + found.sizes.compared
    without, with_it = (float(se * np.sqrt(share)) for se in (plain.se, found.se))
    chances = _chances(without, with_it, abs(change), df)
    return Rehearsal(with_it, df, least_found(chances, without), chances(abs(change)), size)


def planned(plan: Plan, table: Table, *, share: float = 1.0) -> Rehearsal:
    """What a draw can be expected to see, by how pupils and schools differ in a table from before it.

    One answer's own doubt, which a rehearsal goes by, swings much where few schools are drawn.

    Takes   as `rehearse`
    Raises  Refusal of `spread_of` and `forecast`, such as 'too_few_schools' for a draw at one school
    """
    known = table.only(table.known)
    spread = spread_of(known.outcome, known.school, known.covariates)
    schools = int(np.unique(table.school).size)
    drawn: Literal["pupils", "schools"] = "schools" if plan.design == "school_draw" else "pupils"
    layout = Layout(
        drawn, schools, len(table) / share / schools, float(table.treated.mean()), 1 - len(known) / len(table)
    )
    goes = plan.outcome.benefit if plan.outcome.kind in ("share", "yes_no") else 0
    told = forecast(spread, layout, worthwhile=plan.outcome.worthwhile, share_goes=goes)
    return Rehearsal(told.se, told.df, told.least, told.found, len(known))


def _cannot(found: Result) -> Rehearsal:
    return Rehearsal(np.nan, np.nan, np.nan, np.nan, 0, found.cannot_tell or "no_doubt")


def _chances(without: float, with_it: float, change: float, df: float) -> Callable[[float], float]:
    """How often a change is found; the variance goes evenly from that without any to that with the worthwhile one."""

    def chance(size: float) -> float:
        share = min(size / change, 1.0)
        return chance_of_finding(size / float(np.sqrt(without**2 + share * (with_it**2 - without**2))), df)

    return chance


def put_in(plan: Plan, data: Data, change: float, *, level: float | None) -> Data:
    """The same data, as if the help had changed the outcome by so much on the mean for those who have it.

    Takes   level   the outcome of those helped, had they not been: what a share's change is a part of. At a threshold
                    it is that of pupils just at it, whom the answer is about; None: the mean of those helped
    Gives   a share comes nearer to nought or to all of it, each pupil's in proportion; a yes or no turns for as many,
            by the plan's seed; a number is moved
    """
    random = np.random.default_rng(plan.seed)

    def changed(outcome: Floats, helped: Bools, mean: float | None = None) -> Floats:
        return _changed(plan.outcome.kind, outcome, _Change(helped, change, mean), random)

    match data:
        case Scored():
            outcome = changed(data.table.outcome, data.table.treated, level)
            return Scored(replace(data.table, outcome=outcome), data.at)
        case Rollout():
            helped = np.arange(data.panel.periods)[None, :] >= data.panel.first[:, None]
            return replace(data, panel=replace(data.panel, outcome=changed(data.panel.outcome, helped)))
        case Units():
            helped = data.treated[:, None] & (np.arange(data.y.shape[1]) >= data.starts)[None, :]
            return replace(data, y=changed(data.y, helped))
        case Followed():
            return _fewer_left(data, change, random)
        case _:
            return replace(data, outcome=changed(data.outcome, data.treated))


@dataclass(frozen=True, slots=True)
class _Change:
    """Of whom, by how much on the mean, and the mean; None: their own."""

    helped: Bools
    by: float
    mean: float | None


def _changed(kind: str, outcome: Floats, change: _Change, random: np.random.Generator) -> Floats:
    known = change.helped & ~np.isnan(outcome)
    if not known.any() or not change.by:
        return outcome
    after = outcome.copy()
    mean = float(outcome[known].mean()) if change.mean is None else change.mean
    room = mean if change.by < 0 else 100 - mean
    if kind == "count" or room <= 0:
        after[known] += change.by
        return after
    share, end = min(abs(change.by) / room, 1.0), 0.0 if change.by < 0 else 100.0
    if kind == "yes_no":
        after[known & (random.random(outcome.shape) < share)] = end
    else:
        after[known] += share * (end - after[known])
    return after


def _fewer_left(data: Followed, change: float, random: np.random.Generator) -> Data:
    """As many fewer (or more) of a hundred helped who left by the horizon."""
    spells = data.spells
    horizon = int(spells.terms.max())
    left = spells.treated & (spells.ending == ASKED_ABOUT)
    stayed = spells.treated & (spells.ending == STILL_THERE)
    helped = max(int(spells.treated.sum()), 1)
    some, end = (left, STILL_THERE) if change < 0 else (stayed, ASKED_ABOUT)
    share = min(abs(change) / 100 * helped / max(int(some.sum()), 1), 1.0)
    turned = some & (random.random(len(spells)) < share)
    terms = np.where(turned & (end == STILL_THERE), horizon, spells.terms)
    return replace(data, spells=replace(spells, terms=terms, ending=np.where(turned, end, spells.ending)))
