"""After the end: the work has an owner by role, follow-ups are asked by the night, and silence is unknown."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.projects.after_the_end import Handing, answer_follow_up, ask_follow_ups, hand_over_work
from pluginnovation.web.projects.models import FollowUpAsked, HandOver, SubProject
from pluginnovation.web.support.models import Measure
from tests.web.projects.running import AT, takes_part

ENDED = date(2025, 9, 1)
TEN_WEEKS = timedelta(days=70)


@pytest.fixture
def over(running):
    """The sub-project has been over since September, and so has its neighbour at the other school."""
    SubProject.objects.filter(pk=running.project.pk).update(state="ended", starts=date(2025, 1, 8), ends=ENDED)
    running.project.refresh_from_db()
    SubProject.objects.create(
        programme=running.project.programme, name="Grannens", school=running.pals.place("alm"), state="running",
        starts=date(2025, 1, 8), ends=ENDED, by=running.pals.rut, at=AT,
    )  # fmt: skip
    return running


def test_the_night_asks_what_is_due_once_also_one_that_never_reported(over):
    assert ask_follow_ups(at=AT) == 2
    assert ask_follow_ups(at=AT) == 0
    assert set(FollowUpAsked.objects.values_list("months", "due")) == {(6, date(2026, 3, 1))}
    assert ask_follow_ups(at=AT + timedelta(days=150)) == 2


def test_one_that_never_began_is_not_asked(over):
    SubProject.objects.update(state="planned")
    assert ask_follow_ups(at=AT) == 0


def test_a_silent_neighbour_is_unknown_and_counted(over, visit_as):
    ask_follow_ups(at=AT)
    mine = FollowUpAsked.objects.get(sub_project=over.project)
    answer_follow_up(follow_up=mine, answer="partly", text="", by=over.lena, at=AT)
    page = visit_as(over.pals.rut, "/behov/").content.decode()
    assert "1 av 2 finns kvar. Andelen är mellan 50\u00a0% och 100\u00a0%." in page
    assert "En är okänd och räknas med." in page
    with pytest.raises(Refusal) as refused:
        answer_follow_up(follow_up=mine, answer="stopped", text="", by=over.lena, at=AT)
    assert refused.value.code == "already_done"


def test_where_nobody_answers_the_registers_do_if_the_school_began_the_same_on_its_own(over, visit_as):
    pals = over.pals
    row = {"kind": "study_coach", "level": "individual", "intent": "remedial", "reach": "intensive", "by": pals.asa}
    mine = Measure.objects.create(pupil=pals.mira, school=pals.place("bjork"), starts=date(2025, 2, 1), at=AT, **row)
    takes_part(over, pals.mira, start_date=date(2025, 2, 1), measure=mine)
    ask_follow_ups(at=AT)
    assert FollowUpAsked.objects.get(sub_project=over.project).records["measures"] == 0
    Measure.objects.create(pupil=pals.noor, school=pals.place("bjork"), starts=date(2025, 11, 3), at=AT, **row)
    Measure.objects.create(pupil=pals.ali, school=pals.place("bjork"), starts=date(2026, 3, 2), at=AT, **row)
    ask_follow_ups(at=AT)
    assert FollowUpAsked.objects.get(sub_project=over.project).records["measures"] == 1
    page = visit_as(pals.petra, f"{over.at}overlamning/").content.decode()
    assert "Ur registret" in page
    assert "1 ny insats av samma slag på skolan" in page


def test_the_work_is_handed_over_to_a_role_and_only_work_that_stops_has_no_owner(over, visit_as):
    at = f"{over.at}overlamning/"
    wrong = visit_as(over.pals.petra, f"{at}ny/", absorbed="ordinary", what="Allt fortsätter.")
    assert wrong.status_code == 422
    assert not HandOver.objects.exists()
    right = visit_as(over.pals.petra, f"{at}ny/", absorbed="ordinary", owner_role="Biträdande rektor", what="Allt.")
    assert right.status_code == 302
    page = visit_as(over.per, at).content.decode()
    assert "Det ägs av Biträdande rektor." in page
    handing = Handing("stopped", "", "Ingen tog över.")
    assert hand_over_work(sub_project=over.project, handing=handing, by=over.lena, at=AT).owner_role == ""


def test_what_has_not_begun_can_not_be_handed_over(running):
    SubProject.objects.update(starts=date(2026, 6, 1))
    running.project.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        hand_over_work(sub_project=running.project, handing=Handing("stopped", "", "Nej."), by=running.lena, at=AT)
    assert refused.value.code == "not_ended_yet"


def test_a_follow_up_is_answered_on_the_page_by_the_school_when_the_leader_has_gone(over, visit_as):
    ask_follow_ups(at=datetime(2026, 4, 20, tzinfo=UTC))
    where = f"{over.at}uppfoljning/6/"
    assert visit_as(over.pals.petra, where, absorbed="perhaps").status_code == 422
    assert visit_as(over.pals.petra, where, absorbed="ordinary", text="Varje vecka.").status_code == 302
    assert visit_as(over.pals.petra, where, absorbed="stopped").status_code == 409
    assert visit_as(over.pals.petra, f"{over.at}uppfoljning/12/", absorbed="stopped").status_code == 404
    assert visit_as(over.per, where, absorbed="stopped").status_code == 404
    row = FollowUpAsked.objects.get(sub_project=over.project)
    assert row.answers == {"absorbed": "ordinary", "text": "Varje vecka."}
