"""`plug hub experience`: a sub-project's report becomes a draft."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from pluginnovation.records.refusals import Refusal

from .answers import Answer, Command, words
from .hub_home import opened_hub


@click.command(
    "experience",
    cls=Command,
    help=words(
        "Gör ett utkast av ett delprojekts erfarenhet eller publicerade rapport (JSON). Siffror hämtas ur skattningar.",
        "Make a draft of a sub-project's experience or published report (JSON). Figures come from estimates.",
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def experience(answer: Answer, file: Path) -> None:
    """A draft under the list of experiences; somebody at the hub takes it on from there."""
    try:
        document = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        raise Refusal(
            "not_json",
            what=("Filen är inte JSON.", "The file is not JSON."),
            todo=("Se docs.", "See the docs."),
            where=file.name,
        ) from error
    with opened_hub(answer):
        from django.core.exceptions import ValidationError

        from pluginnovation.web.knowledge.experience import draft_of
        from pluginnovation.web.knowledge.reported import experience_in

        try:
            page = draft_of(experience_in(document), by=None, at=datetime.now(UTC))
        except ValidationError as error:
            said = "; ".join(error.messages)
            raise Refusal(
                "experience_refused", what=(said, said), todo=("Rätta texten.", "Mend the text."), where=file.name
            ) from error
        slug = str(page.slug)
    answer.give({"slug": slug}, [slug])
