"""Grade scales"""

from datetime import date

import pytest

from pluginnovation.reference.grade_scales import GradeOutsideScale, half_points, is_pass, valid_grades
from tests.spec.reference.drawing import grade, rows

SAID = {"yes": True, "no": False, "": None}


def test_a_grade_is_a_pass_and_has_points_in_the_scale_of_its_day():
    """A dash and a grade not given yet have no points. A dash is known not to be a pass; the other is unknown."""
    for row in rows("""
        day        | grade | pass | points
        -----------+-------+------+-------
        2026-06-10 | A     | yes  | 20
        2026-06-10 | B     | yes  | 17.5
        2026-06-10 | C     | yes  | 15
        2026-06-10 | D     | yes  | 12.5
        2026-06-10 | E     | yes  | 10
        2026-06-10 | F     | no   | 0
        2026-06-10 | -     | no   |
        2026-06-10 | ?     |      |
        2010-06-10 | MVG   | yes  | 20
        2010-06-10 | VG    | yes  | 15
        2010-06-10 | G     | yes  | 10
        2010-06-10 | IG    | no   | 0
        2013-06-10 | G     | yes  | 10
        2013-06-10 | E     | yes  | 10
    """):
        day, given = date.fromisoformat(row["day"]), grade(row["grade"])
        points = float(row["points"]) * 2 if row["points"] else None
        assert (is_pass(given, day), half_points(given, day)) == (SAID[row["pass"]], points), row


def test_which_grades_are_valid_depends_on_the_day():
    """A–F since 1 July 2011; the older scale until 30 June 2016, for those who had begun and finished late."""
    for row in rows("""
        day        | valid
        -----------+--------------------------
        1994-06-30 |
        1994-07-01 | MVG VG G IG -
        2011-06-30 | MVG VG G IG -
        2011-07-01 | A B C D E F - MVG VG G IG
        2016-06-30 | A B C D E F - MVG VG G IG
        2016-07-01 | A B C D E F -
    """):
        assert " ".join(valid_grades(date.fromisoformat(row["day"]))) == row["valid"], row


@pytest.mark.parametrize(
    ("given", "day"), [("VG", "2016-07-01"), ("A", "2011-06-30"), ("10", "2026-06-10"), ("", "2026-06-10")]
)
def test_a_grade_that_no_scale_of_its_day_has_is_refused(given, day):
    with pytest.raises(GradeOutsideScale, match="is not a grade on " + day) as refusal:
        half_points(given, date.fromisoformat(day))
    assert refusal.value.code == "grade_not_in_scale"
    with pytest.raises(GradeOutsideScale):
        is_pass(given, date.fromisoformat(day))
