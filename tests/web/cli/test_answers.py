"""What every command keeps to: help at once, one document, four ways to end."""

import json
import subprocess
import sys

import click
import pytest

from pluginnovation.cli.root import COMMANDS, main
from tests.web.cli.commands import own_home


@pytest.fixture(scope="module")
def home():
    with own_home() as own:
        yield own


def every_command() -> list[list[str]]:
    """The words of every command, those inside groups of groups too."""
    return [words for name in COMMANDS for words in inside([name], main.get_command(None, name))]


def inside(words: list[str], command: object) -> list[list[str]]:
    """A command's own words, or those of the commands of a group."""
    if not isinstance(command, click.Group):
        return [words]
    context = click.Context(command)
    return [
        each
        for name in command.list_commands(context)
        for each in inside([*words, name], command.get_command(context, name))
    ]


def test_help_comes_without_the_engines_and_without_django():
    heavy = "{'django', 'polars', 'duckdb', 'ibis', 'numpy', 'deltalake', 'psycopg', 'gunicorn'}"
    said = f"""
import sys
from pluginnovation.cli import main
try:
    main(["--help"])
except SystemExit:
    print({heavy} & set(sys.modules), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "set()"
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_has_help_and_takes_json(words, home):
    said = home.plug(*words, "--help")
    assert said.code == 0
    assert "--json" in said.out


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["records", "import"],
        ["signals", "run"],
        ["signals", "run", "--as-of", "yesterday"],
        ["simulate", "x", "--pupils", "many"],
        ["simulate", "x", "--pupils", "60,,40"],
        ["bench", "nonsense"],
    ],
)
def test_wrong_usage_ends_with_2_and_touches_nothing(words, home):
    said = home.plug(*words)
    assert said.code == 2
    assert not home.folder.exists()


def test_a_refusal_ends_with_3_and_says_what_to_do_also_in_json(tmp_path):
    (tmp_path / "lessons.csv").write_text("student_id\n1\n")
    with own_home() as own:
        said = own.plug("records", "import", str(tmp_path), "--source", "x", "--json")
        assert said.code == 3, said.err
        error = said.document["error"]
        assert {"code", "what", "todo"} <= set(error)
        assert error["what"] in said.err


def test_a_home_that_cannot_be_made_ends_with_4(tmp_path):
    (tmp_path / "file").write_text("")
    with own_home() as own:
        said = own.plug("records", "status", "--json", PLUG_HOME=str(tmp_path / "file" / "home"))
    assert said.code == 4
    assert said.document["error"]["code"] == "folder_not_writable"


def test_a_database_that_does_not_answer_ends_with_4():
    with own_home() as own:
        url = "postgresql://nobody@/plug?host=/no/such/folder"
        said = own.plug("records", "status", "--json", DATABASE_URL=url, PLUG_SECRET_KEY="x")
    assert said.code == 4
    assert said.document["error"]["code"] == "database_unreachable"


def test_with_database_url_a_missing_secret_ends_with_4_and_a_paragraph_of_help():
    with own_home() as own:
        said = own.plug("records", "status", DATABASE_URL="postgresql://nobody@/plug?host=/no/such/folder")
        assert said.code == 4
        assert "PLUG_SECRET_KEY" in said.err
        assert "openssl rand" in said.err
        assert "Traceback" not in said.err


def test_notes_go_to_standard_error_and_only_the_document_to_standard_output():
    with own_home() as own:
        said = own.plug("records", "status", "--json")
    assert json.loads(said.out) == {"tables": [], "held": []}
    assert "Putting the database's tables in order" in said.err


def test_the_command_speaks_swedish_unless_told_otherwise():
    with own_home() as own:
        assert "Kommandon" in own.plug("--help", PLUG_LANGUAGE="").out
        assert "Commands" in own.plug("--help", PLUG_LANGUAGE="en").out
