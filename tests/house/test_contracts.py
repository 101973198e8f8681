"""The map's contracts hold, and each of them notices when it is broken."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, SRC

CLIMB = "Imports climb"
ORDER = "The web apps stand in the same order"
ENGINE = "Only the store opens the engine"

PLANTS = {
    "django in a pure stage": ("signals/planted.py", "import django", "Only the web knows Django"),
    "the database in a pure stage": ("records/planted.py", "import psycopg", "Only the web knows Django"),
    "signals import support": ("signals/planted.py", "import pluginnovation.support", CLIMB),
    "records import signals": ("records/planted.py", "import pluginnovation.signals", CLIMB),
    "privacy imports records": ("privacy/planted.py", "import pluginnovation.records.tables", CLIMB),
    "reference imports privacy": ("reference/planted.py", "import pluginnovation.privacy", CLIMB),
    "outcomes import the made-up region": ("outcomes/planted.py", "import pluginnovation.simulation", CLIMB),
    "records import the web": ("records/planted.py", "import pluginnovation.web.people", CLIMB),
    "the web imports the command": ("web/signals/planted.py", "import pluginnovation.cli", CLIMB),
    "a folder nobody placed": ("drawer/__init__.py", '"""Nobody placed it."""', CLIMB),
    "the engine opened in signals": ("signals/planted.py", "import duckdb", ENGINE),
    "the engine opened in a page": ("web/signals/planted.py", "import duckdb", ENGINE),
    "the second engine opened in signals": ("signals/planted.py", "import pyspark", ENGINE),
    "the second engine opened beside its file": ("records/planted.py", "import pyspark.sql", ENGINE),
    "the tables opened beside the store": ("records/planted.py", "import deltalake", ENGINE),
    "a web app imports one below it": ("web/people/planted.py", "import pluginnovation.web.signals", ORDER),
    "a page imports a later stage's": ("web/signals/planted.py", "import pluginnovation.web.support", ORDER),
    "a web app nobody placed": ("web/drawer/__init__.py", '"""Nobody placed it."""', ORDER),
    "the sealed fields' keys in a page": (
        "web/signals/planted.py",
        "import pluginnovation.web.people.sealed",
        "Sealed fields are opened beside their keys only",
    ),
    "the pseudonym key in a page": (
        "web/signals/planted.py",
        "import pluginnovation.privacy.pseudonyms",
        "Names become codes where records arrive, and nowhere else",
    ),
    "an app of pupils at the hub": (
        "web/knowledge/planted.py",
        "import pluginnovation.web.people.models",
        "The hub knows no app that knows pupils",
    ),
    "the hub's app at a node": (
        "web/sharing/planted.py",
        "import pluginnovation.web.knowledge.models",
        "A node knows the hub by its catalogue only",
    ),
    "models in the command": (
        "cli/planted.py",
        "import pluginnovation.web.people.models",
        "The command calls acts, never models or pages",
    ),
    "the truth in a page": (
        "web/signals/planted.py",
        "import pluginnovation.simulation.truth_effects",
        "What is true of the made-up region stays in the simulation",
    ),
    "the truth in the command": (
        "cli/planted.py",
        "import pluginnovation.simulation.worlds",
        "What is true of the made-up region stays in the simulation",
    ),
    "a node's table in the hub's settings": (
        "web/config/hub/planted.py",
        "import pluginnovation.web.support",
        "The hub knows no app that knows pupils",
    ),
    "django in the database's adaptor": (
        "web/config/postgres/planted.py",
        "import django.conf",
        "The database's adaptor starts before Django does",
    ),
}


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says about the tree in a folder."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, env={"PYTHONPATH": "src"}, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copied_tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(SRC, folder / "src" / SRC.name, ignore=shutil.ignore_patterns("__pycache__", "static", "templates"))
    return folder


def test_the_contracts_hold():
    said = contracts(ROOT)
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_violation_is_noticed(copied_tree, plant):
    path, line, contract = PLANTS[plant]
    planted = copied_tree / "src" / SRC.name / path
    made = [folder for folder in planted.parents if not folder.exists()]
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(f"{line}\n", encoding="utf-8")
    try:
        said = contracts(copied_tree)
    finally:
        planted.unlink()
        for folder in made:
            folder.rmdir()
    assert said.returncode == 1, said.stdout
    broken = [line for line in said.stdout.splitlines() if line.startswith(contract)]
    assert any("BROKEN" in line for line in broken), said.stdout
