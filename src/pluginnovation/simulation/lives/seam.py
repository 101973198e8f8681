"""Where help meets a pupil's life: what adults can see before a term, and what they can change in it.

Every pupil goes through the same numbered terms. Which calendar half-year a term falls in differs between cohorts.
The same random numbers are drawn whether there is help or not, so two worlds differ only by what help changed.
"""

from dataclasses import dataclass
from typing import Protocol

from pluginnovation.simulation.chance import Bools, Floats, Ints

# Years 5-9 are terms 0-9 (autumn, spring), upper secondary school up to its fifth year is 10-19.
FIRST_YEAR, LAST_COMPULSORY_TERM, TERMS = 5, 9, 20


@dataclass(frozen=True, slots=True)
class People:
    """Who they are before anything happens. One entry per pupil.

    municipality, school, class_no   numbers; school and class are those of the compulsory school
    sex          0 girl, 1 boy
    parents      longest education of the parents: 0 less than upper secondary, 1 upper secondary, 2 post-secondary
    origin       0 parents born in Sweden, 1 born here to foreign-born, 2 arrived before school, 3 in years 1-5,
                 4 in years 6-9
    born         calendar year of birth
    ability      school's demands come easy; standard normal before background moves it. Never seen by adults
    motivation   hidden; standard normal. Never seen by adults, but staff may choose by it when a scenario says so
    """

    municipality: Ints
    school: Ints
    class_no: Ints
    sex: Ints
    parents: Ints
    origin: Ints
    born: Ints
    ability: Floats
    motivation: Floats

    def __len__(self) -> int:
        return len(self.sex)


@dataclass(frozen=True, slots=True)
class Seen:
    """What can be known on the first day of a term. One entry per pupil.

    term        the term that begins, 0-19
    half_year   its calendar half-year: 2 x calendar year, plus one in autumn
    in_school   enrolled in that term, unless something happens in it
    absence     share of last term's teaching missed, 0..1; nan when nothing was recorded
    passed      share of last term's graded subjects or points that were passed, 0..1; nan without grades
    failed      number of F and dashes in last term's grades
    unit        school number of the term (compulsory or upper secondary)
    programme   upper secondary programme, place in the list of programmes; -1 in compulsory school and outside school
    finished    has a degree, or has moved abroad: nobody looks for them
    """

    term: int
    half_year: Ints
    in_school: Bools
    absence: Floats
    passed: Floats
    failed: Ints
    unit: Ints
    programme: Ints
    finished: Bools


@dataclass(frozen=True, slots=True)
class Shifts:
    """What help does to one term. One entry per pupil; 0 changes nothing.

    absence   added to the log-odds of missing a lesson (help makes it negative)
    passing   added to the log-odds of passing a subject or course
    leaving   added to the log-odds of leaving school in the term
    returning added to the log-odds of coming back in the term, for those who are out
    """

    absence: Floats
    passing: Floats
    leaving: Floats
    returning: Floats


class Help(Protocol):
    """Something adults do, decided term by term from what they can see."""

    def before(self, term: int, seen: Seen) -> Shifts:
        """What changes in a term. Called once per term, in order."""
        ...
