"""`plug hub prepare` and `plug hub seed`: what must be there before the hub's first page."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from pluginnovation.web.config.hub.demo import is_demo
from pluginnovation.web.config.static import collect_static

from .answers import Answer, Command, words
from .hub_home import opened_hub


@click.command(
    "prepare",
    cls=Command,
    help=words(
        "Gör i ordning hubben: databas, språk, roller, arbetsflöde och sidorna som följer med. Får köras igen.",
        "Put the hub in order: database, languages, roles, workflow and the pages that come along. May be run again.",
    ),
)
@click.option("--empty", is_flag=True, help=words("Utan sidorna som följer med.", "Without the pages that come along."))
@click.pass_obj
def prepare_hub(answer: Answer, empty: bool) -> None:
    """Everything that must be there before the first page."""
    with opened_hub(answer) as home:
        from pluginnovation.web.knowledge.arranging import arrange
        from pluginnovation.web.knowledge.editors.actions import make_demo_editors

        arrange()
        if collect_static(home / "hub" / "static"):
            answer.note("Hubbens stilmall är samlad.", "The hub's style is collected.")
        if is_demo():
            make_demo_editors(at=datetime.now(UTC))
        done = 0 if empty else _seed()
        if is_demo():
            from pluginnovation.web.knowledge.demo_draft import make_demo_draft

            make_demo_draft(at=datetime.now(UTC))
        if is_demo() and not empty:
            from pluginnovation.web.knowledge.demo_estimates import make_demo_estimates

            make_demo_estimates(at=datetime.now(UTC))
        _export(home)
    answer.note("Hubben är i ordning.", "The hub is in order.")
    answer.give({"prepared": True, "pages": done}, [words("Klart.", "Done.")])


@click.command(
    "seed",
    cls=Command,
    help=words(
        "Lägg in metoder, forskning, guider och exempel som följer med. Sidor som någon har ändrat lämnas.",
        "Put in the methods, research, guides and examples that come along. Pages that somebody changed are left.",
    ),
)
@click.pass_obj
def seed_hub(answer: Answer) -> None:
    """The pages that come along."""
    with opened_hub(answer):
        done = _seed()
    answer.give({"pages": done}, [words(f"{done} sidor.", f"{done} pages.")])


def _seed() -> int:
    from pluginnovation.web.knowledge.seeding import seed

    return int(seed(at=datetime.now(UTC)) or 0)


def _export(home: Path) -> None:
    """The catalogue for nodes, so that one beside this hub has its methods from the first minute."""
    from pluginnovation.web.knowledge.exporting import export_catalogue

    export_catalogue(home, at=datetime.now(UTC))


if __name__ == "__main__":
    sys.exit(prepare_hub(sys.argv[1:]))
