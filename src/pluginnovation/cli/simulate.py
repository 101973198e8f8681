"""`plug simulate`: a made-up region as files, what its adults did, and what is true of it."""

from dataclasses import replace
from pathlib import Path

import click

from .answers import Answer, Command, words
from .simulate_region import PUPILS, TROUBLE, WORKERS, YEARS, Pupils, asked_size, wanted_region
from .simulate_scenario import LESSONS, SCENARIO, alone, effect_lines, give_terms, scenario_of

HELP = words(
    "Skriv en påhittad region i MAPP: csv, med --ss12000 också SS 12000 JSON, vad vuxna gjorde i help/ och facit i "
    "truth/.",
    "Write a made-up region in DIR: csv, with --ss12000 SS 12000 JSON too, what adults did in help/, and what is true "
    "in truth/.",
)


@click.command("simulate", cls=Command, help=HELP)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar=words("MAPP", "DIR"))
@click.option(
    "--pupils", type=Pupils(), default="4000", show_default=True, metavar=words("ANTAL[,…]", "NUMBER[,…]"), help=PUPILS
)
@click.option("--municipalities", type=int, default=13, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--ss12000", is_flag=True, help=words("Skriv SS 12000 JSON också.", "Write SS 12000 JSON too."))
@click.option("--years", type=int, default=1, show_default=True, help=YEARS)
@click.option("--trouble", default="", metavar=words("NAMN,…", "NAME,…"), help=TROUBLE)
@click.option("--workers", type=click.IntRange(1, 8), default=1, show_default=True, help=WORKERS)
@click.option("--scenario", type=click.Path(path_type=Path), metavar=words("FIL", "FILE"), help=SCENARIO)
@click.option("--lessons/--no-lessons", default=True, help=LESSONS)
@click.pass_obj
def simulate(
    answer: Answer, folder: Path, pupils: tuple[int, ...], municipalities: int, seed: int, ss12000: bool, years: int,
    trouble: str, workers: int, scenario: Path | None, lessons: bool,
) -> None:  # fmt: skip
    """Write the region and say where it is."""
    size = asked_size(pupils, municipalities, seed)
    if not lessons:
        alone()
        give_terms(answer, folder, scenario_of(scenario), size.sizes, seed)
        return
    from pluginnovation.simulation import write_region

    from .simulate_figures import as_rows, figure_lines, lived_figures

    wanted = wanted_region(answer, size, years, trouble, workers)
    said = scenario_of(scenario)
    answer.note(f"Hittar på {size.pupils} elever …", f"Making up {size.pupils} pupils …")
    truth = write_region(folder, replace(wanted, json=ss12000, scenario=said))
    answer.note("Jämför med officiella siffror …", "Comparing with official figures …")
    figures = lived_figures(size.pupils, len(size.sizes), seed)
    files = {str(path.relative_to(folder)): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}
    helped = truth.helped
    assert helped is not None
    document = {
        "folder": str(folder),
        "simulated": True,
        "scenario": said.name,
        "pupils": size.pupils,
        "municipalities": len(size.sizes),
        "seed": seed,
        "events": helped.events,
        "effects": helped.effects.rows(named=True),
        "demo": truth.demo,
        "files": files,
        "figures": as_rows(truth.targets, figures),
    }
    heading = words(
        f"{len(files)} filer i {folder}, med {helped.events} händelser",
        f"{len(files)} files in {folder}, with {helped.events} events",
    )
    answer.give(document, [heading, *effect_lines(helped.effects), "", *figure_lines(truth.targets, figures)])
