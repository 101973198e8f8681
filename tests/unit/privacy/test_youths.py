"""Which municipality answers for a youth without a school?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.privacy.grounds import DutyHeld, Ground, PupilPlace, ground_for
from pluginnovation.privacy.youths import (
    COMPULSORY,
    UPPER_SECONDARY,
    Residence,
    Schooling,
    Youth,
    answers_for,
    born_after,
    born_by,
)
from pluginnovation.signals import stays, youths

TODAY = date(2026, 4, 23)
DAY = timedelta(days=1)
HERE, THERE = "1499", "1498"
BEGAN = date(2024, 8, 19)
LEFT = Schooling("GY", 1, BEGAN, TODAY - DAY)
NINTH = Schooling("GR", 9, BEGAN, date(2025, 6, 12))
LEAVER = Youth(born=date(2008, 5, 6), home=HERE, schoolings=(LEFT,))


def left(**changes) -> Youth:
    return replace(LEAVER, **changes)


def test_the_home_municipality_answers_for_who_has_left_upper_secondary_school():
    assert answers_for(LEAVER, TODAY) == {HERE}


def test_the_kinds_of_school_are_those_of_the_signal():
    assert (stays.UPPER_SECONDARY, youths.COMPULSORY) == (UPPER_SECONDARY, COMPULSORY)


@pytest.mark.parametrize(
    ("schoolings", "past"),
    [
        ((NINTH,), True),
        ((replace(NINTH, school_year=8),), False),
        ((replace(NINTH, school_type="VUX"),), False),
        ((replace(NINTH, school_year=None),), False),
        ((replace(NINTH, school_year=10),), True),
        ((replace(LEFT, school_year=None),), True),
        ((replace(LEFT, school_type="GYS"),), True),
        ((replace(LEFT, school_type="VUX"),), False),
        ((replace(LEFT, school_type="FKLASS"),), False),
        ((replace(LEFT, start=None),), True),
        ((replace(LEFT, start=TODAY + DAY, end=None),), False),
        ((LEFT, replace(LEFT, start=TODAY + DAY, end=None)), True),
        ((), False),
    ],
)
def test_past_compulsory_school_is_who_began_upper_secondary_or_ended_the_last_year(schoolings, past):
    assert bool(answers_for(left(schoolings=schoolings), TODAY)) is past


@pytest.mark.parametrize(
    ("end", "past_from"),
    [
        (date(2025, 5, 31), date(2025, 7, 1)),
        (date(2025, 6, 1), date(2025, 6, 2)),
        (date(2025, 6, 30), date(2025, 7, 1)),
        (date(2025, 7, 31), date(2025, 8, 1)),
        (date(2025, 8, 1), date(2026, 7, 1)),
        (date(2026, 3, 19), date(2026, 7, 1)),
    ],
)
def test_who_leaves_the_last_year_early_is_past_it_when_its_spring_term_is_over(end, past_from):
    youth = left(schoolings=(replace(NINTH, end=end),))
    assert answers_for(youth, past_from - DAY) == frozenset()
    assert answers_for(youth, past_from) == {HERE}


@pytest.mark.parametrize(
    ("end", "year", "past"),
    [(date(2028, 6, 30), 9, True), (date(2028, 7, 1), 9, False), (date(2028, 7, 1), 10, True)],
)
def test_the_last_year_is_the_tenth_when_compulsory_school_has_ten(end, year, past):
    youth = left(born=date(2012, 5, 6), schoolings=(Schooling("GR", year, BEGAN, end),))
    assert bool(answers_for(youth, date(2028, 7, 2))) is past


@pytest.mark.parametrize("kind", ["GY", "GYS", "GR", "VUX", "FHS"])
def test_any_school_on_the_day_ends_it_at_once_and_both_ends_count(kind):
    again = Schooling(kind, None, TODAY, TODAY)
    youth = left(schoolings=(LEFT, again))
    assert answers_for(youth, TODAY) == frozenset()
    assert answers_for(youth, TODAY - DAY) == frozenset()  # still at the first school
    assert answers_for(youth, TODAY + DAY) == {HERE}


def test_a_degree_ends_it_from_its_day_on_and_a_certificate_is_none():
    assert answers_for(left(degree_on=TODAY), TODAY) == frozenset()
    assert answers_for(left(degree_on=TODAY + DAY), TODAY) == {HERE}


@pytest.mark.parametrize(
    ("born", "answers"),
    [
        (TODAY.replace(year=2006), False),
        (TODAY.replace(year=2006) + DAY, True),
        (None, False),
        (date(2012, 1, 1), True),
    ],
)
def test_it_ends_on_the_twentieth_birthday_and_nobody_can_say_without_a_date_of_birth(born, answers):
    assert bool(answers_for(left(born=born), TODAY)) is answers


def test_who_was_born_on_a_leap_day_has_a_birthday_every_year():
    assert born_after(date(2028, 2, 29)) == date(2008, 2, 29)
    assert born_after(date(2120, 2, 29)) == date(2100, 2, 28)
    assert answers_for(left(born=date(2008, 2, 29)), date(2028, 2, 28))
    assert not answers_for(left(born=date(2008, 2, 29)), date(2028, 2, 29))


def test_a_register_goes_before_what_the_school_was_told():
    told = left(residences=(Residence(THERE, start=TODAY),))
    assert answers_for(told, TODAY) == {THERE}
    assert answers_for(told, TODAY + DAY) == {THERE}
    assert answers_for(left(residences=(Residence(THERE, end=TODAY - DAY),)), TODAY) == {HERE}


def test_two_registers_that_both_tell_both_answer():
    assert answers_for(left(residences=(Residence(HERE), Residence(THERE))), TODAY) == {HERE, THERE}


@pytest.mark.parametrize(("elsewhere", "answers"), [(True, False), (False, True), (None, True)])
def test_a_school_elsewhere_is_a_school_while_the_register_tells_so(elsewhere, answers):
    assert bool(answers_for(left(residences=(Residence(HERE, elsewhere),)), TODAY)) is answers
    assert answers_for(left(residences=(Residence(HERE, elsewhere, end=TODAY - DAY),)), TODAY) == {HERE}


def test_an_unknown_home_has_nobody_to_answer():
    assert answers_for(left(home=None), TODAY) == frozenset()


@pytest.mark.parametrize(
    ("born", "day", "answers"),
    [
        (date(2009, 12, 31), date(2026, 6, 30), True),
        (date(2010, 1, 1), date(2026, 6, 30), False),
        (date(2010, 12, 31), date(2026, 7, 1), True),
        (date(2011, 1, 1), date(2026, 7, 1), False),
    ],
)
def test_without_any_known_school_a_register_must_name_who_is_too_old_for_compulsory_school(born, day, answers):
    unknown = Youth(born=born, home=HERE, residences=(Residence(HERE),))
    assert bool(answers_for(unknown, day)) is answers
    assert answers_for(replace(unknown, residences=()), day) == frozenset()
    assert (born <= born_by(day)) is answers


def coordinator(**changes) -> DutyHeld:
    return DutyHeld("youth_coordinator", **{"municipality": HERE, "source": "birkby", **changes})


PLACE = PupilPlace(youth=LEAVER, source="birkby")


def test_the_coordinator_of_the_municipality_has_a_ground():
    assert ground_for([coordinator()], PLACE, TODAY) == Ground("youth_coordinator", "municipality", HERE)


@pytest.mark.parametrize(
    ("duty", "place"),
    [
        (coordinator(municipality=THERE), PLACE),
        (coordinator(municipality=None), PLACE),
        (coordinator(municipality=""), replace(PLACE, youth=left(residences=(Residence(""),)))),
        (coordinator(source="grannby"), PLACE),
        (coordinator(end=TODAY - DAY), PLACE),
        (coordinator(start=TODAY + DAY), PLACE),
        (coordinator(), replace(PLACE, protected=True)),
        (coordinator(), replace(PLACE, youth=left(schoolings=(LEFT, Schooling("GY", 1, TODAY))))),
        (replace(coordinator(), role="principal"), PLACE),
        (replace(coordinator(), role="administrator"), PLACE),
        (replace(coordinator(), role="regional_lead"), PLACE),
    ],
)
def test_nobody_else_has_one(duty, place):
    assert ground_for([duty], place, TODAY) is None


days = st.none() | st.dates(TODAY - 3 * DAY, TODAY + 3 * DAY)
drawn = st.builds(
    Youth,
    st.none() | st.dates(date(2005, 1, 1), date(2013, 1, 1)),
    st.sampled_from([None, HERE, THERE]),
    st.lists(st.builds(Residence, st.sampled_from([HERE, THERE]), st.sampled_from([None, True, False]), days, days)),
    st.lists(st.builds(Schooling, st.sampled_from(["GY", "GR", "VUX"]), st.sampled_from([None, 8, 9, 10]), days, days)),
    days,
)


@given(drawn)
def test_whoever_answers_is_the_youths_home_and_the_youth_is_under_twenty_and_in_no_school(youth):
    for municipality in answers_for(youth, TODAY):
        named = [row.municipality for row in youth.residences if not (row.end and row.end < TODAY)]
        assert municipality in [youth.home, *named]
        assert youth.born is not None
        assert youth.born > TODAY.replace(year=2006)
        assert not any((s.start or TODAY) <= TODAY <= (s.end or TODAY) for s in youth.schoolings)
