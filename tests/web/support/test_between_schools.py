"""Past the pages: what the school before did, promised, decided and noted, the database keeps from the next one."""

from datetime import timedelta
from typing import Any

import pytest

from pluginnovation.web.people.asker import ask_as, take_over
from pluginnovation.web.people.models import Enrolment, Membership, User
from pluginnovation.web.support.models import (
    Case,
    CaseTransfer,
    Decision,
    Dose,
    FollowUp,
    Goal,
    MappingRound,
    Measure,
    Obstacle,
    PointMark,
    PupilMarks,
    PupilSheet,
    QueuePlace,
)
from pluginnovation.web.support.transfers import Giving, give_case_over, take_case_back
from tests.pals import TODAY, Pals
from tests.web.fenced import asking, seen
from tests.web.signals.conftest import AT
from tests.web.support.between import WHY, Visiting, as_principal, body, give, move, with_words

pytestmark = pytest.mark.django_db


def rows_of(pals: Pals, case: Case) -> dict[str, set[Any]]:
    """What the database shows the one who asks of what stands about Mira and has a school."""
    mira = f"pupil = '{pals.mira}'"
    return {table: seen(table, "1", mira) for table in STAYS_AT_SCHOOL}


# Tables that hold what one school has done, promised, decided, noted and mapped about a pupil.
STAYS_AT_SCHOOL = (
    "support_case", "support_casestep", "support_casetext", "support_obstacle", "support_goal", "support_decision",
    "support_measure", "support_dose", "support_pointmark", "support_nextstep", "support_followup",
    "support_meetingpoint", "support_meetingdecision", "support_note", "support_notetext", "support_casefile",
    "support_casefilecontent", "support_queueplace", "support_pupilmarks", "support_pupilsheet",
)  # fmt: skip


def everything(case: Case, pals: Pals) -> None:
    """A row in each of those tables, of Björkskolan, besides what the case has already."""
    with_words(case, pals)
    own = {"pupil": pals.mira, "by": pals.hanna, "at": AT - timedelta(days=4)}
    measure = Measure.objects.filter(case=None).get()
    Dose.objects.create(measure=measure, on=TODAY, times=3, **own)
    Dose.objects.create(measure=Measure.objects.get(case=case), on=TODAY, times=2, **own)
    PointMark.objects.create(measure=measure, point=0, followed="yes", **own)
    FollowUp.objects.create(case=case, school=case.school, kind="own", due=TODAY, **own)
    Obstacle.objects.create(case=case, key="sleep", **own)
    Goal.objects.create(case=case, text="Komma i tid", by_when=TODAY, **own)
    Decision.objects.create(case=case, kind="special_support", verdict="no", text="x", role="principal", **own)
    QueuePlace.objects.create(measure=measure, school=case.school, priority=2, why="x", **own)
    mapped = MappingRound.objects.create(
        school=case.school, first=TODAY, last=TODAY, by=pals.petra, role="principal", at=AT
    )
    PupilMarks.objects.create(round=mapped, marks={"a": "full"}, role="teacher", **own)
    PupilSheet.objects.create(
        round=mapped, school=case.school, answers={}, own_words="x", together=True, version=1, role="mentor", **own
    )  # fmt: skip


def test_past_the_pages_the_next_school_is_given_nothing_of_what_the_one_before_did_and_wrote(
    case: Case, alma: User, pals: Pals
) -> None:
    everything(case, pals)
    asked = (("principal", alma), ("mentor", pals.omar))
    with asking(pals.hanna, role="pupil_health", place=pals.place("bjork")):
        assert [table for table, found in rows_of(pals, case).items() if not found] == []
    move(pals)
    for role, who in asked:
        if role == "mentor":
            Membership.objects.create(pupil_id=pals.mira, group_id=pals.group("8A"), start_date=TODAY)
        with asking(who, role=role, place=pals.place("alm")):
            assert seen("fence.pupils", "code", f"code = '{pals.mira}'") == {pals.mira}
            assert [table for table, found in rows_of(pals, case).items() if found] == []
    Enrolment.objects.filter(pupil=pals.mira, organisation=pals.place("bjork")).update(end_date=None)
    with asking(alma, role="principal", place=pals.place("alm")):
        kept = {table for table, found in rows_of(pals, case).items() if not found}
    assert kept == {"support_casefile", "support_casefilecontent"}


def test_whoever_takes_the_case_over_ends_it_where_it_was_and_only_for_that_request(
    case: Case, alma: User, pals: Pals
) -> None:
    everything(case, pals)
    giving = Giving(pals.place("alm"), "", "consent", WHY, ("text:findings",), "principal")
    row = give_case_over(case=case, giving=giving, by=pals.petra, at=AT)
    move(pals)
    with asking(alma, role="principal", place=pals.place("alm")):
        take_over(row.pk)
        assert seen("support_case", "id", f"id = {case.pk}") == {case.pk}
        assert seen("support_note", "1", f"pupil = '{pals.mira}' AND case_id IS NULL") == set()
        ask_as(alma.pk, TODAY, role="principal", place=pals.place("alm"))
        assert seen("support_case", "id", f"id = {case.pk}") == set()
    Membership.objects.create(pupil_id=pals.mira, group_id=pals.group("8A"), start_date=TODAY)
    with asking(pals.omar, role="mentor", place=pals.place("alm")):
        take_over(row.pk)
        assert seen("support_case", "id", f"id = {case.pk}") == set()
    take_case_back(row=row, role="principal", by=pals.petra, at=AT)
    with asking(alma, role="principal", place=pals.place("alm")):
        take_over(row.pk)
        assert seen("support_case", "id", f"id = {case.pk}") == set()


def test_how_much_was_given_is_handed_over_also_when_the_pupil_has_gone_already(
    case: Case, alma: User, pals: Pals, visit_as: Visiting
) -> None:
    everything(case, pals)
    move(pals)
    give(visit_as, pals.petra, case, pals, parts="measures")
    shown = body(visit_as(alma, f"/arenden/ta-emot/{CaseTransfer.objects.get().pk}/", role=as_principal(pals)))
    assert "tillfällen 2. Börja dagen lugnt" in shown
