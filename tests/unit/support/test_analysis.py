"""The joint analysis counts, tells who differs and what has changed; which pupils go on is a rule people can read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.support.analysis import APART, BETTER, SAME, WORSE, Tally, class_picture, since, small, tally
from pluginnovation.support.connectedness import DIMENSIONS, Mark, goes_on, told
from pluginnovation.support.mapping_defaults import DEFAULT_B
from pluginnovation.support.rounds import COMING, OPEN, OVER, Dates, number_in_term, term_of, wrong_dates

KEYS = ("on_time", "dares", "enjoys")
TODAY = date(2026, 4, 23)


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ([], None),
        ([Mark("dares", "partly")], None),
        ([Mark("dares", "partly", "a"), Mark("dares", "not", "b")], None),
        ([Mark("dares", "not"), Mark("on_time", "partly")], ("on_time", "dares")),
        ([Mark("dares", "not"), Mark("on_time", "")], None),
        ([Mark("dares", "not"), Mark("on_time", "fully")], None),
        ([Mark("dares", "not"), Mark("dares", "fully"), Mark("enjoys", "partly")], ("dares", "enjoys")),
        ([Mark("dares", "not"), Mark("asked_last_year", "not")], None),
    ],
)
def test_two_statements_lead_on_each_counted_once_and_unknown_never(marks, found):
    reason = goes_on(marks, keys=KEYS, several=2)
    assert (reason.statements if reason else None) == found


def test_a_rule_of_none_still_takes_one():
    assert goes_on([], keys=KEYS, several=0) is None


def test_a_pupils_answers_are_lists_in_four_parts_and_nothing_said_stays_unknown():
    rows = [(one.key, one.dimension) for one in DEFAULT_B.statements]
    parts = told({"company": "fully", "an_adult": "not"}, rows)
    assert tuple(part.dimension for part in parts) == DIMENSIONS
    social = parts[DIMENSIONS.index("social")]
    assert (social.fully, social.partly, social.not_at_all) == (("company",), (), ("an_adult",))
    assert social.unknown == ("cared_for",)


def test_unknown_is_those_who_were_asked_and_said_nothing():
    sheets = [{"dares": "fully"}, {"dares": "not"}, {"enjoys": "partly"}]
    assert tally(sheets, "dares") == Tally(1, 0, 1, 1)
    assert tally(sheets, "dares", asked=5) == Tally(1, 0, 1, 3)
    assert tally(sheets, "dares").opposed
    assert not tally([], "dares", asked=4).stands_out


@pytest.mark.parametrize(
    ("counts", "stands"),
    [((1, 1, 0), True), ((2, 1, 0), False), ((2, 1, 1), True), ((0, 0, 1), True), ((3, 0, 2), False)],
)
def test_a_statement_stands_out_when_half_of_the_answers_are_partly_or_not(counts, stands):
    assert Tally(*counts).stands_out is stands


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        ((2, 0, 0), (4, 0, 0), SAME),
        ((1, 1, 0), (2, 0, 0), BETTER),
        ((0, 1, 1), (0, 2, 0), BETTER),
        ((2, 0, 0), (1, 1, 0), WORSE),
        ((0, 2, 0), (1, 0, 1), APART),
        ((1, 0, 1), (0, 2, 0), APART),
        ((1, 1, 1), (2, 2, 2), SAME),
        ((0, 0, 0), (2, 0, 0), ""),
        ((1, 0, 0), (0, 0, 0), ""),
    ],
)
def test_a_change_is_told_by_shares_never_by_a_mean(before, now, change):
    assert since(Tally(*before), Tally(*now)) == change


def test_what_wasnt_asked_last_time_is_compared_with_nothing():
    assert since(None, Tally(1)) == ""
    now, before = [{"dares": "fully", "enjoys": "not"}], [{"dares": "not", "enjoys": "fully"}]
    seen = class_picture(KEYS, now, before, asked=2, keys_before=("dares", "gone"))
    assert [(one.key, one.change) for one in seen] == [("on_time", ""), ("dares", BETTER), ("enjoys", "")]
    assert [one.now.unknown for one in seen] == [2, 1, 1]


@given(*[st.tuples(*[st.integers(0, 6)] * 3)] * 2)
def test_a_change_seen_from_the_other_side_is_its_opposite(before, now):
    opposite = {BETTER: WORSE, WORSE: BETTER, SAME: SAME, APART: APART, "": ""}
    assert since(Tally(*now), Tally(*before)) == opposite[since(Tally(*before), Tally(*now))]


def test_fewer_than_five_pupils_are_too_few_and_none_are_not():
    assert [small(number) for number in (0, 1, 4, 5)] == [False, True, True, False]


def days(first: int, last: int) -> Dates:
    return Dates(TODAY + timedelta(days=first), TODAY + timedelta(days=last))


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (days(3, 2), "slutar innan den börjar"),
        (days(-5, -1), "har redan varit"),
        (days(0, 61), "längre än två månader"),
        (days(400, 410), "mer än ett år"),
        (days(5, 12), "krockar"),
        (days(20, 40), "krockar"),
    ],
)
def test_dates_that_wont_do_are_answered_with_what_is_wrong(dates, words):
    wrong = wrong_dates(dates, today=TODAY, others=[days(10, 20)])
    assert wrong is not None
    assert words in wrong[0]


@pytest.mark.parametrize("dates", [days(0, 0), days(-2, 9), days(21, 40), days(0, 9)])
def test_a_round_may_be_one_day_have_begun_and_touch_the_next(dates):
    assert wrong_dates(dates, today=TODAY, others=[days(10, 20)]) is None


def test_where_a_round_stands_and_which_of_the_term_it_is():
    assert [days(*pair).stands(TODAY) for pair in ((1, 2), (0, 0), (-3, -1))] == [COMING, OPEN, OVER]
    others = [Dates(date(2026, 2, 2), date(2026, 2, 13)), Dates(date(2025, 10, 1), date(2025, 10, 9))]
    assert number_in_term(Dates(date(2026, 4, 1), date(2026, 4, 9)), others) == 2
    assert [term_of(date(2026, month, 1)) for month in (1, 7, 8, 12)] == ["2026VT", "2026VT", "2026HT", "2026HT"]
