"""Who still waits after so many days. Every expected figure is worked out by hand, beside the test."""

from fractions import Fraction

from pluginnovation.support.kaplan_meier import HALF, NINE_OF_TEN, Watched, days_until, left_after, survival


def watched(text: str) -> list[Watched]:
    """`3 5+ 8`: three days, five days and still waiting, eight days."""
    return [Watched(int(one.rstrip("+")), not one.endswith("+")) for one in text.split()]


def test_the_curve_of_a_textbook_example() -> None:
    # Ten: 2 3 3+ 5 5 6+ 8 10+ 12 14+. By hand: 9/10; x 8/9 = 8/10; x 5/7 = 4/7; x 3/4 = 3/7; x 1/2 = 3/14.
    steps = survival(watched("2 3 3+ 5 5 6+ 8 10+ 12 14+"))

    assert [(step.day, step.at_risk, step.came, step.censored) for step in steps] == [
        (2, 10, 1, 0), (3, 9, 1, 1), (5, 7, 2, 0), (6, 5, 0, 1), (8, 4, 1, 0), (10, 3, 0, 1), (12, 2, 1, 0),
        (14, 1, 0, 1),
    ]  # fmt: skip
    parts = [(9, 10), (4, 5), (4, 7), (4, 7), (3, 7), (3, 7), (3, 14), (3, 14)]
    assert [step.left for step in steps] == [Fraction(*part) for part in parts]
    assert days_until(steps, HALF) == 8
    assert days_until(steps, NINE_OF_TEN) is None


def test_unanswered_are_watched_and_not_left_out() -> None:
    # Left out, the two answers would say that half are answered on day 1. Four wait, of six that were watched.
    assert days_until(survival(watched("1 9")), HALF) == 1
    assert days_until(survival(watched("1 9 20+ 20+ 20+ 20+")), HALF) is None
    # And who was watched for one day only says nothing of the days after.
    assert days_until(survival(watched("1 9 1+ 1+ 1+ 1+")), HALF) == 9


def test_without_anyone_unanswered_it_is_the_ordinary_share() -> None:
    steps = survival(watched("1 2 3 4 5 6 7 8 9 10"))
    assert [step.left for step in steps] == [Fraction(10 - n, 10) for n in range(1, 11)]
    assert (days_until(steps, HALF), days_until(steps, NINE_OF_TEN)) == (5, 9)


def test_an_answer_on_the_day_that_another_was_last_seen_comes_first() -> None:
    # Two were waiting when the fourth day began, so the answer is one of two.
    assert survival(watched("4 4+"))[0].left == Fraction(1, 2)


def test_an_answer_on_the_same_day_is_no_days() -> None:
    assert days_until(survival(watched("0 0 0 7")), HALF) == 0


def test_nobody_has_no_curve() -> None:
    assert survival([]) == ()
    assert days_until((), HALF) is None
    assert left_after((), 3) is None


def test_how_many_are_left_is_said_for_watched_days_only() -> None:
    steps = survival(watched("2 4 6+ 8+"))
    assert [left_after(steps, day) for day in (0, 1, 2, 3, 5, 8)] == [
        1, 1, Fraction(3, 4), Fraction(3, 4), Fraction(1, 2), Fraction(1, 2)
    ]  # fmt: skip
    assert left_after(steps, 9) is None
    assert left_after(survival(watched("2 4")), 9) == 0
