"""The data that a plan is rehearsed on: of last year's pupils in the records, those most like the plan's own.

Last year's are followed instead of the plan's own, who were a year younger then and chosen by how they have been since.
Where the records don't reach so far, the days just before the plan's are taken.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from pluginnovation.records.refusals import Refusal

from .dataset import DRAWN, explaining, known_before, population_empty, population_of, roster, scores_of, table_of
from .estimate import Data, Scored
from .measures import Seen
from .panels import PANELS, months_of, rollout_of, units_of
from .plan import Plan
from .plan_files import Locked, lock
from .rehearsal import Rehearsal, planned, rehearse
from .spells import followed
from .table import Floats, Table

if TYPE_CHECKING:
    from pluginnovation.records.store import Store

REHEARSED: Final = ("waiting_list", "school_draw", "comparison", "threshold", "hazard", *PANELS)
A_YEAR: Final = timedelta(days=364)  # whole weeks, so that days of school fall on days of school
LEAST_MOVED: Final = 0.1  # a rule that moves fewer isn't one that an answer can rest on
TOO_FAR_BACK: Final = "records_too_short"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A rehearsal, and the days that its outcome was read in."""

    rehearsal: Rehearsal
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Asked:
    """A plan, who it is about (of panels: when schools begin), and whether lots decide among them."""

    plan: Plan
    rows: pl.DataFrame
    drawn: bool


def rehearsed(plan: Plan, decisions: pl.DataFrame, store: "Store", *, at: datetime) -> Rehearsed:
    """How small a change the plan would find, told from days that lie before its index date.

    Takes   decisions   as `answer.answered` takes them; at: now, with its zone
    Gives   `rehearsal.why` says why nothing can be told
    Raises  Refusal of a plan or of decisions that can't be used, and those of `analysis_table`, `months_of` and
            `spells_of`
    """
    seen = known_before(plan, store)
    asked = _asked(plan, decisions, seen, at)
    found = None
    for then in _earlier(plan):
        made = _tried(asked, then, seen, at)
        # What stands in the way with records says more than that there are none.
        if found is None or made.why != TOO_FAR_BACK:
            found = Rehearsed(made, then.window.opens, then.window.closes)
        if made.why != TOO_FAR_BACK:
            break
    assert found is not None
    return found


def _tried(asked: _Asked, then: Plan, seen: Seen, at: datetime) -> Rehearsal:
    nothing = Rehearsal(np.nan, np.nan, np.nan, np.nan, 0, TOO_FAR_BACK)
    try:
        data, share = _data(asked, then, seen, at)
    except Refusal as refusal:
        if refusal.code != "population_empty":
            raise
        return nothing
    if not share:
        return replace(nothing, why="rule_not_followed")
    made = rehearse(then, data, share=share)
    if not made.why and isinstance(data, Table) and then.design in DRAWN:
        # At one school nothing tells how schools differ, and the rehearsal stands.
        with suppress(Refusal):
            made = planned(then, data, share=share)
    return nothing if made.why == "outcome_not_yet" else made


def _as_locked(plan: Plan, at: datetime) -> Locked:
    return lock(plan, at=at, by="")


def _earlier(plan: Plan) -> Iterator[Plan]:
    """The plan some whole years earlier, all of it before its index date; then as little earlier as that can be."""
    window = plan.window
    years = -(-(window.closes - window.index_date) // A_YEAR)
    for back in (max(years, 1) * A_YEAR, window.closes - window.index_date):
        moved = {name: getattr(window, name) - back for name in ("index_date", "opens", "closes")}
        yield replace(plan, window=replace(window, **moved))


def _asked(plan: Plan, decisions: pl.DataFrame, seen: Seen, at: datetime) -> _Asked:
    if plan.design in PANELS:
        return _Asked(plan, decisions, drawn=False)
    drawn = plan.design in DRAWN or (plan.design == "hazard" and bool((~decisions["offered"]).any()))
    return _Asked(plan, roster(_as_locked(plan, at), decisions, seen), drawn)


def _data(asked: _Asked, then: Plan, seen: Seen, at: datetime) -> tuple[Data, float]:
    """What the plan's design reads, of the earlier days, and how many pupils there are to each that the plan rests on.

    Gives   0 for the latter where a threshold's rule moves hardly anybody
    """
    plan, last = asked.plan, then.window.closes
    if plan.design in PANELS:
        back = plan.window.index_date - then.window.index_date
        starts = asked.rows.with_columns(pl.col("started_on") - back)
        months = months_of(_as_locked(then, at), starts, seen, as_of=last)
        return (rollout_of(months) if plan.design == "rollout" else units_of(months)), 1.0
    rows = _alike(asked, then, seen)
    share = rows.height / asked.rows.height
    if plan.design == "hazard":
        return followed(then, rows, (seen, seen), drawn=asked.drawn, as_of=last), share
    table, score = table_of(then, rows, (seen, seen), as_of=last)
    if score is None:
        return table, share
    if np.isnan(score).all():
        raise population_empty()
    # Where the rule isn't always followed the answer is so much less sure.
    moved = _moved_by_the_rule(asked, seen)
    return Scored(replace(table, taken_up=None), score), share / moved**2 if moved >= LEAST_MOVED else 0.0


def _moved_by_the_rule(asked: _Asked, seen: Seen) -> float:
    """How many more were offered the help on the rule's side of the threshold, 0-1."""
    score, offered = scores_of(asked.plan, asked.rows, seen), asked.rows["offered"].to_numpy()
    over, under = (offered[side & ~np.isnan(score)] for side in (score >= 0, score < 0))
    return float(over.mean() - under.mean()) if len(over) and len(under) else 1.0


def _alike(asked: _Asked, then: Plan, seen: Seen) -> pl.DataFrame:
    """Those of the earlier days who stand for the plan's pupils, with the columns of `dataset.roster`.

    Whoever the plan's decisions name is stood for by the pupil of the same school who was most like in what explains,
    nobody twice. At a threshold the rule says by itself who would have been offered the help.
    """
    there = population_of(then, seen)
    nobody = {"taken_up": pl.Boolean, "hours": pl.Float64, "score": pl.Float64}
    rows = there.with_columns(
        *[pl.lit(None, kind).alias(name) for name, kind in nobody.items()],
        pl.concat_str("school", pl.col("year").cast(pl.String).fill_null("-")).alias("stratum"),
        offered=pl.lit(False),
    )
    if not there.height:
        raise population_empty()
    if then.design == "threshold":
        return rows
    named = asked.rows if asked.drawn else asked.rows.filter("offered")
    likes = nearest(
        (named["school"].to_numpy(), explaining(asked.plan, named, seen)),
        (there["school"].to_numpy(), explaining(then, there, seen)),
    )
    found = likes >= 0
    if len(found) and not found.any():
        raise population_empty()
    offered, stratum = rows["offered"].to_numpy().copy(), rows["stratum"].to_list()
    for row, like in zip(np.flatnonzero(found).tolist(), likes[found].tolist(), strict=True):
        offered[like], stratum[like] = named["offered"][row], named["stratum"][row]
    rows = rows.with_columns(pl.Series("offered", offered), pl.Series("stratum", stratum, pl.String))
    return rows[np.sort(likes[found])] if asked.drawn else rows


def nearest(named: tuple[np.ndarray, dict[str, Floats]], there: tuple[np.ndarray, dict[str, Floats]]) -> np.ndarray:
    """To each of those named the one at the same school who is most like in what explains and not yet taken.

    Takes   school of each, and columns of what explains, of those named and of those who are there
    Gives   places among those who are there; -1: nobody is left
    Source  nearest neighbours without replacement, each column in its own standard deviations: Stuart (2010),
            Statistical Science 25(1)
    """
    both = [name for name in named[1] if name in there[1] and there[1][name].std() > 0]
    ours, theirs = (
        np.column_stack([columns[name] / there[1][name].std() for name in both])
        if both
        else np.zeros((len(schools), 0))
        for schools, columns in (named, there)
    )
    found = np.full(len(named[0]), -1)
    for school in np.unique(named[0]).tolist():
        free = np.flatnonzero(there[0] == school)
        for row in np.flatnonzero(named[0] == school).tolist():
            if not len(free):
                break
            near = int(((theirs[free] - ours[row]) ** 2).sum(axis=1).argmin())
            found[row] = free[near]
            free = np.delete(free, near)
    return found
