"""The page of the command: the help that it prints itself, in English."""

import os

import click

# The language is read when the command is imported.
os.environ["PLUG_LANGUAGE"] = "en"

from pluginnovation.cli import main

OPENING = """\
# The command

`--json` on any command gives one JSON document on standard output; progress and notes go to standard error. The command
speaks Swedish, or English with `PLUG_LANGUAGE=en`.

| exit code | means |
|---|---|
| 0 | done |
| 1 | a bug |
| 2 | wrong usage |
| 3 | input refused; nothing was changed |
| 4 | something is missing: a server, a permission, disk |
"""


def command_page() -> str:
    """Every command with its help."""
    return "\n".join([OPENING, *helps(main, click.Context(main, info_name="plug"))])


def helps(command: click.Command, context: click.Context) -> list[str]:
    """The help of a command and of those under it."""
    said = [f"## `{context.command_path}`", "", "```text", command.get_help(context), "```", ""]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            if under:
                said += helps(under, click.Context(under, info_name=name, parent=context))
    return said
