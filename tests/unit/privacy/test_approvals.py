"""Two people: never the one who asked, only the right role, in time, once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.privacy.approvals import (
    APPROVED,
    BULK_EXPORT,
    DECIDED_BY,
    EXPIRED,
    REFUSED,
    UNMASKING,
    USED,
    WAITS,
    Asked,
    may_decide,
    may_use,
    needs_two,
    state_of,
)
from pluginnovation.privacy.grounds import ROLES
from pluginnovation.privacy.statements import CORRECTED, NOT_CORRECTED, NOTED, OBJECTION, VIEW, WITHDRAWN, contests

NOON = datetime(2026, 4, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=7)


def asked(**changed):
    return Asked(**({"kind": BULK_EXPORT, "asked_by": 1, "source": "bjorkeby", "expires": LATER} | changed))


@pytest.mark.parametrize(
    ("changed", "now", "state"),
    [
        ({}, NOON, WAITS),
        ({"verdict": APPROVED}, NOON, APPROVED),
        ({"verdict": REFUSED}, NOON, REFUSED),
        ({"verdict": APPROVED, "used": True}, NOON, USED),
        ({}, LATER, EXPIRED),
        ({"verdict": APPROVED}, LATER, EXPIRED),
        ({"verdict": REFUSED}, LATER, REFUSED),
    ],
)
def test_a_request_is_in_one_state(changed, now, state):
    one = asked(**changed)
    assert state_of(one, now) == state
    assert may_use(one, 1, now) is (state == APPROVED)
    assert not may_use(one, 2, now)


@given(
    st.sampled_from([BULK_EXPORT, UNMASKING]),
    st.sampled_from(ROLES),
    st.integers(1, 2),
    st.sampled_from(["", "bjorkeby", "granby"]),
)
def test_only_another_with_the_right_role_at_home_decides(kind, role, user, source):
    wanted = user != 1 and role in DECIDED_BY[kind] and source != "granby"
    assert may_decide(asked(kind=kind), user, role, source) is wanted


def test_a_list_of_exactly_the_limit_is_taken_out_alone():
    assert [needs_two(n) for n in (0, 199, 200, 201)] == [False, False, False, True]
    assert needs_two(1, 0)


@pytest.mark.parametrize(
    ("kind", "outcomes", "stands"),
    [
        (VIEW, [], False),
        (OBJECTION, [], True),
        (OBJECTION, [NOT_CORRECTED], True),
        (OBJECTION, [NOTED], True),
        (OBJECTION, [CORRECTED], False),
        (OBJECTION, [WITHDRAWN], False),
        (OBJECTION, [CORRECTED, NOT_CORRECTED], True),
    ],
)
def test_words_stand_against_a_datum_until_it_is_corrected_or_they_are_taken_back(kind, outcomes, stands):
    assert contests(kind, outcomes) is stands
