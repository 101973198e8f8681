"""Emergency access: who, whom, how long, and how often one may try in vain."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.privacy.emergency import (
    TRIES,
    TRIES_A_DAY,
    Asking,
    EmergencyRule,
    Opened,
    emergency_ground,
    may_open,
    may_use,
    too_many,
)
from pluginnovation.privacy.grounds import ROLES, DutyHeld, PupilPlace, Stay
from pluginnovation.privacy.why import why_sees

NOON = datetime(2026, 4, 23, 12, tzinfo=UTC)
MENTOR = Asking("mentor", "bjorkeby")
HERE = PupilPlace(source="bjorkeby")
RULE = EmergencyRule()


def test_a_mentor_of_the_same_authority_may_open_a_pupil():
    assert may_open(MENTOR, RULE, HERE)


@pytest.mark.parametrize(
    ("asking", "place"),
    [
        (MENTOR, PupilPlace(source="bjorkeby", protected=True)),
        (MENTOR, PupilPlace(source="granby")),
        (MENTOR, PupilPlace()),
        (Asking("mentor", ""), PupilPlace()),
        (Asking("teacher", "bjorkeby"), HERE),
        (Asking("youth_coordinator", "bjorkeby"), HERE),
        (Asking("administrator", "bjorkeby"), HERE),
    ],
)
def test_nobody_is_opened_otherwise(asking, place):
    assert not may_open(asking, RULE, place)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_never_may_is_not_let_in_by_a_rule_that_names_it(role):
    rule = EmergencyRule(roles=frozenset(ROLES))
    assert may_use(Asking(role, "bjorkeby"), rule) is (role in {"mentor", "teacher", "pupil_health", "principal"})


def access(**changed):
    said = {"number": 7, "role": "mentor", "source": "bjorkeby", "begins": NOON, "ends": NOON + timedelta(hours=2)}
    return Opened(**(said | changed))


@pytest.mark.parametrize(("minutes", "holds"), [(-1, False), (0, True), (119, True), (120, False), (60 * 24, False)])
def test_an_access_holds_from_its_first_minute_and_not_at_its_last(minutes, holds):
    ground = emergency_ground([access()], MENTOR, HERE, NOON + timedelta(minutes=minutes))
    assert (ground is not None) is holds
    assert ground is None or (ground.reach, ground.through) == ("emergency", "7")


@pytest.mark.parametrize(
    ("asking", "place"),
    [
        (Asking("principal", "bjorkeby"), HERE),
        (Asking("mentor", "granby"), HERE),
        (MENTOR, PupilPlace(source="granby")),
        (MENTOR, PupilPlace(source="bjorkeby", protected=True)),
    ],
)
def test_an_access_is_one_role_at_one_authority_and_ends_with_a_marking(asking, place):
    assert emergency_ground([access()], asking, place, NOON) is None


@given(st.lists(st.integers(0, 2 * 24 * 60), max_size=40))
def test_too_many_tries_are_five_in_an_hour_or_fifteen_in_a_day(ages):
    failed = [NOON - timedelta(minutes=age) for age in ages]
    lately, today = sum(age < 60 for age in ages), sum(age < 24 * 60 for age in ages)
    assert too_many(failed, NOON) is (lately >= TRIES or today >= TRIES_A_DAY)


def test_why_tells_the_duty_and_the_stay_of_each_ground_and_nothing_else():
    today = date(2026, 4, 23)
    duties = [
        DutyHeld("mentor", "9A", start=date(2025, 8, 1), end=date(2026, 6, 30), source="bjorkeby"),
        DutyHeld("mentor", "9B", start=date(2025, 8, 1), source="bjorkeby"),
        DutyHeld("principal", units=frozenset({"bjork"}), start=date(2026, 1, 1), source="bjorkeby"),
    ]
    place = PupilPlace(
        groups=(Stay("9A", date(2025, 8, 18), date(2026, 5, 1)),), schools=(Stay("bjork", date(2025, 8, 18)),)
    )

    own, school = why_sees(duties, place, today)

    assert (own.ground.through, own.start, own.end) == ("9A", date(2025, 8, 18), date(2026, 5, 1))
    assert (school.ground.role, school.start, school.end) == ("principal", date(2026, 1, 1), None)
    assert why_sees(duties, PupilPlace(groups=place.groups, protected=True), today) == []


@pytest.mark.parametrize(
    ("ages", "stopped"),
    [
        ([59] * 4, False),
        ([59] * 5, True),
        ([60] * 5, False),
        ([60] * 14, False),
        ([60] * 15, True),
        ([1440] * 15, False),
    ],
)
def test_the_fifth_try_of_an_hour_and_the_fifteenth_of_a_day_are_the_last(ages, stopped):
    assert too_many([NOON - timedelta(minutes=age) for age in ages], NOON) is stopped


def test_why_tells_the_stay_of_today_and_not_an_earlier_one_in_the_same_group():
    stays = (Stay("9A", date(2024, 8, 19), date(2025, 6, 12)), Stay("9A", date(2025, 8, 18)))
    (why,) = why_sees([DutyHeld("mentor", "9A")], PupilPlace(groups=stays), date(2026, 4, 23))
    assert why.start == date(2025, 8, 18)
