"""What the model itself knows about somebody's future: the true risk, which no school can see."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats

from .draws import Draws, drawn_anew, make_draws
from .life import live_on, started
from .record import Lives
from .seam import TERMS, Help, People

TERMS_TO_DEGREE = 8  # four years


@dataclass(frozen=True, slots=True)
class Start:
    """Some people, and the chance in their lives as they were lived; `seed` is what other futures are drawn from."""

    people: People
    draws: Draws
    seed: int


def true_risk(people: People, seed: int, term: int, help_: Help | None = None, futures: int = 50) -> Floats:
    """The probability of no degree four years after beginning upper secondary school, given the state before a term.

    The term's beginning is kept, with all that nobody sees; everything from then on is drawn anew, many times. So the
    standard error is at most 0.5 / sqrt(futures). Whoever never begins has no degree either: they count as 1.

    Takes   help_     adults who remember nothing between terms, in every future the same; None: the risk without help
            futures   how many times
    Raises  ValueError for a term that there isn't, or without futures
    """
    return risks_of(Start(people, make_draws(people, seed), seed), term, {"": Otherwise(people, help_)}, futures)[""]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The same persons in the same places, perhaps with other backgrounds, and adults as in `true_risk`."""

    people: People
    help: Help | None = None


def risks_of(start: Start, term: int, worlds: Mapping[str, Otherwise], futures: int) -> dict[str, Floats]:
    """The same in several worlds at once, each with the same other futures. Raises as `true_risk`."""
    if not 0 <= term < TERMS or futures < 1:
        raise ValueError(f"no risk before term {term} from {futures} futures")
    until_now = {name: started(world.people, start.draws) for name, world in worlds.items()}
    for name, life in until_now.items():
        live_on(life, range(term), worlds[name].help)
    without = {name: np.zeros(len(start.people)) for name in worlds}
    for number in range(futures):
        other = drawn_anew(start.draws, start.people, start.seed + 1_000_003 * (number + 1), term)
        for name, life in until_now.items():
            branch = life.branched(other)
            live_on(branch, range(term, TERMS), worlds[name].help)
            without[name] += ~_degree_in_time(branch.lives)
    return {name: counted / futures for name, counted in without.items()}


def _degree_in_time(lives: Lives) -> Bools:
    latest = lives.began + TERMS_TO_DEGREE - 1
    return np.asarray((lives.degree_term >= 0) & (lives.degree_term <= latest))
