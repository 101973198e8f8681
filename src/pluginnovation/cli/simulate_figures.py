"""The made-up region's figures as lines: what each should be, what it became, how far apart they may be."""

from collections.abc import Iterable, Sequence
from typing import Any

from pluginnovation.simulation import Target
from pluginnovation.simulation.lives.published import POINTS
from pluginnovation.simulation.lives.targets import Achieved

from .answers import words

# The names of the figures that the files have, in Swedish.
SWEDISH = {
    "girls": "flickor",
    "year 7: pupils with 15 % absence or more": "årskurs 7: elever med minst 15 % frånvaro",
    "year 8: pupils with 15 % absence or more": "årskurs 8: elever med minst 15 % frånvaro",
    "year 9: pupils with 15 % absence or more": "årskurs 9: elever med minst 15 % frånvaro",
    "year 9: pupils with 10-19 % absence": "årskurs 9: elever med 10-19 % frånvaro",
    "year 9: pupils with 20 % absence or more": "årskurs 9: elever med minst 20 % frånvaro",
    "national programmes: mean absence": "nationella program: medelfrånvaro",
    "introductory programmes: mean absence": "introduktionsprogram: medelfrånvaro",
    "introductory programmes: share of upper secondary": "introduktionsprogram: andel av gymnasiet",
    "year 9: eligible for upper secondary": "årskurs 9: behöriga till gymnasiet",
    "year 9: F or dash in mathematics": "årskurs 9: F eller streck i matematik",
    "mathematics: F in year 6 and in year 9": "matematik: F i årskurs 6 och i årskurs 9",
    "national programmes: degree within three years": "nationella program: examen inom tre år",
    "aged 16-19: without school or degree": "16-19 år: utan skola och examen",
}
FEW = (
    "✗ längre ifrån. Siffrorna är satta för 50 000 elever; av få elever blir mer slump.",
    "✗ further off. The figures were set for 50,000 pupils; few pupils leave more to chance.",
)
UNTIL = 50_000  # more pupils than this say no more about the figures


def lived_figures(pupils: int, municipalities: int, seed: int) -> tuple[Achieved, ...]:
    """The figures of as many pupils' lives as the region has, up to UNTIL, with its seed."""
    from pluginnovation.simulation.lives.targets import compared

    return compared([seed], min(pupils, UNTIL), municipalities)


def as_rows(files: Iterable[Target], lives: Iterable[Achieved]) -> dict[str, list[dict[str, Any]]]:
    """Both tables as JSON; what there is nobody to count for is null."""
    return {
        "files": [
            {"name": each.name, "target": each.target, "achieved": _known(each.achieved), "source": each.source}
            for each in files
        ],
        "lives": [
            {
                "key": each.target.key, "name": each.target.en, "target": each.target.target, "unit": each.target.unit,
                "achieved": _known(each.measured.mean), "n": each.measured.number, "band": _known(each.band),
                "holds": each.holds, "source": each.target.source, "chosen": each.target.chosen,
            }
            for each in lives
        ],
    }  # fmt: skip


def figure_lines(files: Sequence[Target], lives: Sequence[Achieved]) -> list[str]:
    """Both tables for people."""
    width = max(len(words(each.target.sv, each.target.en)) for each in lives)
    names = [words(SWEDISH[each.name], each.name) for each in files]
    width = max(width, *(len(name) for name in names))
    heads = words("mål", "target"), words("blev", "became"), words("får skilja", "may differ"), words("antal", "n")
    opening = f"{heads[0]:>8} {heads[1]:>8}"
    lines = [words("I filerna", "In the files").ljust(width) + opening]
    lines += [
        f"{name:{width}}{_value(each.target)}{_value(each.achieved)}" for name, each in zip(names, files, strict=True)
    ]
    lines += ["", words("I elevers liv", "In pupils' lives").ljust(width) + f"{opening} {heads[2]:>11} {heads[3]:>8}"]
    lines += [_line(each, width) for each in lives]
    return [*lines, "", words(*FEW)]


def _line(each: Achieved, width: int) -> str:
    points = each.target.unit == POINTS
    name = words(each.target.sv, each.target.en)
    values = "".join(_value(value, points) for value in (each.target.target, each.measured.mean))
    mark = "" if each.holds else "  ✗"
    return f"{name:{width}}{values} {_value(each.band, points):>11} {each.measured.number:8}{mark}"


def _value(value: float, points: bool = False) -> str:
    if value != value:  # nobody to count
        return "–".rjust(9)
    text = f"{value:.1f}" if points else f"{100 * value:.1f} %"
    return (text.replace(".", ",") if words("sv", "en") == "sv" else text).rjust(9)


def _known(value: float) -> float | None:
    return None if value != value else value
