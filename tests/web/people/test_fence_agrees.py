"""The pure decision, the query and the database's policy are one rule: three answers for any duties, compared."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pluginnovation.privacy.grounds import ROLES, ground_for
from pluginnovation.privacy.youths import Schooling, is_past_school
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Duty, Enrolment, Organisation, Person, Responsible, Schooled, User
from pluginnovation.web.people.places import place_of
from pluginnovation.web.people.reach import groups_in_reach, pupils_in_reach, schools_in_reach
from tests.web.fenced import asking, seen
from tests.web.people.test_reach import DAYS, GROUPS, NEITHER, _write, rows, youths

# Two schools in a head's area, a third under the authority, and authorities of two municipalities.
PLACES = (
    ("town", "Huvudman", None, "1499"), ("office", "Förvaltning", "town", ""), ("other", "Huvudman", None, "1498"),
    ("area", "Rektorsområde", "town", "1499"), ("s1", "Skolenhet", "area", "1499"), ("s2", "Skola", "town", "1499"),
)  # fmt: skip
held = st.lists(
    st.tuples(
        st.sampled_from(("mentor", "principal", "youth_coordinator", *ROLES)),
        st.none() | st.sampled_from([place for place, *_rest in PLACES]),
        st.none() | st.sampled_from(GROUPS),
        DAYS, DAYS, st.sampled_from(["s", "s", "t"]),
    ),
    min_size=1, max_size=4, unique_by=lambda row: row[:3],
)  # fmt: skip


def _hold(duties):
    Organisation.objects.bulk_create(
        Organisation(code=code, source="s", source_id=code, display_name=code, organisation_type=kind,
                     parent_id=parent, municipality=municipality)
        for code, kind, parent, municipality in PLACES
    )  # fmt: skip
    user = User.objects.create(login="u", name="U", person_id="adult")
    Duty.objects.bulk_create(
        Duty(role=role, duty_role=role, organisation_id=place, group_id=group, start_date=start, end_date=end,
             source=source,
             **({"user": user} if number % 2 else {"person_id": "adult"}))
        for number, (role, place, group, start, end, source) in enumerate(duties)
    )  # fmt: skip
    return user


def _compare(drawn, duties):
    today = drawn["today"]
    with transaction.atomic():
        _write(drawn)
        user = _hold(duties)
        places = {p.code: place_of(p.code, p, today) for p in Person.objects.filter(is_pupil=True)}
        for duty in duties_of(user, today):
            decided = {code for code, place in places.items() if ground_for(duty.held, place, today) is not None}
            asked = set(pupils_in_reach(duty, today).values_list("code", flat=True))
            groups = set(groups_in_reach(duty, today).values_list("code", flat=True))
            schools = set(schools_in_reach(duty).values_list("code", flat=True))
            with asking(user, today, role=duty.role, place=duty.place):
                assert seen("people_person", "code", "is_pupil") == decided == asked
                assert seen("fence.pupils", "code") == decided
                assert seen("fence.groups", "code") == groups
                assert seen("unnest(fence.mine('units'))") == schools
                assert set(pupils_in_reach(duty, today).values_list("code", flat=True)) == decided
                # Were the fence to let everybody through, the query would give no more.
                assert seen("set_config('plug.pupils', 'p1 p2 p3', false)") == {"p1 p2 p3"}
                assert set(pupils_in_reach(duty, today).values_list("code", flat=True)) == decided
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, held)
def test_policy_query_and_decision_agree(db, drawn, duties):
    _compare(drawn, duties)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(youths)
def test_they_agree_about_youths_without_a_school(db, drawn):
    _compare(drawn | NEITHER, [("youth_coordinator", "office", None, None, None, "s")])


@pytest.mark.django_db
def test_the_day_from_which_compulsory_school_is_done_is_the_first_of_the_decision():
    days = [date(2025, 1, 1) + timedelta(days=29 * number) for number in range(60)]
    days += [date(year, month, day) for year in (2025, 2028) for month, day in ((5, 31), (6, 30), (7, 1), (8, 1))]
    went = [
        Schooling(form, year, start, end)
        for form in ("GY", "GR", "VUX") for year in (None, 9, 10) for start in (None, days[9]) for end in (None, *days)
    ]  # fmt: skip
    Enrolment.objects.bulk_create(
        Enrolment(pupil_id=f"n{number}", organisation_id="s", school_type=told.school_type,
                  school_year=told.school_year, start_date=told.start, end_date=told.end)
        for number, told in enumerate(went)
    )  # fmt: skip

    found = dict(Schooled.objects.values_list("pupil", "past_from"))

    past = [found[f"n{number}"] for number in range(len(went))]
    told = [[first is not None and first <= day for first in past] for day in days]
    assert told == [[is_past_school(each, day) for each in went] for day in days]


def test_a_youth_without_a_date_of_birth_is_counted_and_not_shown(pals):
    Person.objects.filter(code=pals.leo).update(birth_date=None)
    duty = duties_of(pals.kim, date(2026, 4, 23))[0]
    with asking(pals.kim, role=duty.role, place=duty.place):
        assert seen("fence.ageless()") == {1}
        assert seen("people_person", "code", "is_pupil") == set()


def test_whoever_is_responsible_for_a_pupil_within_reach_is_there_and_no_other(pals):
    for pupil, adult in (("mira", "g1"), ("sixten", "g2")):
        Person.objects.create(code=adult, source="bjorkeby")
        Responsible.objects.create(pupil_id=getattr(pals, pupil), responsible_id=adult)
    duty = duties_of(pals.asa, date(2026, 4, 23))[0]
    with asking(pals.asa, role=duty.role, place=duty.place):
        assert seen("people_person", "code", "code IN ('g1', 'g2')") == {"g1"}
        assert seen("people_responsible", "responsible_id") == {"g1"}
