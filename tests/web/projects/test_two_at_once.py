"""Many who do the same at the same moment, each on a connection of their own: nothing is lost, nothing done twice."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connections

from pluginnovation.projects.analysis import (
    FACTORS_PART,
    MODEL_PART,
    ROUTINES_PART,
    WORDS_PART,
    Document,
    Factor,
    unpacked,
)
from pluginnovation.projects.logic_model import LogicModel
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import AuditEvent, Duty, User
from pluginnovation.web.projects.after_the_end import answer_follow_up
from pluginnovation.web.projects.analyses.kept import newest, save_part
from pluginnovation.web.projects.analyses.subject import OF_SUB_PROJECT, Subject
from pluginnovation.web.projects.applying import Answering, answer, send_in
from pluginnovation.web.projects.coaching import Agreed, agree, keep_agreement
from pluginnovation.web.projects.judging import (
    Ruling,
    Screened,
    Sheet,
    ask_reviewer,
    decide,
    declare,
    screen,
    send_review,
)
from pluginnovation.web.projects.models import (
    Agreement,
    Analysis,
    Application,
    ApplicationAnswer,
    CallDecision,
    Claim,
    EvaluationPlan,
    FollowUpAsked,
    Report,
    Review,
    ReviewSheet,
    SubProject,
)
from pluginnovation.web.projects.planning import Choosing, lock_plan
from pluginnovation.web.projects.reporting import Beginning, Claiming, begin_report, claim, hand_in, write_report
from tests.web.projects.called import NOW, a_call, a_draft, filled_in, reviewed
from tests.web.projects.running import AT, figure
from tests.web.projects.test_reports import ANSWERS, LEADER

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


def at_once(act: Callable[[int], object], many: int = MANY) -> list[object]:
    """What each gets who begins at the same moment: what the act gives, or the code of its refusal."""
    ready, got = threading.Barrier(many), [None] * many

    def one(number: int) -> None:
        try:
            ready.wait(60)
            got[number] = act(number) or "done"
        except Refusal as refused:
            got[number] = refused.code
        except Exception as wrong:  # seen below: nobody's page may break
            got[number] = repr(wrong)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert None not in got
    return got


def test_of_many_who_decide_at_once_one_decides_and_the_others_are_told(pals):
    application = reviewed(pals)
    leads = [User.objects.create(login=f"lead{number}", name=f"Lead {number}") for number in range(MANY)]

    def ruled(number: int) -> object:
        grant = 4_000_000 if number % 2 else None
        mine = Application.objects.get(pk=application.pk)
        ruling = Ruling(grant, f"Skäl {number}", role="regional_lead")
        return decide(application=mine, ruling=ruling, by=leads[number], at=NOW)

    got = at_once(ruled)
    assert got.count("decided_meanwhile") == MANY - 1, got
    stands = CallDecision.objects.get()
    assert got.index(stands) == int(stands.reasons.removeprefix("Skäl "))
    application.refresh_from_db()
    assert application.state == ("granted" if stands.granted else "declined")
    assert SubProject.objects.count() == int(stands.granted)
    assert AuditEvent.objects.filter(action="decide_application").count() == 1


def test_when_the_last_reviews_come_at_once_all_stand_and_the_application_waits_for_its_decision(pals):
    application = send_in(application=filled_in(pals), by=pals.petra, at=NOW)
    screen(application=application, screened=Screened({1: True}, "eligible", "", "regional_lead"), by=pals.rut, at=NOW)
    people = [User.objects.create(login=f"reviewer{number}", name=f"R {number}") for number in range(MANY)]
    for person in people:
        Duty.objects.create(user=person, role="process_leader")
        review = ask_reviewer(application=application, reviewer=person, by=pals.rut, at=NOW)
        declare(review=review, conflict=False, what="", by=person, at=NOW)

    def sent(number: int) -> object:
        review = Review.objects.get(reviewer=people[number])
        sheet = Sheet({1: 4, 2: 2}, f"Ord {number}", "grant")
        return send_review(review=review, sheet=sheet, by=people[number], at=NOW)

    got = at_once(sent)
    assert all(isinstance(one, Application) for one in got), got
    assert sorted(ReviewSheet.objects.values_list("text", flat=True)) == [f"Ord {number}" for number in range(MANY)]
    application.refresh_from_db()
    assert (application.state, application.reviewed_at) == ("reviewed", NOW)


def test_of_many_who_answer_a_question_at_once_no_words_are_lost(pals):
    draft = a_draft(pals, a_call(pals))
    question = draft.call.questions.get(number=1)

    def answered(number: int) -> object:
        mine = Application.objects.get(pk=draft.pk)
        return answer(application=mine, answering=Answering(question, f"Ord {number}", 0), by=pals.petra, at=NOW)

    at_once(answered)
    rows = ApplicationAnswer.objects.filter(application=draft)
    assert sorted(row.text for row in rows) == [f"Ord {number}" for number in range(MANY)]
    assert [row.version for row in rows if not row.beside] == [1]


def test_an_application_is_sent_in_once(pals):
    draft = filled_in(pals)
    got = at_once(lambda _number: send_in(application=Application.objects.get(pk=draft.pk), by=pals.petra, at=NOW))
    assert got.count("moved_meanwhile") == MANY - 1, got
    assert AuditEvent.objects.filter(action="send_in_application").count() == 1


def test_of_many_who_write_one_report_at_once_one_saves_and_the_others_are_told(running):
    draft = begun(running)

    def written(number: int) -> object:
        mine = Report.objects.get(pk=draft.pk)
        return write_report(report=mine, answers={"worked": f"Ord {number}"}, seen=0, by=running.lena, at=AT)

    got = at_once(written)
    assert got.count("others_were_first") == MANY - 1, got
    draft.refresh_from_db()
    kept = next(number for number, one in enumerate(got) if isinstance(one, Report))
    assert (draft.version, draft.answers) == (1, {"worked": f"Ord {kept}"})


def test_no_claim_slips_into_a_report_that_is_being_handed_in(running):
    """Whoever was before the report went in has a verdict beside the claim; whoever was after is told."""
    draft = write_report(report=begun(running), answers=ANSWERS, seen=0, by=running.lena, at=AT)
    figure(running.project, "absence_share", (-8.0, -2.0))

    def act(number: int) -> object:
        mine = Report.objects.get(pk=draft.pk)
        if number == 0:
            return hand_in(report=mine, role=LEADER, by=running.lena, at=AT)
        claiming = Claiming(f"Påstående {number}", "better", "absence_share")
        return claim(report=mine, claiming=claiming, by=running.lena, at=AT)

    got = at_once(act)
    assert isinstance(got[0], Report), got
    assert set(got[1:]) <= {*Claim.objects.all(), "already_done"}, got
    assert list(Claim.objects.exclude(verdict="agrees")) == []
    assert Claim.objects.count() == MANY - 1 - got.count("already_done")


def begun(running) -> Report:
    """An interim report."""
    beginning = Beginning("interim", date(2026, 1, 12), date(2026, 4, 22))
    return begin_report(sub_project=running.project, beginning=beginning, by=running.lena, at=AT)


def test_of_many_who_lock_the_plan_at_once_one_does(running):
    def locked(number: int) -> object:
        mine = Choosing(f"Fråga {number}?", "möta upp", "comparison", "Klasser som väntar", "absence_share",
                        date(2026, 5, 4), date(2026, 12, 18))  # fmt: skip
        return lock_plan(sub_project=running.project, choosing=mine, by=running.lena, at=AT)

    got = at_once(locked)
    assert got.count("plan_is_locked") == MANY - 1, got
    assert got.index(EvaluationPlan.objects.get()) >= 0


def test_the_parts_of_an_analysis_that_are_saved_at_once_all_stand(running):
    project = running.project
    subject = Subject(OF_SUB_PROJECT, str(project.pk), project.school, project.municipality, project.name,
                      sub_project=project.pk)  # fmt: skip
    said = [
        (WORDS_PART, Document(words="Orden")), (ROUTINES_PART, Document(routines={"same_day": "missing"})),
        (FACTORS_PART, Document(factors={"flexibility": Factor("weak", "Schemat")})),
        (MODEL_PART, Document(model=LogicModel("Problemet"))),
    ]  # fmt: skip

    def saved(number: int) -> object:
        part, document = said[number]
        return save_part(subject=subject, part=part, said=document, after=0, by=running.lena, at=AT)

    got = at_once(saved, len(said))
    assert all(isinstance(one, Analysis) for one in got), got
    assert sorted(one.version for one in got) == [1, 2, 3, 4]
    document = unpacked(newest(subject).document)
    assert (document.words, document.model.problem) == ("Orden", "Problemet")
    assert document.routines and document.factors


def test_an_agreement_is_kept_once_and_a_follow_up_is_answered_once(running):
    agreed = agree(sub_project=running.project, agreed=Agreed("Vikarielista", date(2026, 5, 8)), by=running.per, at=AT)
    asked = FollowUpAsked.objects.create(
        sub_project=running.project, months=6, due=date(2026, 4, 1), asked_at=AT, at=AT
    )

    def kept(_number: int) -> object:
        return keep_agreement(agreement=Agreement.objects.get(pk=agreed.pk), by=running.lena, at=AT)

    def answered(number: int) -> object:
        mine = FollowUpAsked.objects.get(pk=asked.pk)
        return answer_follow_up(follow_up=mine, answer="partly", text=f"Ord {number}", by=running.lena, at=AT)

    assert at_once(kept).count("already_done") == MANY - 1
    got = at_once(answered)
    assert got.count("already_done") == MANY - 1, got
    stands = next(number for number, one in enumerate(got) if isinstance(one, FollowUpAsked))
    asked.refresh_from_db()
    assert asked.answers["text"] == f"Ord {stands}"
