"""What is claimed in a report stands beside what the registers say."""

import pytest

from pluginnovation.projects.claims import MEANINGS, VERDICTS, Figure, compared, may_be_unmeasured, outside


def figure(low: float | None, high: float | None, n: int = 48, of: int = 50, measure: str = "absence_share") -> Figure:
    return Figure(measure, 17.0, 12.0, low, high, n, of)


# Absence: less is better, so a band below nought is an improvement. Three points are much.
@pytest.mark.parametrize(
    ("says", "band", "word", "meaning"),
    [
        ("better", (-8.0, -2.0), "agrees", "agrees"),
        ("better", (-8.0, 2.0), "cannot_tell", "both_sides"),
        ("better", (0.0, 4.0), "differs", "differs"),
        ("much_better", (-8.0, -3.0), "agrees", "agrees"),
        ("much_better", (-8.0, -2.0), "cannot_tell", "not_much"),
        ("much_better", (-2.9, -1.0), "differs", "differs"),
        ("much_better", (-8.0, 1.0), "cannot_tell", "both_sides"),
        ("same", (-2.0, 2.5), "agrees", "agrees"),
        ("same", (-2.0, 3.5), "cannot_tell", "both_sides"),
        ("same", (-8.0, -1.0), "differs", "differs"),
        ("worse", (1.0, 4.0), "agrees", "agrees"),
        ("worse", (-4.0, -1.0), "differs", "differs"),
        ("worse", (-4.0, 1.0), "cannot_tell", "both_sides"),
    ],
)
def test_a_claim_agrees_only_when_the_whole_band_does(says, band, word, meaning):
    found = compared(says, figure(*band))
    assert (found.word, found.meaning) == (word, meaning)
    assert word in VERDICTS
    assert meaning in MEANINGS


def test_more_is_better_where_the_measure_says_so():
    assert compared("better", figure(0.2, 1.4, measure="passes_share")).word == "agrees"
    assert compared("better", figure(-1.4, -0.2, measure="passes_share")).word == "differs"


def test_under_ten_nothing_is_said_and_with_ten_it_is():
    assert compared("better", figure(-8, -2, n=9, of=9)).meaning == "too_few"
    assert compared("better", figure(-8, -2, n=10, of=10)).meaning == "agrees"


def test_too_little_known_is_unknown_and_exactly_four_fifths_is_enough():
    assert compared("better", figure(-8, -2, n=39, of=49)).meaning == "too_little_known"
    assert compared("better", figure(-8, -2, n=40, of=50)).word == "agrees"


def test_what_the_registers_do_not_measure_is_for_a_survey():
    assert compared("better", None).word == "not_registered"
    assert compared("better", Figure("absence_share", None, None, None, None, 0, 12)).meaning == "no_records"
    assert compared("", figure(-8, -2)).meaning == "unsaid"
    assert compared("better", figure(None, None)).word == "cannot_tell"


def test_not_measured_is_impossible_where_there_are_records():
    assert not may_be_unmeasured(figure(-8, 2))
    assert may_be_unmeasured(figure(-8, 2, n=9, of=9))
    assert may_be_unmeasured(None)


def test_of_few_nothing_is_kept_but_that_they_are_few():
    kept = outside(figure(-8, -2, n=9, of=12))
    assert (kept.before, kept.now, kept.n, kept.of, kept.doubt) == (None, None, 0, 0, "too_few")
    assert outside(figure(-8, -2, n=10, of=12)).n == 10
    assert outside(Figure("absence_share", None, None, None, None, 0, 4)).doubt == "too_few"
