"""`plug hub nightly`: what a hub does once a day."""

from datetime import UTC, datetime

import click

from .answers import Answer, Command, words
from .hub_home import opened_hub


@click.command(
    "nightly",
    cls=Command,
    help=words(
        "Publicera det som har fått en dag, påminn om sidor som ska granskas igen, och ta bort anmälningar 30 dagar"
        " efter träffen.",
        "Publish what was given a day, remind of pages to review again, and remove registrations 30 days after the"
        " event.",
    ),
)
@click.pass_obj
def nightly_hub(answer: Answer) -> None:
    """What was scheduled, reminders, disposal, and the catalogue for nodes. Run again, it tells nobody twice."""
    with opened_hub(answer) as home:
        from django.core.management import call_command

        from pluginnovation.web.knowledge.due import forget_registrations, remind
        from pluginnovation.web.knowledge.exporting import export_catalogue
        from pluginnovation.web.knowledge.receiving import pool_waiting

        at = datetime.now(UTC)
        # Before the catalogue: what two editors have set a day for is published, and what has had its time taken down.
        call_command("publish_scheduled")
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
