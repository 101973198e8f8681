"""When, not only whether: how many fewer have left after one, two and four years, of those followed that long.

Pupils who moved away, or whose register ends, are followed for as long as they were seen and no longer. Leaving in
another way is an ending of its own, never counted as staying.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import chdtrc

from ..diagnose import LEAST_EFFECTIVE, MOST_TRIMMED, tolerated_difference
from ..doubt import Doubted, doubted
from ..linear import logistic
from ..plan import Plan
from ..result import MIN_PUPILS, Diagnostic, Figure, Result, Sizes, at_least, at_most, cannot_tell
from ..table import Floats, Ints
from .asked import blank, told
from .life_tables import ASKED_ABOUT, STILL_THERE, Spells, at_risk, counted, left_by, weights_of

GROUPS: Final = 60  # schools are gathered in at most so many, each left out once
FEWEST_SCHOOLS: Final = 4
FEWEST_ENDINGS: Final = 10  # in all: fewer is nobody's business, and no basis either
ASSUMES: Final = ("assignment_explained", "followed_alike", "other_endings_unrelated")


@dataclass(frozen=True, slots=True)
class Horizons:
    """How far ahead to look, and what the design that decided who was helped can earn.

    terms      how many; the first is the planned one
    cap        0-5 locks
    """

    terms: tuple[int, ...]
    cap: int


def hazard(plan: Plan, spells: Spells, asked: Horizons) -> Result:
    """The difference in per cent who have ended in the asked way by the first horizon, helped less compared.

    Gives   doubt by leaving schools out one at a time; every horizon; the odds ratio per term and whether it is the
            same in all terms. 'cannot_tell' with an empty side, nobody followed that long, under ten pupils or
            endings, under four schools, or no kind of pupil on both sides
    Source  Allison (1982), Sociological Methodology 13; the other endings: Aalen & Johansen (1978). Leaving schools
            out: Efron & Tibshirani (1993), chapter 11
    """
    found = blank(plan, "hazard", "att", _sizes(spells), cap=asked.cap, assumptions=ASSUMES)
    why = _why_not(spells, asked)
    if why:
        return cannot_tell(found, why)
    group = _groups(spells.school)
    counts = counted(spells, group)
    whole = counts.sum(axis=0)
    shares = 100 * left_by(whole)
    effects = _differences(whole, counts)
    main = effects[asked.terms[0] - 1]
    if main is None:
        return cannot_tell(found, "cannot_leave_out")
    return told(
        found, main.value, main.se, compared=float(shares[0, asked.terms[0] - 1]), df=main.df,
        diagnostics=_diagnostics(spells, whole, asked), opinions=_odds(whole),
        extra=tuple(_at(term, effects, shares, len(spells)) for term in asked.terms),
    )  # fmt: skip


def _sizes(spells: Spells) -> Sizes:
    helped = spells.treated
    return Sizes(
        treated=int(helped.sum()),
        compared=int((~helped).sum()),
        schools_treated=len(np.unique(spells.school[helped])),
        schools_compared=len(np.unique(spells.school[~helped])),
    )


def _why_not(spells: Spells, asked: Horizons) -> str:
    helped = spells.treated
    if not helped.any() or helped.all():
        return "nobody_compared" if helped.any() else "nobody_treated"
    if min(int(helped.sum()), int((~helped).sum())) < MIN_PUPILS:
        return "too_few"
    whole = counted(spells, np.zeros(len(spells), np.int64))[0]
    weight = weights_of(whole)
    followed = np.einsum("sc,sct->st", weight, at_risk(whole))
    tried = (
        (len(np.unique(spells.school)) < FEWEST_SCHOOLS, "too_few_schools"),
        (not weight.any(), "no_overlap"),
        (
            asked.terms[0] > followed.shape[1] or bool((followed[:, asked.terms[0] - 1] <= 0).any()),
            "outcome_not_yet",
        ),
        (int((spells.ending == ASKED_ABOUT).sum()) < FEWEST_ENDINGS, "too_few_endings"),
    )
    return next((why for wrong, why in tried if wrong), "")


def _groups(school: Ints) -> Ints:
    """Schools as groups to leave out: each its own up to sixty, then gathered by their number."""
    number = np.unique(school, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return np.asarray(number % GROUPS) if int(number.max()) >= GROUPS else number


def _differences(whole: Floats, counts: Floats) -> list[Doubted | None]:
    """For each term the difference in points, doubted by leaving each group of schools out; None: it can't be."""
    groups = len(counts)
    without = np.stack([whole - each for each in counts])
    value = 100 * (left_by(whole)[1] - left_by(whole)[0])
    left = left_by(without)
    moved = 100 * (left[:, 1] - left[:, 0])
    spread = ((moved - moved.mean(axis=0)) ** 2).sum(axis=0) * (groups - 1) / groups
    found: list[Doubted | None] = []
    for each, variance in zip(value, spread, strict=True):
        told_by = np.isfinite(each) and np.isfinite(variance)
        found.append(doubted(float(each), float(np.sqrt(max(variance, 1e-300))), groups - 1.0) if told_by else None)
    return found


def _diagnostics(spells: Spells, whole: Floats, asked: Horizons) -> tuple[Diagnostic, ...]:
    helped, short = spells.treated, (spells.ending == STILL_THERE) & (spells.terms < asked.terms[0])
    lost = [100 * float(short[side].mean()) for side in (helped, ~helped)]
    began = whole.sum(axis=(-1, -2))
    weight = weights_of(whole)
    squares = float((began[0] * weight[0] ** 2).sum())
    effective = float((began[0] * weight[0]).sum()) ** 2 / squares if squares else 0.0
    trimmed = 1 - float((began[1] * weight[1]).sum() / began[1].sum())
    return (
        at_most("attrition_difference", abs(lost[0] - lost[1]), tolerated_difference(100 * float(short.mean()))),
        at_least("overlap_ess", effective, max(LEAST_EFFECTIVE, began[1].sum() / 2)),
        at_most("share_trimmed", trimmed, MOST_TRIMMED),
        at_least("same_in_all_terms", _same_in_all_terms(whole), 0.05, must_pass=False),
    )


def _odds(whole: Floats) -> tuple[Figure, ...]:
    """The log odds ratio of ending in a term, helped against compared, alike in kind and term."""
    x, ended, stayed = grouped(whole)
    fit = logistic(np.vstack([x, x]), np.repeat([True, False], len(x)), np.concatenate([ended, stayed]))
    if fit.separated:
        return (Figure("log_odds_per_term", None),)
    return (Figure("log_odds_per_term", float(fit.coefs[1]), n=int(whole.sum())),)


def grouped(whole: Floats) -> tuple[Floats, Floats, Floats]:
    """One row per side, kind and term where somebody was left: columns (constant, helped, terms, kinds), ended, stayed.

    A logistic regression on these weighted rows has the same coefficients as one on a row per pupil and term.
    """
    sides, cells, terms = whole.shape[:3]
    risk, ended = at_risk(whole), whole[..., ASKED_ABOUT]
    side, cell, term = (each.reshape(-1) for each in np.indices((sides, cells, terms)))
    columns = [
        np.ones(side.size),
        side,
        *(term == each for each in range(1, terms)),
        *(cell == c for c in range(1, cells)),
    ]
    left = risk.reshape(-1) > 0
    x = np.column_stack(columns).astype(float)[left]
    return x, ended.reshape(-1)[left], (risk - ended).reshape(-1)[left]


def _same_in_all_terms(whole: Floats) -> float | None:
    """p of the likelihood ratio: the help's odds ratio differs between terms. None when a term tells nothing."""
    x, ended, stayed = grouped(whole)
    terms = whole.shape[2]
    if terms < 2:
        return None
    more = x[:, 2 : 1 + terms] * x[:, 1:2]
    heights = []
    for columns in (x, np.column_stack([x, more])):
        fit = logistic(np.vstack([columns] * 2), np.repeat([True, False], len(x)), np.concatenate([ended, stayed]))
        if fit.separated:
            return None
        chance = fit.fitted[: len(x)]
        heights.append(float((ended * np.log(chance) + stayed * np.log1p(-chance)).sum()))
    return float(chdtrc(terms - 1, 2 * max(heights[1] - heights[0], 0.0)))


def _at(term: int, effects: list[Doubted | None], shares: Floats, n: int) -> Figure:
    name = f"after_{term}_terms"
    one = effects[term - 1] if term <= len(effects) else None
    if one is None or not np.isfinite(shares[:, term - 1]).all():
        return Figure(name, None)
    return Figure(name, one.value, one.se, one.low, one.high, one.p, n=n)
