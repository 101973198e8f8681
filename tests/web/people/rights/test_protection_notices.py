"""A new marking, and a decision that ended by itself, stand on the principal's and the officer's first pages."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from pluginnovation.records.sink import IdentityChanges
from pluginnovation.web.people.models import AuditEvent, ProtectionNotice
from pluginnovation.web.people.rights.admissions import end_what_expired
from pluginnovation.web.people.sink import PeopleSink
from tests.pals import SOURCE, TODAY, persons
from tests.web.admitted import ROWS, arrive, decide, let_in, told
from tests.web.fenced import asking, asking_by, seen

TASK = "Skyddade uppgifter: "
NAMES = ("Mira", "Åkesson", "miraxxxxxxxxxxxx", "id-mira")


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def first_page(pals, who):
    return as_(getattr(pals, who)).get("/", follow=True).content.decode()


def mark(*names):
    PeopleSink().take(IdentityChanges(SOURCE, persons(*names, security_marking="Sekretessmarkering")))


def test_a_new_marking_stands_on_both_first_pages_until_each_has_read_it(pals):
    mark("mira")
    assert TASK in first_page(pals, "petra") and TASK in first_page(pals, "dag")
    petra, dag = as_(pals.petra), as_(pals.dag)
    hers, his = petra.get("/skyddade/").content.decode(), dag.get("/skyddade/").content.decode()
    assert "Björkskolan, " in hers and "någon har fått skyddade personuppgifter" in hers
    assert "någon har fått skyddade personuppgifter" in his and "Björkskolan" not in his
    for word in NAMES:
        assert word not in hers + his

    mine = ProtectionNotice.objects.get(role="principal")
    assert petra.post(f"/skyddade/meddelanden/{mine.pk}/last/").status_code == 302
    assert TASK not in first_page(pals, "petra") and TASK in first_page(pals, "dag")
    assert "någon har fått" not in petra.get("/skyddade/").content.decode()
    mine.refresh_from_db()
    assert mine.read_by == pals.petra and mine.read_at is not None
    event = AuditEvent.objects.get(action="read_protection_notice")
    assert (event.by, event.about, event.details) == (pals.petra, str(mine.pk), {"kind": "marked"})


def test_a_marking_at_another_school_is_told_to_that_school_only(pals):
    mark("sixten")
    assert TASK not in first_page(pals, "petra") and TASK in first_page(pals, "dag")
    assert ProtectionNotice.objects.get(role="principal").school == pals.place("alm")


def test_who_goes_to_no_school_is_told_of_to_the_officer_alone(pals):
    mark("leo")
    assert list(ProtectionNotice.objects.values_list("role", "school")) == [("data_protection_officer", "")]


def test_several_in_one_import_are_one_notice_and_no_number_is_said(pals):
    mark("mira", "noor", "ali")
    assert ProtectionNotice.objects.count() == 2
    assert "Skyddade uppgifter: något att läsa." in first_page(pals, "petra")


def test_somebody_who_was_never_here_is_told_of_to_nobody(pals):
    arrive(number=3)
    PeopleSink().take(IdentityChanges(SOURCE, persons("kaj", security_marking="Sekretessmarkering")))
    assert ProtectionNotice.objects.count() == 0
    assert TASK not in first_page(pals, "petra")


def test_more_notices_take_no_more_queries(pals):
    petra, counted = as_(pals.petra), []
    for names in (("mira",), ("noor",), ("ali",)):
        mark(*names)
        with CaptureQueriesContext(connection) as asked:
            assert petra.get("/skyddade/").content.decode().count("Björkskolan, ") == len(counted) + 1
        counted.append(len(asked))
    assert len(set(counted)) == 1


def test_two_notices_are_counted(pals):
    mark("mira")
    mark("noor")
    assert "Skyddade uppgifter: 2 saker att läsa." in first_page(pals, "petra")


@pytest.mark.parametrize("who", ["asa", "omar", "hanna", "kim", "rut", "adam"])
def test_nobody_else_is_told(pals, who):
    mark("mira")
    assert TASK not in first_page(pals, who)
    client = as_(getattr(pals, who))
    assert "någon har fått" not in client.get("/skyddade/").content.decode()
    for one in ProtectionNotice.objects.all():
        assert client.post(f"/skyddade/meddelanden/{one.pk}/last/").status_code == 404
    assert ProtectionNotice.objects.filter(read_at=None).count() == 2
    with asking_by(getattr(pals, who)):
        assert seen("people_protectionnotice") == set()


def test_the_database_gives_each_reader_the_own_notices(pals):
    mark("mira")
    mark("sixten")
    for who, role in (("petra", "principal"), ("dag", "data_protection_officer")):
        with asking_by(getattr(pals, who)):
            assert seen("people_protectionnotice", "role") == {role}, who
    with asking_by(pals.petra):
        assert seen("people_protectionnotice", "school") == {pals.place("bjork")}
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_protectionnotice SET read_at = now()")
            assert cursor.rowcount == 1
    with asking():
        assert seen("people_protectionnotice") == set()


@pytest.mark.parametrize("how", ["expired", "marked", "left"])
def test_a_decision_that_ends_by_itself_is_told(pals, how):
    row = let_in(pals)
    if how == "marked":
        arrive(told({"persons": {"": ROWS["persons"][""] | {"security_marking": "Skyddad folkbokföring"}}}))
    elif how == "left":
        arrive(told({}, whole=("persons", "enrolments", "memberships")))
    else:
        row = decide(pals, source_id="another", until=TODAY)
        with time_machine.travel(now() + timedelta(days=1)):
            end_what_expired(at=now())
    row.refresh_from_db()
    assert row.ended_why == how
    for who in ("petra", "dag"):
        assert TASK in first_page(pals, who)
        assert f"Beslut {row.pk} upphörde" in as_(getattr(pals, who)).get("/skyddade/").content.decode()


def test_a_decision_that_somebody_takes_back_leaves_no_notice(pals):
    row = let_in(pals)
    as_(pals.petra).post(f"/skyddade/{row.pk}/aterkalla/")
    assert ProtectionNotice.objects.count() == 0
