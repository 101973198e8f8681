"""`plug hub catalogue`: the methods as a signed file that nodes fetch."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from .answers import Answer, words
from .answers import Command as PlugCommand
from .hub_home import opened_hub


@click.group("catalogue", help=words("Metodkatalogen till noderna.", "The nodes' catalogue of methods."))
def catalogue() -> None:
    """The group: does nothing by itself."""


@catalogue.command(
    "export",
    cls=PlugCommand,
    help=words(
        "Ge ut katalogen: numrerad, underskriven, och där noderna hämtar den. Utan ändring händer inget.",
        "Publish the catalogue: numbered, signed, and where nodes fetch it. Without a change nothing happens.",
    ),
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help=words("Skriv den också hit.", "Write it here too.")
)
@click.pass_obj
def export(answer: Answer, out: Path | None) -> None:
    """Publish the catalogue, and say which key a node is to trust."""
    with opened_hub(answer) as home:
        from pluginnovation.web.knowledge.exporting import export_catalogue

        done = export_catalogue(home, at=datetime.now(UTC))
        if out is not None:
            shutil.copyfile(done.path, out)
    found = done.catalogue
    withdrawn = len(found.methods) - len(found.current)
    document = {
        "version": found.version, "methods": len(found.methods), "withdrawn": withdrawn, "unchanged": done.unchanged,
        "key": done.key, "file": out or done.path,
    }  # fmt: skip
    standing = words("Ingen ändring. ", "No change. ") if done.unchanged else ""
    answer.give(
        document,
        [
            standing + words(
                f"Katalog {found.version}: {len(found.methods)} metoder, {withdrawn} återkallade.",
                f"Catalogue {found.version}: {len(found.methods)} methods, {withdrawn} withdrawn.",
            ),
            words(f"Nodernas PLUG_HUB_KEY: {done.key}", f"The nodes' PLUG_HUB_KEY: {done.key}"),
        ],
    )  # fmt: skip
