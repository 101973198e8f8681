"""`plug bench NAME`: the promised speeds, both sides measured in one run."""

import importlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from pluginnovation.web.config.missing import ResourceMissing

from .answers import Answer, Command, words

HELP = words(
    "Mät de hastigheter som utlovas, vår och jämförelsens i samma körning: signals, snapshots, import, feed, pages, "
    "access, refused, rules, simulate, evidence, support, projects, hub eller start. "
    "Med spark mäts motorerna bredvid varandra.",
    "Measure the speeds that are promised, ours and the rival's in one run: signals, snapshots, import, feed, pages, "
    "access, refused, rules, simulate, evidence, support, projects, hub or start. "
    "With spark the engines are timed side by side.",
)


@click.command("bench", cls=Command, help=HELP)
@click.argument("name")
@click.option(
    "--pupils", type=click.IntRange(1), default=None, help=words("Mindre än det utlovade.", "Fewer than promised.")
)
@click.option(
    "--rows",
    type=click.IntRange(1),
    multiple=True,
    help=words("Bara spark: så många lektioner, får upprepas.", "Spark only: so many lessons; may be repeated."),
)
@click.pass_obj
def bench(answer: Answer, name: str, pupils: int | None, rows: tuple[int, ...]) -> None:
    """One benchmark, as rows of ours, rival and ratio."""
    registry = benchmarks()
    if name not in registry:
        raise click.BadParameter(", ".join(registry) or "-", param_hint="NAME")
    if rows and name != "spark":
        raise click.BadParameter(words("hör till spark.", "belongs to spark."), param_hint="--rows")
    document = registry[name](answer.note, pupils, **({"rows": rows} if rows else {}))
    lines = [line(row) for row in document["rows"]]
    answer.give(document, lines)


def line(row: Mapping[str, Any]) -> str:
    """One promise for people: does it hold, and by how much."""
    mark = "✓" if row["holds"] else "✗"
    return f"{mark} {row['name']}: {row['ours']:.3g} / {row['rival']:.3g} = {row['ratio']:.2f}, {row['limit']}"


def benchmarks() -> Mapping[str, Callable[..., Mapping[str, Any]]]:
    """The registry of the project's folder `benchmarks/`, which is not part of an installation.

    Raises  ResourceMissing outside a clone of the project
    """
    root = Path(__file__).parents[3]
    sys.path.insert(0, str(root))
    try:
        found: Mapping[str, Callable[..., Mapping[str, Any]]] = importlib.import_module("benchmarks").REGISTRY
    except ModuleNotFoundError as error:
        if error.name != "benchmarks":
            raise
        raise ResourceMissing(
            "benchmarks_missing",
            what=("Mätningarna följer inte med en installation.", "The benchmarks are not part of an installation."),
            todo=("Kör dem i en klon av projektet.", "Run them in a clone of the project."),
        ) from error
    return found
