"""`plug simulate` with lessons: the region's files, earlier years and trouble on request, and how far it is."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from pluginnovation.records.refusals import Refusal

from .answers import Answer, words

if TYPE_CHECKING:
    from pluginnovation.simulation import Wanted

PUPILS = words(
    "Elever i alla kommuner tillsammans, eller i var och en: 900,450,300. En till på slutet ändrar ingen av de andra.",
    "Pupils in all municipalities together, or in each: 900,450,300. One more at the end changes none of the others.",
)
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


def wanted_region(answer: Answer, size: "Wanted", years: int, trouble: str, workers: int) -> "Wanted":
    """The region that the options ask for.

    Takes   size      how large, and its seed
            trouble   names with commas between; empty: none
    """
    names = tuple(name.strip() for name in trouble.split(",") if name.strip())
    return replace(size, years=years, trouble=names, workers=workers, progress=told(answer), worlds=lived(answer))


class Pupils(click.ParamType[tuple[int, ...], Any]):
    """One number for all municipalities together, or with commas between the number of each."""

    name = "pupils"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """The numbers of a text."""
        if isinstance(value, tuple):
            return value
        try:
            return tuple(int(part) for part in str(value).split(","))
        except ValueError:
            self.fail(
                words(
                    f"{value!r} är inga antal. Skriv ett heltal, eller ett för varje kommun: 900,450,300.",
                    f"{value!r} is no numbers. Write a whole number, or one for each municipality: 900,450,300.",
                ),
                param,
                ctx,
            )


def asked_size(sizes: tuple[int, ...], municipalities: int, seed: int) -> "Wanted":
    """A region of the size that the options ask for.

    Takes   sizes     as `Pupils` gives them
    Raises  Refusal when the numbers make no region, or each one's and another number of municipalities are asked for
            at once
    """
    from pluginnovation.simulation.wanted import Wanted, shared

    if len(sizes) == 1:
        return shared(sizes[0], municipalities, seed)
    said = click.get_current_context().get_parameter_source("municipalities") is ParameterSource.COMMANDLINE
    if said and municipalities != len(sizes):
        raise Refusal(
            "simulation_pupils",
            where="--pupils",
            what=(
                f"{len(sizes)} kommuners elever, men {municipalities} kommuner.",
                f"The pupils of {len(sizes)} municipalities, but {municipalities} municipalities.",
            ),
            todo=(
                "Utelämna --municipalities, eller skriv ett antal för varje.",
                "Leave out --municipalities, or write a number for each.",
            ),
        )
    return Wanted(sizes, seed)


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
