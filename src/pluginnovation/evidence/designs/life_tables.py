"""When pupils leave, or come back: life tables by term, from counts.

A pupil's history is two numbers, how many terms were seen and how they ended. Counted by side, kind of pupil, term and
ending, a million pupils are some hundred numbers, and everything here is computed from those.
"""

from dataclasses import dataclass

import numpy as np

from ..table import Bools, Floats, Ints

STILL_THERE = 0  # the ending of a pupil who was still there when we stopped looking
ASKED_ABOUT = 1  # the ending that the question is about; 2, 3 … are others, such as having moved


@dataclass(frozen=True, slots=True)
class Spells:
    """One pupil per row, in columns of N.

    terms     terms seen, 1 or more; the ending was in the last of them
    ending    0 still there when the register ends, 1 what is asked about, 2 … other endings
    treated   offered the help
    school    0 … J-1
    cell      kind of pupil before the start (grades, absence, year), 0 … C-1: like is compared with like
    """

    terms: Ints
    ending: Ints
    treated: Bools
    school: Ints
    cell: Ints

    def __len__(self) -> int:
        return len(self.terms)


def counted(spells: Spells, group: Ints) -> Floats:
    """Pupils by group, side (not, offered), cell, last term and ending: (G, 2, C, T, K)."""
    shape = [int(each.max()) + 1 for each in (group, spells.cell, spells.ending)]
    last = int(spells.terms.max())
    sizes = (shape[0], 2, shape[1], last, max(shape[2], 2))
    place = np.ravel_multi_index(
        (group, spells.treated.astype(np.int64), spells.cell, spells.terms - 1, spells.ending), sizes
    )
    return np.bincount(place, minlength=int(np.prod(sizes))).reshape(sizes).astype(float)


def at_risk(counts: Floats) -> Floats:
    """Pupils still there when each term began: (…, T) from (…, T, K)."""
    ended = counts.sum(axis=-1)
    return np.asarray(np.flip(np.cumsum(np.flip(ended, axis=-1), axis=-1), axis=-1))


def weights_of(counts: Floats) -> Floats:
    """What each pupil of a side and a cell weighs (…, 2, C), so that both sides hold the kinds that were helped.

    One for the helped, helped over compared for the others; nought for both in a cell where a side is empty.
    """
    began = counts.sum(axis=(-1, -2))
    compared, helped = began[..., 0, :], began[..., 1, :]
    both = (compared > 0) & (helped > 0)
    ratio = np.where(both, helped / np.where(both, compared, 1.0), 0.0)
    return np.stack([ratio, both * 1.0], axis=-2)


def hazards(counts: Floats) -> Floats:
    """The share of those still there who end in each way in each term: (…, 2, T, K); nan where nobody is left."""
    weight = weights_of(counts)
    risk = np.einsum("...sc,...sct->...st", weight, at_risk(counts))
    ended = np.einsum("...sc,...sctk->...stk", weight, counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = ended / risk[..., None]
    share[..., STILL_THERE] = 0.0
    return np.asarray(share)


def left_by(counts: Floats) -> Floats:
    """The share who have ended in the asked way by the end of each term, others' endings counted as not: (…, 2, T).

    Source  Aalen & Johansen (1978), Scandinavian Journal of Statistics 5(3), in whole terms
    """
    each = hazards(counts)
    stays = np.cumprod(1 - each.sum(axis=-1), axis=-1)
    began = np.concatenate([np.ones_like(stays[..., :1]), stays[..., :-1]], axis=-1)
    return np.asarray(np.cumsum(began * each[..., ASKED_ABOUT], axis=-1))
