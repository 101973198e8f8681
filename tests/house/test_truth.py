"""What is true about the made-up region is written for tests and calibration; the product never reads it."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.tree import ROOT, SRC, parsed, sources

# They write the folder. Nobody else may name it, or anything in it.
WRITERS = {
    "simulation/region_files.py",
    "simulation/scenario_files.py",
    "simulation/scenario_region.py",
    "simulation/truth.py",
    "simulation/trouble.py",
}
NAMES = re.compile(r"\btruth\b|individual_effects|kept_by_help|accountable\.csv")
# Sentences for people may speak of it; a path is no sentence.
SENTENCE = re.compile(r"\w \w+ \w")


def told(tree: ast.Module) -> Iterator[str]:
    """Every text in a module that isn't a docstring."""
    with_docstring = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, with_docstring)
                  and node.body and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def named(tree: ast.Module) -> list[str]:
    """The texts of a module that could be a path into the folder."""
    return [text for text in told(tree) if NAMES.search(text) and not SENTENCE.search(text)]


def test_nobody_but_its_writers_names_the_folder():
    assert {str(path.relative_to(SRC)) for path in sources() if named(parsed(path))} == WRITERS


@pytest.mark.parametrize(
    ("line", "noticed"),
    [
        ('pl.read_csv(folder / "truth" / "causes.csv")', True),
        ('pl.scan_csv(f"{folder}/truth/*.csv")', True),
        ("for path in folder.glob('truth/*'): ...", True),
        ('effects = "individual_effects.csv"', True),
        ('HELP = "Writes what is the truth about the region too."', False),
        ('"""Reads truth/causes.csv."""', False),
    ],
)
def test_a_planted_reader_is_noticed(line, noticed):
    assert bool(named(ast.parse(line))) is noticed


def test_what_an_installation_runs_beside_the_product_does_not_name_it_either():
    scripts = [path for path in (ROOT / "deploy").rglob("*") if path.is_file()]
    assert scripts
    assert not [str(path.relative_to(ROOT)) for path in scripts if NAMES.search(path.read_text(encoding="utf-8"))]
