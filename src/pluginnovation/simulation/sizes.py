"""How many pupils each municipality's schools have, and what numbers make no region."""

from collections.abc import Sequence

import numpy as np

from pluginnovation.records.refusals import Refusal

from .chance import shared_out
from .places import MUNICIPALITIES

LEAST_IN_A_MUNICIPALITY = 5


def shared_sizes(pupils: int, municipalities: int) -> tuple[int, ...]:
    """How many pupils each municipality's schools have.

    Raises  Refusal when there are too few pupils, or no or too many municipalities
    """
    _check_number(municipalities)
    _check_pupils(pupils, municipalities)
    weights = np.array([each.weight for each in MUNICIPALITIES[:municipalities]], dtype=float)
    return tuple(shared_out(pupils, weights, least=min(12, pupils // municipalities)).tolist())


def check_sizes(sizes: Sequence[int], seed: int) -> None:
    """Refuse sizes and a seed that make no region.

    Raises  Refusal as `shared_sizes`, or when the seed is negative
    """
    _check_number(len(sizes))
    for size in sizes:
        _check_pupils(size, 1)
    if seed < 0:
        raise Refusal(
            "simulation_seed",
            where="--seed",
            what=("Fröet är negativt.", "The seed is negative."),
            todo=("Välj ett heltal från 0.", "Choose a whole number from 0."),
        )


def _check_number(municipalities: int) -> None:
    if not 1 <= municipalities <= len(MUNICIPALITIES):
        most = len(MUNICIPALITIES)
        raise Refusal(
            "simulation_municipalities",
            where="--municipalities",
            what=(
                f"{municipalities} kommuner går inte att hitta på.",
                f"{municipalities} municipalities cannot be made up.",
            ),
            todo=(f"Välj 1 till {most}.", f"Choose 1 to {most}."),
        )


def _check_pupils(pupils: int, municipalities: int) -> None:
    least = LEAST_IN_A_MUNICIPALITY * municipalities
    if pupils < least:
        raise Refusal(
            "simulation_pupils",
            where="--pupils",
            what=(f"{pupils} elever räcker inte till.", f"{pupils} pupils are too few."),
            todo=(f"Välj minst {least}, fem per kommun.", f"Choose at least {least}, five per municipality."),
        )
