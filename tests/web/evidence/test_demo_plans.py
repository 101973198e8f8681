"""The demo's locked plans: one for each sub-project and year that its files tell of, with who was drawn, once."""

from datetime import UTC, date, datetime, timedelta

from pluginnovation.web.evidence.actions import draft_plan
from pluginnovation.web.evidence.decisions import decisions_of
from pluginnovation.web.evidence.demo import lock_the_demos
from pluginnovation.web.evidence.models import Assigned, StoredPlan
from pluginnovation.web.evidence.stored import plan_of
from pluginnovation.web.people.actions import DEMO_NAMES
from pluginnovation.web.people.models import AuditEvent, User
from pluginnovation.web.projects.models import Programme, SubProject
from pluginnovation.web.projects.planning import Choosing
from pluginnovation.web.projects.planning import lock_plan as lock_project_plan
from pluginnovation.web.records.models import Job
from tests.pals import SOURCE
from tests.web.helped_school import PLAN

AT = datetime(2026, 4, 23, 9, tzinfo=UTC)
DRAWN = {"type": "assignment_drawn", "sub_project": "study_coach", "assignment": "lottery", "site": "s1"}
EVENTS = [
    DRAWN | {"at": "2025-01-10T08:00:00Z", "candidates": ["id-mira", "id-noor", "id-gone"], "chosen": ["id-mira"]},
    DRAWN | {"at": "2026-01-12T08:00:00Z", "candidates": ["id-ali"], "chosen": []},
    {"type": "measure_started", "sub_project": "study_coach", "at": "2025-01-11T08:00:00Z"},
]


def test_each_year_of_a_sub_project_is_locked_with_its_list_and_answered_by_the_worker(pals):
    User.objects.create(login="demo:evaluator", name=DEMO_NAMES["evaluator"])
    assert lock_the_demos(EVENTS, SOURCE, until=date(2026, 3, 31), at=AT) == 2
    first = StoredPlan.objects.order_by("pk").first()
    assert (plan_of(first).design, plan_of(first).window.closes) == ("waiting_list", date(2025, 6, 20))
    assert first.checksum
    assert dict(Assigned.objects.filter(plan=first).values_list("pupil", "offered")) == {
        pals.mira: True,
        pals.noor: False,
    }
    assert Job.objects.filter(kind="evidence_answer").count() == 2
    assert lock_the_demos(EVENTS, SOURCE, until=date(2026, 3, 31), at=AT) == 0


def test_a_question_of_somebodys_own_or_a_stop_halfway_keeps_no_plan_of_the_demo_away(pals):
    by = User.objects.create(login="demo:evaluator", name=DEMO_NAMES["evaluator"])
    draft_plan(plan=PLAN, sub_project=None, by=by, at=AT)
    assert lock_the_demos(EVENTS[:1], SOURCE, until=date(2026, 3, 31), at=AT) == 1
    assert lock_the_demos(EVENTS, SOURCE, until=date(2026, 3, 31), at=AT) == 1
    assert lock_the_demos(EVENTS, SOURCE, until=date(2026, 3, 31), at=AT) == 0
    assert StoredPlan.objects.exclude(locked_at=None).count() == 2


def test_without_an_evaluator_there_is_nobody_to_lock(pals):
    assert lock_the_demos(EVENTS, SOURCE, until=date(2026, 3, 31), at=AT) == 0
    assert not StoredPlan.objects.exists()


def test_what_a_sub_project_of_the_demo_locked_is_taken_over_with_its_own_list_and_answered(pals):
    evaluator = User.objects.create(login="demo:evaluator", name=DEMO_NAMES["evaluator"])
    programme = Programme.objects.create(
        key="plug", name="Plug In", starts=date(2025, 8, 1), ends=date(2027, 6, 30), by=pals.rut, at=AT
    )
    day, before = date(2026, 1, 12), datetime(2026, 1, 5, 9, tzinfo=UTC)
    project = SubProject.objects.create(
        programme=programme, name="Studiecoach", school=pals.place("bjork"), municipality="1499", state="running",
        outside_id="demo-study_coach", leader=evaluator, leader_role="sub_project_leader", starts=day,
        ends=date(2026, 12, 18), by=pals.rut, at=before,
    )  # fmt: skip
    choosing = Choosing("Hjälper coachen?", "study_coach", "waiting_list", "De som väntar.", "courses_passed",
                        day + timedelta(days=14), date(2026, 3, 31))  # fmt: skip
    own = lock_project_plan(sub_project=project, choosing=choosing, by=evaluator, at=before)
    here = DRAWN | {"at": "2026-01-12T08:00:00Z", "site": "bjork", "seed": 5, "candidates": ["id-mira", "id-noor"],
                    "chosen": ["id-noor"]}  # fmt: skip
    elsewhere = here | {"site": "alm", "candidates": ["id-ali"], "chosen": ["id-ali"]}
    assert lock_the_demos([here, elsewhere], SOURCE, until=date(2026, 3, 31), at=AT) == 2
    row = StoredPlan.objects.get(sub_project=project.pk)
    assert row.checksum == own.checksum
    assert dict(row.assigned.values_list("pupil", "offered")) == {pals.mira: False, pals.noor: True}
    assert Job.objects.filter(kind="evidence_answer", about=str(row.pk)).count() == 1
    assert lock_the_demos([here, elsewhere], SOURCE, until=date(2026, 3, 31), at=AT) == 0
    handed = row.handed.get()
    assert (handed.listed, handed.offered, handed.by, handed.drawn_at) == (
        2, 1, evaluator, datetime(2026, 1, 12, 8, tzinfo=UTC)
    )  # fmt: skip
    assert AuditEvent.objects.filter(action="hand_in_list", about=row.name).count() == 1


def test_a_threshold_goes_by_the_score_that_was_written_down_and_a_roll_out_by_the_schools_that_began(pals):
    User.objects.create(login="demo:evaluator", name=DEMO_NAMES["evaluator"])
    chosen = {"type": "participants_chosen", "sub_project": "attendance_team", "assignment": "threshold",
              "site": "bjork", "at": "2026-01-12T08:00:00Z", "candidates": ["id-mira", "id-noor", "id-ali"],
              "scores": [123, 40, 999_999], "chosen": ["id-mira"]}  # fmt: skip
    steps = [{"type": "assignment_drawn", "sub_project": "class_climate", "assignment": "staggered", "site": site,
              "at": "2026-01-12T08:00:00Z", "seed": 4, "candidates": [pupil], "chosen": [pupil] * begun}
             for site, pupil, begun in (("bjork", "id-mira", 1), ("alm", "id-sixten", 0))]  # fmt: skip
    assert lock_the_demos([chosen, *steps], SOURCE, until=date(2026, 3, 31), at=AT) == 3
    rows = {plan_of(one).design: one for one in StoredPlan.objects.all()}
    scores = dict(rows["threshold"].assigned.values_list("pupil", "score"))
    assert scores == {pals.mira: 12.3, pals.noor: 4.0, pals.ali: None}
    assert rows["threshold"].handed.get().drawn_at is None
    plan = plan_of(rows["rollout"])
    assert (plan.window.before_days, plan.covariates, plan.placebos, plan.population.years) == (150, (), (), (7,))
    found = decisions_of(rows["rollout"], plan)
    assert found.to_dicts() == [{"organisation": "bjork", "started_on": date(2026, 1, 12)}]
