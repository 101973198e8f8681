"""Which programmes an upper secondary school offers, and which of them stands for one that is too small there.

A school with forty pupils in a year can't have seventeen programmes. Those whose programme isn't offered are told of in
another one of the same kind: preparing for higher education, vocational, or introductory.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from .chance import Floats, Ints, stream
from .cohorts import Cohorts
from .lives.entry import KIND
from .lives.people import OF_MUNICIPALITY
from .subjects import INTRODUCTION, PROGRAMMES

IN_A_CLASS: Final = 24  # pupils of a year
IN_AN_INTRODUCTORY_CLASS: Final = 12  # pupils of all years, of whom there are about one and a half cohorts
SCHOOLS_DIFFER: Final = 0.8  # standard deviation of the logarithm of how much a school is for a programme
_COHORTS_IN_INTRODUCTORY: Final = 1.5
_INTRODUCTORY = np.array([each.kind == INTRODUCTION for each in PROGRAMMES])


@dataclass(frozen=True, slots=True)
class Offered:
    """For each upper secondary unit and programme the one that stands for it there, places in PROGRAMMES.

    units   unit numbers in order
    stands  int, a row per unit, a column per programme
    """

    units: Ints
    stands: Ints

    def told(self, unit: Ints, programme: Ints) -> Ints:
        """The programme that each pupil is told to be on. Takes 0 and -1 for those who aren't in school, gives any."""
        if not len(self.units):
            return programme
        return np.asarray(self.stands[np.searchsorted(self.units, unit).clip(0, len(self.units) - 1), programme])


def offered_programmes(cohorts: Cohorts) -> Offered:
    """What each upper secondary unit offers, from what all its cohorts begin. Doesn't depend on help."""
    unit = cohorts.lives.unit[10:].max(axis=0)
    first = cohorts.lives.first_programme
    cohorts_told = {number: len(np.unique(cohorts.people.born[cohorts.people.municipality == number]))
                    for number in np.unique(cohorts.people.municipality).tolist()}  # fmt: skip
    units = np.unique(unit[unit > 0])
    found = []
    for each in units.tolist():
        count = np.bincount(first[(unit == each) & (first >= 0)], minlength=len(PROGRAMMES))
        taste = stream(cohorts.seed, "offered programmes", each).standard_normal(len(PROGRAMMES))
        found.append(_stands_for(count / cohorts_told[each // OF_MUNICIPALITY], np.exp(SCHOOLS_DIFFER * taste)))
    return Offered(units, np.array(found, dtype=np.int64).reshape(len(units), len(PROGRAMMES)))


def _stands_for(a_year: Floats, taste: Floats) -> Ints:
    """For each programme the one that is offered, from how many begin each in a year, and what the school is for."""
    stands = np.arange(len(PROGRAMMES))
    for kind in np.unique(KIND).tolist():
        own = np.flatnonzero(kind == KIND)
        introductory = bool(_INTRODUCTORY[own[0]])
        pupils = a_year[own] * (_COHORTS_IN_INTRODUCTORY if introductory else 1.0)
        classes = max(1, round(float(pupils.sum()) / (IN_AN_INTRODUCTORY_CLASS if introductory else IN_A_CLASS)))
        given = np.zeros(len(own), dtype=np.int64)
        for _ in range(classes):
            given[int(np.argmax(pupils * taste[own] / (given + 1)))] += 1
        load = np.where(given > 0, pupils / np.maximum(given, 1), np.inf)
        for place in np.argsort(-pupils, kind="stable").tolist():
            if not given[place]:
                chosen = int(np.argmin(load))
                stands[own[place]] = own[chosen]
                load[chosen] += pupils[place] / given[chosen]
    return stands
