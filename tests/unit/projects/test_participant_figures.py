"""The registers' figures of participants: each one compared with the own time before."""

from datetime import date, timedelta

import polars as pl
import pytest

from pluginnovation.projects.participant_figures import Records, figures_of, first_day

START, AS_OF = date(2026, 1, 12), date(2026, 4, 30)
PUPILS = [f"p{number:02}" for number in range(12)]


def day(pupil: str, on: date, excused: int, unexcused: int, reported: int = 100) -> tuple:
    return pupil, on, 100, reported, excused, unexcused


def records(**given) -> Records:
    days = given.get("days", [])
    shape = {"pupil": pl.String, "date": pl.Date, "offered": pl.Int64, "reported": pl.Int64, "excused": pl.Int64,
             "unexcused": pl.Int64}  # fmt: skip
    grades = {"pupil": pl.String, "grade": pl.String, "registered_date": pl.Date, "kind": pl.String}
    stays = {"pupil": pl.String, "start_date": pl.Date, "end_date": pl.Date}
    return Records(
        pl.DataFrame(days, schema=shape, orient="row"),
        pl.DataFrame(given.get("grades", []), schema=grades, orient="row"),
        pl.DataFrame(given.get("stays", []), schema=stays, orient="row"),
        pl.DataFrame(given.get("mapped", []), schema={"pupil": pl.String, "mapped_on": pl.Date}, orient="row"),
    )


def taking_part(pupils=PUPILS, start=START, end=None) -> pl.DataFrame:
    rows = [(7, pupil, start, end) for pupil in pupils]
    shape = {"sub_project": pl.Int64, "pupil": pl.String, "start_date": pl.Date, "end_date": pl.Date}
    return pl.DataFrame(rows, schema=shape, orient="row")


def by_measure(found) -> dict:
    return {figure.measure: figure for _number, figure in found}


def test_the_same_pupils_stand_on_both_sides_of_the_start():
    before, after = START - timedelta(days=1), AS_OF
    days = [row for pupil in PUPILS[:11] for row in (day(pupil, before, 10, 10), day(pupil, after, 5, 5))]
    days += [day("p11", after, 100, 0)]  # nothing is known of the time before: not part of the change
    days += [day(PUPILS[0], START - timedelta(days=85), 100, 0), day(PUPILS[0], AS_OF + timedelta(days=1), 100, 0)]
    found = by_measure(figures_of(taking_part(), records(days=days), as_of=AS_OF))
    absence = found["absence_share"]
    assert (absence.before, absence.now, absence.n, absence.of) == (20.0, 10.0, 11, 12)
    assert (absence.low, absence.high) == (-10.0, -10.0)
    assert (found["unexcused_share"].before, found["unexcused_share"].now) == (10.0, 5.0)


def test_the_band_is_that_of_a_mean_of_pairs():
    """Twelve changes of -1, 0 and +1 in turn: mean 0, sd 0.853, t 2.201 with eleven degrees of freedom: 0.542."""
    days = []
    for place, pupil in enumerate(PUPILS):
        days += [day(pupil, START - timedelta(days=3), 10, 0), day(pupil, AS_OF, 10 + place % 3 - 1, 0)]
    found = by_measure(figures_of(taking_part(), records(days=days), as_of=AS_OF))["absence_share"]
    assert found.high == pytest.approx(0.542, abs=0.001)
    assert found.low == pytest.approx(-0.542, abs=0.001)


@pytest.mark.parametrize(("reported", "n"), [(79, 0), (80, 12)])
def test_a_pupil_with_less_than_four_fifths_reported_is_unknown(reported, n):
    days = [row for pupil in PUPILS
            for row in (day(pupil, START - timedelta(days=1), 8, 0, reported), day(pupil, AS_OF, 8, 0))]  # fmt: skip
    assert by_measure(figures_of(taking_part(), records(days=days), as_of=AS_OF))["absence_share"].n == n


def test_nothing_is_called_now_before_four_weeks_have_gone():
    days = [row for pupil in PUPILS
            for row in (day(pupil, START - timedelta(days=1), 8, 0), day(pupil, START, 8, 0))]  # fmt: skip
    soon, later = START + timedelta(days=26), START + timedelta(days=27)
    assert by_measure(figures_of(taking_part(), records(days=days), as_of=soon))["absence_share"].n == 0
    assert by_measure(figures_of(taking_part(), records(days=days), as_of=later))["absence_share"].n == 12


def test_grades_count_as_shares_of_those_that_were_set():
    grades = [("p00", "F", date(2025, 6, 10), "final"), ("p00", "C", date(2025, 12, 18), "term"),
              ("p00", "-", date(2025, 12, 18), "term"), ("p00", "E", date(2026, 3, 1), "term"),
              ("p01", "E", date(2026, 3, 1), "term"), ("p02", "F", date(2024, 12, 18), "term")]  # fmt: skip
    found = by_measure(figures_of(taking_part(PUPILS[:3]), records(grades=grades), as_of=AS_OF))["passes_share"]
    assert (found.before, found.now, found.n, found.low) == (50.0, 100.0, 1, None)


def test_returned_and_mapped_are_read_off_at_the_start_and_at_the_end_of_each_ones_time():
    stays = [("p00", date(2024, 8, 20), date(2025, 11, 1)), ("p00", date(2026, 2, 1), None),
             ("p01", date(2024, 8, 20), date(2025, 11, 1)), ("p02", date(2024, 8, 20), None)]  # fmt: skip
    mapped = [("p00", START - timedelta(days=1)), ("p01", START)]
    found = by_measure(figures_of(taking_part(PUPILS[:4]), records(stays=stays, mapped=mapped), as_of=AS_OF))
    in_school = found["in_school"]
    assert (in_school.n, in_school.of) == (3, 4)
    assert (round(in_school.before), round(in_school.now)) == (33, 67)
    assert (found["mapped"].before, found["mapped"].now, found["mapped"].n) == (25.0, 50.0, 4)


def test_who_begins_later_has_no_figure_and_nobody_has_none():
    assert figures_of(taking_part(start=date(2026, 9, 1)), records(), as_of=AS_OF) == []
    assert first_day(taking_part([])) is None
    assert first_day(taking_part()) == START - timedelta(days=84)
