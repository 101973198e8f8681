"""Where somebody stands, term by term: the states of a life, and what is carried from one term to the next."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints

from .dials import Dials
from .draws import Draws
from .entry import KIND
from .levels import School
from .seam import People

# States. A study certificate isn't a degree: who holds one is under the municipality's responsibility until 20.
AWAY, COMPULSORY, NATIONAL, INTRODUCTORY, PAUSED, LEFT, NOT_STARTED, CERTIFICATE, DEGREE = range(9)
STATES: Final = ("away", "compulsory", "national", "introductory", "paused", "left", "not_started", "certificate",
                 "degree")  # fmt: skip
CAUSES: Final = ("tired_of_school", "wants_to_work", "illness", "wrong_programme", "moved_abroad", "other")
ABROAD = CAUSES.index("moved_abroad")
STAGES = 6  # terms of a national programme


@dataclass(slots=True)
class State:
    """What is carried between terms, one entry per pupil; changed in place.

    status       one of STATES
    programme    place in the list of programmes; -1 before and without upper secondary school
    unit         number of the unit they go to or went to last
    stage        terms of the national programme that are done, 0-6
    extra        terms after the sixth, to pass what was missed
    failed       courses failed and not yet passed, others than the core
    core         the same for those that a degree asks for by name
    dashes       courses without a grade
    introduced   terms in introductory programmes
    moved        came to a national programme from an introductory one
    out          terms since they were in school last
    cause        why they left last, place in CAUSES; -1 for those who never did
    known        the municipality knows that they are out of school
    lost         teaching lost, as a share: this term's and what still lacks from before
    may          which national programmes stood open after year 9 (programmes, pupils)
    failing      share of last term's grades that were F or dashes
    """

    status: Ints
    programme: Ints
    unit: Ints
    stage: Ints
    extra: Ints
    failed: Ints
    core: Ints
    dashes: Ints
    introduced: Ints
    moved: Bools
    out: Ints
    cause: Ints
    known: Bools
    lost: Floats
    failing: Floats
    may: Bools

    @property
    def in_school(self) -> Bools:
        """Enrolled somewhere."""
        return np.asarray((self.status >= COMPULSORY) & (self.status <= INTRODUCTORY))

    @property
    def vocational(self) -> Bools:
        """On (or last on) a vocational programme."""
        return np.asarray((self.programme >= 0) & (KIND[self.programme] == 1))


@dataclass(frozen=True, slots=True)
class Chances:
    """What doesn't change during a life: who they are, what was drawn, the dials, the lasting levels."""

    people: People
    draws: Draws
    dials: Dials
    school: School
    tendency: Floats
    general: Floats
    liking: Floats


def first_state(people: People, school: School) -> State:
    """Everybody on the first day of year 5."""
    size = len(people)
    zeros = {name: np.zeros(size, dtype=np.int64) for name in ("stage", "extra", "failed", "core", "dashes")}
    return State(
        status=np.where(school.arrives > 0, AWAY, COMPULSORY),
        programme=np.full(size, -1),
        unit=people.school.copy(),
        introduced=np.zeros(size, dtype=np.int64),
        moved=np.zeros(size, dtype=bool),
        out=np.zeros(size, dtype=np.int64),
        cause=np.full(size, -1),
        known=np.zeros(size, dtype=bool),
        lost=np.full(size, 0.08),
        failing=np.zeros(size),
        may=np.zeros((len(KIND), size), dtype=bool),
        **zeros,
    )


def odds(log_odds: Floats | float) -> Floats:
    """Probabilities of log-odds; a number or one per pupil."""
    return np.asarray(1 / (1 + np.exp(-log_odds)))
