"""`plug simulate --scenario`: a scenario lived with help and without, and what the help truly did."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from pluginnovation.records.refusals import Refusal

from .answers import Answer, words

OPTION = words(
    "Lev ett scenario termin för termin, utan lektioner: help/events.jsonl, terms/ och truth/.",
    "Live a scenario term by term, without lessons: help/events.jsonl, terms/ and truth/.",
)
OUTCOMES = {
    "absence": ("frånvaro", "absence"),
    "passed": ("godkända betyg", "passed grades"),
    "in_school": ("i skola terminen efter", "in school the term after"),
    "degree_4y": ("examen inom fyra år", "degree within four years"),
}


@dataclass(frozen=True, slots=True)
class Size:
    """How large a region, and its seed."""

    pupils: int
    municipalities: int
    seed: int


def give_scenario(answer: Answer, folder: Path, scenario: Path, size: Size) -> None:
    """Write the scenario and tell the true effects on those who were offered each sub-project's measure."""
    from pluginnovation.simulation.scenario_files import write_scenario
    from pluginnovation.simulation.scenario_read import read_scenario

    _alone()
    said = read_scenario(scenario)
    number = size.pupils
    answer.note(f"Lever {number} elever med hjälp och utan …", f"Living {number} pupils with help and without …")
    told = write_scenario(folder, said, pupils=number, municipalities=size.municipalities, seed=size.seed)
    document = {
        "folder": str(folder), "simulated": True, "scenario": said.name, "pupils": told.pupils,
        "municipalities": size.municipalities, "seed": size.seed, "events": told.events,
        "sub_projects": told.sub_projects, "effects": told.effects.rows(named=True),
    }  # fmt: skip
    heading = words(f"{told.events} händelser i {folder}", f"{told.events} events in {folder}")
    answer.give(document, [heading, *_lines(told.effects.filter(among="offered").rows(named=True))])


def _alone() -> None:
    """Somebody who asks for files of records too would otherwise wait for what never comes."""
    context = click.get_current_context()
    for name in ("ss12000", "years", "trouble", "workers"):
        if context.params.get(name) and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise Refusal(
                "scenario_without_records",
                where=f"--{name}",
                what=(
                    "Ett scenario levs utan lektioner och register.",
                    "A scenario is lived without lessons and registers.",
                ),
                todo=(f"Utelämna --{name}, eller --scenario.", f"Leave out --{name}, or --scenario."),
            )


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    head = words("Sann effekt på dem som erbjöds", "True effect on those who were offered it")
    sv, en = ("utan", "med", "skillnad", "antal"), ("without", "with", "change", "n")
    columns = [words(*pair) for pair in zip(sv, en, strict=True)]
    names = [f"{row['sub_project']}: {words(*OUTCOMES[row['outcome']])}" for row in rows]
    width = max(len(head), *map(len, names))
    opening = f"{head:{width}} {columns[0]:>8} {columns[1]:>8} {columns[2]:>9} {columns[3]:>6}"
    return ["", opening, *(f"{name:{width}} {_figures(row)}" for name, row in zip(names, rows, strict=True))]


def _figures(row: dict[str, Any]) -> str:
    if not row["n"]:
        return words("ingen känd", "nobody known")
    shown = f"{100 * row['without']:8.1f} {100 * row['with']:8.1f} {100 * row['effect']:+9.1f} {row['n']:6}"
    return shown.replace(".", ",") if words("sv", "en") == "sv" else shown
