"""`plug simulate`: the scenario that is lived, and the quick mode that lives it term by term without lessons."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from pluginnovation.records.refusals import Refusal

from .answers import Answer, words

if TYPE_CHECKING:
    import polars as pl

    from pluginnovation.simulation.scenario import Scenario

SCENARIO = words(
    "Vad vuxna gör. Utan den: vanlig hjälp och några delprojekt.",
    "What adults do. Without it: ordinary help and some sub-projects.",
)
LESSONS = words(
    "Utan lektioner: elever termin för termin i terms/, på några sekunder.",
    "Without lessons: pupils term by term in terms/, in seconds.",
)
OUTCOMES = {
    "absence": ("frånvaro", "absence"),
    "passed": ("godkända betyg", "passed grades"),
    "in_school": ("i skola terminen efter", "in school the term after"),
    "degree_4y": ("examen inom fyra år", "degree within four years"),
}


def scenario_of(path: Path | None) -> "Scenario":
    """The scenario that is asked for, or the ordinary one. Raises as `read_scenario`."""
    from pluginnovation.simulation.scenario_ordinary import ordinary_help
    from pluginnovation.simulation.scenario_read import read_scenario

    return read_scenario(path) if path else ordinary_help()


def give_terms(answer: Answer, folder: Path, scenario: "Scenario", sizes: Sequence[int], seed: int) -> None:
    """Write the scenario's terms and tell the true effects on those who were offered each sub-project's measure."""
    from pluginnovation.simulation.scenario_files import write_scenario

    number = sum(sizes)
    answer.note(f"Lever {number} elever med hjälp och utan …", f"Living {number} pupils with help and without …")
    told = write_scenario(folder, scenario, sizes=sizes, seed=seed)
    document = {
        "folder": str(folder), "simulated": True, "scenario": scenario.name, "pupils": told.pupils,
        "municipalities": len(sizes), "seed": seed, "events": told.events,
        "sub_projects": told.sub_projects, "effects": told.effects.rows(named=True),
    }  # fmt: skip
    heading = words(f"{told.events} händelser i {folder}", f"{told.events} events in {folder}")
    answer.give(document, [heading, *effect_lines(told.effects)])


def alone() -> None:
    """Somebody who asks for files of records too would otherwise wait for what never comes."""
    context = click.get_current_context()
    for name in ("ss12000", "years", "trouble", "workers"):
        if context.params.get(name) and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise Refusal(
                "terms_without_records",
                where=f"--{name}",
                what=(
                    "Utan lektioner blir det inga register heller.",
                    "Without lessons there are no registers either.",
                ),
                todo=(f"Utelämna --{name}, eller --no-lessons.", f"Leave out --{name}, or --no-lessons."),
            )


def effect_lines(effects: "pl.DataFrame") -> list[str]:
    """The true effects of each sub-project on those who were offered it, for people."""
    rows: list[dict[str, Any]] = effects.filter(among="offered").rows(named=True)
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
