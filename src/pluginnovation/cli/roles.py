"""`plug roles`: the database roles as a script, for a PostgreSQL that isn't the home's own."""

import click

from pluginnovation.web.config.postgres.script import roles_script

from .answers import Answer, Command, words

HELP = words(
    "Skriv ut ett SQL-skript som gör databasens tre roller, för en egen PostgreSQL (DATABASE_URL). Ändrar inget.",
    "Print a script of SQL that makes the three roles, for a PostgreSQL of your own (DATABASE_URL). Changes nothing.",
)


@click.command("roles", cls=Command, help=HELP)
@click.option(
    "--hub", is_flag=True, help=words("Hubbens roller (HUB_DATABASE_URL).", "The hub's roles (HUB_DATABASE_URL).")
)
@click.pass_obj
def roles(answer: Answer, hub: bool) -> None:
    """The script."""
    script = roles_script(hub=hub)
    answer.give({"sql": script}, [script.rstrip()])
