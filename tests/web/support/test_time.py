"""I tid: every figure of the page against an independent hand calculation of a replayed term, and who may see it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pluginnovation.support.time_to_action import ACTED, JUDGED_WRONG, LEFT, PASSED, WAITS
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Enrolment, Organisation, Person
from pluginnovation.web.signals.models import Answer, SignalChange
from pluginnovation.web.support.leavers import NOBODY, left_school
from pluginnovation.web.support.models import Case, Measure, NextStep
from pluginnovation.web.support.time_told import EVERYTHING, TERM, SchoolTime, school_time
from tests.pals import SOURCE, TODAY, Pals
from tests.web.fenced import asking_by
from tests.web.signals.conftest import draw


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def raised(pupil: str, on: date, *, signal: str = "absence_28d", ended: date | None = None) -> None:
    rows = [(on, 0, 1), *([(ended, 1, 0)] if ended else [])]
    SignalChange.objects.bulk_create(
        SignalChange(source=SOURCE, pupil=pupil, signal=signal, as_of=day, before=before, after=after)
        for day, before, after in rows
    )


def answered(pupil: str, by: Any, on: date, what: str, signal: str = "absence_28d") -> None:
    Answer.objects.create(
        pupil=pupil, signal=signal, since=on, level=1, as_of=on, what=what, by=by, role="mentor", at=noon(on)
    )


def told(pals: Pals, period: str = TERM) -> SchoolTime:
    duty = next(one for one in duties_of(pals.petra, TODAY) if one.role == "principal")
    return school_time(duty, Organisation.objects.get(code=pals.place("bjork")), period, TODAY)


@pytest.fixture
def term(pals: Pals) -> Pals:
    """A term at Björkskolan. The days are counted by hand, in each line's comment."""
    mira, noor, ali = pals.mira, pals.noor, pals.ali
    raised(mira, date(2026, 2, 2))
    answered(mira, pals.asa, date(2026, 2, 4), "known")  # seen: nothing is done yet
    answered(mira, pals.asa, date(2026, 2, 11), "asked")  # 2 to 11 February: 9 days, acted
    raised(mira, date(2026, 3, 2), signal="merit_drop", ended=date(2026, 3, 23))  # 21 days, passed
    raised(noor, date(2026, 2, 2), ended=date(2026, 2, 20))
    answered(noor, pals.asa, date(2026, 2, 5), "wrong_rows")  # 3 days, judged wrong
    raised(noor, date(2026, 3, 30), signal="absence_term")  # to 23 April: 24 days, waits
    raised(ali, date(2026, 2, 16), signal="passes_needed")
    Measure.objects.create(
        pupil=ali, school=pals.place("bjork"), kind="study_coach", level="individual", intent="remedial",
        reach="intensive", signal="passes_needed", starts=date(2026, 3, 9), by=pals.sam, at=noon(date(2026, 3, 6)),
    )  # fmt: skip  # 16 February to 9 March: 21 days, acted
    raised(ali, date(2026, 4, 20))  # to 23 April: 3 days, waits
    raised(pals.sixten, date(2026, 2, 2))  # another school's
    return pals


def test_every_time_to_action_is_that_of_the_hand_calculation(term: Pals) -> None:
    found = {
        (one.pupil, one.rests_on, one.wait.spell.began): (one.wait.days, one.wait.outcome, one.wait.what)
        for one in told(term).waits
    }
    assert found == {
        (term.mira, "lessons", date(2026, 2, 2)): (9, ACTED, "talked"),
        (term.mira, "grades", date(2026, 3, 2)): (21, PASSED, ""),
        (term.noor, "lessons", date(2026, 2, 2)): (3, JUDGED_WRONG, ""),
        (term.noor, "lessons", date(2026, 3, 30)): (24, WAITS, ""),
        (term.ali, "grades", date(2026, 2, 16)): (21, ACTED, "measure"),
        (term.ali, "lessons", date(2026, 4, 20)): (3, WAITS, ""),
    }


def test_the_curve_counts_those_who_were_not_answered(term: Pals) -> None:
    # Six: 3 wrong, 3 waits, 9 acted, 21 acted, 21 passed, 24 waits. After 9 days 3/4 are left, after 21 3/4 x 2/3.
    found = told(term)
    assert [(row.day, row.watched, row.share) for row in found.table] == [
        (0, 6, 100), (7, 4, 100), (14, 3, 75), (21, 3, 50)
    ]  # fmt: skip
    assert (found.median, found.ninth) == (21, None)
    assert (found.acted, found.wrong, found.passed, found.waiting) == (2, 1, 1, 2)
    assert [(one.pupil, one.reason) for one in found.overdue] == [(term.noor, "unanswered")]
    # 9 days aren't late and the passed one has nobody to give a reason for: Noor waits, and Ali's measure took 21.
    assert found.reasons == [("unanswered", 2)]


@pytest.mark.parametrize(
    ("answers", "outcome", "days"),
    [
        ((), LEFT, 30),  # 2 March to 1 April: nobody had answered when she left
        (((date(2026, 3, 10), "asked"),), ACTED, 8),
        (((date(2026, 3, 10), "asked"), (date(2026, 3, 11), "undone")), LEFT, 30),
        (((date(2026, 4, 9), "asked"),), LEFT, 30),  # at the next school
    ],
)
def test_who_has_left_is_counted_up_to_the_last_day_and_not_named(
    pals: Pals, answers: Any, outcome: str, days: int
) -> None:
    Enrolment.objects.filter(pupil=pals.mira).update(end_date=date(2026, 4, 1))
    raised(pals.mira, date(2026, 3, 2))
    raised(pals.mira, date(2026, 4, 10), signal="absence_term")  # after her time here
    for day, what in answers:
        answered(pals.mira, pals.asa, day, what)

    with asking_by(pals.petra, "principal"):
        school = told(pals)
    [wait] = school.waits
    assert (wait.wait.outcome, wait.wait.days) == (outcome, days)
    assert pals.mira not in wait.pupil
    assert school.overdue == []
    assert [(row.name, row.signals, row.left) for row in school.loads if row.signals] == [
        ("Har slutat skolan", 1, int(outcome == LEFT))
    ]


def test_nobody_is_told_of_another_schools_leavers_or_of_the_protected(pals: Pals) -> None:
    Enrolment.objects.filter(pupil=pals.mira).update(end_date=date(2026, 4, 1))
    raised(pals.mira, date(2026, 3, 2))
    school = pals.place("bjork")
    for nobody in (pals.asa, pals.omar):
        with asking_by(nobody):
            assert left_school(school) == NOBODY
    Person.objects.filter(code=pals.mira).update(security_marking="Sekretessmarkering")
    with asking_by(pals.petra, "principal"):
        assert left_school(school) == NOBODY


def test_what_is_undone_or_known_does_not_end_a_wait(pals: Pals) -> None:
    raised(pals.mira, date(2026, 3, 2))
    answered(pals.mira, pals.asa, date(2026, 3, 4), "guardian")
    answered(pals.mira, pals.asa, date(2026, 3, 5), "undone")
    answered(pals.mira, pals.asa, date(2026, 3, 6), "later")
    (one,) = told(pals).waits
    assert (one.wait.outcome, one.wait.days, one.reason) == (WAITS, 52, "only_seen")


def test_a_case_answers_every_need_of_the_pupil_and_a_measure_in_the_queue_none(pals: Pals) -> None:
    raised(pals.mira, date(2026, 3, 2))
    raised(pals.mira, date(2026, 3, 2), signal="merit_drop")
    waiting = Measure.objects.create(
        pupil=pals.mira, school=pals.place("bjork"), kind="study_coach", level="individual", intent="remedial",
        reach="intensive", starts=date(2026, 3, 4), state="queued", by=pals.asa, at=noon(date(2026, 3, 4)),
    )  # fmt: skip
    assert {one.wait.outcome for one in told(pals).waits} == {WAITS}
    assert not waiting.doses.exists()
    Case.objects.create(
        pupil=pals.mira, school=pals.place("bjork"), kind="support", state="planned", by=pals.asa,
        opened_at=noon(date(2026, 3, 12)), at=noon(date(2026, 3, 12)),
    )  # fmt: skip
    assert {(one.wait.outcome, one.wait.days, one.wait.what) for one in told(pals).waits} == {(ACTED, 10, "case")}


def test_a_period_has_what_began_in_it(term: Pals) -> None:
    raised(term.mira, date(2025, 9, 1), signal="frequent_moves")
    assert len(told(term).waits) == 6
    assert len(told(term, EVERYTHING).waits) == 7


def test_the_load_is_counted_class_by_class_in_the_order_of_names(term: Pals) -> None:
    nine_a, nine_b = told(term).loads
    assert (nine_a.name, nine_a.mentors, nine_a.signals, nine_a.acted, nine_a.wrong) == ("9A", 1, 4, 1, 1)
    assert (nine_b.name, nine_b.mentors, nine_b.signals, nine_b.waiting) == ("9B", 1, 2, 1)
    # From 2 February to 23 April is eleven weeks and four days: twelve begun weeks.
    assert nine_a.weeks == 12
    assert nine_a.share_acted is None  # of four, a share says too much


def test_the_page_says_it_first_and_shows_nobody_from_another_school(term: Pals, visit_as) -> None:
    draw()
    page = visit_as(term.petra, "/i-tid/").text
    assert "Hälften fick en åtgärd inom 21 dagar" in page and "Färre än nio av tio har fått någon." in page
    assert "Två av 6 väntar på någon" in page
    assert "Noor Öberg" in page
    assert "Sixten" not in page


def test_dates_that_have_passed_are_listed_with_who_answers_now(term: Pals, visit_as) -> None:
    draw()
    for owner, what in ((str(term.asa.person_id), "Ring hem"), ("goneforeverxxxxx", "Prata med läraren")):
        NextStep.objects.create(
            pupil=term.mira, school=term.place("bjork"), what=what, owner=owner, owner_role="mentor",
            due=TODAY - timedelta(days=1), by=term.asa, at=noon(TODAY - timedelta(days=9)),
        )  # fmt: skip
    page = visit_as(term.petra, "/i-tid/").text
    assert "Ring hem" in page
    assert "Åsa Dahl" in page
    assert "Rollen mentor" in page


def test_few_signals_get_no_curve(pals: Pals, visit_as) -> None:
    draw()
    raised(pals.mira, date(2026, 3, 2))
    page = visit_as(pals.petra, "/i-tid/").text
    assert "En signal är för lite" in page
    assert "waitcurve" not in page


def test_the_file_has_the_classes_and_no_pupil(term: Pals, visit_as) -> None:
    draw()
    sheet = visit_as(term.petra, "/i-tid/?format=csv").content.decode()
    assert "9A;1;4;1;1;1;0;1" in sheet
    assert "Noor" not in sheet


def test_a_principal_without_any_picture_is_told_so(pals: Pals, visit_as) -> None:
    assert "Ingen bild ännu." in visit_as(pals.petra, "/i-tid/").text


def test_it_is_as_many_queries_for_many_pupils_as_for_few(term: Pals, django_assert_num_queries) -> None:
    with django_assert_num_queries(14):
        told(term)
    for number in range(40):
        raised(term.mira, date(2026, 4, 1) + timedelta(days=number % 20), signal=f"made_up_{number}")
    with django_assert_num_queries(14):
        told(term)
