"""Who they are before anything happens: municipalities, schools and classes, backgrounds, and what nobody sees.

Every municipality has streams of its own, so what it holds depends on the seed, its number and its size, and on no
other municipality.
"""

from collections.abc import Sequence

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints, shared_out, stream
from pluginnovation.simulation.places import MUNICIPALITIES
from pluginnovation.simulation.sizes import shared_sizes

from .seam import People

GIRLS = 0.48  # compulsory school 2017/18, Skolverket
# Parents born in Sweden, born here to foreign-born, arrived before school, in years 1-5, in years 6-9. A quarter have
# foreign background (Skolverket 2017/18); how it divides is ours, so that the shares of eligible pupils add up.
ORIGINS = (0.75, 0.115, 0.035, 0.05, 0.05)
# Parents' longest education by origin; 58 % post-secondary in all (Skolverket 2017/18).
PARENTS = ((0.02, 0.34, 0.64), (0.12, 0.42, 0.46), (0.16, 0.38, 0.46), (0.22, 0.34, 0.44), (0.30, 0.30, 0.40))
APART = 0.55  # spread between schools of the log-odds of foreign background, and of parents with longer education
IN_A_COHORT, IN_A_CLASS = 60, 24  # pupils of one year in a school, and in a class
SCHOOL_SPREAD = 0.5  # standard deviation of the logarithm of schools' sizes
INDEPENDENT = 0.187  # of pupils in year 9, Skolverket 2017/18
YEAR_OF_FIRST_TERM = 11  # the age they turn in the year they begin year 5

# A unit's number is 10,000 x municipality, plus: 1- municipal and 3000- independent compulsory schools,
# 5000- municipal and 8000- independent upper secondary ones.
OF_MUNICIPALITY, INDEPENDENT_FROM, UPPER_FROM, UPPER_INDEPENDENT_FROM = 10_000, 3_000, 5_000, 8_000


def independent(unit: Ints) -> Bools:
    """Whether a unit is an independent school. Takes numbers as People and Lives have them."""
    own = unit % OF_MUNICIPALITY
    return ((own >= INDEPENDENT_FROM) & (own < UPPER_FROM)) | (own >= UPPER_INDEPENDENT_FROM)


def make_people(sizes: Sequence[int], seed: int, born: tuple[int, ...] = (2009,)) -> People:
    """Pupils who begin year 5, in the first municipality, in the second, and so on.

    Takes   sizes   pupils in each municipality
            born    years of birth; each municipality's pupils are shared out over them
    Gives   rows ordered by municipality
    Raises  ValueError when there are no pupils, no years, or more municipalities than the made-up region has
    """
    if sum(sizes) < 1 or min(sizes) < 0 or not born or len(sizes) > len(MUNICIPALITIES):
        raise ValueError(f"no people can be made of sizes {tuple(sizes)!r} and years {born!r}")
    return joined([people_of(place.no, size, seed, born) for place, size in zip(MUNICIPALITIES, sizes, strict=False)])


def some_people(pupils: int, municipalities: int, seed: int) -> People:
    """So many pupils of one cohort, shared out over the first municipalities by their weights.

    Raises  Refusal when there are too few pupils, or no or too many municipalities
    """
    return make_people(shared_sizes(pupils, municipalities), seed)


def people_of(municipality: int, size: int, seed: int, born: tuple[int, ...]) -> People:
    """The pupils of one municipality."""
    rng = stream(seed, "lives people", municipality)
    school, class_no, cohort = _classes(municipality, size, len(born), rng)
    foreign, educated = (_by_school(school, rng) for _ in range(2))
    origin = _origins(foreign, rng.random(size))
    return People(
        municipality=np.full(size, municipality),
        school=school,
        class_no=class_no,
        sex=(rng.random(size) >= GIRLS).astype(np.int64),
        parents=_parents(origin, educated, rng.random(size)),
        origin=origin,
        born=np.array(born)[cohort],
        ability=rng.standard_normal(size),
        motivation=rng.standard_normal(size),
    )


def joined(parts: Sequence[People]) -> People:
    """Several groups as one, in order."""
    names = ("municipality", "school", "class_no", "sex", "parents", "origin", "born", "ability", "motivation")
    return People(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def _classes(municipality: int, size: int, cohorts: int, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """School, class and cohort of each pupil of a municipality."""
    many = max(1, round(size / cohorts / IN_A_COHORT))
    per_school = shared_out(size, rng.lognormal(0, SCHOOL_SPREAD, many))
    # Every so many schools one is independent, wherever the row begins: the share hardly varies.
    own = np.diff(np.floor(np.arange(many + 1) * INDEPENDENT + rng.random())) > 0
    units = municipality * OF_MUNICIPALITY + np.where(
        own, INDEPENDENT_FROM + np.cumsum(own), 1 + np.cumsum(~own)
    )  # a school's number says whether it is independent
    school, class_no, cohort = [], [], []
    for unit, pupils in zip(units.tolist(), per_school.tolist(), strict=True):
        for turn, some in enumerate(shared_out(pupils, np.ones(cohorts)).tolist()):
            classes = max(1, round(some / IN_A_CLASS))
            place = np.arange(some) * classes // max(some, 1)
            school.append(np.full(some, unit))
            class_no.append((unit * 100 + turn) * 100 + place)
            cohort.append(np.full(some, turn))
    return np.concatenate(school), np.concatenate(class_no), np.concatenate(cohort)


def _by_school(school: Ints, rng: np.random.Generator) -> Floats:
    """A number per school, standard normal times APART, handed out to its pupils."""
    _, place = np.unique(school, return_inverse=True)
    return np.asarray(APART * rng.standard_normal(int(place.max(initial=0)) + 1)[place])


def _origins(shift: Floats, draw: Floats) -> Ints:
    swedish = ORIGINS[0]
    # Log-odds are drawn out a little, since shares that vary between schools have a mean nearer a half.
    odds = 1.07 * np.log((1 - swedish) / swedish) + 1.1 * shift
    foreign = 1 / (1 + np.exp(-odds))
    steps = np.cumsum(ORIGINS[1:]) / (1 - swedish)
    among = np.searchsorted(steps[:-1], np.clip(draw / np.maximum(foreign, 1e-9), 0, 1), side="right") + 1
    return np.where(draw < foreign, among, 0).astype(np.int64)


def _parents(origin: Ints, shift: Floats, draw: Floats) -> Ints:
    shares = np.array(PARENTS)[origin]
    longer = shares[:, 2] / (shares[:, 2] + (1 - shares[:, 2]) * np.exp(-shift))
    shorter = shares[:, 0] / (shares[:, 0] + shares[:, 1]) * (1 - longer)
    return np.where(draw < longer, 2, np.where(draw > 1 - shorter, 0, 1)).astype(np.int64)
