"""What stands for a method's points, and how they are counted: unknown is never a no."""

import pytest

from pluginnovation.support.fidelity import FOLLOWED, Counted, counted, standing

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
