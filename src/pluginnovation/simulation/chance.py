"""Chance, made repeatable: one stream of random numbers for each thing that happens.

Every part of the region draws from a stream named after what it decides and where (a municipality, a class).
So the same seed gives the same region however the work is divided, and a new process that is added later
doesn't disturb the draws of the others.
"""

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Days = NDArray[np.datetime64]


def stream(seed: int, purpose: str, *numbers: int) -> np.random.Generator:
    """The random numbers of one purpose ('names', 'lessons'), in one place (such as a class number)."""
    return np.random.default_rng(np.random.SeedSequence([seed, crc32(purpose.encode()), *numbers]))


def shared_out(total: int, weights: Floats, least: int = 0) -> Ints:
    """`total` divided into whole parts in proportion to `weights`, none below `least`.

    Takes   total at least `least` times the number of weights; weights above 0
    Gives   int per weight, adding up to `total` (largest remainders; ties to the first)
    """
    parts = np.full(len(weights), least, dtype=np.int64)
    spare = total - parts.sum()
    wanted = np.maximum(weights / weights.sum() * total - least, 0)
    wanted = wanted / wanted.sum() * spare if wanted.sum() > 0 else wanted
    whole = np.floor(wanted).astype(np.int64)
    left = int(spare - whole.sum())
    order = np.argsort(-(wanted - whole), kind="stable")
    whole[order[:left]] += 1
    return np.asarray(parts + whole)
