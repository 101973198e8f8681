"""What the model itself knows about somebody's future: the true risk, which no school can see."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pluginnovation.simulation.chance import Floats

from .draws import Draws, drawn_anew, make_draws
from .life import lived
from .seam import TERMS, Help, People

TERMS_TO_DEGREE = 8  # four years


@dataclass(frozen=True, slots=True)
class Start:
    """Some people, and the chance in their lives as they were lived; `seed` is what other futures are drawn from."""

    people: People
    draws: Draws
    seed: int


def true_risk(
    people: People,
    seed: int,
    term: int,
    help_: Callable[[], Help] | None = None,
    futures: int = 50,
) -> Floats:
    """The probability of no degree four years after beginning upper secondary school, given the state before a term.

    The term's beginning is kept, with all that nobody sees; everything from then on is drawn anew, many times. So the
    standard error is at most 0.5 / sqrt(futures). Whoever never begins has no degree either: they count as 1.

    Takes   help_     makes the adults of one life, with the same chance each time; None: the risk without help
            futures   how many times
    Raises  ValueError for a term that there isn't, or without futures
    """
    return risk_of(Start(people, make_draws(people, seed), seed), term, help_, futures)


def risk_of(start: Start, term: int, help_: Callable[[], Help] | None = None, futures: int = 50) -> Floats:
    """The same for people whose chance is drawn already. Raises as `true_risk`."""
    if not 0 <= term < TERMS or futures < 1:
        raise ValueError(f"no risk before term {term} from {futures} futures")
    without = np.zeros(len(start.people))
    for number in range(futures):
        other = drawn_anew(start.draws, start.people, start.seed + 1_000_003 * (number + 1), term)
        lives = lived(start.people, other, help_() if help_ else None)
        latest = lives.began + TERMS_TO_DEGREE - 1
        without += ~((lives.degree_term >= 0) & (lives.degree_term <= latest))
    return without / futures
