"""The whole platform on one page, run from end to end."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from pluginnovation.flow import Day, one_day
from pluginnovation.privacy.pseudonyms import pseudonymiser
from pluginnovation.simulation import SOURCE, simulate

AS_OF, WINDOW_OPENS = date(2025, 12, 5), date(2025, 11, 8)
AT = datetime(2025, 12, 6, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    folder = tmp_path_factory.mktemp("region") / "files"
    return folder, simulate(folder, pupils=600, municipalities=2, seed=7)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def day(region, home) -> Day:
    return one_day(region[0], named=SOURCE, home=home, as_of=AS_OF, at=AT)


def test_files_become_signals_with_reasons(day):
    assert day.arrived.status == "done"
    assert day.known > 0
    assert day.noticed
    assert all(1 <= each.level <= 3 and each.why.count(". ") <= 1 for each in day.noticed)


def test_who_was_made_to_miss_school_is_noticed(day, region, home):
    _, truth = region
    long = truth.pupils.filter(
        pl.col("story") == "long",
        pl.col("from_date") <= WINDOW_OPENS,
        pl.col("until_date").is_null() | (pl.col("until_date") >= AS_OF),
    )
    codes = {pseudonymiser(home).code(SOURCE, person) for person in long["person_id"]}
    noticed = {each.pupil for each in day.noticed}
    assert codes
    assert codes <= noticed


def test_a_schools_count_is_the_number_of_its_pupils_who_are_noticed(day):
    schools = [each for each in day.shared if each.kind == "school" and each.signal == "absence_28d"]
    noticed = [each for each in day.noticed if each.signal == "absence_28d"]
    assert sum(each.raised for each in schools) == len(noticed)
    assert all(each.raised <= each.known for each in day.shared)
    assert any(each.kind == "class" for each in day.shared)


def test_nobody_protected_is_among_them(day, region, home):
    _, truth = region
    codes = {pseudonymiser(home).code(SOURCE, person) for person in truth.protected["person_id"]}
    assert codes
    assert not codes & {each.pupil for each in day.noticed}
    assert sum(resource.refused_protected for resource in day.arrived.resources) > 0


def test_the_same_files_again_change_nothing(day, region, home):
    again = one_day(region[0], named=SOURCE, home=home, as_of=AS_OF, at=AT.replace(hour=6))
    assert again.arrived.status == "unchanged"
    assert replace(again, arrived=day.arrived) == day


def test_the_order_of_the_rows_decides_nothing(day, region, tmp_path):
    source = tmp_path / "shuffled"
    source.mkdir()
    for path in region[0].iterdir():
        if path.suffix == ".csv":
            header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
            random.Random(1).shuffle(rows)
            (source / path.name).write_text(header + "".join(rows), encoding="utf-8")
        elif path.is_file():
            (source / path.name).write_bytes(path.read_bytes())
    other = one_day(source, named=SOURCE, home=tmp_path / "home", as_of=AS_OF, at=AT)
    shape = [(each.signal, each.level, each.why) for each in day.noticed]
    assert sorted(shape) == sorted((each.signal, each.level, each.why) for each in other.noticed)
