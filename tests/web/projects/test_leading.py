"""Who leads a sub-project sees its participants and nobody else; the account adds up to the öre."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from pluginnovation.privacy.grounds import Ground
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Duty
from pluginnovation.web.people.places import place_of
from pluginnovation.web.people.reach import pupils_in_reach
from pluginnovation.web.projects.leading import Moving, move_sub_project
from pluginnovation.web.projects.models import LedgerEntry, Participant, StateMove, SubProject
from pluginnovation.web.projects.programmes import Leaving, leave_programme
from tests.pals import TODAY, code_of
from tests.web.fenced import asking, asking_by, seen
from tests.web.projects.called import NOW, a_sub_project, process_leader

DAY = timedelta(days=1)


@pytest.fixture
def led(pals, visit_as):
    """Charlie leads Björkskolan's sub-project from today, as Rut says on the page; Mira takes part and Vera did."""
    Duty.objects.create(user=pals.charlie, role="evaluator")
    made = a_sub_project(pals)
    said = visit_as(pals.rut, f"/delprojekt/{made.pk}/ledare/", who="charlie", first=TODAY.isoformat(), last="")
    assert said.status_code == 302
    Duty.objects.filter(role="evaluator").delete()
    for pupil, ended in ((pals.mira, None), (pals.ali, TODAY - DAY)):
        Participant.objects.create(
            sub_project=made, pupil=pupil, start_date=TODAY - 9 * DAY, end_date=ended, by=pals.petra, at=NOW
        )
    made.refresh_from_db()
    return made


def leads(pals):
    return next(duty for duty in duties_of(pals.charlie, TODAY) if duty.role == "sub_project_leader")


def test_a_leader_reaches_who_takes_part_today_and_nobody_else(pals, led):
    assert led.leader == pals.charlie
    duty = leads(pals)
    assert set(pupils_in_reach(duty, TODAY).values_list("code", flat=True)) == {pals.mira}
    with asking_by(pals.charlie):
        assert seen("people_person", "code", "is_pupil") == {pals.mira}
        assert seen("projects_participant", "pupil") == {pals.mira}
        assert seen("projects_subproject", "id") == {led.pk}
    place = place_of(pals.mira, None, TODAY)
    assert [(stay.at, stay.end) for stay in place.sub_projects] == [(str(led.pk), None)]
    assert duty.held[0].sub_project == str(led.pk)


def test_the_door_opens_for_the_participant_alone_and_notes_the_ground(pals, led, rf):
    from django.http import Http404

    request = rf.get("/")
    request.user, request.duty = pals.charlie, leads(pals)
    _person, grant = open_pupil_or_404(request, pals.mira, page="participant")
    assert grant.ground == Ground("sub_project_leader", "sub_project", str(led.pk))
    for other in (pals.ali, pals.noor, pals.sixten, "absent"):
        with pytest.raises(Http404):
            open_pupil_or_404(request, other, page="participant")


@pytest.mark.parametrize("days", [{"end_date": TODAY - DAY}, {"start_date": TODAY + DAY}])
def test_a_leader_whose_days_are_over_or_ahead_reaches_nobody(pals, led, days):
    Duty.objects.filter(role="sub_project_leader").update(**days)
    assert not duties_of(pals.charlie, TODAY)
    with asking(pals.charlie, role="sub_project_leader"):
        assert seen("people_person", "code", "is_pupil") == set() == seen("projects_participant", "pupil")


def test_the_region_and_its_process_leaders_see_the_documents_and_no_participant(pals, led):
    for user in (pals.rut, process_leader()):
        assert not pupils_in_reach(duties_of(user, TODAY)[0], TODAY).exists()
        with asking_by(user):
            assert seen("projects_subproject", "id") == {led.pk}
            assert seen("projects_participant", "pupil") == seen("people_person", "code", "is_pupil") == set()


def test_nobody_but_the_region_gives_such_a_duty_and_the_region_no_other(pals, led):
    from django.db import DatabaseError, transaction

    for user, role, number in (
        (pals.petra, "sub_project_leader", led.pk), (pals.rut, "principal", led.pk), (pals.rut, "mentor", None),
        (pals.rut, "sub_project_leader", None), (pals.charlie, "sub_project_leader", led.pk),
    ):  # fmt: skip
        with asking_by(user), pytest.raises(DatabaseError), transaction.atomic():
            Duty.objects.create(user=pals.charlie, role=role, sub_project=number)


def test_a_new_leader_takes_over_and_the_one_before_ends_the_day_before(pals, led, visit_as):
    visit_as(pals.rut, f"/delprojekt/{led.pk}/ledare/", who=code_of("hanna"), first=TODAY.isoformat(), last="")
    days = {duty.user_id: duty.end_date for duty in Duty.objects.filter(role="sub_project_leader")}
    assert days == {pals.charlie.pk: TODAY - DAY, pals.hanna.pk: None}
    unknown = visit_as(pals.rut, f"/delprojekt/{led.pk}/ledare/", who="ingen", first=TODAY.isoformat(), last="")
    assert unknown.status_code == 422 and "finns inte här" in unknown.content.decode()


def test_a_sub_project_starts_when_analysis_goals_and_plan_are_there_and_remembers_its_way(pals, led):
    starting = Moving("running", "sub_project_leader")
    with pytest.raises(Refusal, match=r"analysis.*goal.*plan"):
        move_sub_project(sub_project=led, moving=starting, by=pals.charlie, at=NOW)
    with pytest.raises(Refusal, match="your role"):
        move_sub_project(sub_project=led, moving=Moving("running", "principal"), by=pals.petra, at=NOW)
    with pytest.raises(Refusal, match="first"):
        old = Moving("discontinued", "regional_lead", "Ingen tid", seen=led.version - 1)
        move_sub_project(sub_project=led, moving=old, by=pals.rut, at=NOW)
    broken = Moving("discontinued", "regional_lead", "Ingen tid", seen=led.version)
    assert move_sub_project(sub_project=led, moving=broken, by=pals.rut, at=NOW).state == "discontinued"
    assert list(StateMove.objects.values_list("before", "after", "why")) == [("planned", "discontinued", "Ingen tid")]
    assert Duty.objects.get(role="sub_project_leader").end_date == TODAY


def test_a_municipality_that_withdraws_ends_its_sub_projects_and_who_leads_them(pals, led):
    row = led.programme.municipalities.get()
    left = leave_programme(row=row, leaving=Leaving(TODAY, "Nämnden"), by=pals.rut, at=NOW)
    assert (left.applications, left.sub_projects) == (0, 1)
    assert SubProject.objects.get().state == "discontinued"
    assert Duty.objects.get(role="sub_project_leader").end_date == TODAY


def test_hours_and_costs_are_booked_by_the_leader_taken_back_once_and_handed_to_the_funder(pals, led, visit_as):
    path = f"/delprojekt/{led.pk}/ekonomi/"
    row = {"on": TODAY.isoformat(), "category": "staff", "paid_by": "own", "text": "=Möte"}
    assert visit_as(pals.charlie, path, hours="1,5", rate="400", **row).status_code == 302
    assert visit_as(pals.charlie, path, amount="1 200,50", **(row | {"paid_by": "grant"})).status_code == 302
    for wrong in ({"amount": "1", "hours": "2", "rate": "3"}, {"hours": "2"}, {"amount": "tolv"}, {}):
        assert visit_as(pals.charlie, path, **row, **wrong).status_code == 422
    ahead = visit_as(pals.charlie, path, amount="1", **(row | {"on": (TODAY + DAY).isoformat()}))
    assert ahead.status_code == 422
    assert visit_as(pals.petra, path, amount="1", **row).status_code == 404
    page = visit_as(pals.rut, path).content.decode().replace("\u00a0", " ")
    assert "1 800,50 kr" in page and "Det fattas 300,25 kr" in page

    hours = LedgerEntry.objects.get(kind="hours")
    assert (hours.minutes, hours.rate, hours.amount) == (90, 40_000, 60_000)
    back = f"{path}{hours.pk}/tillbaka/"
    assert visit_as(pals.charlie, back, go="1").status_code == 302
    assert visit_as(pals.charlie, back, go="1").status_code == 409

    book = load_workbook(BytesIO(visit_as(pals.rut, f"{path}?format=xlsx").content))
    sums, lines = book.worksheets
    table = {one[0]: one[1:] for one in sums.iter_rows(min_row=3, values_only=True)}
    assert table["Personal"][1:4] == (1200.5, 0, 1200.5) and table["Fattas"][2] == 600.25
    written = list(lines.iter_rows(min_row=3, values_only=True))
    assert [one[-1] for one in written] == [600, 1200.5, -600]
    assert written[0][5] == "'=Möte"
