"""`plug simulate` with lessons: the region's files, earlier years and trouble on request, and how far it is."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from .answers import Answer, words

if TYPE_CHECKING:
    from pluginnovation.simulation import Wanted

YEARS = words(
    "Läsår i allt. De tidigare ges som betyg, inskrivningar, händelser och månadssummor.",
    "School years in all. Earlier ones come as grades, enrolments, events and monthly sums.",
)
TROUBLE = words(
    "Dåliga data att plantera, med komma mellan: corrections, partial, vklass, edlevo, refused, moved, duplicates, "
    "rows, objects. Vad som står var sägs i truth/trouble.csv.",
    "Bad data to plant, separated by commas: corrections, partial, vklass, edlevo, refused, moved, duplicates, rows, "
    "objects. What stands where is told in truth/trouble.csv.",
)
WORKERS = words(
    "Processer som skriver lektioner; samma byte ändå.", "Processes that write lessons; the bytes are the same."
)
SAID_EVERY = 5.0  # seconds


def wanted_region(answer: Answer, sizes: tuple[int, int, int], years: int, trouble: str, workers: int) -> "Wanted":
    """The region that the options ask for.

    Takes   sizes     pupils, municipalities, seed
            trouble   names with commas between; empty: none
    Raises  Refusal when the numbers make no region
    """
    from pluginnovation.simulation.wanted import shared

    names = tuple(name.strip() for name in trouble.split(",") if name.strip())
    return replace(
        shared(*sizes), years=years, trouble=names, workers=workers, progress=told(answer), worlds=lived(answer)
    )


def told(answer: Answer) -> Callable[[int, int], None]:
    """Says now and then how many pupils' lessons are written, and what comes after the last."""
    said = time.monotonic()

    def tell(done: int, pupils: int) -> None:
        nonlocal said
        if done == pupils:
            answer.note(
                "Skriver register, och lever om elevernas liv med annan hjälp …",
                "Registers, and lives with other help …",
            )
        elif time.monotonic() - said >= SAID_EVERY:
            said = time.monotonic()
            answer.note(f"  … lektioner för {done} av {pupils} elever", f"  … lessons of {done} of {pupils} pupils")

    return tell


def lived(answer: Answer) -> Callable[[int, int], None]:
    """Says how much of what help changed has been worked out."""

    def tell(done: int, parts: int) -> None:
        answer.note(f"  … del {done} av {parts} av facit", f"  … part {done} of {parts} of what is true")

    return tell
