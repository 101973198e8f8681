"""Which sites a sub-project has, when each begins, and what is particular about each of them."""

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints
from pluginnovation.simulation.lives.seam import LAST_COMPULSORY_TERM
from pluginnovation.simulation.scenario import SubProject
from pluginnovation.simulation.scenario_switches import NEVER, ONE_MUNICIPALITY, OUT_OF_SCHOOL, SCHOOL_DRAW, STAGGERED

from .draws import Draws, ranked

FIRST_UPPER_TERM = LAST_COMPULSORY_TERM + 1


class SitePlan:
    """Which schools a sub-project that goes by sites has chosen.

    Drawn once, on the first day of year 5 or of upper secondary school, whichever the sub-project falls in, so that
    what is so before it begins can be so from the beginning. `settled` is None until then.
    """

    def __init__(self, sub_project: SubProject, draws: Draws) -> None:
        self.sub_project, self.draws = sub_project, draws
        self.settled: dict[int, int] | None = None

    @property
    def stage(self) -> int:
        """The first term of the kind of school that it is for."""
        return FIRST_UPPER_TERM if self.sub_project.first_term >= FIRST_UPPER_TERM else 0

    def starts(self, unit: Ints) -> Ints:
        """The term in which each pupil's site begins; -1 for sites that never do. Takes sites, see `site_of`."""
        if self.settled is None or not len(unit):
            return np.full(len(unit), NEVER)
        numbers, place = np.unique(unit, return_inverse=True)
        return np.array([self.settled.get(number, NEVER) for number in numbers.tolist()])[place]

    def settle(self, term: int, unit: Ints, in_school: Bools) -> None:
        """Draw the schools, if it is time: among those that somebody attends."""
        if self.settled is not None or term < self.stage or not in_school.any():
            return
        municipality = self.draws.municipality
        schools, of = _schools(site_of(self.sub_project, municipality, unit)[in_school], municipality[in_school])
        asked = self.sub_project.municipalities
        takes_part = np.isin(of, asked) if asked else np.ones(len(of), dtype=bool)
        if self.sub_project.assignment == ONE_MUNICIPALITY:
            starts = np.where(of == self.sub_project.municipality, self.sub_project.start, NEVER)
        else:
            starts = self._drawn(schools, of, takes_part)
        self.settled = dict(zip(schools.tolist(), starts.tolist(), strict=True))

    def _drawn(self, schools: Ints, of: Ints, takes_part: Bools) -> Ints:
        name = f"{self.sub_project.key} schools"
        rank, size = ranked(self.draws.per_site(name, schools), of, takes_part)
        turn = self.draws.per_site(f"{name} of a municipality", of)
        # A municipality with three schools and a share of a half gets one or two, as often the one as the other.
        chosen = takes_part & (rank < np.floor(self.sub_project.share * size + turn))
        terms = np.array(
            self.sub_project.starts if self.sub_project.assignment == STAGGERED else [self.sub_project.start]
        )
        begins = terms[(rank + np.floor(turn * len(terms)).astype(np.int64)) % len(terms)]
        return np.where(chosen, begins, NEVER)


def site_of(sub_project: SubProject, municipality: Ints, unit: Ints) -> Ints:
    """Each pupil's site: the school, or for those outside school the municipality that is to look for them."""
    return municipality if sub_project.who == OUT_OF_SCHOOL else unit


def goes_by_site(sub_project: SubProject) -> bool:
    """Whether whole schools are chosen, rather than pupils."""
    return sub_project.assignment in {SCHOOL_DRAW, STAGGERED, ONE_MUNICIPALITY}


def _schools(unit: Ints, municipality: Ints) -> tuple[Ints, Ints]:
    """The schools, and the municipality that most of each school's pupils are from."""
    pairs, count = np.unique(np.stack([unit, municipality], axis=1), axis=0, return_counts=True)
    order = np.lexsort((pairs[:, 1], -count, pairs[:, 0]))
    schools, first = np.unique(pairs[order, 0], return_index=True)
    return schools, pairs[order[first], 1]


def site_strength(sub_project: SubProject, draws: Draws, site: Ints) -> Floats:
    """How much better than the others each pupil's site does it; standard normal."""
    return draws.normal_per_site(f"{sub_project.key} strength", site)


def marked(share: float, purpose: str, draws: Draws, site: Ints) -> Bools:
    """Whether each pupil's site is one of those that something holds for, a share of all."""
    if share <= 0:
        return np.zeros(len(site), dtype=bool)
    return np.asarray(draws.per_site(purpose, site) < share)
