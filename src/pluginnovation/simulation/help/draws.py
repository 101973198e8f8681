"""Random numbers per pupil and per site, the same whichever world they are used in.

Each purpose has a stream per municipality, and numbers are drawn for everybody and every term whether they are needed
or not. So no decision moves another one's chance, and a municipality that is added changes none of the others.
"""

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints, stream


class Draws:
    """The chance of one seed for some pupils."""

    def __init__(self, seed: int, municipality: Ints) -> None:
        self.seed, self.municipality = seed, municipality
        numbers, first = np.unique(municipality, return_inverse=True)
        order = np.argsort(first, kind="stable")
        cuts = np.searchsorted(first[order], np.arange(1, len(numbers)))
        self._members = list(zip(numbers.tolist(), np.split(order, cuts), strict=True))
        self._uniform: dict[str, Floats] = {}
        self._sites: dict[tuple[str, int], float] = {}

    def per_pupil(self, purpose: str) -> Floats:
        """One uniform number per pupil."""
        if purpose not in self._uniform:
            drawn = np.empty(len(self.municipality))
            for number, members in self._members:
                drawn[members] = stream(self.seed, purpose, number).random(len(members))
            self._uniform[purpose] = drawn
        return self._uniform[purpose]

    def per_term(self, purpose: str, term: int) -> Floats:
        """One uniform number per pupil in a term. Drawn each time it is asked for: all terms take much room."""
        drawn = np.empty(len(self.municipality))
        for number, members in self._members:
            chance = stream(self.seed, purpose, number)
            chance.bit_generator.advance(term * len(members))  # type: ignore[attr-defined]
            drawn[members] = chance.random(len(members))
        return drawn

    def per_site(self, purpose: str, sites: Ints) -> Floats:
        """One uniform number per entry, the same for the same site."""
        numbers, place = np.unique(sites, return_inverse=True)
        return np.array([self._site(purpose, number) for number in numbers.tolist()])[place]

    def normal_per_site(self, purpose: str, sites: Ints) -> Floats:
        """One standard normal number per entry, the same for the same site."""
        numbers, place = np.unique(sites, return_inverse=True)
        drawn = [float(stream(self.seed, purpose, max(0, number)).standard_normal()) for number in numbers.tolist()]
        return np.array(drawn)[place]

    def _site(self, purpose: str, site: int) -> float:
        if (purpose, site) not in self._sites:
            self._sites[purpose, site] = float(stream(self.seed, purpose, max(0, site)).random())
        return self._sites[purpose, site]


def ranked(draw: Floats, group: Ints, among: Bools) -> tuple[Ints, Ints]:
    """Everyone's place by a draw within their group, and how many the group has, counting those `among` only.

    Gives   rank   from 0; -1 for those who aren't among them
            size   number of members of the group; 0 for those who aren't
    """
    rank, size = np.full(len(draw), -1), np.zeros(len(draw), dtype=np.int64)
    chosen = np.flatnonzero(among)
    if not len(chosen):
        return rank, size
    order = chosen[np.lexsort((draw[chosen], group[chosen]))]
    _, first, place, count = np.unique(group[order], return_index=True, return_inverse=True, return_counts=True)
    rank[order] = np.arange(len(order)) - first[place]
    size[order] = count[place]
    return rank, size


def spread(uniform: Floats, mean: float, most: int) -> Ints:
    """Whole numbers from 0 to `most` with that mean as a share of it, from uniform numbers (a binomial's quantile)."""
    if mean <= 0 or most == 0:
        return np.zeros(len(uniform), dtype=np.int64)
    if mean >= 1:
        return np.full(len(uniform), most, dtype=np.int64)
    # Logarithms, since the chance of none in two hundred is smaller than a float can be when multiplied out.
    times = np.arange(most + 1)
    choose = np.concatenate([[0.0], np.cumsum(np.log((most - times[:-1]) / (times[:-1] + 1)))])
    chance = np.exp(choose + times * np.log(mean) + (most - times) * np.log1p(-mean))
    return np.asarray(np.minimum(np.searchsorted(np.cumsum(chance), uniform, side="right"), most), dtype=np.int64)
