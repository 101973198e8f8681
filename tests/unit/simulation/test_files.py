"""What is written is exactly what the records format asks for, every time the same."""

import hashlib
import json

import polars as pl
import pytest

from pluginnovation.records.refusals import Refusal
from pluginnovation.records.tables import FILES, csv_columns
from pluginnovation.reference.code_lists import CODE_LISTS
from pluginnovation.simulation import region_files, simulate

WRITTEN = sorted(set(FILES) - {"attendance_sums"})


def fingerprints(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes(small, tmp_path):
    again = tmp_path / "again"
    simulate(again, pupils=400, municipalities=13, seed=7, json=True)

    assert fingerprints(again) == fingerprints(small.folder)


def test_another_seed_gives_another_region(small, tmp_path):
    other = tmp_path / "other"
    simulate(other, pupils=400, municipalities=13, seed=8)

    ours, theirs = fingerprints(small.folder), fingerprints(other)
    assert all(ours[f"{name}.csv"] != theirs[f"{name}.csv"] for name in ("persons", "lessons", "grades"))


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_has_the_columns_of_the_format_and_its_stars_are_filled(small, name):
    columns = csv_columns(FILES[name])
    table = small.table(name)

    assert set(table.columns) == {column.csv for column in columns}
    starred = [column.csv for column in columns if column.required]
    assert table.select(pl.col(starred).null_count()).row(0) == (0,) * len(starred)


@pytest.mark.parametrize("name", WRITTEN)
def test_no_key_comes_twice(small, name):
    by_name = {column.name: column.csv for column in csv_columns(FILES[name])}
    key = [by_name[column] for column in FILES[name].key]
    assert small.table(name).select(key).is_duplicated().sum() == 0


@pytest.mark.parametrize("name", WRITTEN)
def test_codes_come_from_the_code_lists(small, name):
    table = small.table(name)
    for column in csv_columns(FILES[name]):
        if column.words and column.words != "school_types":
            assert set(table[column.csv].drop_nulls()) <= set(CODE_LISTS[column.words])


REFERS = [
    (table.file, column.csv, column.refers)
    for table in FILES.values()
    for column in csv_columns(table)
    if column.refers and table.file in WRITTEN
]


@pytest.mark.parametrize(("name", "column", "refers"), REFERS, ids=str)
def test_every_reference_leads_somewhere(small, name, column, refers):
    ids = set(small.table(refers)["id"])
    assert set(small.table(name)[column].drop_nulls()) <= ids


def test_nothing_ends_before_it_begins(small):
    for name in ("enrolments", "memberships", "duties", "calendars"):
        table = small.table(name)
        assert not (table["end_date"] < table["start_date"]).any()


def test_there_are_as_many_pupils_as_asked_for(small):
    enrolled = small.table("enrolments")["person_id"].n_unique()
    assert enrolled == 400


def test_the_marker_says_that_it_is_made_up(small):
    for folder in (small.folder, small.folder / "ss12000"):
        marker = json.loads((folder / "simulation.json").read_text(encoding="utf-8"))
        assert marker["simulated"] is True
        assert marker["source"] == "pahittad-region"


def test_the_marker_names_the_people_of_the_demo_and_they_have_those_duties(small):
    demo = json.loads((small.folder / "simulation.json").read_text(encoding="utf-8"))["demo"]
    duties = small.table("duties")

    assert ("Rektor", demo["school"]) in duties.filter(person_id=demo["principal"]).select(
        "duty_role", "organisation_id"
    ).rows()
    mentor = duties.filter(person_id=demo["mentor"], group_id=demo["group"], assignment_type="Mentor")
    assert len(mentor) == 1


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ({"pupils": 0, "municipalities": 13, "seed": 1}, "simulation_pupils"),
        ({"pupils": 4, "municipalities": 1, "seed": 1}, "simulation_pupils"),
        ({"pupils": 400, "municipalities": 0, "seed": 1}, "simulation_municipalities"),
        ({"pupils": 400, "municipalities": 291, "seed": 1}, "simulation_municipalities"),
        ({"pupils": 400, "municipalities": 13, "seed": -1}, "simulation_seed"),
    ],
)
def test_numbers_that_make_no_region_are_refused_and_nothing_is_written(tmp_path, numbers, code):
    with pytest.raises(Refusal) as refusal:
        simulate(tmp_path / "out", **numbers)

    assert refusal.value.code == code
    assert refusal.value.where.startswith("--")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("pupils", "municipalities"), [(5, 1), (30, 1), (65, 13), (120, 13)])
def test_the_smallest_regions_hold_together(tmp_path, pupils, municipalities):
    truth = simulate(tmp_path / "out", pupils=pupils, municipalities=municipalities, seed=3)
    assert len(truth.shares) == pupils


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Refusal) as refusal:
        simulate(tmp_path, pupils=30, municipalities=1, seed=1)

    assert refusal.value.code == "simulation_folder_taken"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_earlier_simulation_is_replaced_as_a_whole(tmp_path):
    out = tmp_path / "out"
    simulate(out, pupils=30, municipalities=1, seed=1, json=True)
    simulate(out, pupils=30, municipalities=1, seed=2)

    assert not (out / "ss12000").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_simulation_that_breaks_halfway_leaves_the_earlier_one(tmp_path, monkeypatch):
    out = tmp_path / "out"
    simulate(out, pupils=30, municipalities=1, seed=1)
    before = fingerprints(out)

    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(region_files, "registers", full)
    with pytest.raises(OSError, match="No space left"):
        simulate(out, pupils=30, municipalities=1, seed=2)

    assert fingerprints(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
