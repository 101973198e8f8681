"""Why may this adult see this pupil, today?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.privacy.grounds import (
    REACH_OF_ROLE,
    ROLES,
    DutyHeld,
    Ground,
    PupilPlace,
    Stay,
    ground_for,
    role_of_duty,
)

TODAY = date(2026, 4, 23)
DAY = timedelta(days=1)
IN_9A = PupilPlace(groups=(Stay("9A"),))
AT_BJORK = PupilPlace(schools=(Stay("bjork"),))


def mentor(**dates: date | None) -> DutyHeld:
    return DutyHeld("mentor", "9A", frozenset({"bjork"}), **dates)


def principal(**dates: date | None) -> DutyHeld:
    return DutyHeld("principal", None, frozenset({"bjork"}), **dates)


def test_a_mentor_sees_a_pupil_in_the_own_class():
    assert ground_for([mentor()], IN_9A, TODAY) == Ground("mentor", "own_group", "9A")


def test_a_mentor_does_not_see_the_school():
    assert ground_for([mentor()], AT_BJORK, TODAY) is None


def test_a_principal_sees_the_school_and_not_a_class_elsewhere():
    assert ground_for([principal()], AT_BJORK, TODAY) == Ground("principal", "school", "bjork")
    assert ground_for([principal()], PupilPlace((Stay("9A"),), (Stay("alm"),)), TODAY) is None


def test_a_teacher_sees_the_own_group_and_not_the_school():
    teacher = DutyHeld("teacher", "ma", frozenset({"bjork"}))
    assert ground_for([teacher], PupilPlace((Stay("ma"),)), TODAY) == Ground("teacher", "own_group", "ma")
    assert ground_for([teacher], PupilPlace((Stay("9A"),), (Stay("bjork"),)), TODAY) is None


def test_pupil_health_sees_the_school():
    assert ground_for([DutyHeld("pupil_health", None, frozenset({"bjork"}))], AT_BJORK, TODAY) == Ground(
        "pupil_health", "school", "bjork"
    )


def test_a_leader_sees_who_takes_part_in_the_own_sub_project_and_only_then():
    duty = DutyHeld("sub_project_leader", "9A", frozenset({"bjork"}), sub_project="7")
    in_it = PupilPlace(sub_projects=(Stay("7", TODAY, TODAY),))
    assert ground_for([duty], in_it, TODAY) == Ground("sub_project_leader", "sub_project", "7")
    for day, place in (
        (TODAY + DAY, in_it), (TODAY, PupilPlace(sub_projects=(Stay("8"),))),
        (TODAY, PupilPlace((Stay("9A"),), (Stay("bjork"),))),
    ):  # fmt: skip
        assert ground_for([duty], place, day) is None
    for role in ("evaluator", "process_leader", "regional_lead", "administrator", "data_protection_officer"):
        assert ground_for([DutyHeld(role, sub_project="7")], in_it, TODAY) is None


def test_a_mentor_without_a_group_sees_nobody():
    assert ground_for([DutyHeld("mentor", None, frozenset({"bjork"}))], PupilPlace((Stay("bjork"),)), TODAY) is None


def test_a_group_is_not_a_school_though_they_had_the_same_code():
    assert ground_for([principal()], PupilPlace(groups=(Stay("bjork"),)), TODAY) is None
    assert ground_for([mentor()], PupilPlace(schools=(Stay("9A"),)), TODAY) is None


@pytest.mark.parametrize("held", [mentor, principal])
@pytest.mark.parametrize(
    ("start", "end", "stands"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY - DAY, None, True),
        (None, TODAY, True),
        (TODAY + DAY, None, False),
        (None, TODAY - DAY, False),
        (TODAY + DAY, TODAY - DAY, False),
    ],
)
def test_both_ends_of_a_duty_and_of_a_stay_count(held, start, end, stands):
    place = PupilPlace((Stay("9A"),), (Stay("bjork"),))
    dated = PupilPlace((Stay("9A", start, end),), (Stay("bjork", start, end),))

    assert bool(ground_for([held(start=start, end=end)], place, TODAY)) is stands
    assert bool(ground_for([held()], dated, TODAY)) is stands


def test_a_protected_identity_is_reached_by_nobody():
    hidden = PupilPlace((Stay("9A"),), (Stay("bjork"),), protected=True)
    assert ground_for([mentor(), principal()], hidden, TODAY) is None


@pytest.mark.parametrize(
    "role",
    [
        "sub_project_leader",
        "evaluator",
        "process_leader",
        "regional_lead",
        "administrator",
        "data_protection_officer",
        "",
        "king",
    ],
)
def test_the_other_roles_never_see_a_pupil(role):
    duty = DutyHeld(role, "9A", frozenset({"bjork"}))
    assert ground_for([duty], PupilPlace((Stay("9A"),), (Stay("bjork"),)), TODAY) is None


def test_the_first_duty_that_reaches_gives_the_ground():
    ground = ground_for([principal(end=TODAY - DAY), mentor()], PupilPlace((Stay("9A"),), (Stay("bjork"),)), TODAY)
    assert ground == Ground("mentor", "own_group", "9A")


@pytest.mark.parametrize(
    ("duty", "role"),
    [
        (("Rektor", None, None), "principal"),
        (("Lärare", "Mentor", "Klass"), "mentor"),
        (("Lärare", "Mentor", None), "mentor"),
        (("Kurator", "Mentor", "Mentor"), "pupil_health"),
        (("Studie- och yrkesvägledare", "Mentor", "Mentor"), "mentor"),
        (("Lärare", None, "Klass"), "mentor"),
        (("Lärare", None, "Mentor"), "mentor"),
        (("Lärare", None, "Undervisning"), "teacher"),
        (("Lärare", None, None), None),
        (("Lärare", "", ""), None),
        (("Lärare", "Elevhälsopersonal", None), "pupil_health"),
        (("Skolsköterska", None, None), "pupil_health"),
        (("Speciallärare/specialpedagog", "", "Undervisning"), "pupil_health"),
        (("Ungdomssamordnare", None, None), "youth_coordinator"),
        (("Skoladministratör", None, None), None),
        (("Vaktmästare", None, "Klass"), None),
    ],
)
def test_a_registers_duty_gives_this_role(duty, role):
    assert role_of_duty(*duty) == role


places = st.sampled_from(["9A", "9B", "bjork", "alm"])
dates = st.none() | st.dates(TODAY - 3 * DAY, TODAY + 3 * DAY)
stays = st.builds(Stay, places, dates, dates)
duties = st.builds(DutyHeld, st.sampled_from(ROLES), st.none() | places, st.frozensets(places), dates, dates)


@given(st.lists(duties), st.builds(PupilPlace, st.tuples(stays, stays), st.tuples(stays), st.booleans()))
def test_a_ground_names_a_duty_and_a_stay_that_both_hold_today(held, place):
    ground = ground_for(held, place, TODAY)
    found = [
        (duty, stay)
        for duty in held
        for stay in (*place.groups, *place.schools)
        if REACH_OF_ROLE.get(duty.role) in ("own_group", "school")
        and stay.at == (duty.group if REACH_OF_ROLE[duty.role] == "own_group" else stay.at)
        and (REACH_OF_ROLE[duty.role] == "own_group" or stay.at in duty.units)
        and stay in (place.groups if REACH_OF_ROLE[duty.role] == "own_group" else place.schools)
        and all((p.start or TODAY) <= TODAY <= (p.end or TODAY) for p in (duty, stay))
    ]
    assert (ground is not None) is (bool(found) and not place.protected)
    if ground is not None:
        assert (ground.role, ground.through) in {(duty.role, stay.at) for duty, stay in found}
