"""The command's tree. Each command is imported when it is asked for, so that help comes at once."""

from importlib import import_module

import click

from .answers import words

# name: where it stands, and what it does
COMMANDS = {
    "up": ("up:up", words("Starta allt: hem, databas, demoregion första gången, webbserver.",
                          "Start everything: home, database, the demo region the first time, the web server.")),
    "simulate": ("simulate:simulate", words("Skriv en påhittad region som filer.", "Write a made-up region as files.")),
    "records": ("records:records", words("Läs in uppgifter, och se vad som har lästs in.",
                                         "Read records in, and see what has been read in.")),
    "signals": ("signals:signals", words("Räkna signaler, och lista dem.", "Compute signals, and list them.")),
    "evidence": ("evidence:evidence", words("Lås planer, och svara på vad hjälpen ändrade.",
                                            "Lock plans, and answer what the help changed.")),
    "projects": ("projects:projects", words("Räkna för delprojekten, och skriv publicerade rapporter.",
                                            "Count for sub-projects, and write published reports.")),
    "people": ("people:people", words("Vägar in för personal.", "Ways in for staff.")),
    "protection": ("protection:protection", words("Gallring, och avvikelser bland besöken.",
                                                  "Disposal, and anomalies in visits.")),
    "methods": ("methods:methods", words("Hubbens metodkatalog på noden: hämta, lista.",
                                           "The hub's catalogue of methods at this node: fetch, list.")),
    "nightly": ("nightly:nightly", words("Nattens arbete: sammanställ, signaler, städa.",
                                         "The night's work: roll up, signals, tidy.")),
    "hub": ("hub:hub", words("Kunskapshubben: gör i ordning, servera, skribenter.",
                             "The knowledge hub: prepare, serve, contributors.")),
    "doctor": ("doctor:doctor", words("Vad är fel med installationen, och vad gör man åt det?",
                                      "What is wrong with this installation, and what to do about it?")),
    "roles": ("roles:roles", words("Skriv ut SQL som gör rollerna i en egen PostgreSQL.",
                                   "Print the SQL that makes the roles in a PostgreSQL of your own.")),
    "keys": ("keys:keys", words("Nycklarna till förseglade fält, och en ny.",
                                "The keys to sealed fields, and a new one.")),
    "bench": ("bench:bench", words("Mät de hastigheter som utlovas.", "Measure the speeds that are promised.")),
}  # fmt: skip


class Tree(click.Group):
    """A group whose commands are imported late."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the day, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        found: click.Command = getattr(import_module(f"{__package__}.{module}"), name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without importing anything."""
        with formatter.section(words("Kommandon", "Commands")):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.command(
    cls=Tree,
    help=words(
        "PlugInnovation: från uppgifter till signaler till stöd. Allt ligger i PLUG_HOME (förvalt ./var).",
        "PlugInnovation: from records to signals to support. Everything lives in PLUG_HOME (./var unless said).",
    ),
)
@click.version_option(package_name="pluginnovation")
def main() -> None:
    """The root: does nothing by itself."""
