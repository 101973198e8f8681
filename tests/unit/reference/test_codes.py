"""Codes of subjects, courses and levels, as registers and sources write them."""

import pytest

from pluginnovation.reference.compulsory_subjects import NAMES, WRITTEN, subject_of
from pluginnovation.reference.course_codes import CORRESPONDING, Place, level_name, place_of, step_of
from pluginnovation.reference.subject_codes import COMPULSORY, subject_is_known


@pytest.mark.parametrize(
    ("written", "short"),
    [("SV", "SV"), ("SVE", "SV"), ("GRGRSVE", "SV"), ("GRGRSVE01", "SV"), (" grgrsva01 ", "SVA"), ("EN", "EN"),
     ("GRGRENG01", "EN"), ("MAT", "MA"), ("NO", "NO"), ("SO", "SO"), ("GRGRMSP01", "M2"), ("GRGRMOD01", "ML"),
     ("M1", "M1"), ("QQ", "QQ"), ("GRGRXYZ01", "GRGRXYZ01")],
)  # fmt: skip
def test_a_subject_has_one_short_code_whichever_register_wrote_it(written: str, short: str):
    assert subject_of(written) == short


def test_the_table_for_many_pupils_agrees_with_the_function():
    assert {written: subject_of(written) for written in WRITTEN} == WRITTEN
    assert set(WRITTEN.values()) == set(NAMES) <= COMPULSORY


@pytest.mark.parametrize(
    ("code", "subject", "place"),
    [
        ("SVESVE01", "", Place("SVE", 1)),
        ("svasva03", "", Place("SVA", 3)),
        ("ENGENG05", "ENG", Place("ENG", 5)),
        ("MATMAT01a", "MAT", Place("MAT", 1, "a")),
        ("HISHIS01a2", "HIS", Place("HISHIS", 1, "a", "2")),
        ("MODSPA03", "MOD", Place("MODSPA", 3)),
        ("ENGE2000X", "ENGE", Place("ENG", 2, gy25=True)),
        ("SVEA1000X", "", Place("SVA", 1, gy25=True)),
        ("MATE1B00X", "", Place("MAT", 1, "b", gy25=True)),
        ("HIST1A10X", "", Place("HIST", 1, "a", "1", gy25=True)),
        ("MATO1C00X", "", Place("MATO", 1, "c", gy25=True)),
        ("SVES1000X", "SVE", Place("SVE", 1, gy25=True)),
        ("GYARBA", "", Place("GYA", None)),
        ("", "GYA", Place("GYA", None)),
        ("", "SVE", Place("SVE", None)),
        ("local 7", "SVE", Place("LOCAL 7", None)),
    ],
)
def test_a_code_tells_where_a_course_or_a_level_stands(code: str, subject: str, place: Place):
    assert place_of(code, subject) == place


def test_a_level_that_no_named_subject_has_says_nothing_about_levels():
    assert place_of("ENGE5000X", "ENG") == Place("ENGE5000X", None, gy25=True)
    assert place_of("MATE3000X").number is None


def test_courses_stand_on_the_step_of_the_level_they_correspond_to():
    assert step_of(place_of("ENGENG06")) == step_of(place_of("ENGE2000X")) == ("ENG", 2, "")
    assert step_of(place_of("MATMAT04")) == step_of(place_of("MATO2000X"))
    assert step_of(place_of("FYSFYS01a")) == ("FYSFYS", 1, "")
    assert len({step_of(place_of(course)) for course, _ in CORRESPONDING}) == len(CORRESPONDING) - 5


def test_english_begins_with_5_among_courses_and_with_1_among_levels():
    assert [level_name("ENG", 1, gy25=gy25) for gy25 in (False, True)] == ["5", "1"]
    assert [level_name("SVE", 3, gy25=gy25) for gy25 in (False, True)] == ["3", "3"]


def test_codes_that_no_register_writes_are_not_known():
    known = ("SV", "SVE", "SVEN", "GRGRSVE", "GRGRSVE01", "ENGE")
    assert all(subject_is_known(code) for code in known)
    assert not any(subject_is_known(code) for code in ("", "QQ", "SV1", "GRGR", "SVENS", "GRGRSV"))
