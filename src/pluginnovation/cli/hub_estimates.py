"""`plug hub estimates`: what nodes tell of their results, taken in and put together at once."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from pluginnovation.records.refusals import Refusal

from .answers import Answer, Command, words
from .hub_home import opened_hub

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
MOST_BYTES = 20_000_000


@click.group("estimates", help=words("Skattningar från noderna.", "Estimates from the nodes."))
def estimates() -> None:
    """The group: does nothing by itself."""


@estimates.command(
    "receive",
    cls=Command,
    help=words(
        "Ta emot en fil med en skattning eller en lista. Alla tas emot, eller ingen; sidorna visar dem med en gång.",
        "Receive a file with one estimate or a list. All are taken in, or none; the pages show them at once.",
    ),
)
@click.argument("file", type=FILE)
@click.pass_obj
def receive_file(answer: Answer, file: Path) -> None:
    """Take in estimates, then put together what waits."""
    raws = documents_in(file)
    with opened_hub(answer) as home:
        from pluginnovation.web.knowledge.receiving import receive

        got = receive(raws, by="plug hub estimates receive", at=datetime.now(UTC))
        changed = _pooled(answer, home)
    document = {"new": got.new, "replaced": got.replaced, "same": got.same, "changed": list(changed)}
    said = words(
        f"{got.new} nya, {got.replaced} ersatta, {got.same} fanns redan.",
        f"{got.new} new, {got.replaced} replaced, {got.same} were here already.",
    )
    answer.give(document, [said, *(f"  {method}" for method in changed)])


@estimates.command(
    "pool",
    cls=Command,
    help=words(
        "Väg ihop det som väntar, till exempel efter ett avbrott.", "Put together what waits, after an interruption."
    ),
)
@click.pass_obj
def pool_waiting_ones(answer: Answer) -> None:
    """Put together what waits."""
    with opened_hub(answer) as home:
        changed = _pooled(answer, home)
    answer.give({"changed": list(changed)}, list(changed) or [words("Inget väntar.", "Nothing waits.")])


def documents_in(file: Path) -> list[bytes]:
    """Each estimate of a file by itself.

    Raises  Refusal 'estimate_not_readable', 'file_too_large'
    """
    if file.stat().st_size > MOST_BYTES:
        raise Refusal(
            "file_too_large",
            what=("Filen är för stor.", "The file is too large."),
            todo=("Skicka färre skattningar i taget.", "Send fewer estimates at a time."),
            where=file.name,
        )
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refusal(
            "estimate_not_readable",
            what=("Filen är inte JSON.", "The file is not JSON."),
            todo=("Be noden skicka om filen.", "Ask the node to send the file again."),
            where=file.name,
        ) from error
    return [json.dumps(each).encode() for each in (found if isinstance(found, list) else [found])]


def _pooled(answer: Answer, home: Path) -> tuple[str, ...]:
    """Put together what waits; when that changed anything, nodes fetch a new catalogue."""
    from pluginnovation.web.knowledge.exporting import export_catalogue
    from pluginnovation.web.knowledge.receiving import pool_waiting

    with answer.busy("Väger ihop det som väntar", "Putting together what waits"):
        changed = pool_waiting(at=datetime.now(UTC))
        if changed:
            export_catalogue(home, at=datetime.now(UTC))
    return changed
