"""`plug simulate`: a made-up region as files, with its truth beside."""

from dataclasses import replace
from pathlib import Path

import click

from .answers import Answer, Command, words
from .simulate_region import TROUBLE, WORKERS, YEARS, wanted_region
from .simulate_scenario import OPTION, Size, give_scenario

HELP = words(
    "Skriv en påhittad region i MAPP: csv, med --ss12000 också SS 12000 JSON, och facit i truth/.",
    "Write a made-up region in DIR: csv, with --ss12000 SS 12000 JSON too, and what is true in truth/.",
)


@click.command("simulate", cls=Command, help=HELP)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar=words("MAPP", "DIR"))
@click.option("--pupils", type=click.IntRange(1), default=4000, show_default=True)
@click.option("--municipalities", type=click.IntRange(1), default=13, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@click.option("--ss12000/--no-ss12000", default=True, help=words("Skriv JSON också.", "Write JSON too."))
@click.option("--years", type=int, default=1, show_default=True, help=YEARS)
@click.option("--trouble", default="", metavar=words("NAMN,…", "NAME,…"), help=TROUBLE)
@click.option("--workers", type=click.IntRange(1, 8), default=1, show_default=True, help=WORKERS)
@click.option("--scenario", type=click.Path(path_type=Path), metavar=words("FIL", "FILE"), help=OPTION)
@click.pass_obj
def simulate(
    answer: Answer, folder: Path, pupils: int, municipalities: int, seed: int, ss12000: bool, years: int, trouble: str,
    workers: int, scenario: Path | None,
) -> None:  # fmt: skip
    """Write the region and say where it is."""
    if scenario:
        give_scenario(answer, folder, scenario, Size(pupils, municipalities, seed))
        return
    from pluginnovation.simulation import write_region

    from .simulate_figures import as_rows, figure_lines, lived_figures

    answer.note(f"Hittar på {pupils} elever …", f"Making up {pupils} pupils …")
    wanted = wanted_region(answer, (pupils, municipalities, seed), years, trouble, workers)
    truth = write_region(folder, replace(wanted, json=ss12000))
    answer.note("Jämför med officiella siffror …", "Comparing with official figures …")
    figures = lived_figures(pupils, municipalities, seed)
    files = {str(path.relative_to(folder)): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}
    document = {
        "folder": str(folder),
        "simulated": True,
        "pupils": pupils,
        "municipalities": municipalities,
        "seed": seed,
        "demo": truth.demo,
        "files": files,
        "figures": as_rows(truth.targets, figures),
    }
    lines = [words(f"{len(files)} filer i {folder}", f"{len(files)} files in {folder}"), ""]
    answer.give(document, lines + figure_lines(truth.targets, figures))
