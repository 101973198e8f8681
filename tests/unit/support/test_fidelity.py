"""What stands for a method's points, and how they are counted: unknown is never a no."""

import pytest

from pluginnovation.support.fidelity import FOLLOWED, Counted, Together, counted, standing, together

POINTS = ("Samma vuxen", "Två gånger i veckan", "Före första lektionen")


def test_the_last_mark_of_a_point_stands_and_a_point_without_one_is_empty():
    marks = [(0, "no"), (2, "partly"), (0, "yes")]
    assert standing(POINTS, marks) == ["yes", "", "partly"]


@pytest.mark.parametrize(
    ("marks", "found", "unknown"),
    [
        ([], Counted(3, 0, 0, 0), 3),
        ([(0, "yes"), (1, "unknown")], Counted(3, 1, 0, 0), 2),
        ([(0, "yes"), (1, "no"), (2, "partly")], Counted(3, 1, 1, 1), 0),
        ([(0, "yes"), (0, "unknown"), (9, "no")], Counted(3, 0, 0, 0), 3),
    ],
)
def test_every_point_is_counted_once_and_nobodys_answer_is_unknown(marks, found, unknown):
    assert counted(POINTS, marks) == found
    assert found.unknown == unknown
    assert found.yes + found.partly + found.no + found.unknown == found.points


def test_every_answer_is_said_in_both_languages():
    assert all(sv and en for sv, en in FOLLOWED.values())


def test_what_ten_pupils_measures_followed_is_counted_together_and_less_than_ten_isnt_told():
    """Twelve pupils with three points each: eleven said something of two points, one said nothing."""
    said = counted(POINTS, [(0, "yes"), (1, "partly")])
    each = {f"p{number}": [said] for number in range(11)} | {"p11": [counted(POINTS, [])]}
    assert together(each) == Together(points=36, known=22, followed=11, partly=11)
    assert together(dict(list(each.items())[:9])) == Together()
    few = {pupil: [said if number < 9 else counted(POINTS, [])] for number, pupil in enumerate(each)}
    assert together(few) == Together(points=36)


def test_nine_pupils_with_two_measures_each_are_nine_and_no_method_is_nought():
    each = {f"p{number}": [counted(POINTS, [(0, "yes")])] * 2 for number in range(9)}
    assert together(each) == Together()
    assert together({}) == Together(points=0)
