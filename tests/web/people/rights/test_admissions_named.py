"""Who may see an admitted pupil is changed after the decision, and the decision outlives whoever made it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import (
    Admission,
    AdmissionReader,
    AdmittedRows,
    AuditEvent,
    Duty,
    Organisation,
    User,
)
from pluginnovation.web.people.rights.admissions_named import name_one
from pluginnovation.web.people.rights.admissions_written import NamesOnPaper, name_anew
from tests.pals import CANARY, SOURCE, TODAY
from tests.web.admitted import ID, WHY, arrive, duty, let_in
from tests.web.fenced import asking_by, seen


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def said_to(pals, who):
    return as_(getattr(pals, who)).get("/skyddade/").content.decode()


def change(pals, row, who, *, by="petra", out=False):
    where = f"/skyddade/{row.pk}/namngivna/" + ("bort/" if out else "")
    return as_(getattr(pals, by)).post(where, {"user": getattr(pals, who).pk}, follow=True)


def sees(pals, who, row):
    return as_(getattr(pals, who)).get(f"/skyddade/{row.pk}/").status_code == 200


def named(row):
    return set(row.named.filter(removed_at=None).values_list("user__name", flat=True))


def test_one_more_is_named_and_sees_the_pupil_from_the_next_page(pals):
    row = let_in(pals, "asa")
    assert not sees(pals, "hanna", row)
    assert "Hanna Nyman" in said_to(pals, "petra") and "Omar Haddad" not in said_to(pals, "petra")

    assert "Det gäller från och med nu." in change(pals, row, "hanna").content.decode()
    assert sees(pals, "hanna", row)
    event = AuditEvent.objects.get(action="name_for_protected")
    assert (event.by, event.about, event.details) == (pals.petra, str(row.pk), {"user": pals.hanna.pk})
    added = row.named.get(user=pals.hanna)
    assert added.by == pals.petra and added.at is not None
    assert "sedan " in said_to(pals, "petra")


def test_one_who_is_taken_out_sees_nothing_from_the_next_page_and_it_is_remembered(pals):
    row = let_in(pals, "asa", "hanna")
    asa = as_(pals.asa)
    assert asa.get(f"/skyddade/{row.pk}/").status_code == 200
    change(pals, row, "asa", out=True)
    gone, absent = asa.get(f"/skyddade/{row.pk}/"), asa.get("/skyddade/9999/")
    assert (gone.status_code, gone.content) == (404, absent.content)
    assert "Inget beslut rör dig." in asa.get("/skyddade/").content.decode()
    with asking_by(pals.asa):
        assert seen("people_admission") == seen("people_admittedrows") == seen("people_admissionreader") == set()
    before = row.named.get(user=pals.asa)
    assert before.removed_by == pals.petra and before.removed_at is not None
    assert AuditEvent.objects.get(action="take_out_for_protected").details == {"user": pals.asa.pk}
    for who in ("petra", "dag"):
        assert "Åsa Dahl till " in said_to(pals, who)
    assert "Åsa Dahl" not in said_to(pals, "hanna")

    change(pals, row, "asa")
    assert sees(pals, "asa", row) and row.named.filter(user=pals.asa).count() == 2


def test_the_last_one_stays_and_strangers_and_a_name_twice_are_refused(pals):
    row = let_in(pals, "asa")
    for answer in (
        change(pals, row, "asa", out=True), change(pals, row, "asa"), change(pals, row, "omar"),
        change(pals, row, "adam"), change(pals, row, "hanna", out=True),
    ):  # fmt: skip
        assert "Vilka som får se eleven är inte ändrat." in answer.content.decode()
    assert named(row) == {"Åsa Dahl"}
    assert AuditEvent.objects.filter(action__in=("name_for_protected", "take_out_for_protected")).count() == 0


@pytest.mark.parametrize("sent", ["", "x", "٣", "99999999999999999999", "-1"])
def test_what_is_no_number_changes_nothing(pals, sent):
    row = let_in(pals, "asa")
    answer = as_(pals.petra).post(f"/skyddade/{row.pk}/namngivna/", {"user": sent}, follow=True)
    assert "inte ändrat" in answer.content.decode()
    assert named(row) == {"Åsa Dahl"}


def test_ten_at_most(pals):
    row = let_in(pals, "asa")
    for number in range(9):
        AdmissionReader.objects.create(admission=row, user=User.objects.create(login=f"n{number}", name=f"N {number}"))
    change(pals, row, "hanna")
    assert len(named(row)) == 10 and "Hanna Nyman" not in named(row)


@pytest.mark.parametrize("who", ["asa", "dag", "omar", "hanna", "adam"])
def test_nobody_but_the_principal_names(pals, who):
    row = let_in(pals, "asa")
    for end in ("", "bort/"):
        answer = as_(getattr(pals, who)).post(f"/skyddade/{row.pk}/namngivna/{end}", {"user": pals.asa.pk})
        assert answer.status_code == 404
    assert named(row) == {"Åsa Dahl"}


def test_nothing_is_changed_in_a_decision_that_has_ended(pals):
    row = let_in(pals, "asa")
    as_(pals.dag).post(f"/skyddade/{row.pk}/aterkalla/")
    change(pals, row, "hanna")
    assert named(row) == {"Åsa Dahl"}
    assert "Låt en till se eleven" not in said_to(pals, "petra")


def test_the_database_keeps_what_was_said_of_who_sees(pals):
    row = let_in(pals, "asa", "hanna")
    change(pals, row, "asa", out=True)
    gone = row.named.filter(user=pals.asa)
    with pytest.raises(DatabaseError), transaction.atomic():
        gone.update(removed_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.named.filter(user=pals.hanna).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        AdmissionReader.objects.create(admission=row, user=pals.hanna)
    with asking_by(pals.asa), connection.cursor() as cursor:
        cursor.execute("UPDATE people_admissionreader SET removed_at = now()")
        assert cursor.rowcount == 0


def test_when_the_audit_row_can_not_be_written_nobody_is_named(pals, monkeypatch):
    row = let_in(pals, "asa")

    def full(**_):
        raise DatabaseError("no space left on device")

    monkeypatch.setattr(AuditEvent.objects, "create", full)
    with pytest.raises(DatabaseError):
        name_one(admission=row, user=pals.hanna.pk, duty=duty(pals.petra), by=pals.petra, at=row.at)
    assert named(row) == {"Åsa Dahl"}


def test_the_officer_is_told_by_mail(pals, settings, django_capture_on_commit_callbacks):
    row = let_in(pals, "asa")
    settings.EMAIL_HOST, settings.PLUG_OFFICER_MAIL = "localhost", ["dso@skola.example"]
    with django_capture_on_commit_callbacks(execute=True):
        change(pals, row, "hanna")
    (one,) = mail.outbox
    assert "/skyddade/" in one.body and "Hanna" not in one.body


def make_principal(pals, who, place="bjork", **changes):
    """The duty of a principal for somebody who works here."""
    made = {
        "person_id": getattr(pals, who).person_id, "source": SOURCE, "role": "principal", "duty_role": "Rektor",
        "organisation_id": pals.place(place),
    } | changes  # fmt: skip
    Duty.objects.filter(person=made["person_id"]).delete()
    return Duty.objects.create(**made)


def test_two_principals_of_one_school_have_each_their_own_decisions(pals):
    row = let_in(pals, "asa")
    make_principal(pals, "hanna")
    assert f"Beslut {row.pk}" not in said_to(pals, "hanna")
    assert as_(pals.hanna).post(f"/skyddade/{row.pk}/aterkalla/").status_code == 404
    with asking_by(pals.hanna):
        assert seen("people_admission") == set()


@pytest.mark.parametrize("how", ["duty ended", "account closed"])
def test_who_leads_the_school_next_takes_the_decision_over(pals, how):
    row = let_in(pals, "asa")
    make_principal(pals, "hanna")
    if how == "duty ended":
        Duty.objects.filter(person=pals.petra.person_id).update(end_date=TODAY - timedelta(days=1))
    else:
        User.objects.filter(pk=pals.petra.pk).update(is_active=False)
    page = said_to(pals, "hanna")
    assert f"Beslut {row.pk}" in page and WHY in page and "Petra Sund" in page
    assert not {word for word in (CANARY, ID) if word in page}
    assert not sees(pals, "hanna", row), "the successor isn't named yet"
    change(pals, row, "hanna", by="hanna")
    assert sees(pals, "hanna", row)
    change(pals, row, "asa", by="hanna", out=True)
    assert not sees(pals, "asa", row)
    as_(pals.hanna).post(f"/skyddade/{row.pk}/aterkalla/")
    row.refresh_from_db()
    assert (row.ended_why, row.ended_by, AdmittedRows.objects.count()) == ("revoked", pals.hanna, 0)


def test_it_is_the_deciding_principals_on_the_last_day_and_at_the_unit_above(pals):
    row = let_in(pals, "asa")
    make_principal(pals, "hanna")
    Duty.objects.filter(person=pals.petra.person_id).update(end_date=TODAY)
    assert f"Beslut {row.pk}" in said_to(pals, "petra") and f"Beslut {row.pk}" not in said_to(pals, "hanna")
    above = Organisation.objects.create(
        code="ovanskolenxxxxxx", source=SOURCE, source_id="ovan", display_name="Området",
        organisation_type="Rektorsområde", parent_id=pals.place("bjorkeby"),
    )  # fmt: skip
    Organisation.objects.filter(code=pals.place("bjork")).update(parent=above)
    Duty.objects.filter(person=pals.petra.person_id).update(end_date=None, organisation=above)
    assert f"Beslut {row.pk}" in said_to(pals, "petra") and f"Beslut {row.pk}" not in said_to(pals, "hanna")


@pytest.mark.parametrize("where", ["alm", "bjorkeby"])
def test_a_principal_of_another_school_takes_nothing_over(pals, where):
    row = let_in(pals, "asa")
    make_principal(pals, "omar", where)
    Duty.objects.filter(person=pals.petra.person_id).update(end_date=TODAY - timedelta(days=1))
    assert as_(pals.omar).post(f"/skyddade/{row.pk}/aterkalla/").status_code == 404
    assert f"Beslut {row.pk}" not in said_to(pals, "omar")
    assert Admission.objects.get().ended_at is None


def test_the_next_import_goes_on_for_the_successor(pals):
    row = let_in(pals, "asa")
    make_principal(pals, "hanna")
    Duty.objects.filter(person=pals.petra.person_id).update(end_date=TODAY - timedelta(days=1))
    change(pals, row, "hanna", by="hanna")
    arrive(number=8)
    assert CANARY in as_(pals.hanna).get(f"/skyddade/{row.pk}/").content.decode()


def on_paper(pals, row, *, by="petra", add=(), remove=()):
    logins = [[getattr(pals, who).login if hasattr(pals, who) else who for who in those] for those in (add, remove)]
    return name_anew(row.pk, NamesOnPaper(getattr(pals, by).login, *logins), at=row.at)


def test_the_operator_changes_names_that_the_principal_has_said_on_paper(pals):
    row = let_in(pals, "asa")
    assert on_paper(pals, row, add=["hanna"], remove=["asa"]) == 1
    assert named(row) == {"Hanna Nyman"} and sees(pals, "hanna", row) and not sees(pals, "asa", row)
    events = AuditEvent.objects.filter(action__in=("name_for_protected", "take_out_for_protected"))
    assert [(one.by, one.about) for one in events] == [(None, str(row.pk))] * 2
    assert "sedan " in said_to(pals, "petra")


@pytest.mark.parametrize(
    ("by", "add", "remove"),
    [
        ("petra", ["hanna", "nobody"], []), ("petra", ["hanna", "omar"], []), ("petra", ["asa"], []),
        ("petra", ["hanna"], ["omar"]), ("petra", [], ["asa"]), ("asa", ["hanna"], []), ("dag", ["hanna"], []),
        ("adam", ["hanna"], []),
    ],
)  # fmt: skip
def test_on_paper_all_is_changed_or_nothing_and_by_nobody_but_the_principal(pals, by, add, remove):
    row = let_in(pals, "asa")
    with pytest.raises(Refusal) as refused:
        on_paper(pals, row, by=by, add=add, remove=remove)
    assert refused.value.code == "not_to_name" and named(row) == {"Åsa Dahl"}


def test_on_paper_it_is_the_successors_and_never_of_what_has_ended(pals):
    row = let_in(pals, "asa")
    make_principal(pals, "hanna")
    with pytest.raises(Refusal):
        on_paper(pals, row, by="hanna", add=["hanna"])
    Duty.objects.filter(person=pals.petra.person_id).update(end_date=TODAY - timedelta(days=1))
    with pytest.raises(Refusal):
        on_paper(pals, row, add=["hanna"])
    assert on_paper(pals, row, by="hanna", add=["hanna"]) == 2
    as_(pals.dag).post(f"/skyddade/{row.pk}/aterkalla/")
    with pytest.raises(Refusal):
        on_paper(pals, row, by="hanna", remove=["asa"])
