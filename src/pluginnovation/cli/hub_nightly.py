"""`plug hub nightly`: what a hub does once a day."""

from datetime import UTC, datetime

import click

from .answers import Answer, Command, words
from .hub_home import opened_hub


@click.command(
    "nightly",
    cls=Command,
    help=words(
        "Påminn om sidor som ska granskas igen, och ta bort anmälningar 30 dagar efter träffen.",
        "Remind of pages to review again, and remove registrations 30 days after the event.",
    ),
)
@click.pass_obj
def nightly_hub(answer: Answer) -> None:
    """Reminders, disposal, and the catalogue for nodes. May be run again: nobody is told twice of the same day."""
    with opened_hub(answer) as home:
        from pluginnovation.web.knowledge.due import forget_registrations, remind
        from pluginnovation.web.knowledge.exporting import export_catalogue
        from pluginnovation.web.knowledge.receiving import pool_waiting

        at = datetime.now(UTC)
        reminded, forgotten = remind(at=at), forget_registrations(at=at)
        # What a command that was cut short had received and not put together.
        pool_waiting(at=at)
        published = export_catalogue(home, at=at).catalogue.version
    document = {"due": reminded.pages, "told": reminded.told, "forgotten": forgotten, "catalogue": published}
    said = words(
        f"{reminded.pages} sidor att granska igen, {reminded.told} brev, {forgotten} anmälningar borttagna.",
        f"{reminded.pages} pages to review again, {reminded.told} mails, {forgotten} registrations removed.",
    )
    answer.give(document, [said])
