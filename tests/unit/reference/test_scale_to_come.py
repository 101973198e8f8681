"""Another grade scale is a row of data: nothing else has to change for it to hold from its first day."""

from datetime import date

import pytest

from pluginnovation.reference import grade_scales
from pluginnovation.reference.grade_scales import GRADE_SCALES, NO_BASIS, GradeOutsideScale, GradeScale

NUMBERS = GradeScale(
    "made-up numbers",
    (*(str(number) for number in range(10, 0, -1)), NO_BASIS),
    date(2028, 7, 1),
    passed=None,
    half_points=(*range(20, 0, -2), None),
)


@pytest.fixture
def with_numbers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(grade_scales, "GRADE_SCALES", (*GRADE_SCALES, NUMBERS))


@pytest.mark.usefixtures("with_numbers")
def test_a_scale_without_a_limit_between_pass_and_fail_leaves_a_pass_unknown():
    assert grade_scales.is_pass("4", date(2028, 7, 1)) is None
    assert grade_scales.half_points("10", date(2028, 7, 1)) == 20
    assert grade_scales.is_pass("E", date(2028, 7, 1)) is True
    assert grade_scales.valid_grades(date(2028, 7, 1))[:2] == ("10", "9")


@pytest.mark.usefixtures("with_numbers")
def test_before_its_first_day_its_grades_are_refused():
    with pytest.raises(GradeOutsideScale):
        grade_scales.is_pass("4", date(2028, 6, 30))


def test_no_symbol_means_two_things():
    symbols = [symbol for scale in GRADE_SCALES for symbol in scale.symbols if symbol != NO_BASIS]
    assert len(set(symbols)) == len(symbols)
    assert all(len(scale.symbols) == len(scale.half_points) for scale in GRADE_SCALES)
    assert all(set(scale.passed) <= set(scale.symbols) for scale in GRADE_SCALES)
