"""A region of any size: who makes it and what stands beside a municipality changes none of its bytes."""

import re
from dataclasses import replace

import polars as pl
import pytest

from pluginnovation.records.refusals import Refusal
from pluginnovation.simulation import Wanted, make_world, simulate, write_region
from pluginnovation.simulation.lesson_work import write_columns
from pluginnovation.simulation.lessons import Totals, lesson_frames
from pluginnovation.simulation.places import MUNICIPALITIES
from pluginnovation.simulation.world import world_of
from tests.unit.simulation.test_files import fingerprints

SIZES = (150, 90, 60)
OF_THE_THIRD = re.compile(r"(^|,)(g-|m-)?[fhkpstv]03")


@pytest.fixture(scope="module")
def two_and_three(tmp_path_factory):
    """The same region with two municipalities and with a third one beside them."""
    folders = []
    for sizes in (SIZES[:2], SIZES):
        folders.append(tmp_path_factory.mktemp("sizes") / "region")
        write_region(folders[-1], Wanted(sizes, seed=5))
    return folders


@pytest.mark.parametrize("workers", [2, 3])
def test_the_bytes_are_the_same_whatever_the_number_of_workers(two_and_three, tmp_path, workers):
    told = []
    wanted = Wanted(SIZES, seed=5, workers=workers, progress=lambda done, of: told.append((done, of)))
    write_region(tmp_path / "again", wanted)

    assert fingerprints(tmp_path / "again") == fingerprints(two_and_three[1])
    assert told == sorted(told)
    assert told[-1] == (300, 300)


def test_another_municipality_leaves_the_rows_of_the_others_as_they_were(two_and_three):
    fewer, more = two_and_three
    files = sorted(path.name for path in fewer.glob("*.csv"))
    assert "lessons.csv" in files
    for name in files:
        before = (fewer / name).read_text(encoding="utf-8").splitlines()
        after = (more / name).read_text(encoding="utf-8").splitlines()
        assert [line for line in after if not OF_THE_THIRD.search(line)] == before, name


def test_the_third_municipality_has_rows_of_its_own(two_and_three):
    lines = (two_and_three[1] / "lessons.csv").read_text(encoding="utf-8").splitlines()
    assert sum(bool(OF_THE_THIRD.search(line)) for line in lines) > 60 * 900


def test_municipalities_have_the_sizes_that_were_asked_for(two_and_three):
    pupils = pl.read_csv(two_and_three[1] / "enrolments.csv", columns=["person_id"])["person_id"].unique()
    assert pupils.str.slice(1, 2).value_counts().sort("person_id").rows() == [("01", 150), ("02", 90), ("03", 60)]


def test_there_are_290_municipalities_with_names_codes_and_ids_of_their_own():
    assert len(MUNICIPALITIES) == 290
    for column in ("name", "code", "key", "authority"):
        assert len({getattr(each, column) for each in MUNICIPALITIES}) == 290
    assert all(re.fullmatch(r"9[789]\d\d", each.code) for each in MUNICIPALITIES)


def test_every_municipality_can_be_made_at_once():
    world = make_world(pupils=290 * 12, municipalities=290, seed=2)

    assert len(set(world.pupils.id.tolist())) == 290 * 12
    assert len({each.id for each in world.region.schools}) == len(world.region.schools)
    assert {each.school.municipality.no for each in world.region.classes} == set(range(1, 291))


@pytest.mark.parametrize(
    ("sizes", "seed", "code"),
    [
        ((), 1, "simulation_municipalities"),
        ((20,) * 291, 1, "simulation_municipalities"),
        ((20, 0), 1, "simulation_pupils"),
        ((20, -5), 1, "simulation_pupils"),
        ((20,), -1, "simulation_seed"),
    ],
)
def test_sizes_that_make_no_region_are_refused(tmp_path, sizes, seed, code):
    with pytest.raises(Refusal) as refusal:
        write_region(tmp_path / "out", Wanted(sizes, seed))

    assert refusal.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_breaks_leaves_nothing_behind(tmp_path):
    def full(*_):
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_region(tmp_path / "out", Wanted(SIZES, seed=5, workers=2, progress=full))
    assert list(tmp_path.iterdir()) == []


def test_columns_hold_the_same_lessons_as_the_text(two_and_three, tmp_path):
    world, wanted = world_of(SIZES, 5), Wanted(SIZES, 5)
    rows = write_columns(world, wanted, tmp_path)

    columns = pl.concat([pl.read_ipc(path) for path in sorted(tmp_path.glob("*.arrow"))])
    text = pl.read_csv(two_and_three[1] / "lessons.csv", try_parse_dates=True)
    assert rows == len(columns) == len(text)
    same = ["student_id", "activity_id", "date", "offered_minutes", "is_reported", "late_minutes"]
    assert columns.select(same).equals(text.select(same).cast(columns.select(same).schema))


def test_lessons_come_school_by_school_and_not_all_at_once():
    world = world_of((600, 200), 3)
    frames = [len(frame) for frame in lesson_frames(world, Totals.empty(800))]

    assert len(frames) == len(world.region.schools) > 2
    assert max(frames) < sum(frames) * 0.7


def test_the_first_run_over_thirteen_is_the_sharing_out_of_the_sizes(tmp_path):
    simulate(tmp_path / "shared", pupils=100, municipalities=2, seed=4)
    world = make_world(pupils=100, municipalities=2, seed=4)
    sizes = [sum(each.size for each in world.region.classes_of(of)) for of in world.region.municipalities]
    write_region(tmp_path / "sized", replace(Wanted((), 4), sizes=tuple(sizes)))

    assert fingerprints(tmp_path / "shared") == fingerprints(tmp_path / "sized")
