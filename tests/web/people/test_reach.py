"""What lists show is what the door opens."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pluginnovation.privacy.grounds import ROLES, DutyHeld, ground_for
from pluginnovation.web.people.door import place_of
from pluginnovation.web.people.duties import ActiveDuty, duties_of
from pluginnovation.web.people.models import Duty, Enrolment, Group, Membership, Organisation, Person
from pluginnovation.web.people.reach import groups_in_reach, members_today, pupils_in_reach, schools_in_reach
from tests.pals import TODAY, code_of

DAYS = st.none() | st.integers(-2, 2).map(lambda days: TODAY + timedelta(days=days))
PUPILS, GROUPS, SCHOOLS = ("p1", "p2", "p3"), ("g1", "g2"), ("s1", "s2")


def names(pupils):
    return {pupil.code.rstrip("x") for pupil in pupils}


@pytest.mark.parametrize(
    ("who", "pupils", "groups", "schools"),
    [
        ("asa", "mira noor", "9A", ""),
        ("tova", "mira ali", "Matematik 9", ""),
        ("petra", "mira noor ali", "9A,9B,Matematik 9", "Björkskolan"),
        ("hanna", "mira noor ali", "9A,9B,Matematik 9", "Björkskolan"),
        ("omar", "sixten", "8A", ""),
        ("rut", "", "", ""),
        ("adam", "", "", ""),
        ("dag", "", "", ""),
    ],
)
def test_each_duty_reaches_exactly_this(pals, who, pupils, groups, schools):
    (duty,) = duties_of(getattr(pals, who), TODAY)
    assert names(pupils_in_reach(duty, TODAY)) == set(pupils.split())
    assert {g.display_name for g in groups_in_reach(duty, TODAY)} == set(filter(None, groups.split(",")))
    assert {s.display_name for s in schools_in_reach(duty)} == set(filter(None, schools.split(",")))


def test_pupils_stand_in_swedish_order(pals):
    (duty,) = duties_of(pals.petra, TODAY)
    assert [p.family_name for p in pupils_in_reach(duty, TODAY).order_by("sort_key")] == [
        "Zetterlund",
        "Åkesson",
        "Öberg",
    ]


def test_a_teachers_group_shows_its_members_and_no_one_else(pals):
    (duty,) = duties_of(pals.tova, TODAY)
    assert names(members_today(Group.objects.get(display_name="Matematik 9"), duty, TODAY)) == {"mira", "ali"}
    assert names(members_today(Group.objects.get(display_name="9A"), duty, TODAY)) == {"mira"}


def test_a_principal_of_a_school_reaches_its_units_and_one_at_the_authority_none(pals):
    Organisation.objects.filter(code=pals.place("bjorkeby")).update(organisation_type="Huvudman")
    Duty.objects.filter(person=code_of("petra")).update(organisation=pals.place("bjorkeby"))
    (duty,) = duties_of(pals.petra, TODAY)
    assert not pupils_in_reach(duty, TODAY).exists()

    Organisation.objects.filter(code=pals.place("bjorkeby")).update(organisation_type="Skola")
    (duty,) = duties_of(pals.petra, TODAY)
    assert names(pupils_in_reach(duty, TODAY)) == {"mira", "noor", "ali", "sixten"}


@pytest.mark.parametrize(
    "change", [{"in_source": False}, {"is_pupil": False}, {"security_marking": "Sekretessmarkering"}]
)
def test_a_withheld_pupil_is_on_no_list(pals, change):
    Person.objects.filter(code=pals.mira).update(**change)
    for who in (pals.asa, pals.petra):
        (duty,) = duties_of(who, TODAY)
        assert "mira" not in names(pupils_in_reach(duty, TODAY))
        assert "mira" not in names(members_today(Group.objects.get(code=pals.group("9A")), duty, TODAY))


@pytest.mark.parametrize(
    ("dates", "stands"),
    [
        ({"start_date": TODAY, "end_date": TODAY}, True),
        ({"start_date": None, "end_date": None}, True),
        ({"start_date": TODAY + timedelta(days=1)}, False),
        ({"end_date": TODAY - timedelta(days=1)}, False),
    ],
)
def test_a_duty_stands_between_its_dates(pals, dates, stands):
    Duty.objects.filter(person=code_of("asa")).update(**dates)
    assert bool(duties_of(pals.asa, TODAY)) is stands


def test_the_duties_of_anyone_are_one_query(pals):
    for user in (pals.petra, pals.sam, pals.charlie):
        with CaptureQueriesContext(connection) as queries:
            duties_of(user, TODAY)
        assert len(queries) == 1


rows = st.fixed_dictionaries(
    {
        "groups": st.lists(st.tuples(st.sampled_from(GROUPS), DAYS, DAYS), min_size=1, unique_by=lambda row: row[0]),
        "memberships": st.lists(
            st.tuples(st.sampled_from(GROUPS), st.sampled_from(PUPILS), DAYS, DAYS), unique_by=lambda row: row[:3]
        ),
        "enrolments": st.lists(
            st.tuples(st.sampled_from(PUPILS), st.sampled_from(SCHOOLS), DAYS, DAYS), unique_by=lambda row: row[:3]
        ),
        "marking": st.sampled_from(["Ingen", "Ingen", "Sekretessmarkering"]),
        "status": st.sampled_from(["", "Aktiv", "Avliden", "Utvandrad"]),
        "held": st.lists(
            st.builds(
                DutyHeld,
                st.sampled_from(["mentor", "principal"]),
                st.none() | st.sampled_from(GROUPS),
                st.frozensets(st.sampled_from(SCHOOLS)),
            ),
            min_size=1,
            max_size=3,
        ),
        "gone_on": DAYS,
        "role": st.sampled_from(ROLES),
    }
)


@pytest.mark.django_db
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows)
def test_the_query_and_the_pure_decision_agree(db, drawn):
    """For any duties, memberships, enrolments and dates: a list holds exactly those whom the door would open."""
    with transaction.atomic():
        _write(drawn)
        held = tuple(DutyHeld(drawn["role"], d.group, d.units, d.start, d.end) for d in drawn["held"])
        duty = ActiveDuty(1, drawn["role"], "", "", held)
        opened = {
            p.code
            for p in Person.objects.filter(is_pupil=True)
            if ground_for(held, place_of(p.code, p, TODAY), TODAY) is not None
        }
        assert set(pupils_in_reach(duty, TODAY).values_list("code", flat=True)) == opened
        transaction.set_rollback(True)


def _write(drawn):
    Person.objects.bulk_create(
        Person(code=code, source="s", is_pupil=True, security_marking=drawn["marking"] if code == "p1" else "Ingen",
               status=drawn["status"] if code == "p2" else "", gone_on=drawn["gone_on"] if code == "p3" else None)
        for code in PUPILS
    )  # fmt: skip
    Group.objects.bulk_create(
        Group(code=code, source="s", source_id=code, display_name=code, start_date=start, end_date=end)
        for code, start, end in drawn["groups"]
    )
    Membership.objects.bulk_create(
        Membership(group_id=group, pupil_id=pupil, start_date=start, end_date=end)
        for group, pupil, start, end in drawn["memberships"]
    )
    Enrolment.objects.bulk_create(
        Enrolment(pupil_id=pupil, organisation_id=school, start_date=start, end_date=end)
        for pupil, school, start, end in drawn["enrolments"]
    )
