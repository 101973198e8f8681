"""Where everybody is in a half-year, as the files tell it: school, year and programme, from the lives."""

from dataclasses import dataclass

import numpy as np

from .chance import Bools, Ints
from .cohorts import Cohorts
from .lives.entry import KIND
from .lives.seam import LAST_COMPULSORY_TERM
from .offered import Offered
from .subjects import INTRODUCTION, PROGRAMMES

NOWHERE = -1
_IM = KIND == 2


@dataclass(frozen=True, slots=True)
class SchoolPlaces:
    """One half-year, one entry per person.

    there      in school in the half-year
    upper      in upper secondary school
    unit       school number; 0 outside school
    year       5-9, or 1-3; 1 on introductory programmes; 0 outside school
    programme  the one that is told, place in PROGRAMMES; -1 in compulsory and out of school
    """

    there: Bools
    upper: Bools
    unit: Ints
    year: Ints
    programme: Ints

    def introductory(self) -> Bools:
        """Who is on an introductory programme."""
        return np.asarray((self.programme >= 0) & _IM[self.programme])


def school_places(cohorts: Cohorts, offered: Offered, half_year: int) -> SchoolPlaces:
    """Where everybody is; who commutes isn't in the region's compulsory schools."""
    lives, term = cohorts.lives, cohorts.term(half_year)
    upper = term > LAST_COMPULSORY_TERM
    there = cohorts.at(half_year, lives.attended, False) & (upper | ~cohorts.commutes)
    unit = np.where(there, cohorts.at(half_year, lives.unit, 0), 0)
    own = np.where(there & upper, cohorts.at(half_year, lives.programme, NOWHERE), NOWHERE)
    programme = np.where(own >= 0, offered.told(unit, own), NOWHERE)
    stage = cohorts.at(half_year, lives.stage, 0)
    year = np.where(
        upper, np.where((programme >= 0) & ~_IM[programme], np.minimum(1 + stage // 2, 3), 1), 5 + term // 2
    )
    return SchoolPlaces(there, upper & there, unit, np.where(there, year, 0), programme)


def programme_code(programme: int) -> str:
    """The code of a place in PROGRAMMES; '' for none."""
    return PROGRAMMES[programme].code if programme >= 0 else ""


def is_introductory(programme: int) -> bool:
    """Whether a place in PROGRAMMES is an introductory one."""
    return programme >= 0 and PROGRAMMES[programme].kind == INTRODUCTION
