"""A brake on taking everything out: so many pupil pages and files an hour, and the officer sees who reached it."""

import time_machine
from django.test import Client

from pluginnovation.web.people.models import Visit
from pluginnovation.web.protection.limits import forget_taken
from pluginnovation.web.protection.models import Anomaly, Taken

NOBODY = "0123456789abcdef"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_pupil_pages_stop_at_the_limit_and_no_visit_is_written_then(pals, settings):
    settings.PLUG_PUPILS_AN_HOUR = 2
    asa = signed_in(pals.asa)
    got = [asa.get(f"/elev/{pals.mira}/").status_code for _ in range(4)]
    assert got == [200, 200, 429, 429]
    assert Visit.objects.count() == 2


def test_asking_for_nobody_counts_as_much(pals, settings):
    settings.PLUG_PUPILS_AN_HOUR = 2
    asa = signed_in(pals.asa)
    got = [asa.get(f"/elev/{code}/").status_code for code in (NOBODY, pals.sixten, pals.mira)]
    assert got == [404, 404, 429]


def test_files_stop_at_their_own_limit_and_pages_go_on(pals, settings):
    settings.PLUG_FILES_AN_HOUR = 1
    petra = signed_in(pals.petra)
    assert [petra.get("/elever/?format=csv").status_code for _ in range(2)] == [200, 429]
    assert petra.get("/klasser/?format=xlsx").status_code == 429
    assert petra.get("/elever/").status_code == 200


def test_the_page_says_what_to_do_and_when(pals, settings):
    settings.PLUG_PUPILS_AN_HOUR = 0
    answer = signed_in(pals.asa).get(f"/elev/{pals.mira}/")
    assert "Vänta till nästa hel timme." in answer.content.decode()
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_next_hour_begins_anew_and_each_has_an_own_count(pals, settings):
    settings.PLUG_PUPILS_AN_HOUR = 1
    asa, petra = signed_in(pals.asa), signed_in(pals.petra)
    assert [asa.get(f"/elev/{pals.mira}/").status_code for _ in range(2)] == [200, 429]
    assert petra.get(f"/elev/{pals.mira}/").status_code == 200
    with time_machine.travel("2026-04-23T11:30:00+02:00", tick=False):
        assert signed_in(pals.asa).get(f"/elev/{pals.mira}/").status_code == 200


def test_whoever_reaches_a_limit_is_one_finding_for_the_officer(pals, settings, dag):
    settings.PLUG_PUPILS_AN_HOUR = 1
    asa = signed_in(pals.asa)
    for _ in range(5):
        asa.get(f"/elev/{pals.mira}/")
    found = Anomaly.objects.get()
    assert (found.rule, found.viewer, found.n) == ("limit", pals.asa, 1)
    assert "Gränsen per timme nådd" in dag.get("/avvikelser/").content.decode()


def test_a_stranger_is_not_counted(db, client, settings):
    settings.PLUG_PUPILS_AN_HOUR = 0
    assert client.get(f"/elev/{NOBODY}/").status_code == 302
    assert not Taken.objects.exists()


def test_whether_the_service_is_alive_is_never_counted(pals):
    client = Client()
    client.force_login(pals.asa)
    assert client.get("/halsa/?format=csv").status_code == 200
    assert not Taken.objects.exists()


def test_old_counts_are_deleted(pals):
    signed_in(pals.asa).get(f"/elev/{pals.mira}/")
    from django.utils.timezone import now

    assert forget_taken(at=now()) == 0
    with time_machine.travel("2026-04-26T12:00:00+02:00", tick=False):
        assert forget_taken(at=now()) == 1
