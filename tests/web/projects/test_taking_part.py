"""Activities and participants: adults tie a pupil, the leader sees those who take part, and others see counts."""

from datetime import date, timedelta

import pytest

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import AuditEvent, Visit
from pluginnovation.web.projects.doing import Held, Planned, end_activity, hold_activity, plan_activity
from pluginnovation.web.projects.figures_run import _count
from pluginnovation.web.projects.models import ActivityTime, PartCounts, Participant, SubProject
from pluginnovation.web.projects.taking_part import Joining, Leaving, stop_taking_part, take_part
from pluginnovation.web.support.marking import mark_points
from pluginnovation.web.support.models import Measure, PointMark
from tests.pals import TODAY
from tests.web.projects.running import AT, ENDS, STARTS, takes_part

PLANNED = Planned("Frukost på måndagar", "preventive", "targeted", "group", STARTS, times=14)


def measure_of(pals, pupil, **given):
    row = {"kind": "study_coach", "level": "individual", "intent": "remedial", "reach": "intensive"}
    return Measure.objects.create(
        pupil=pupil, school=pals.place("bjork"), starts=STARTS, owner="", by=pals.asa, at=AT, **(row | given)
    )


def test_an_activity_is_planned_held_and_ended_and_each_act_is_written_down(running):
    activity = plan_activity(sub_project=running.project, planned=PLANNED, by=running.lena, at=AT)
    hold_activity(activity=activity, held=Held(TODAY, 2), by=running.lena, at=AT)
    hold_activity(activity=activity, held=Held(TODAY, 1, held=False, why="Vikarie saknades"), by=running.lena, at=AT)
    end_activity(activity=activity, by=running.lena, at=AT)
    assert list(ActivityTime.objects.order_by("pk").values_list("times", "held")) == [(2, True), (1, False)]
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions)[-4:] == ["plan_activity", "hold_activity", "hold_activity", "end_activity"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"intent": "targeted"}, "not_offered"),
        ({"ends": STARTS - timedelta(days=1)}, "day_wrong"),
        ({"times": 0}, "number_wrong"),
        ({"name": " "}, "text_wrong"),
    ],
)
def test_an_activity_that_can_not_be_is_refused(running, changes, code):
    said = {field: getattr(PLANNED, field) for field in PLANNED.__slots__}
    with pytest.raises(Refusal) as refused:
        plan_activity(sub_project=running.project, planned=Planned(**(said | changes)), by=running.lena, at=AT)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (Held(TODAY + timedelta(days=1)), "day_wrong"),
        (Held(STARTS - timedelta(days=1)), "outside_its_time"),
        (Held(TODAY, 0), "number_wrong"),
        (Held(TODAY, 1, held=False), "text_wrong"),
    ],
)
def test_a_time_that_can_not_be_is_refused(running, held, code):
    activity = plan_activity(sub_project=running.project, planned=PLANNED, by=running.lena, at=AT)
    with pytest.raises(Refusal) as refused:
        hold_activity(activity=activity, held=held, by=running.lena, at=AT)
    assert refused.value.code == code


def test_nothing_more_is_done_in_a_sub_project_that_has_ended(running):
    SubProject.objects.update(state="ended")
    running.project.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        plan_activity(sub_project=running.project, planned=PLANNED, by=running.lena, at=AT)
    assert refused.value.code == "sub_project_ended"


@pytest.mark.parametrize(
    ("starts", "code"),
    [(STARTS - timedelta(days=1), "outside_its_time"), (ENDS + timedelta(days=1), "outside_its_time")],
)
def test_nobody_takes_part_outside_the_sub_projects_time(running, starts, code):
    with pytest.raises(Refusal) as refused:
        take_part(sub_project=running.project, joining=Joining(running.pals.mira, starts), by=running.pals.asa, at=AT)
    assert refused.value.code == code


def test_a_pupil_takes_part_once_at_a_time_and_by_the_own_measure(running):
    pals = running.pals
    theirs = measure_of(pals, pals.noor)
    for joining, code in ((Joining(pals.mira, TODAY, measure=theirs.pk), "of_other_pupil"),):
        with pytest.raises(Refusal) as refused:
            take_part(sub_project=running.project, joining=joining, by=pals.asa, at=AT)
        assert refused.value.code == code
    stay = take_part(sub_project=running.project, joining=Joining(pals.mira, TODAY), by=pals.asa, at=AT)
    with pytest.raises(Refusal) as refused:
        take_part(sub_project=running.project, joining=Joining(pals.mira, TODAY), by=pals.asa, at=AT)
    assert refused.value.code == "takes_part_already"
    stop_taking_part(participant=stay, leaving=Leaving(TODAY, "dropped_out"), by=running.lena, at=AT)
    with pytest.raises(Refusal) as refused:
        stop_taking_part(participant=stay, leaving=Leaving(TODAY, "dropped_out"), by=running.lena, at=AT)
    assert refused.value.code == "already_done"


def test_the_mentor_ties_a_pupil_from_the_pupils_page_and_the_leader_then_sees_the_pupil(running, visit_as):
    pals = running.pals
    mine = measure_of(pals, pals.mira, planned_dose=10)
    assert visit_as(running.lena, f"{running.at}deltagare/{pals.mira}/").status_code == 404
    answer = visit_as(
        pals.asa, f"/elev/{pals.mira}/delprojekt/", sub_project=str(running.project.pk), starts="2026-04-20",
        tied=f"measure:{mine.pk}",
    )  # fmt: skip
    assert answer.status_code == 302
    stay = Participant.objects.get()
    assert (stay.pupil, stay.measure_id, stay.start_date) == (pals.mira, mine.pk, date(2026, 4, 20))
    page = visit_as(running.lena, f"{running.at}deltagare/{pals.mira}/")
    assert page.status_code == 200
    assert "Mira Åkesson" in page.content.decode()
    seen = Visit.objects.filter(viewer=running.lena).get()
    assert (seen.pupil, seen.role, seen.page) == (pals.mira, "sub_project_leader", "participant")


def test_the_leader_sees_names_and_everybody_else_counts(running, visit_as):
    pals = running.pals
    takes_part(running, pals.mira)
    takes_part(running, pals.noor, end_date=TODAY - timedelta(days=3), why_ended="dropped_out")
    PartCounts.objects.create(sub_project=running.project, as_of=TODAY, at=AT)
    led = visit_as(running.lena, f"{running.at}deltagare/").content.decode()
    assert "Mira Åkesson" in led
    assert "Noor" not in led
    for who in (running.per, pals.rut, pals.petra):
        page = visit_as(who, f"{running.at}deltagare/").content.decode()
        assert "Mira" not in page
        assert "Färre än tio har deltagit, så antalet visas inte." in page


def test_how_far_the_methods_were_followed_is_told_with_what_is_unknown_apart(running, visit_as):
    counts = PartCounts.objects.create(
        sub_project=running.project, came=12, points=36, points_known=30, points_followed=21, points_partly=6,
        as_of=TODAY, at=AT,
    )  # fmt: skip
    page = visit_as(running.per, f"{running.at}deltagare/").content.decode()
    assert "21 av 30 besvarade följdes, 6 delvis. 6 av 36 okänt" in page
    for points, shown in ((None, "dolt"), (0, "ingen metod"), (36, "36, få besvarade")):
        PartCounts.objects.filter(pk=counts.pk).update(points=points, points_known=None)
        page = visit_as(running.per, f"{running.at}deltagare/").content.decode()
        assert f'Metodernas punkter</th><td class="number">{shown}</td>' in page


def test_the_night_counts_the_marks_of_participants_measures_and_hides_them_under_ten(running):
    pals = running.pals
    for pupil in (pals.mira, pals.noor):
        mine = measure_of(pals, pupil, state="running", fidelity="Samma vuxen\nTvå gånger")
        mark_points(measure=mine, said={0: "yes"}, by=pals.asa, at=AT)
        takes_part(running, pupil, measure=mine)
    names = ("points", "points_known", "points_followed", "points_partly")
    _count(TODAY, AT)
    assert PartCounts.objects.values_list(*names).get() == (None,) * 4
    for number in range(10):
        code = f"{number:016d}"
        mine = measure_of(pals, code, state="running", fidelity="Samma vuxen\nTvå gånger")
        PointMark.objects.create(measure=mine, pupil=code, point=1, followed="partly", by=pals.asa, at=AT)
        takes_part(running, code, measure=mine)
    _count(TODAY, AT)
    assert PartCounts.objects.values_list(*names).get() == (24, 12, 2, 10)


def test_a_sub_project_that_is_not_ones_own_looks_like_none(running, visit_as):
    pals = running.pals
    other = SubProject.objects.create(
        programme=running.project.programme, name="Grannens", school=pals.place("alm"), state="running",
        starts=STARTS, by=pals.rut, at=AT,
    )  # fmt: skip
    for who in (running.lena, pals.petra, pals.asa, pals.adam):
        hidden = visit_as(who, f"/delprojekt/{other.pk}/aktiviteter/")
        absent = visit_as(who, "/delprojekt/999999/aktiviteter/")
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content


def test_the_pages_write_what_their_forms_say_and_answer_what_they_can_not(running, visit_as):
    at = f"{running.at}aktiviteter/"
    wrong = visit_as(running.lena, f"{at}ny/", name="Frukost", intent="", reach="targeted", level="group", starts="x")
    assert wrong.status_code == 422
    assert "Skriv dagen som 2026-05-29." in wrong.content.decode()
    made = visit_as(
        running.lena, f"{at}ny/", name="Frukost", intent="preventive", reach="targeted", level="group",
        starts="2026-04-20", planned="8",
    )  # fmt: skip
    assert made.status_code == 302
    number = running.project.activities.get().pk
    assert visit_as(running.lena, f"{at}{number}/hallen/", on="2026-04-23", times="1", held="no").status_code == 422
    assert visit_as(running.lena, f"{at}{number}/hallen/", on="2026-04-23", times="1", held="yes").status_code == 302
    page = visit_as(running.lena, at).content.decode()
    assert "1 av 8 planerade tillfällen har hållits." in page
    assert "Förebyggande · Riktad · Grupp" in page
    assert visit_as(running.per, f"{at}ny/", name="Frukost").status_code == 404
