"""`plug hub`: the hub, beside a node or on its own."""

from importlib import import_module

import click

from .answers import words

# name: where it stands, and what it does. Imported when it is asked for.
COMMANDS = {
    "prepare": ("hub_prepare:prepare_hub", words("Gör i ordning hubbens databas, språk och roller.",
                                                 "Put the hub's database, languages and roles in order.")),
    "seed": ("hub_prepare:seed_hub", words("Lägg in sidorna som följer med.", "Put in the pages that come along.")),
    "serve": ("hub_serve:serve_hub", words("Starta hubbens webbserver.", "Start the hub's web server.")),
    "editors": ("hub_editors:editors", words("Hubbens skribenter, granskare och redaktörer.",
                                             "The hub's contributors, reviewers and editors.")),
    "nightly": ("hub_nightly:nightly_hub", words("Nattens arbete: påminn om granskning, ta bort anmälningar.",
                                                 "The night's work: remind of reviews, remove registrations.")),
    "experience": ("hub_experience:experience", words("Gör ett utkast av ett delprojekts erfarenhet.",
                                                      "Make a draft of a sub-project's experience.")),
    "estimates": ("hub_estimates:estimates", words("Ta emot skattningar.", "Receive estimates.")),
    "catalogue": ("hub_catalogue:catalogue", words("Metodkatalogen till noderna.", "The nodes' catalogue of methods.")),
    "check": ("hub_check:check_hub", words("Se efter döda länkar.", "Look for dead links.")),
}  # fmt: skip


class HubTree(click.Group):
    """A group whose commands are imported late; one whose module isn't in this version isn't listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order that a hub is made."""
        return [name for name in COMMANDS if self.get_command(ctx, name) is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 click calls it so
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        try:
            found: click.Command = getattr(import_module(f"{__package__}.{module}"), name)
        except ModuleNotFoundError as missing:
            if missing.name != f"{__package__}.{module}":
                raise
            return None
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help."""
        with formatter.section(words("Kommandon", "Commands")):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(
    "hub",
    cls=HubTree,
    help=words(
        "Kunskapshubben: en egen databas (plug_hub, eller HUB_DATABASE_URL) utan uppgifter om elever.",
        "The knowledge hub: a database of its own (plug_hub, or HUB_DATABASE_URL) with nothing about pupils.",
    ),
)
def hub() -> None:
    """The group: does nothing by itself."""
