"""What may be handed over when a pupil changes school, and how the case goes on."""

import pytest

from pluginnovation.support.case_states import STATES_OF
from pluginnovation.support.transfers import ANEW, GOES_ON_AS, GROUNDS, LONGEST_WHY, carried, refused

SAID = {"role": "principal", "ground": "consent", "why": "Ja i telefon.", "parts": ("goals",), "offered": ("goals",)}


def test_a_hand_over_with_role_ground_reason_and_what_there_is_can_be_made_also_of_nothing_more():
    assert all(refused(**SAID | {"ground": ground}) is None for ground in GROUNDS)
    assert refused(**SAID | {"parts": ()}) is None
    assert refused(**SAID | {"role": "pupil_health"}) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": "mentor"}, "not_yours"),
        ({"ground": "curiosity"}, "ground_missing"),
        ({"why": " \n"}, "why_missing"),
        ({"why": "x" * (LONGEST_WHY + 1)}, "why_missing"),
        ({"parts": ("goals", "notes")}, "part_unknown"),
    ],
)
def test_whatever_is_missing_is_named(changes: dict[str, object], code: str):
    refusal = refused(**SAID | changes)
    assert refusal is not None
    assert refusal.code == code


def test_a_case_goes_on_in_a_state_of_its_kind_and_never_with_another_schools_decision_in_force():
    for kind, states in STATES_OF.items():
        for state in states[:-1]:
            assert GOES_ON_AS[state] in states, (kind, state)
    assert GOES_ON_AS["programme"] == "deciding"


def test_only_what_each_authority_reports_itself_is_done_anew_and_only_at_another():
    assert [step for step in ("assess", "talk_pupil", *ANEW) if not carried(step, same_authority=True)] == []
    assert {step for step in ("assess", "talk_pupil", *ANEW) if not carried(step, same_authority=False)} == ANEW
