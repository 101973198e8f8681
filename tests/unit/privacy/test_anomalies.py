"""Rules on visits: what each finds, what it passes over, and that nobody is scored."""

from datetime import date, datetime, timedelta

import pytest

from pluginnovation.privacy.anomalies import (
    EMERGENCY,
    OFF_HOURS,
    OUTSIDE,
    RELATIVE,
    TERMS,
    VOLUME,
    Found,
    Looked,
    anomalies,
    is_off_hours,
    usual_of_roles,
)
from pluginnovation.privacy.emergency import EMERGENCY as EMERGENCY_REACH

DAY = date(2026, 4, 23)
NOON = datetime(2026, 4, 23, 12)


def opened(n: int, *, viewer: int = 1, role: str = "principal", at: datetime = NOON, own: bool = True) -> list[Looked]:
    return [Looked(viewer, role, at, f"p{number}", own=own) for number in range(n)]


def rules(found: list[Found]) -> list[str]:
    return [one.rule for one in found]


@pytest.mark.parametrize(("n", "usual", "found"), [(19, 1, []), (20, 6, [VOLUME]), (21, 7, []), (22, 7, [VOLUME])])
def test_volume_is_many_pupils_and_more_than_three_times_the_usual(n, usual, found):
    assert rules(anomalies(opened(n), DAY, {"principal": (usual, 10)})) == found


def test_volume_says_what_it_compared_with():
    (found,) = anomalies(opened(25), DAY, {"principal": (8, 40)})
    assert (found.rule, found.n, found.usual, found.of) == (VOLUME, 25, 8, 40)
    assert anomalies(opened(24), DAY, {"principal": (8, 40)}) == []


def test_the_usual_of_too_few_days_is_unknown_and_the_rule_is_silent():
    assert anomalies(opened(25), DAY, {"principal": (1, TERMS.fewest_days - 1)}) == []
    assert anomalies(opened(25), DAY, {}) == []


def test_the_usual_is_the_same_roles_and_the_lower_of_two_in_the_middle():
    visits = [*opened(2), *opened(4, viewer=2), *opened(9, viewer=3, role="mentor")]
    assert usual_of_roles(visits) == {"principal": (2, 2), "mentor": (9, 1)}


def test_opening_one_pupil_many_times_is_one_pupil():
    assert anomalies(opened(1) * 60, DAY, {"principal": (1, 40)}) == []


def test_every_look_at_an_own_relative_is_found_once_a_day_and_pupil():
    visits = [Looked(1, "mentor", NOON, "p1", own=True, relative=True)] * 3
    assert anomalies(visits, DAY, {}) == [Found(RELATIVE, 1, "mentor", DAY, 3, pupil="p1")]


def test_every_emergency_access_is_found():
    visits = [Looked(1, "mentor", NOON, "p1", EMERGENCY_REACH, own=True)]
    assert anomalies(visits, DAY, {}) == [Found(EMERGENCY, 1, "mentor", DAY, 1, pupil="p1")]


def test_many_outside_own_groups_are_found_and_those_within_are_not_counted():
    assert rules(anomalies(opened(TERMS.outside_pupils, own=False), DAY, {})) == [OUTSIDE]
    assert anomalies(opened(TERMS.outside_pupils - 1, own=False), DAY, {}) == []
    assert anomalies(opened(TERMS.outside_pupils), DAY, {}) == []


@pytest.mark.parametrize(
    ("at", "off"),
    [
        (datetime(2026, 4, 23, 5, 59), True),
        (datetime(2026, 4, 23, 6), False),
        (datetime(2026, 4, 23, 21, 59), False),
        (datetime(2026, 4, 23, 22), True),
        (datetime(2026, 4, 25, 12), True),
        (datetime(2026, 4, 26, 12), True),
    ],
)
def test_off_hours_are_nights_and_weekends(at, off):
    assert is_off_hours(at) is off
    found = anomalies(opened(TERMS.off_hours_pupils, at=at), at.date(), {})
    assert rules(found) == ([OFF_HOURS] if off else [])


def test_other_days_are_passed_over():
    assert anomalies(opened(50, at=NOON - timedelta(days=1), own=False), DAY, {}) == []


def test_two_people_are_never_put_together():
    half = TERMS.outside_pupils - 1
    assert anomalies([*opened(half, own=False), *opened(half, viewer=2, own=False)], DAY, {}) == []
