"""The matrix of security requirements names tests and papers that exist, and leaves no requirement out."""

import ast
import csv
import re
from collections import Counter

import pytest

from tests.house.tree import ROOT, parsed

STATUSES = {"met", "partly", "not met", "not applicable"}
# How many requirements the standard has of levels 1 and 2 in each chapter, 1 to 17: 253 in all.
OF_A_CHAPTER = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7)
OF_LEVEL_3 = {"1.2.10", "2.3.5", "8.3.2", "14.2.6", "14.2.7", "14.2.8"}


def rows() -> list[dict[str, str]]:
    with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_requirement_of_levels_one_and_two_has_a_row_and_only_one():
    numbers = [row["number"] for row in rows()]
    assert len(numbers) == len(set(numbers))
    assert {row["number"] for row in rows() if row["level"] == "3"} == OF_LEVEL_3
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", number) for number in numbers)
    counted = Counter(int(row["number"].split(".")[0]) for row in rows() if row["level"] in ("1", "2"))
    assert tuple(counted[chapter] for chapter in range(1, 18)) == OF_A_CHAPTER
    assert Counter(row["level"] for row in rows()) == {"1": 70, "2": 183, "3": 6}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["number"])
def test_what_shows_it_exists(row):
    assert row["status"] in STATUSES
    assert row["what"]
    assert row["shown_by"] or row["reason"], "neither shown nor explained"
    assert row["status"] in ("met", "not applicable") or row["reason"], "what is lacking isn't said"
    for named in row["shown_by"].split():
        file, _, test = named.partition("::")
        assert (ROOT / file).is_file(), named
        if test:
            functions = {node.name for node in ast.walk(parsed(ROOT / file)) if isinstance(node, ast.FunctionDef)}
            assert test in functions, named
