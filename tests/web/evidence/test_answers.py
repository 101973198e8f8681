"""A locked plan is answered from records; the answer is lowered with a reason, put beside others, and handed out."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction

from pluginnovation.evidence.plan_files import checksum
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.evidence.actions import Leaving, lock_plan, lower_certainty, note_departure
from pluginnovation.web.evidence.answering import answer_all, answer_plan
from pluginnovation.web.evidence.at_prompt import found_plan, listed
from pluginnovation.web.evidence.grades import grade_of, locks_of
from pluginnovation.web.evidence.handing_out import hand_out
from pluginnovation.web.evidence.models import Assigned, Estimate, SentMessage, StoredPlan, Together
from pluginnovation.web.evidence.stored import plan_of
from pluginnovation.web.people.events import pupils_hidden
from tests.web.evidence.conftest import AT, Asked, drafted
from tests.web.evidence.test_plans import refused
from tests.web.helped_school import INDEX

AS_OF = date(2025, 11, 2)


def test_the_answer_has_its_number_its_certainty_and_its_paragraph(asked, school):
    made = answer_plan(school, asked.locked(), as_of=AS_OF, by=None, at=AT)
    result = json.loads(made.result)
    assert result["estimate"] == pytest.approx(-10, abs=0.5)
    assert (made.grade["cap"], made.grade["locks"], locks_of(made)) == (5, 3, 3)
    assert "locked_after_outcome_began" in result["assumptions"]
    assert [step["code"] for step in made.grade["steps"]] == ["locked_after_outcome_began"]
    assert "minskar troligen frånvaron" in made.said_sv
    assert "Säkerhet: Måttlig, 3 av 4 (planen låstes när utfallets tid hade börjat)" in made.said_sv
    assert "frånvaron" in made.said_sv
    assert "absence" in made.said_en
    assert json.loads(made.warning)["label"] == "warning_example"


def test_a_plan_locked_before_its_outcome_began_may_be_sure(asked, school):
    early = datetime.combine(INDEX, time(9), UTC)
    row = lock_plan(row=asked.draft, seen=checksum(plan_of(asked.draft)), by=asked.eva, at=early)
    made = answer_plan(school, row, as_of=AS_OF, by=None, at=AT)
    assert (made.grade["locks"], made.grade["steps"]) == (5, [])
    assert "locked_after_outcome_began" not in json.loads(made.result)["assumptions"]
    assert "minskar frånvaron" in made.said_sv


def test_the_same_answer_again_is_the_same_row_and_a_departure_makes_another(asked, school):
    row = asked.locked()
    first = answer_plan(school, row, as_of=AS_OF, by=None, at=AT)
    assert answer_plan(school, row, as_of=AS_OF + timedelta(days=1), by=None, at=AT) == first
    note_departure(row=row, leaving=Leaving("shorter", "closed"), by=asked.eva, at=AT)
    answer_plan(school, row, as_of=AS_OF, by=None, at=AT)
    assert Estimate.objects.count() == 2
    assert "closed" in json.loads(Estimate.objects.latest("pk").result)["departures"][0]


def test_a_draft_isnt_answered(asked, school):
    assert refused_answer(school, asked.draft) == "plan_not_locked"


def test_a_plan_that_somebody_got_at_after_it_was_locked_isnt_answered(asked, school):
    """Past the trigger too: the checksum is held against what stands there."""
    row = asked.locked()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE evidence_storedplan DISABLE TRIGGER USER")
        cursor.execute("UPDATE evidence_storedplan SET content = replace(content, '\"seed\":1', '\"seed\":2')")
        cursor.execute("ALTER TABLE evidence_storedplan ENABLE TRIGGER USER")
    row.refresh_from_db()
    assert refused_answer(school, row) == "plan_changed"
    assert not Estimate.objects.exists()


def refused_answer(school, row):
    with pytest.raises(Refusal) as caught:
        answer_plan(school, row, as_of=AS_OF, by=None, at=AT)
    return caught.value.code


def test_certainty_is_lowered_with_a_reason_and_never_raised(asked, school):
    made = answer_plan(school, asked.locked(), as_of=AS_OF, by=None, at=AT)
    said = {"estimate": made, "by": asked.eva, "at": AT}
    why = "One school gave the help to those who waited too."
    assert refused(lower_certainty, to=5, reason=why, **said) == "only_downwards"
    assert refused(lower_certainty, to=2, reason="because", **said) == "reason_missing"
    low = lower_certainty(to=2, reason=why, **said)
    assert (locks_of(made), grade_of(made).lowered.reason) == (2, why)
    assert why in low.said_sv
    assert "kan minska" in low.said_sv
    assert refused(lower_certainty, to=3, reason=why, **said) == "only_downwards"
    assert made.grade["locks"] == 3


def test_the_night_answers_what_can_be_answered_and_tells_of_the_rest(asked, school):
    asked.locked()
    other = drafted(asked.eva, name="nobody-drawn", decisions="draws:study_coach")
    drafted(asked.eva, name="a-draft")
    lock_plan(row=other, seen=checksum(plan_of(other)), by=asked.eva, at=AT)
    assert answer_all(school, as_of=date(2025, 10, 1), at=AT) == {"answered": [], "refused": []}
    told = answer_all(school, as_of=AS_OF, at=AT)
    assert [one["name"] for one in told["answered"]] == ["mentors"]
    assert [(one["name"], one["code"]) for one in told["refused"]] == [("nobody-drawn", "decisions_missing")]
    assert [(one["name"], one["dots"]) for one in listed()] == [
        ("mentors", 3),
        ("nobody-drawn", None),
        ("a-draft", None),
    ]
    assert found_plan("mentors").pk == found_plan(str(found_plan("mentors").pk)).pk
    with pytest.raises(Refusal):
        found_plan("none")


def test_several_answers_of_a_method_are_put_together(asked, school):
    row = asked.locked()
    answer_plan(school, row, as_of=AS_OF, by=None, at=AT)
    assert not Together.objects.exists()
    second = drafted(asked.eva, name="mentors-2", seed=2)
    answer_plan(school, Asked(asked.eva, second, asked.pals).locked(), as_of=AS_OF, by=None, at=AT)
    both = Together.objects.get()
    assert both.forest["pooled"]["sites"] == 2
    assert [one["kind"] for one in both.forest["lines"]] == ["pooled_in", "pooled_in", "together"]


def test_what_is_handed_out_holds_counts_and_nobody(asked, school):
    row = asked.locked()
    assert refused(hand_out, row=row, site="Björkeby", by=asked.eva, at=AT) == "estimate_missing"
    answer_plan(school, row, as_of=AS_OF, by=None, at=AT)
    sent = hand_out(row=row, site="Björkeby", by=asked.eva, at=AT)
    message = json.loads(sent.content)
    assert (message["treated"], message["compared"], message["about"]["site"]) == (200, 200, "Björkeby")
    assert "p000" not in sent.content
    assert hand_out(row=row, site="Björkeby", by=asked.eva, at=AT) == sent
    assert SentMessage.objects.count() == 1


def test_a_pupil_who_is_hidden_leaves_the_list_and_the_answer_stands(asked, school):
    answer_plan(school, asked.locked(), as_of=AS_OF, by=None, at=AT)
    with transaction.atomic():
        pupils_hidden.send(sender=None, codes=["p000"])
    assert not Assigned.objects.filter(pupil="p000").exists()
    assert Assigned.objects.count() == 399
    assert Estimate.objects.count() == 1
    assert StoredPlan.objects.get().checksum
