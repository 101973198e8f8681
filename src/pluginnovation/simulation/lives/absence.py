"""How much of a term's teaching is missed: a tendency that lasts, and the shares it stands for.

Few miss much: the shares of a year are a mixture of three beta distributions, most pupils' low part, a part with much
absence, and the long absence of 2 in 100. A pupil keeps a place in that distribution from term to term, roughly.
"""

from functools import cache
from math import lgamma
from statistics import NormalDist

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats

from .dials import Dials
from .draws import Draws
from .seam import LAST_COMPULSORY_TERM, TERMS, People

LOW, LONG = (1.1, 25.0), (7.0, 4.0)
MUCH_SHAPE = 2.8  # first parameter of the middle part's beta distribution
LONG_SHARE = 0.02  # 1-3 % of pupils
LASTS = 0.86  # correlation of the part that changes, from one term to the next
# How much of the tendency's variance lies where: motivation, level, school, class; the rest changes slowly by itself.
BY_MOTIVATION, BY_ABILITY, BY_SCHOOL, BY_CLASS = 0.09, 0.05, 0.05, 0.04
FAILING = 0.35  # tendency added when all of last term's grades are F
SPRING = 0.06  # log-odds: more illness from January to March
DAYS_OF_CHANCE = 70  # a term's absence varies as if that many days were drawn
UNREPORTED_UNITS, LEAST_REPORTED = 0.01, 0.6  # units that report nothing in a term; the least others report


@cache
def _table(low_share: float, mean: float) -> tuple[Floats, Floats]:
    """Tendencies, and the log-odds of the shares they stand for."""
    share = np.linspace(5e-4, 0.9995, 4000)
    much = (MUCH_SHAPE, MUCH_SHAPE * (1 - mean) / mean)
    weights = (low_share, 1 - low_share - LONG_SHARE, LONG_SHARE)
    density = sum(w * _beta(share, *shape) for w, shape in zip(weights, (LOW, much, LONG), strict=True))
    below = np.cumsum(density)
    below = (below - below[0] / 2) / below[-1]
    normal = NormalDist()
    at = np.linspace(-4, 4, 161)
    shares = np.interp([normal.cdf(float(each)) for each in at], below, share)
    return at, np.log(shares / (1 - shares))


def _beta(share: Floats, a: float, b: float) -> Floats:
    scale = lgamma(a + b) - lgamma(a) - lgamma(b)
    return np.asarray(np.exp(scale + (a - 1) * np.log(share) + (b - 1) * np.log(1 - share)))


def tendencies(people: People, draws: Draws) -> Floats:
    """Every pupil's tendency in every term, standard normal in each. Rows are terms."""
    fixed = (
        np.sqrt(BY_SCHOOL) * draws.school_normal[0]
        + np.sqrt(BY_CLASS) * draws.class_normal[0]
        - np.sqrt(BY_MOTIVATION) * people.motivation
        - np.sqrt(BY_ABILITY) * people.ability
    )
    own = np.sqrt(1 - BY_SCHOOL - BY_CLASS - BY_MOTIVATION - BY_ABILITY)
    moving = draws.missing_normal.astype(np.float64)
    moving[0] = draws.tendency_normal
    for term in range(1, TERMS):
        moving[term] = LASTS * moving[term - 1] + np.sqrt(1 - LASTS**2) * moving[term]
    return np.asarray(fixed + own * moving)


def missed_share(term: int, tendency: Floats, introductory: Bools, added: Floats | None, dials: Dials) -> Floats:
    """The expected share of a term's teaching that is missed.

    Takes   tendency   of the term, with what failing adds
            added      log-odds that help adds; None without help
    """
    if term <= LAST_COMPULSORY_TERM:
        tendency = tendency + dials.absence_by_year[term // 2]
    else:
        tendency = tendency + np.where(introductory, dials.absence_introductory, dials.absence_national)
    odds = np.interp(tendency, *_table(dials.some_absent, dials.much_absent)) + SPRING * (term % 2)
    return np.asarray(1 / (1 + np.exp(-(odds if added is None else odds + added))))


def happened(share: Floats, chance: Floats) -> Floats:
    """What is missed in one term, chance included."""
    return np.clip(share + np.sqrt(share * (1 - share) / DAYS_OF_CHANCE) * chance, 0.0, 1.0)
