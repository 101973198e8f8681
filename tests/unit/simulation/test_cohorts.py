"""The pupils of the files are those of the lives: who is there, what they miss, their grades and what came after."""

from dataclasses import fields, replace

import numpy as np
import polars as pl
import pytest

from pluginnovation.simulation import Wanted, write_region
from pluginnovation.simulation.cohorts import AUTUMN, make_cohorts
from pluginnovation.simulation.lessons import Totals, school_lessons
from pluginnovation.simulation.lives.levels import EN, MA, NONE
from pluginnovation.simulation.registers import registers
from pluginnovation.simulation.scenario_ordinary import ordinary_help
from pluginnovation.simulation.staff import hire
from pluginnovation.simulation.stretches import stretches
from pluginnovation.simulation.traits import missed
from pluginnovation.simulation.world import world_of
from tests.unit.simulation.test_files import fingerprints

SIZES = (420, 160, 30)


@pytest.fixture(scope="module")
def world():
    return world_of(SIZES, 4)


@pytest.fixture(scope="module")
def tables(world):
    return registers(world, hire(world))


def test_lives_without_help_are_lived_again_exactly():
    cohorts = make_cohorts(SIZES, 4)
    again = cohorts.live()
    for each in fields(again):
        ours, theirs = getattr(cohorts.lives, each.name), getattr(again, each.name)
        if isinstance(ours, dict):
            assert all(np.array_equal(ours[name], theirs[name]) for name in ours)
        else:
            same = theirs.astype(ours.dtype)
            assert np.array_equal(ours, same, equal_nan=ours.dtype.kind == "f"), each.name


def test_exactly_as_many_are_in_school_as_were_asked_for():
    cohorts = make_cohorts(SIZES, 4)
    lives = cohorts.lives
    there = cohorts.at(AUTUMN, lives.attended, False) | cohorts.at(AUTUMN + 1, lives.attended, False)
    assert np.bincount(cohorts.people.municipality[there])[1:].tolist() == list(SIZES)
    assert len(set(cohorts.id.tolist())) == len(cohorts)


def test_another_municipality_changes_nobody():
    fewer, more = make_cohorts(SIZES[:2], 4), make_cohorts(SIZES, 4)
    size = len(fewer)
    assert np.array_equal(fewer.id, more.id[:size])
    assert np.array_equal(fewer.lives.status, more.lives.status[:, :size])
    assert np.array_equal(fewer.home, more.home[:size])


def test_what_is_missed_in_the_lessons_is_what_the_life_missed(world):
    totals = Totals.empty(len(world.pupils))
    for school in world.region.schools:
        school_lessons(world, school.no, totals)
    life = missed(world.cohorts, AUTUMN)[world.pupils.person]
    plain = (world.traits.story == 0) & (totals.reported > 0) & (world.pupils.class_no > 2)
    gone = [each.pupil for each in world.roster.happenings]
    plain[gone] = False
    assert plain.sum() > 300
    assert np.corrcoef(life[plain], totals.share[plain])[0, 1] > 0.95
    assert totals.share[plain].mean() == pytest.approx(life[plain].mean(), abs=0.02)


def test_final_grades_are_those_of_the_lives(world, tables):
    final = tables["grades"].filter(pl.col("kind") == "final", pl.col("course_code").is_null())
    person = {world.cohorts.id[each]: each for each in world.pupils.person.tolist()}
    letters = {-1: "-", **dict(enumerate("FEDCBA"))}
    assert len(final) > 500
    for code, row in (("MA", MA), ("EN", EN)):
        own = final.filter(subject_code=code)
        told = [letters[int(world.cohorts.lives.grades[-1][row, person[each]])] for each in own["student_id"]]
        assert own["grade"].to_list() == told
    assert not (world.cohorts.lives.grades[-1][MA, [person[each] for each in final["student_id"]]] == NONE).any()


def test_classes_hold_one_kind_of_pupils_and_are_of_a_size_that_classes_have(world):
    for each in world.region.classes:
        members = world.pupils.person[world.members[each.no]]
        assert len(members) == each.size <= 45
        term = world.cohorts.term(AUTUMN)[members]
        if each.school.school_type == "GR":
            assert set((5 + term // 2).tolist()) == {each.year}
        else:
            assert (term >= 9).all()


def test_stretches_of_a_person_do_not_overlap(world):
    own = stretches(world.cohorts, world.offered)
    same = own.person[1:] == own.person[:-1]
    assert (own.first[1:][same] > own.last[:-1][same]).all()
    assert (own.first <= own.last).all()


def test_who_takes_a_degree_has_no_failed_course_that_a_degree_asks_for(world, tables):
    lives, ids = world.cohorts.lives, world.cohorts.id
    degree = ids[(lives.degree_term >= 0)].tolist()
    courses = tables["grades"].filter(pl.col("kind") == "final", pl.col("student_id").is_in(degree))
    failed = courses.filter(pl.col("course_code").is_not_null(), pl.col("grade").is_in(["F", "-"]))
    assert not failed["subject_code"].is_in(["SVE", "SVA", "MAT", "ENG", "GYA"]).any()
    assert failed.group_by("student_id").agg(pl.col("points").sum())["points"].max() <= 250


def test_help_changes_the_files_and_the_bytes_are_the_same_with_several_workers(tmp_path):
    wanted = Wanted((150, 60), seed=5, years=2, scenario=ordinary_help(), both_worlds=False)
    write_region(tmp_path / "one", wanted)
    write_region(tmp_path / "two", replace(wanted, workers=2))
    write_region(tmp_path / "none", Wanted((150, 60), seed=5, years=2))
    one, two, none = (fingerprints(tmp_path / name) for name in ("one", "two", "none"))
    assert one == two
    assert one["lessons.csv"] != none["lessons.csv"]
