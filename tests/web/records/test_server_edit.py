"""Servers from a page: added with a secret that is never shown again, asked, fetched from, paused, removed."""

import stat

from pluginnovation.web.people.models import AuditEvent, User
from pluginnovation.web.records.models import Import, Job, Server
from pluginnovation.web.records.server_actions import pause_server, resume_server, server_names
from tests.web.records.conftest import SECRET
from tests.web.records.sending import work

ADD = "/inlasningar/servrar/ny/?slag="


def add(adam, school, **changes):
    typed = {"name": "Birkby", "address": school.address, "secret": SECRET, "since": "2025-08-01", **changes}
    return adam.post(f"{ADD}bearer", typed)


def secrets(home):
    return sorted(path for path in (home / "keys" / "servers").rglob("*") if path.is_file())


def test_a_server_is_added_asked_and_fetched_from(adam, school, home):
    assert adam.get("/inlasningar/servrar/ny/").status_code == 200
    assert adam.get(f"{ADD}bearer").status_code == 200
    answer = add(adam, school)
    assert answer.status_code == 302
    work()
    assert "Servern ger" in adam.get(answer.headers["Location"]).content.decode()
    server = Server.objects.get()
    assert (server.name, server.added_by, server.error_code) == ("Birkby", "adam", "")
    answer = adam.post(f"/inlasningar/servrar/{server.pk}/gor/", {"do": "fetch"})
    work()
    assert Job.objects.latest("pk").state == "done", Job.objects.latest("pk").said_sv
    assert Import.objects.get().source == "Birkby"
    assert "Inläsning 1" in adam.get(answer.headers["Location"]).content.decode()


def test_a_secret_is_in_a_file_of_ours_and_nowhere_else(adam, school, home):
    add(adam, school)
    (path,) = secrets(home)
    assert path.read_text() == f"{SECRET}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
    server = Server.objects.get()
    assert SECRET not in str(vars(server))
    assert SECRET not in str(list(AuditEvent.objects.values_list("details", flat=True)))
    for page in ("/inlasningar/servrar/", f"{ADD}bearer"):
        assert SECRET not in adam.get(page).content.decode()


def test_what_is_wrong_is_said_without_the_secret_and_leaves_nothing(adam, school, home):
    for changes, said in (
        ({"name": ""}, "Fältet Namn är tomt."),
        ({"secret": ""}, "Fältet Hemlighet är tomt."),
        ({"address": "http://x.example"}, "Adressen går inte att använda."),
        ({"since": "i höstas"}, "Dagen går inte att läsa."),
        ({"name": "x" * 101}, "Serverns namn går inte att använda."),
    ):
        answer = add(adam, school, **changes)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert SECRET not in answer.content.decode()
    assert secrets(home) == []
    assert not Server.objects.exists()


def test_a_name_that_is_taken_keeps_the_secret_it_has(adam, school, home):
    add(adam, school)
    assert add(adam, school, secret="en-annan").status_code == 422
    (path,) = secrets(home)
    assert path.read_text() == f"{SECRET}\n"


def test_a_client_certificate_is_kept_as_files_of_ours(adam, school, home):
    typed = {"name": "Birkby", "address": school.address, "certificate": "-----BEGIN X", "key": "-----BEGIN Y"}
    assert adam.post(f"{ADD}client_certificate", typed).status_code == 302
    assert [path.name for path in secrets(home)] == ["certificate", "key"]
    server = Server.objects.get()
    assert (server.secret, server.certificate.endswith("certificate")) == ("", True)
    work()
    assert Job.objects.get().state == "refused"


def test_a_paused_server_is_left_alone_by_the_night_until_it_is_taken_up_again(adam, school):
    add(adam, school)
    place = f"/inlasningar/servrar/{Server.objects.get().pk}/gor/"
    adam.post(place, {"do": "pause"})
    assert server_names() == []
    assert "Pausad" in adam.get("/inlasningar/servrar/").content.decode()
    adam.post(place, {"do": "resume"})
    assert server_names() == ["Birkby"]
    said = AuditEvent.objects.filter(action__in=["server_pause", "server_resume"]).order_by("pk")
    assert [(one.action, one.by, one.about) for one in said] == [
        ("server_pause", User.objects.get(login="adam"), "Birkby"),
        ("server_resume", User.objects.get(login="adam"), "Birkby"),
    ]


def test_pausing_what_is_paused_changes_nothing_and_leaves_no_row_in_the_audit(adam, school):
    add(adam, school)
    now = Server.objects.get().added_at
    assert pause_server("Birkby", by=None, at=now, asked_by="root")
    assert not pause_server("Birkby", by=None, at=now, asked_by="root")
    assert AuditEvent.objects.get(action="server_pause").details["asked_by"] == "root"
    assert resume_server("Birkby", by=None, at=now)
    assert not resume_server("Birkby", by=None, at=now)


def test_a_word_that_is_nothing_to_do_with_a_server_is_not_found(adam, school):
    add(adam, school)
    place = f"/inlasningar/servrar/{Server.objects.get().pk}/gor/"
    assert adam.post(place, {"do": "strunt"}).status_code == 404


def test_a_removed_server_takes_its_secret_with_it(adam, school, home):
    add(adam, school)
    work()
    place = f"/inlasningar/servrar/{Server.objects.get().pk}/ta-bort/"
    assert "Det som är inläst är kvar." in adam.get(place).content.decode()
    answer = adam.post(place)
    work()
    assert not Server.objects.exists()
    assert secrets(home) == []
    assert "Servern är borttagen." in adam.get(answer.headers["Location"]).content.decode()
    assert adam.get(place).status_code == 404
