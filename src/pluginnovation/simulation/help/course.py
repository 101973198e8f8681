"""How an effect grows, turns and fades over the terms of a measure."""

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints
from pluginnovation.simulation.scenario import ByAbsence, Effect, SubProject

# Which way is better: fewer lessons missed and fewer who leave, more passes and more who come back.
BETTER = Effect(absence=-1, passing=1, leaving=-1, returning=1)
OUTCOMES = ("absence", "passing", "leaving", "returning")


def part_of_effect(sub_project: SubProject, since: Ints, ended: Ints) -> Floats:
    """How much of the effect is there, term by term after the beginning: 1 all of it, below 0 the opposite.

    Takes   since   terms since it began; 0 in the first, -1 in the one before
            ended   terms since it ended for this pupil; 0 or less while it goes on
    """
    grown = np.clip((since - sub_project.delay_terms + 1) / sub_project.build_up_terms, 0, 1)
    part = np.where(since < sub_project.lock_in_terms, -sub_project.lock_in, grown)
    part = np.where(since == -1, sub_project.anticipation, part)
    return np.asarray(np.where((since < -1) | (ended > sub_project.lasts_terms), 0.0, part))


def by_absence(multiples: ByAbsence, absence: Floats) -> Floats:
    """The multiple of each pupil's band; unknown counts as little."""
    table = np.array([multiples.under_10, multiples.from_10, multiples.from_15, multiples.from_20])
    return np.asarray(table[absence_band(absence)])


def absence_band(absence: Floats) -> Ints:
    """0 under 10 % or unknown, 1 from 10 %, 2 from 15 %, 3 from 20 %."""
    return np.searchsorted(np.array([0.1, 0.15, 0.2]), np.nan_to_num(absence), side="right")


def planted(sub_project: SubProject, outcome: str, strength: Floats) -> Floats:
    """The log-odds that full dose adds at each pupil's site: the mean, and better where the site is stronger."""
    mean, between = getattr(sub_project.effect, outcome), getattr(sub_project.between_sites, outcome)
    return np.asarray(mean + getattr(BETTER, outcome) * between * strength)


def share_of_class(classes: Ints, present: Bools, value: Floats) -> Floats:
    """The mean of a value over the others in each pupil's class; 0 where there is nobody else."""
    _, place = np.unique(classes, return_inverse=True)
    total = np.bincount(place, np.where(present, value, 0.0))[place] - np.where(present, value, 0.0)
    others = np.bincount(place, present)[place] - present
    return np.asarray(np.where(others > 0, total / np.maximum(others, 1), 0.0))
