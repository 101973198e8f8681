"""What a site tells the others gives nobody away."""

from dataclasses import replace

import pytest

from pluginnovation.evidence.message import OF_THE_HELP, About, bytes_of, message_from, message_of
from pluginnovation.evidence.result import LOCKED_LATE, Diagnostic, Figure, Result, Sizes
from pluginnovation.records.refusals import Refusal
from tests.unit.evidence.sites import ONE, site

ABOUT = About("kommun-7", "morgonstart", "morning-start", "left_school", "spring 2027")
RESULT = Result(
    design="waiting_list",
    question="Did it help?",
    unit="per_100",
    estimand="itt",
    sizes=Sizes(123, 118, 4, 4),
    estimate=-3.0,
    se=1.5,
    low=-6.0,
    high=0.0,
    benefit=-1,
    compared_mean=12.0,
    cap=5,
    diagnostics=(
        Diagnostic("attrition_difference", 9.0, 5.0, "failed"),
        Diagnostic("baseline_smd", None, 0.25, "unknown"),
        Diagnostic("take_up", 0.2, 0.5, "failed", must_pass=False),
    ),
)


def test_counts_are_rounded_and_what_went_wrong_goes_with_them():
    sent = message_of(RESULT, ABOUT, engine="0.1.0")
    assert (sent.message.treated, sent.message.compared) == (125, 120)
    assert (sent.treated, sent.compared) == (123, 118)
    assert (sent.message.failed, sent.message.untried) == (("attrition_difference",), ("baseline_smd",))
    assert len(bytes_of(sent.message)) < 2000


def test_dose_and_fidelity_travel_and_other_figures_stay():
    told = tuple(Figure(name, 50.0, n=12) for name in (*OF_THE_HELP, "draw_made_again"))
    message = message_of(replace(RESULT, extra=told), ABOUT, engine="0.1.0").message
    assert dict(message.of_the_help) == dict.fromkeys(OF_THE_HELP, 50.0)
    assert {"times_of_help", "share_of_planned", "points_known", "points_followed"} <= set(OF_THE_HELP)
    assert len(bytes_of(message)) < 2000


def test_a_message_says_when_its_plan_was_locked_late():
    late = replace(RESULT, assumptions=("draw_decided", LOCKED_LATE))
    assert message_of(late, ABOUT, engine="0.1.0").message.late
    assert not message_of(RESULT, ABOUT, engine="0.1.0").message.late


def test_a_message_comes_through_as_it_was_sent():
    message = message_of(RESULT, ABOUT, engine="0.1.0").message
    assert message_from(bytes_of(message)) == message


def test_a_result_that_cannot_tell_travels_without_numbers_and_without_small_counts():
    silent = Result("comparison", "Did it help?", "per_100", "att", Sizes(7, 300), cannot_tell="too_few")
    message = message_of(silent, ABOUT, engine="0.1.0").message
    assert (message.estimate, message.treated, message.compared) == (None, None, 300)
    assert message.cannot_tell == "too_few"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sizes": Sizes(9, 300)}, "under_ten"),
        ({"compared_mean": 3.0}, "all_or_nobody"),
        ({"compared_mean": 100.0, "estimate": -1.0}, "all_or_nobody"),
    ],
)
def test_what_would_give_somebody_away_is_withheld(change, code):
    with pytest.raises(Refusal) as refused:
        message_of(replace(RESULT, **change), ABOUT, engine="0.1.0")
    assert refused.value.code == code


@pytest.mark.parametrize("treated", [124, 132, 114])
def test_a_message_that_differs_from_an_earlier_one_by_few_pupils_is_withheld(treated):
    earlier = message_of(RESULT, ABOUT, engine="0.1.0")
    later = replace(RESULT, sizes=replace(RESULT.sizes, treated=treated))
    with pytest.raises(Refusal) as refused:
        message_of(later, ABOUT, engine="0.1.0", earlier=[earlier])
    assert refused.value.code == "differs_by_few"


def test_a_subgroup_that_is_nearly_everybody_is_withheld_and_another_method_is_not():
    earlier = message_of(RESULT, ABOUT, engine="0.1.0")
    girls = replace(RESULT, sizes=replace(RESULT.sizes, treated=120))
    with pytest.raises(Refusal) as refused:
        message_of(girls, replace(ABOUT, subgroup="girls"), engine="0.1.0", earlier=[earlier])
    assert refused.value.code == "differs_by_few"
    assert message_of(girls, replace(ABOUT, method="other"), engine="0.1.0", earlier=[earlier])
    assert message_of(RESULT, ABOUT, engine="0.1.0", earlier=[earlier])


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (replace(ONE, treated=5), "under_ten"),
        (replace(ONE, treated=None), "under_ten"),
        (replace(ONE, se=None), "variance_not_positive"),
        (site(1, -4.0, 0.0), "variance_not_positive"),
    ],
)
def test_a_message_from_a_node_that_did_not_check_is_refused(message, code):
    with pytest.raises(Refusal) as refused:
        message_from(bytes_of(message))
    assert refused.value.code == code
