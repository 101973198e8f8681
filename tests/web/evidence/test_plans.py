"""A question is drafted, looked at, and locked; from then on nothing of it changes, and what leaves it stays."""

from dataclasses import replace

import pytest
from django.db import ProgrammingError, connection, transaction

from pluginnovation.evidence.plan_files import checksum, intact
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.evidence.actions import (
    Leaving,
    ask_for_answer,
    change_draft,
    draft_plan,
    free_name,
    lock_plan,
    note_departure,
    throw_away,
)
from pluginnovation.web.evidence.models import Departure, StoredPlan
from pluginnovation.web.evidence.stored import locked_of, plan_of
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.records.models import Job
from tests.web.evidence.conftest import AT
from tests.web.helped_school import PLAN


def refused(act, **said):
    with pytest.raises(Refusal) as caught, transaction.atomic():
        act(**said)
    return caught.value.code


def test_a_locked_plan_has_a_checksum_a_time_and_a_name_and_the_audit_says_so(asked):
    row = StoredPlan.objects.get(pk=asked.locked().pk)
    assert (row.checksum, row.locked_at, row.locked_by) == (checksum(PLAN), AT, asked.eva)
    assert intact(locked_of(row))
    assert AuditEvent.objects.get(action="lock_plan").details["checksum"] == row.checksum


def test_what_was_read_is_what_is_locked(asked):
    seen = checksum(plan_of(asked.draft))
    change_draft(row=asked.draft, plan=replace(PLAN, question="Another?"), by=asked.eva, at=AT)
    assert refused(lock_plan, row=asked.draft, seen=seen, by=asked.eva, at=AT) == "plan_draft_changed"
    assert StoredPlan.objects.get().locked_at is None


@pytest.mark.parametrize("act", [lock_plan, change_draft, throw_away])
def test_a_locked_plan_is_neither_locked_again_changed_nor_thrown_away(asked, act):
    row = asked.locked()
    more = {lock_plan: {"seen": row.checksum}, change_draft: {"plan": PLAN}}.get(act, {})
    assert refused(act, row=row, by=asked.eva, at=AT, **more) == "plan_already_locked"


@pytest.mark.parametrize("sql", [
    "UPDATE evidence_storedplan SET content = replace(content, 'mentors', 'others')",
    "UPDATE evidence_storedplan SET locked_at = NULL, checksum = ''",
    "DELETE FROM evidence_storedplan",
    "UPDATE evidence_departure SET why = 'nothing'",
    "DELETE FROM evidence_departure",
])  # fmt: skip
def test_the_database_itself_holds_a_locked_plan_and_its_departures(asked, sql):
    """Past every page and act: the tables refuse."""
    note_departure(row=asked.locked(), leaving=Leaving("to 12 December", "the school closed"), by=asked.eva, at=AT)
    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_departure_needs_a_plan_that_is_locked_and_a_reason(asked):
    leaving = Leaving("measured shorter", "the school closed")
    assert refused(note_departure, row=asked.draft, leaving=leaving, by=asked.eva, at=AT) == "plan_not_locked"
    row = asked.locked()
    assert refused(note_departure, row=row, leaving=Leaving("x", " "), by=asked.eva, at=AT) == "departure_empty"
    note_departure(row=row, leaving=leaving, by=asked.eva, at=AT)
    assert [(one.what, one.why) for one in Departure.objects.all()] == [("measured shorter", "the school closed")]
    assert locked_of(row).departures[0].why == "the school closed"


def test_a_draft_gets_no_answer(asked):
    assert refused(ask_for_answer, row=asked.draft, by=asked.eva, at=AT) == "plan_not_locked"
    assert not Job.objects.exists()


def test_a_plan_that_cant_be_carried_out_isnt_kept(asked):
    assert (
        refused(draft_plan, plan=replace(PLAN, question=" "), sub_project=None, by=asked.eva, at=AT) == "plan_question"
    )
    assert free_name("mentors") == "mentors-2"
    assert free_name("new") == "new"
