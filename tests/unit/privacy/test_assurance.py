"""The level and the factors are two checks, and both are asked for."""

import pytest

from pluginnovation.privacy.assurance import (
    AUTHORITY,
    DEMO,
    LOCAL,
    OWN_LEVEL,
    REFEDS_MFA,
    Answer,
    Lack,
    Shown,
    decide,
    factors_told,
    levels_told,
)

LOA2 = "http://id.elegnamnden.se/loa/1.0/loa2"
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
UNCERTIFIED = "http://id.swedenconnect.se/loa/1.0/uncertified-loa2"
ACCEPTED = frozenset({LOA2, LOA3})


def told(*levels: str, factors: bool, how: str = AUTHORITY) -> Shown:
    return Shown(how, "bjorkeby", frozenset(levels), factors)


@pytest.mark.parametrize(
    ("shown", "answer", "lacks"),
    [
        (told(LOA2, factors=True), Answer.ENOUGH, ()),
        (told(LOA3, factors=True), Answer.ENOUGH, ()),
        (told(LOA3, factors=False), Answer.STEP_UP, (Lack.FACTORS,)),
        (told(factors=True), Answer.STEP_UP, (Lack.LEVEL,)),
        (told(factors=False), Answer.STEP_UP, (Lack.LEVEL, Lack.FACTORS)),
        (told(UNCERTIFIED, factors=True), Answer.STEP_UP, (Lack.LEVEL,)),
        (told(LOA2 + "x", factors=True), Answer.STEP_UP, (Lack.LEVEL,)),
        (told(REFEDS_MFA, factors=True), Answer.STEP_UP, (Lack.LEVEL,)),
        (None, Answer.REFUSE, (Lack.LEVEL, Lack.FACTORS)),
    ],
)
def test_both_checks_are_asked_for(shown, answer, lacks):
    decision = decide(shown, ACCEPTED, demo_open=False)
    assert (decision.answer, decision.lacks) == (answer, lacks)


def test_uncertified_is_enough_only_where_the_authority_lists_it():
    shown = told(UNCERTIFIED, factors=True)
    assert decide(shown, ACCEPTED, demo_open=False).answer is Answer.STEP_UP
    assert decide(shown, ACCEPTED | {UNCERTIFIED}, demo_open=False).answer is Answer.ENOUGH


def test_a_way_in_that_is_no_longer_configured_opens_nothing():
    assert decide(told(LOA3, factors=True), None, demo_open=False).answer is Answer.REFUSE


@pytest.mark.parametrize(("demo_open", "answer"), [(True, Answer.ENOUGH), (False, Answer.REFUSE)])
def test_the_demo_is_enough_while_it_is_open(demo_open, answer):
    assert decide(Shown(DEMO), frozenset(), demo_open=demo_open).answer is answer


def test_an_open_demo_opens_nothing_for_another_way_in():
    assert decide(told(LOA2, factors=False), ACCEPTED, demo_open=True).answer is Answer.STEP_UP


@pytest.mark.parametrize(
    ("accepted", "factors", "answer"),
    [
        ({OWN_LEVEL}, True, Answer.ENOUGH),
        ({OWN_LEVEL}, False, Answer.STEP_UP),
        (set(), True, Answer.REFUSE),
    ],
)
def test_a_local_account_is_as_good_as_the_installation_says(accepted, factors, answer):
    shown = Shown(LOCAL, levels=frozenset({OWN_LEVEL}), factors=factors)
    assert decide(shown, frozenset(accepted), demo_open=False).answer is answer


@pytest.mark.parametrize(("factors", "answer"), [(True, Answer.ENOUGH), (False, Answer.STEP_UP)])
def test_a_page_without_pupils_asks_for_factors_and_no_level(factors, answer):
    assert decide(told(factors=factors), ACCEPTED, demo_open=False, with_pupils=False).answer is answer


@pytest.mark.parametrize(
    ("claims", "multi_factor", "factors"),
    [
        ({}, (), False),
        ({"acr": LOA3}, (), False),
        ({"acr": LOA3}, (LOA3,), True),
        ({"acr": REFEDS_MFA}, (), True),
        ({"amr": ["mfa"]}, (), True),
        ({"amr": ["pwd"]}, (), False),
        ({"amr": ["otp", "hwk"]}, (), False),
        ({"amr": ["pwd", "otp"]}, (), True),
        ({"amr": ["hwk", "fpt"]}, (), True),
        ({"amr": "mfa"}, (), True),
        ({"amr": {"mfa": 1}}, (), False),
        ({"amr": [["mfa"]]}, (), False),
        ({"acr": 3}, (), False),
    ],
)
def test_two_factors_are_two_kinds_or_said_outright(claims, multi_factor, factors):
    assert factors_told(claims, frozenset(multi_factor)) is factors


def test_levels_come_from_both_claims_and_from_nothing_else():
    claims = {"acr": LOA2, "eduPersonAssurance": [LOA3, 7], "level": "loa4", "email": "loa4"}
    assert levels_told(claims) == {LOA2, LOA3}
    assert levels_told({"acr": None}) == frozenset()
