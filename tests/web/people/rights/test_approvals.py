"""Two people: a long list and the name behind a code take both, once, and exactly as they were asked for."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client

from pluginnovation.privacy.emergency import EmergencyRule
from pluginnovation.web.people.models import Approval, AuditEvent, Enrolment, Person, Visit
from pluginnovation.web.people.rights.access_rules import AccessRules, set_access_rules
from tests.pals import AUTUMN
from tests.web.signals.conftest import draw

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)
LIST = "/elever/?format=csv&visa="


@pytest.fixture
def world(pals):
    """The pals where a list of more than two pupils takes two people."""
    draw()
    set_access_rules(authority="bjorkeby", rules=AccessRules(EmergencyRule(), 2), why="Prov", by=pals.adam, at=AT)
    return pals


@pytest.fixture
def client_of(world):
    def client(name):
        found = Client()
        found.force_login(getattr(world, name))
        return found

    return client


def ask(client, reason="Till skolans kvalitetsarbete", path=LIST):
    """Ask for the list, from the page that is shown instead of it; the answer and what the page had signed."""
    page = client.get(path)
    assert page.status_code == 403, page.content.decode()
    wanted = re.search('name="wanted" value="([^"]+)"', page.content.decode()).group(1)
    return client.post("/tillstand/begar-lista/", {"wanted": wanted, "reason": reason}), wanted


def decide(client, number, verdict="approved", why="Behövs"):
    return client.post(f"/tillstand/{number}/", {"verdict": verdict, "why": why})


def use(client, number):
    return client.post(f"/tillstand/{number}/gor/")


def test_a_list_within_the_limit_is_taken_out_alone_and_a_longer_one_is_not(client_of, world):
    assert client_of("asa").get(LIST).status_code == 200
    page = client_of("petra").get(LIST)
    assert page.status_code == 403
    assert "Mira" not in page.content.decode() and "Listan har 3 elever." in page.content.decode()


def test_another_approves_and_the_list_is_handed_out_once(client_of, world):
    petra, adam = client_of("petra"), client_of("adam")
    answer, _ = ask(petra)
    approval = Approval.objects.get()
    assert answer.headers["Location"] == f"/tillstand/{approval.pk}/"
    assert use(petra, approval.pk).status_code == 409
    assert "En begäran väntar på ditt beslut." in adam.get("/inlasningar/").content.decode()
    seen = adam.get(f"/tillstand/{approval.pk}/").content.decode()
    assert "Mira" not in seen and "Petra Sund" in seen and "Till skolans kvalitetsarbete" in seen
    assert "Skolans elever" in seen

    assert decide(adam, approval.pk).status_code == 302
    handed = use(petra, approval.pk)
    assert handed.status_code == 200 and "attachment" in handed["Content-Disposition"]
    assert "Åkesson, Mira" in handed.content.decode()
    assert use(petra, approval.pk).status_code == 409
    assert petra.get(LIST).status_code == 403
    acts = AuditEvent.objects.filter(action__contains="approval").order_by("id").values_list("action", "by")
    assert [*acts] == [
        ("ask_approval", world.petra.pk), ("decide_approval", world.adam.pk), ("use_approval", world.petra.pk)
    ]  # fmt: skip


def test_nobody_decides_their_own_twice_or_with_another_role(client_of, world):
    petra = client_of("petra")
    ask(petra)
    number = Approval.objects.get().pk
    assert decide(petra, number).status_code == 409
    for name in ("asa", "tova", "omar", "hanna", "kim", "rut"):
        assert decide(client_of(name), number).status_code == 404, name
    assert decide(client_of("adam"), number, verdict="maybe").status_code == 422
    assert decide(client_of("adam"), number, why="").status_code == 422
    assert decide(client_of("adam"), number, verdict="refused").status_code == 302
    assert decide(client_of("adam"), number).status_code == 409
    assert use(petra, number).status_code == 409
    assert Approval.objects.get().verdict == "refused"


def test_the_database_refuses_ones_own_yes_whatever_a_page_believes(client_of, world):
    ask(client_of("petra"))
    row = Approval.objects.filter(asked_by=world.petra)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(verdict="approved", decided_by=world.petra, decided_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(used_at=AT)
    with (
        pytest.raises(Exception, match=r"read-only|Cannot update"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE people_approval SET reason = 'x'")


def test_what_has_expired_is_neither_decided_nor_used(client_of, world):
    ask(client_of("petra"))
    row = Approval.objects.get()
    with time_machine.travel(row.expires_at):
        assert decide(client_of("adam"), row.pk).status_code == 409
    decide(client_of("adam"), row.pk)
    with time_machine.travel(row.expires_at):
        assert use(client_of("petra"), row.pk).status_code == 409
    assert Approval.objects.get().used_at is None


def test_a_list_that_has_changed_since_is_not_the_one_that_was_approved(client_of, world):
    petra = client_of("petra")
    ask(petra)
    number = Approval.objects.get().pk
    decide(client_of("adam"), number)
    Enrolment.objects.create(
        pupil_id=world.sixten, organisation_id=world.place("bjork"), school_type="GR", start_date=AUTUMN
    )
    answer = use(petra, number)
    assert answer.status_code == 409 and "Sixten" not in answer.content.decode()
    assert Approval.objects.get().used_at is None
    Enrolment.objects.filter(pupil=world.sixten, organisation=world.place("bjork")).delete()
    assert use(petra, number).status_code == 200


def test_what_is_asked_for_can_not_be_written_by_hand_borrowed_or_kept(client_of, world):
    petra = client_of("petra")
    _, wanted = ask(petra)
    for client, said in ((petra, "x"), (petra, ""), (petra, wanted[:-1]), (client_of("hanna"), wanted)):
        answer = client.post("/tillstand/begar-lista/", {"wanted": said, "reason": "Till kvalitetsarbetet"})
        assert answer.status_code == 404
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=61)):
        later = client_of("petra").post("/tillstand/begar-lista/", {"wanted": wanted, "reason": "Till något annat"})
        assert later.status_code == 404
    assert Approval.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "kort", "x" * 501])
def test_a_reason_that_says_nothing_asks_for_nothing(client_of, world, reason):
    answer, _ = ask(client_of("petra"), reason)
    assert answer.status_code == 422
    assert not Approval.objects.exists()


@pytest.mark.parametrize("path", ["/tillstand/999/", "/tillstand/99999999999/", "/tillstand/x/"])
def test_a_number_that_is_nobodys_is_no_page(client_of, world, path):
    assert client_of("petra").get(path).status_code == 404


def test_a_colleague_uses_nobody_elses_approval(client_of, world):
    ask(client_of("petra"))
    number = Approval.objects.get().pk
    decide(client_of("adam"), number)
    assert use(client_of("hanna"), number).status_code == 404
    assert Approval.objects.get().used_at is None


def ask_name(client, who):
    """Ask for the name behind a code; the request."""
    said = {"who": who, "reason": "Jag möter eleven på morgondagens samtal"}
    assert client.post("/tillstand/namn/", said).status_code == 302
    return Approval.objects.latest("id")


def test_the_name_behind_a_code_is_shown_once_after_a_principals_yes(client_of, world):
    asa, petra = client_of("asa"), client_of("petra")
    assert asa.get(f"/elev/{world.sixten}/").status_code == 404
    row = ask_name(asa, world.sixten)
    assert use(asa, row.pk).status_code == 409 and decide(asa, row.pk).status_code == 409
    assert decide(client_of("adam"), row.pk).status_code == 404
    assert "Alm" not in petra.get(f"/tillstand/{row.pk}/").content.decode()
    assert decide(petra, row.pk).status_code == 302

    shown = use(asa, row.pk)
    assert "Sixten Alm" in shown.content.decode() and shown["Cache-Control"] == "no-store, private"
    assert use(asa, row.pk).status_code == 409
    visit = Visit.objects.get()
    assert (visit.viewer, visit.pupil, visit.reach, visit.page) == (world.asa, world.sixten, "approval", "unmasked")
    assert asa.get(f"/elev/{world.sixten}/").status_code == 404
    acts = AuditEvent.objects.filter(action__contains="approval").order_by("id").values_list("action", "by")
    assert [*acts] == [
        ("ask_approval", world.asa.pk), ("decide_approval", world.petra.pk), ("use_approval", world.asa.pk)
    ]  # fmt: skip


@pytest.mark.parametrize("change", [{"security_marking": "Sekretessmarkering"}, {"status": "Avliden"}, {}])
def test_a_protected_name_is_never_shown_and_the_answer_is_that_of_a_code_that_is_nobodys(client_of, world, change):
    """Nobody protected is kept in the first place: whoever got past the readers after all isn't shown either."""
    asa, petra, who = client_of("asa"), client_of("petra"), world.noor if change else "0123456789abcdef"
    Person.objects.filter(code=world.noor).update(**(change or {"status": ""}))
    row = ask_name(asa, who)
    assert decide(petra, row.pk).status_code == 302
    answer = use(asa, row.pk)
    assert answer.status_code == 409 and "Öberg" not in answer.content.decode()
    assert "Det finns inget namn att visa." in answer.content.decode()
    assert not Visit.objects.exists() and Approval.objects.get().used_at is None


def test_a_principal_who_asks_for_a_name_has_another_principal_decide(client_of, world):
    petra = client_of("petra")
    row = ask_name(petra, world.sixten)
    assert 'name="verdict"' not in petra.get(f"/tillstand/{row.pk}/").content.decode()
    assert decide(petra, row.pk).status_code == 409 and use(petra, row.pk).status_code == 409


def test_a_name_that_nobody_looked_at_in_time_is_not_shown(client_of, world):
    row = ask_name(client_of("asa"), world.sixten)
    decide(client_of("petra"), row.pk)
    with time_machine.travel(row.expires_at):
        answer = use(client_of("asa"), row.pk)
    assert answer.status_code == 409 and "Sixten" not in answer.content.decode()
    assert not Visit.objects.exists()


def test_an_administrator_says_what_holds_for_one_authority(client_of, world):
    adam = client_of("adam")
    said = {"roles": ["mentor", "teacher"], "minutes": "60", "least_reason": "30", "alone": "100", "why": "Beslut 12"}
    assert adam.post("/nodatkomst/regler/?kalla=bjorkeby", said).status_code == 302
    assert "Beslut 12" in adam.get("/nodatkomst/regler/?kalla=bjorkeby").content.decode()
    for wrong in ({"minutes": "4"}, {"minutes": "x"}, {"alone": "-1"}, {"roles": ["administrator"]}, {"why": ""}):
        assert adam.post("/nodatkomst/regler/?kalla=bjorkeby", said | wrong).status_code == 422
    assert adam.post("/nodatkomst/regler/?kalla=granby", said).status_code == 404
    assert client_of("petra").get("/nodatkomst/regler/").status_code == 404
