"""Small made-up worlds with a known truth: pupils in schools, their absence in points, a help that moves it."""

from dataclasses import dataclass

import numpy as np

from pluginnovation.evidence.designs.rollout import Rollout
from pluginnovation.evidence.staggered import NEVER, Panel
from pluginnovation.evidence.table import Table, make_table

People = dict[str, np.ndarray]
EFFECT = -6.0  # percentage points of absence


@dataclass(frozen=True, slots=True)
class World:
    """How pupils came to be helped, and what became of them.

    hidden    how much something nobody wrote down decides both who is helped and the outcome; 0: nothing does
    lost      share of those not helped, doing badly, whose outcome is missing
    """

    pupils: int = 600
    schools: int = 15
    effect: float = EFFECT
    hidden: float = 0.0
    lost: float = 0.0


def _pupils(world: World, random: np.random.Generator) -> People:
    school = random.integers(0, world.schools, world.pupils)
    level = random.normal(0, 2, world.schools)[school]
    unknown = random.normal(size=world.pupils)
    before = 15 + level + 6 * random.normal(size=world.pupils) + 4 * world.hidden * unknown
    merit = 200 - 2 * (before - 15) + 30 * random.normal(size=world.pupils)
    girl = random.random(world.pupils) < 0.5
    # The year before that: as it usually is, and with whatever nobody wrote down.
    earlier = 15 + level + 0.5 * (before - 15) + 5 * random.normal(size=world.pupils) + 4 * world.hidden * unknown
    after = 15 + level + 0.6 * (before - 15) - 0.02 * (merit - 200) + 5 * random.normal(size=world.pupils)
    after = after + 8 * world.hidden * unknown
    return {
        "school": school,
        "before": before,
        "merit": merit,
        "girl": girl,
        "earlier": earlier,
        "after": after,
        "unknown": unknown,
    }


def _table(
    world: World, people: dict[str, np.ndarray], helped: np.ndarray, random: np.random.Generator, **more: object
) -> Table:
    outcome = people["after"] + world.effect * helped
    gone = ~helped & (outcome > 17) & (random.random(len(outcome)) < world.lost)
    known = {"absence_before": people["before"], "merit": people["merit"], "girl": people["girl"]}
    return make_table(
        np.where(gone, np.nan, outcome), helped, school=people["school"], covariates=known,
        placebos={"absence_earlier": people["earlier"]},
        groups={"girls": people["girl"], "boys": ~people["girl"]}, **more,
    )  # fmt: skip


def lottery(world: World, seed: int) -> Table:
    """Pupils drawn within their schools."""
    random = np.random.default_rng(seed)
    people = _pupils(world, random)
    helped = random.random(world.pupils) < 0.5
    return _table(world, people, helped, random, stratum=people["school"])


def chosen(world: World, seed: int) -> Table:
    """Pupils chosen by staff: those who were absent the most, and (hidden) those who seemed to need it."""
    random = np.random.default_rng(seed)
    people = _pupils(world, random)
    wish = -1 + 0.12 * (people["before"] - 15) - 0.01 * (people["merit"] - 200) + 1.5 * world.hidden * people["unknown"]
    helped = random.random(world.pupils) < 1 / (1 + np.exp(-wish))
    return _table(world, people, helped, random)


def staggered(seed: int, *, schools: int = 40, effect: float = EFFECT, slope: float = 0.0) -> Rollout:
    """Schools that began in period 3, 4 or 5 of eight, or never; effects grow from half to whole.

    slope   points per period by which those who begin would have parted from the others anyway
    """
    random = np.random.default_rng(seed)
    first = np.array([NEVER, 3, 4, 5])[np.arange(schools) % 4]
    periods = np.arange(8)
    usual = 15 + random.normal(0, 3, (schools, 1)) + random.normal(0, 1.5, (schools, 8)) + 0.3 * periods
    since = periods[None, :] - np.where(first < NEVER, first, 99)[:, None]
    helped = effect * np.where(since >= 0, np.minimum(0.5 + 0.25 * since, 1.0), 0.0)
    parted = slope * periods[None, :] * (first < NEVER)[:, None]
    size = random.integers(20, 60, schools).astype(float)
    panel = Panel(usual + helped + parted, first, size, np.arange(schools), np.zeros((schools, 0)))
    return Rollout(panel, np.repeat(size[:, None], 8, axis=1))


def staggered_truth(started: Rollout, effect: float = EFFECT) -> float:
    """The effect that the panel's schools had, larger groups and longer help counting for more."""
    total = weight = 0.0
    for first in (3, 4, 5):
        pupils = started.panel.weight[started.panel.first == first].sum()
        for at in range(first, 8):
            total += pupils * effect * min(0.5 + 0.25 * (at - first), 1.0)
            weight += pupils
    return total / weight
