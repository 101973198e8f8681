"""The made-up lives hang together as real pupils' do: in the same direction, and about as strongly."""

from pathlib import Path

import pytest

from tests.reference.simulation.beside import FOLDERS, SHARED, Pair, pairs, table

missing = [name for name in FOLDERS if not (SHARED / name).is_dir()]
pytestmark = pytest.mark.skipif(bool(missing), reason=f"real pupils' data aren't in {SHARED.name}/: {missing}")


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], Pair]:
    every = list(pairs())
    return {(each.name, each.source): each for each in every} | {("table", ""): Pair(table(every), "", 0.0, 0.0)}


SAME_WAY = (
    ("leaving with results", "HSLS:09, maths test"),
    ("leaving with engagement", "HSLS:09; presence"),
    ("results with engagement", "HSLS:09; presence"),
    ("leaving with parents' position", "HSLS:09, SES"),
    ("absence with grades", "OULAD"),
    ("absence with grades", "two Portuguese schools"),
    ("absence, one term to the next", "OULAD, weeks without a click"),
)


@pytest.mark.parametrize("which", SAME_WAY, ids=" ".join)
def test_two_things_go_together_the_same_way_as_in_real_data(found, which):
    pair = found[which]
    assert pair.real * pair.made > 0
    assert abs(pair.made - pair.real) < 0.4, found["table", ""].name


@pytest.mark.parametrize(
    "name", ["leaving, lowest quarter of results to highest", "leaving, least engaged quarter to most"]
)
def test_those_worst_off_leave_some_times_as_often_as_those_best_off(found, name):
    pair = found[name, "HSLS:09"]
    assert 0.4 < pair.made / pair.real < 2.5, found["table", ""].name


@pytest.mark.parametrize("name", ["absence between classes", "grades between classes"])
def test_most_of_the_variance_lies_within_classes_yet_not_all_of_it(found, name):
    pair = found[name, "OULAD, modules"]
    assert 0.03 < pair.made < 0.25
    assert pair.real < 0.5


def test_the_documentation_tells_what_was_found(found):
    told = Path("docs/hooks/figures.py").read_text(encoding="utf-8")
    for pair in found.values():
        if pair.source:
            assert f"| {pair.name} | {pair.real:.2f} | {pair.made:.2f} | {pair.source} |" in told
