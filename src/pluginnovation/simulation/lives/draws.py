"""Every random number of a life, drawn up front: a purpose and a place each, whatever will be decided.

Two lives with the same draws differ by what was done to them and by nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from math import sqrt
from typing import Any

import numpy as np

from pluginnovation.simulation.chance import Floats, Ints, stream
from pluginnovation.simulation.places import MEDIAN, MUNICIPALITIES

from .seam import TERMS, People

GRADED_TERMS, SUBJECTS = 8, 17  # terms with grades in years 6-9; subjects at most
UPPER_TERMS, COURSES, PROGRAMMES = 10, 5, 17


@dataclass(frozen=True, slots=True)
class Draws:
    """One column per pupil. Names ending in `_normal` are standard normal (those of places narrower the larger a
    municipality is), the others uniform between 0 and 1.

    Those with a row per term (see PER_TERM) can be drawn anew from a term on; the others belong to the pupil.
    """

    place_normal: Floats
    school_normal: Floats
    class_normal: Floats
    subject_normal: Floats
    later_normal: Floats
    arriving: Floats
    birthday: Floats
    swedish: Floats
    language: Floats
    tendency_normal: Floats
    early_normal: Floats
    late_normal: Floats
    choice: Floats
    kind: Floats
    upper_school: Floats
    way_normal: Floats
    missing_normal: Floats
    missed_normal: Floats
    reported: Floats
    graded: Floats
    warned: Floats
    course: Floats
    mended: Floats
    leaving: Floats
    cause: Floats
    returning: Floats
    changing: Floats
    staying: Floats
    occupied: Floats
    noticed: Floats
    reached: Floats
    grant: Floats
    supported: Floats


_OWN = {"place_normal": 2, "school_normal": 2, "class_normal": 2, "subject_normal": SUBJECTS,
        "later_normal": SUBJECTS, "choice": 2, "upper_school": 2, "way_normal": PROGRAMMES}  # fmt: skip
# Rows per term; those that begin later than term 0 say from which term.
PER_TERM = {"missing_normal": 0, "missed_normal": 0, "reported": 0, "graded": 2, "warned": 0, "course": 10,
            "mended": 0, "leaving": 0, "cause": 0, "returning": 0, "changing": 0, "staying": 0, "occupied": 0,
            "noticed": 0, "reached": 0, "grant": 0, "supported": 0}  # fmt: skip
_GROUPS = {"place_normal": "municipality", "school_normal": "school", "class_normal": "class_no"}


def make_draws(people: People, seed: int) -> Draws:
    """The draws of everybody, municipality by municipality."""
    return Draws(**_drawn(people, seed, "lives", [each.name for each in fields(Draws)]))


def _drawn(people: People, seed: int, purpose: str, names: Iterable[str]) -> dict[str, Floats]:
    """Some of the draws; each has chance of its own, so it is the same whichever others are drawn."""
    size = len(people)
    drawn: dict[str, Any] = {name: np.empty((*_rows(name), size), dtype=np.float32) for name in names}
    for number in np.unique(people.municipality).tolist():
        members = np.flatnonzero(people.municipality == number)
        whole = slice(members[0], members[-1] + 1) if np.all(np.diff(members) == 1) else members
        for name, values in drawn.items():
            rng = stream(seed, f"{purpose} {name}", number)
            if name in _GROUPS:
                spread = _spread(number) if name == "place_normal" else 1.0
                values[:, whole] = spread * _of_groups(getattr(people, _GROUPS[name])[members], rng)
            elif name.endswith("_normal"):
                values[..., whole] = rng.standard_normal((*values.shape[:-1], len(members)), dtype=np.float32)
            else:
                values[..., whole] = rng.random((*values.shape[:-1], len(members)), dtype=np.float32)
    return drawn


def drawn_anew(draws: Draws, people: People, seed: int, term: int) -> Draws:
    """The same draws before a term, and others from it on: another future of the same state."""
    mixed = {each.name: getattr(draws, each.name) for each in fields(Draws)}
    open_ = [name for name, first in PER_TERM.items() if term - first < len(mixed[name])]
    if term <= 10:  # what is chosen after year 9 is still open
        open_ += ["choice", "kind", "upper_school", "way_normal"]
    for name, values in _drawn(people, seed, "lives anew", open_).items():
        since = max(0, term - PER_TERM.get(name, term))
        values[:since] = mixed[name][:since]
        mixed[name] = values
    return Draws(**mixed)


def _rows(name: str) -> tuple[int, ...]:
    if name in _OWN:
        return (_OWN[name],)
    if name == "graded":
        return (GRADED_TERMS, SUBJECTS)
    if name == "course":
        return (UPPER_TERMS, COURSES)
    return (TERMS,) if name in PER_TERM else ()


def _spread(municipality: int) -> float:
    """How far a municipality is from the others: large ones are mixtures, and nearer the mean."""
    return min(1.0, sqrt(MEDIAN / MUNICIPALITIES[municipality - 1].weight))


def _of_groups(group: Ints, rng: np.random.Generator) -> Floats:
    _, place = np.unique(group, return_inverse=True)
    return np.asarray(rng.standard_normal((2, int(place.max()) + 1))[:, place])
