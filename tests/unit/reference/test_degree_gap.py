"""What each needed pass is, as a page tells it."""

from datetime import date

from pluginnovation.reference.degree import upper_secondary_degree
from pluginnovation.reference.degree_gap import NeededPass, degree_gap
from pluginnovation.reference.degree_rules import degree_rule
from tests.spec.reference.courses import courses, others

GY11, GY25 = date(2023, 8, 21), date(2025, 8, 18)


def gap(kind: str, begun: date, core: str, rest: str = "18x100 E"):
    rule = degree_rule(kind, begun=begun, on=date(2028, 6, 12))
    common = others("4x100 E", programme_common=True)
    return degree_gap(upper_secondary_degree([*courses(core + ", GYA01 E"), *others(rest), *common], rule))


def test_a_level_tells_what_it_covers_and_all_the_points_it_gives():
    found = gap("he_preparatory", GY25, "SVEN1000X F, SVEN2000X ?, ENGE2000X E, MATE1B00X E")
    assert found.required == (NeededPass("SVE", "3", 300, "", None, ("1", "2")),)
    found = gap("he_preparatory", GY25, "SVEN1000X F, SVEN2000X ?, SVEN3000X ?, ENGE2000X E, MATE1B00X E")
    assert found.required == (NeededPass("SVE", "3", 300, "SVEN3000X", None, ("1", "2")),)
    assert found.must_be_set == ()


def test_a_lower_level_that_is_passed_gives_no_points_again():
    found = gap("he_preparatory", GY25, "SVEN1000X E, SVEN2000X F, SVEN3000X -, ENGE2000X E, MATE1B00X E")
    assert found.required == (NeededPass("SVE", "3", 200, "SVEN3000X", "-", ("2",)),)


def test_courses_are_needed_each():
    found = gap("he_preparatory", GY11, "SVASVA01 E, SVASVA02 F, ENGENG05 -, MATMAT01c E")
    assert found.required == (
        NeededPass("SVA", "2", 100, "SVASVA02", "F"),
        NeededPass("SVA", "3", 100, "", None),
        NeededPass("ENG", "5", 100, "ENGENG05", "-"),
        NeededPass("ENG", "6", 100, "", None),
    )


def test_another_track_of_mathematics_is_not_the_row_to_pass():
    """The step is one and its points count once, so a pass on the track that is asked for adds none to one that is
    passed already."""
    failed = gap("he_preparatory", GY11, "SVESVE01 E, SVESVE02 E, SVESVE03 E, ENGENG05 E, ENGENG06 E, MATMAT01a F")
    assert failed.required == (NeededPass("MAT", "1", 100, "", None),)
    passed = gap("vocational", GY11, "SVESVE01 E, ENGENG05 E, MATMAT01b E")
    assert passed.required == (NeededPass("MAT", "1", 0, "", None),)
    right = gap("vocational", GY11, "SVESVE01 E, ENGENG05 E, MATMAT01a F")
    assert right.required == (NeededPass("MAT", "1", 100, "MATMAT01a", "F"),)


def test_nothing_known_of_a_subject_names_swedish_first():
    found = gap("vocational", GY25, "ENGE1000X E")
    assert [(each.subject, each.level, each.points, each.course) for each in found.required] == [
        ("SVE", "1", 100, ""),
        ("MAT", "1", 100, ""),
    ]


def test_what_the_plan_lacks_is_told_apart_from_what_must_be_passed():
    found = gap("vocational", GY11, "SVESVE01 E, ENGENG05 E, MATMAT01a E", "10x100 E")
    assert (found.points, found.unplanned, found.passes) == (450, 700, 0)
    found = gap("vocational", GY11, "SVESVE01 E, ENGENG05 E", "10x100 E, 1x100 ?, 1x50 -")
    assert (found.points, found.unplanned, found.must_be_set) == (300, 550, ())
