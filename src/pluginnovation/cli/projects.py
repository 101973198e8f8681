"""`plug projects`: count what reports stand beside, and write published reports as documents for a hub."""

from datetime import UTC, date, datetime
from pathlib import Path

import click
import msgspec

from pluginnovation.records.refusals import Refusal

from .answers import Answer, Command, words
from .home import opened
from .moments import Day


@click.group("projects", help=words("Räkna för delprojekten, och skriv publicerade rapporter.",
                                    "Count for sub-projects, and write published reports."))  # fmt: skip
def projects() -> None:
    """The group: does nothing by itself."""


@projects.command(
    "count",
    cls=Command,
    help=words(
        "Räkna det som analyser, mål och rapporter jämförs med. Natten gör det också.",
        "Count what analyses, goals and reports are held against. The night does so too.",
    ),
)
@click.option("--as-of", type=Day(), help=words("Sista dagen; förvalt den senaste med lektioner.",
                                                "The last day; the newest with lessons."))  # fmt: skip
@click.pass_obj
def count(answer: Answer, as_of: date | None) -> None:
    """One count, and how much it was."""
    from .nightly import SWEDEN, newest_day
    from .projects_night import projects_tonight

    with opened(answer) as home:
        from pluginnovation.web.records.actions import opened_store

        at = datetime.now(UTC)
        with opened_store(home) as store:
            day = as_of or newest_day(store, at.astimezone(SWEDEN).date())
            done = projects_tonight(answer, store, day, at)
    said = words(
        f"{done['sub_projects']} delprojekt och {done['schools']} skolor har siffror för {day}.",
        f"{done['sub_projects']} sub-projects and {done['schools']} schools have figures for {day}.",
    )
    answer.give({"as_of": day, **done}, [said])


@projects.command(
    "read-published",
    cls=Command,
    help=words(
        "Läs publicerade siffror om kommun, region och rike ur ett svar från Kolada (v3), så att analyser visar dem.",
        "Read published figures of municipality, region and nation from an answer of Kolada's (v3).",
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--region", default="", help=words("Kommungruppen eller länet som visas som regionen; förvalt länet.",
                                                 "The group or county shown as the region."))  # fmt: skip
@click.option("--source", default="Kolada", help=words("Var de kommer ifrån.", "Where they come from."))
@click.pass_obj
def read_published(answer: Answer, file: Path, region: str, source: str) -> None:
    """One file, whole or not at all."""
    try:
        document = msgspec.json.decode(file.read_bytes())
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refusal(
            "published_not_readable", where=file.name, what=("Filen är inte JSON.", "The file isn't JSON."),
            todo=("Hämta den på nytt. Inget har ändrats.", "Fetch it anew. Nothing has changed."),
        ) from error  # fmt: skip
    with opened(answer):
        from pluginnovation.web.projects.published_read import take_in_published

        read = take_in_published(document, region=region, source=source, by=None, at=datetime.now(UTC))
    said = words(
        f"{len(read.rows)} siffror är inlästa. {read.skipped} rader gäller nyckeltal som inte visas.",
        f"{len(read.rows)} figures are read. {read.skipped} rows are of keys that aren't shown.",
    )
    answer.give({"figures": len(read.rows), "skipped": read.skipped, "taken_away": read.taken_away}, [said])


@projects.command(
    "published",
    cls=Command,
    help=words(
        "Skriv varje publicerad rapport som ett JSON-dokument i en mapp. De har inga uppgifter om personer.",
        "Write each published report as a JSON document in a folder. They hold nothing about persons.",
    ),
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def published(answer: Answer, folder: Path) -> None:
    """The documents, one file each."""
    with opened(answer):
        from pluginnovation.web.projects.published import published_documents

        documents = published_documents()
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        text = msgspec.json.format(msgspec.json.encode(document), indent=2)
        (folder / f"{document['key']}.json").write_bytes(text + b"\n")
    said = words(f"{len(documents)} rapporter i {folder}.", f"{len(documents)} reports in {folder}.")
    answer.give({"reports": [document["key"] for document in documents]}, [said])
