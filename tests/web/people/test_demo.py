"""The demo's one-click roles: while everything is made up and nobody else can reach the server, and never after."""

from datetime import UTC, datetime, timedelta

import pytest

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.actions import choose_demo_roles, enter_demo, note_import
from pluginnovation.web.people.demo import demo_is_open
from pluginnovation.web.people.models import AuditEvent, DemoRole, Duty, Installation, User

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)
ROLES = (
    "mentor", "principal", "pupil_health", "youth_coordinator", "evaluator", "process_leader", "regional_lead",
    "administrator", "data_protection_officer",
)  # fmt: skip


def imported(*, simulated, status="done"):
    note_import(number=1, source="s", simulated=simulated, asked_by="test", status=status, at=AT)


@pytest.fixture
def demo(pals):
    imported(simulated=True)
    choose_demo_roles(by=None, at=AT)
    return pals


def test_nine_people_are_chosen_of_one_school_and_its_municipality(demo):
    users = dict(DemoRole.objects.values_list("role", "user__name"))
    assert sorted(users) == sorted(ROLES)
    assert (users["mentor"], users["principal"], users["pupil_health"]) == ("Åsa Dahl", "Petra Sund", "Hanna Nyman")
    assert users["youth_coordinator"] == "Kim Strand"


def test_the_class_with_most_to_see_decides_the_mentor(demo):
    choose_demo_roles(groups_by_interest=lambda: [demo.group("8A"), demo.group("9B")], by=None, at=AT)
    # 8A's school has no principal in the source, so its mentor can't be shown together with one.
    assert DemoRole.objects.get(role="mentor").user == demo.sam


def test_choosing_twice_chooses_the_same(demo):
    before = set(DemoRole.objects.values_list("role", "user"))
    choose_demo_roles(by=None, at=AT)
    assert set(DemoRole.objects.values_list("role", "user")) == before
    assert Duty.objects.filter(user__login="demo:administrator").count() == 1


def test_whoever_leads_the_first_sub_project_has_a_button_and_none_whose_days_are_over(demo):
    over = {"role": "sub_project_leader", "end_date": AT.date() - timedelta(days=1)}
    Duty.objects.create(user=demo.charlie, sub_project=1, **over)
    choose_demo_roles(by=None, at=AT)
    assert not DemoRole.objects.filter(role="sub_project_leader").exists()
    Duty.objects.create(user=demo.charlie, sub_project=2, role="sub_project_leader")
    choose_demo_roles(by=None, at=AT)
    assert DemoRole.objects.get(role="sub_project_leader").user == demo.charlie


def test_nobody_is_chosen_before_a_made_up_source_is_there(pals):
    choose_demo_roles(by=None, at=AT)
    assert not DemoRole.objects.exists()


def test_the_buttons_stand_on_the_start_page_and_each_leads_to_its_home(demo, client):
    page = client.get("/").content.decode()
    for role in ROLES:
        assert f'value="{role}"' in page
    homes = {}
    for role in ROLES:
        client.post("/demo/", {"role": role})
        homes[role] = client.get("/").headers["Location"]
    assert homes == {
        "mentor": "/min-dag/",
        "principal": "/laget/",
        "pupil_health": "/mote/",
        "youth_coordinator": "/ungdomar/",
        "evaluator": "/effekt/",
        "process_leader": "/processtod/",
        "regional_lead": "/regionen/",
        "administrator": "/inlasningar/",
        "data_protection_officer": "/besok/",
    }
    assert AuditEvent.objects.filter(action="enter_demo").count() == len(ROLES)


@pytest.mark.parametrize("role", ["", "teacher", "king", "nobody", "\x00"])
def test_a_role_that_has_no_button_is_no_way_in(demo, client, role):
    assert client.post("/demo/", {"role": role}).headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_a_press_on_a_button_needs_its_token(demo):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/demo/", {"role": "mentor"}).status_code == 403


def test_a_look_at_the_address_is_no_press(demo, client):
    assert client.get("/demo/").status_code == 405


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.8", "", "plug.example.se"])
def test_the_buttons_are_gone_when_others_could_reach_the_server(demo, client, settings, address):
    client.post("/demo/", {"role": "mentor"})
    settings.PLUG_BIND = address
    assert not demo_is_open()
    assert client.get("/klasser/").headers["Location"] == "/"
    assert b'value="mentor"' not in client.get("/").content
    with pytest.raises(Refusal):
        enter_demo(role="mentor", at=AT)


@pytest.mark.parametrize("status", ["done", "held"])
def test_the_first_real_import_closes_the_demo_for_good(demo, client, status):
    client.post("/demo/", {"role": "mentor"})
    assert client.session["demo"]

    imported(simulated=False, status=status)

    assert client.get("/klasser/").headers["Location"] == "/"
    assert "_auth_user_id" not in client.session
    page = client.get("/").content.decode()
    assert 'name="role"' not in page and 'href="/logga-in/"' in page
    assert not DemoRole.objects.exists()
    assert not User.objects.filter(login__startswith="demo:", is_active=True).exists()
    with pytest.raises(Refusal):
        enter_demo(role="mentor", at=AT)

    imported(simulated=True)  # nothing opens it again
    choose_demo_roles(by=None, at=AT)
    assert not demo_is_open()
    assert not DemoRole.objects.exists()


def test_the_closing_stands_or_falls_with_the_import(demo, monkeypatch):
    from django.db import transaction

    def fails():
        with transaction.atomic():
            imported(simulated=False)
            raise RuntimeError("the import fails after all")

    with pytest.raises(RuntimeError):
        fails()
    assert demo_is_open()
    assert Installation.objects.get().first_real_import_at is None


def test_a_session_of_a_real_sign_in_survives_the_closing(demo, client):
    client.force_login(demo.adam)
    imported(simulated=False)
    assert client.get("/").headers["Location"] == "/inlasningar/"
