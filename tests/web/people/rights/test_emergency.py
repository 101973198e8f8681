"""Emergency access through its pages: who gets in, what is noted, and what looks absent."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from pluginnovation.privacy.emergency import EmergencyRule
from pluginnovation.web.people.models import (
    AuditEvent,
    Duty,
    EmergencyAccess,
    EmergencyTry,
    Enrolment,
    Person,
    Visit,
)
from pluginnovation.web.people.rights.access_rules import AccessRules, set_access_rules
from tests.pals import TODAY

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)
WHY = "Eleven ringde skolan och mår mycket dåligt, mentorn är borta."


@pytest.fixture
def signed_in(pals):
    def client(user, role=""):
        client = Client()
        client.force_login(user)
        if role:
            session = client.session
            session["role"] = role
            session.save()
        return client

    return client


@pytest.fixture
def omar(signed_in, pals):
    """Omar, who is mentor at the other school."""
    return signed_in(pals.omar)


def ask(client, who, reason=WHY):
    return client.post("/nodatkomst/", {"who": who, "reason": reason})


@pytest.mark.parametrize("by", ["code", "civic"])
def test_a_mentor_without_ground_opens_one_pupil_for_two_hours_and_every_visit_is_marked(signed_in, omar, pals, by):
    Person.objects.filter(code=pals.mira).update(civic_no_lookup=lookup("201099019999"))
    assert omar.get(f"/elev/{pals.mira}/").status_code == 404

    answer = ask(omar, pals.mira if by == "code" else "20109901-9999")

    access = EmergencyAccess.objects.get()
    assert answer.headers["Location"] == f"/elev/{pals.mira}/"
    page = omar.get(f"/elev/{pals.mira}/")
    assert "genom nödåtkomst till klockan" in page.content.decode() and "Avsluta nu" in page.content.decode()
    assert omar.get(f"/elev/{pals.mira}/lektioner/").status_code == 200
    assert WHY in omar.get(f"/elev/{pals.mira}/varfor/").content.decode()
    told = set(Visit.objects.values_list("viewer", "reach", "through", "page"))
    assert told == {(pals.omar.pk, "emergency", str(access.pk), page) for page in ("pupil", "lessons", "why")}
    assert (access.by, access.school, access.reason) == (pals.omar, pals.place("bjork"), WHY)
    assert access.ends_at - access.opened_at == timedelta(hours=2)
    assert AuditEvent.objects.filter(action="open_emergency", about=pals.mira, by=pals.omar).count() == 1
    assert omar.get(f"/elev/{pals.noor}/").status_code == 404

    with time_machine.travel(access.ends_at):
        omar = signed_in(pals.omar)
        ended = omar.get(f"/elev/{pals.mira}/")
        assert ended.status_code == 404
        assert ended.content == omar.get("/elev/0123456789abcdef/").content


def lookup(civic_no):
    from pluginnovation.web.people.sealed import identity_seal

    return identity_seal().lookup(civic_no)


def test_asking_twice_opens_no_second_access(omar, pals):
    assert [ask(omar, pals.mira).status_code for _ in range(2)] == [302, 302]
    assert EmergencyAccess.objects.count() == 1


def test_it_is_for_reading_only(omar, pals):
    ask(omar, pals.mira)
    assert omar.post(f"/elev/{pals.mira}/signal/absence_28d/svar", {"what": "asked"}).status_code == 404
    assert omar.post(f"/elev/{pals.mira}/synpunkter/", {"text": "x"}).status_code == 404
    assert omar.get(f"/elev/{pals.mira}/utdrag/").status_code == 404


def test_protected_absent_anothers_and_gone_pupils_get_the_same_answer(omar, pals):
    Person.objects.filter(code=pals.noor).update(security_marking="Sekretessmarkering")
    Person.objects.filter(code=pals.ali).update(source="granby")
    Person.objects.filter(code=pals.vera).update(gone_on=TODAY)

    def told(who):
        answer = ask(omar, who)
        token = "csrfmiddlewaretoken"
        text = "\n".join(line for line in answer.content.decode().splitlines() if token not in line)
        return answer.status_code, text.replace(who, "…"), [*answer.headers]

    answers = [told(who) for who in (pals.noor, pals.ali, pals.vera, "0123456789abcdef")]
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0] == 404
    assert not EmergencyAccess.objects.exists()
    assert EmergencyTry.objects.count() == 4
    about = AuditEvent.objects.filter(action="ask_emergency").values_list("about", "details")
    assert {text for text, _ in about} == {"bjorkeby"}


def test_whoever_guesses_is_stopped_after_five_tries_also_for_a_pupil_who_is_there(signed_in, omar, pals):
    for number in range(5):
        assert ask(omar, f"{number:016d}").status_code == 404
    assert ask(omar, pals.mira).status_code == 429
    assert not EmergencyAccess.objects.exists()
    with time_machine.travel(AT + timedelta(hours=1, minutes=1)):
        ask(signed_in(pals.omar), pals.mira)
    assert EmergencyAccess.objects.get().pupil == pals.mira


@pytest.mark.parametrize(
    ("who", "reason", "status"),
    [("", WHY, 422), ("{mira}", "", 422), ("{mira}", "för kort", 422), ("\x00", WHY, 422), ("Mira Åkesson", WHY, 404)],
)
def test_bad_input_opens_nobody_and_keeps_what_was_written(omar, pals, who, reason, status):
    answer = ask(omar, who.format(mira=pals.mira), reason)
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize(
    ("who", "page", "asks"),
    [("tova", 200, 404), ("kim", 404, 404), ("adam", 404, 404), ("rut", 404, 404), ("dag", 200, 404),
     ("charlie", 404, 404), ("hanna", 200, 302)],
)  # fmt: skip
def test_the_authority_says_who_may(signed_in, pals, who, page, asks):
    client = signed_in(getattr(pals, who))
    assert client.get("/nodatkomst/").status_code == page
    assert ask(client, pals.sixten).status_code == asks


def test_the_rule_is_the_authoritys_own(omar, pals, signed_in):
    rules = AccessRules(EmergencyRule(frozenset({"teacher"}), 30, 10))
    set_access_rules(authority="bjorkeby", rules=rules, why="Prov", by=pals.adam, at=AT)
    assert ask(omar, pals.mira).status_code == 404
    assert ask(signed_in(pals.tova), pals.noor, "tio tecken").status_code == 302
    access = EmergencyAccess.objects.get()
    assert access.ends_at - access.opened_at == timedelta(minutes=30)


def test_a_ground_that_is_there_needs_no_emergency(signed_in, pals):
    answer = ask(signed_in(pals.asa), pals.mira)
    assert answer.headers["Location"] == f"/elev/{pals.mira}/"
    assert not EmergencyAccess.objects.exists()


def test_the_principal_and_the_officer_read_it_and_say_so(omar, pals, signed_in):
    ask(omar, pals.mira)
    omar.get(f"/elev/{pals.mira}/")
    petra, dag = signed_in(pals.petra), signed_in(pals.dag)

    assert "En nödåtkomst att läsa." in petra.get("/laget/", follow=True).content.decode()
    hers, his = petra.get("/nodatkomst/").content.decode(), dag.get("/nodatkomst/").content.decode()
    assert "Omar Haddad" in hers and WHY in hers and "Mira Åkesson" in hers and "En sida öppnad" in hers
    assert WHY in his and pals.mira in his and "Mira" not in his

    number = EmergencyAccess.objects.get().pk
    for client in (petra, dag):
        assert client.post(f"/nodatkomst/{number}/last/").status_code == 302
    access = EmergencyAccess.objects.get()
    assert (access.principal_by, access.officer_by) == (pals.petra, pals.dag)
    assert "att läsa." not in petra.get("/laget/", follow=True).content.decode()
    assert signed_in(pals.hanna).post(f"/nodatkomst/{number}/last/").status_code == 404


def test_nobody_reads_their_own_and_another_schools_principal_reads_nothing(signed_in, pals):
    petra = signed_in(pals.petra)
    ask(petra, pals.sixten)
    access = EmergencyAccess.objects.get()
    assert petra.post(f"/nodatkomst/{access.pk}/last/").status_code == 404
    assert WHY not in petra.get("/nodatkomst/").content.decode()


@pytest.mark.parametrize("who", ["omar", "petra", "dag"])
def test_the_one_who_has_it_and_those_who_read_it_may_end_it_at_once(omar, pals, signed_in, who):
    ask(omar, pals.mira)
    number = EmergencyAccess.objects.get().pk
    assert signed_in(pals.asa).post(f"/nodatkomst/{number}/avsluta/").status_code == 404
    client = omar if who == "omar" else signed_in(getattr(pals, who))
    assert client.post(f"/nodatkomst/{number}/avsluta/").status_code == 302
    assert omar.get(f"/elev/{pals.mira}/").status_code == 404
    assert EmergencyAccess.objects.get().ended_by == getattr(pals, who)


def test_a_marking_or_a_duty_that_ends_closes_it_at_once(omar, pals):
    ask(omar, pals.mira)
    assert omar.get(f"/elev/{pals.mira}/").status_code == 200
    Duty.objects.filter(person__code=pals.omar.person_id).update(end_date=TODAY - timedelta(days=1))
    assert omar.get(f"/elev/{pals.mira}/").status_code == 404
    Duty.objects.filter(person__code=pals.omar.person_id).update(end_date=None)
    Person.objects.filter(code=pals.mira).update(security_marking="Sekretessmarkering")
    assert omar.get(f"/elev/{pals.mira}/").status_code == 404


def test_the_mail_names_nobody(omar, pals, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_HOST, settings.PLUG_OFFICER_MAIL = "mail.example", ["dso@bjorkeby.example"]
    with django_capture_on_commit_callbacks(execute=True):
        ask(omar, pals.mira)

    assert sorted(sent.to[0] for sent in mail.outbox) == ["dso@bjorkeby.example", "petra@skola.example"]
    for sent in mail.outbox:
        text = f"{sent.subject} {sent.body}"
        assert not [word for word in ("Mira", "Åkesson", "Omar", pals.mira, WHY) if word in text]


def test_a_pupil_without_a_school_is_read_by_the_officer(signed_in, pals):
    Enrolment.objects.filter(pupil=pals.sixten).delete()
    petra = signed_in(pals.petra)
    ask(petra, pals.sixten)
    assert EmergencyAccess.objects.get().school == ""
    assert WHY in signed_in(pals.dag).get("/nodatkomst/").content.decode()
