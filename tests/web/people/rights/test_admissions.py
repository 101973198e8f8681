"""A protected pupil let in by a principal's decision: who decides, who sees, and what ends it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection
from django.test import Client
from django.utils.timezone import now

from pluginnovation.records.refusals import Refusal
from pluginnovation.records.sink import IdentityChanges
from pluginnovation.web.people.models import (
    Admission,
    AdmittedRows,
    AuditEvent,
    Duty,
    Person,
    User,
    Visit,
)
from pluginnovation.web.people.rights.admissions import end_what_expired
from pluginnovation.web.people.rights.admissions_written import OnPaper, standing, take_back, write_down
from pluginnovation.web.people.rights.admitted import let_in as lets_in
from pluginnovation.web.people.sink import PeopleSink
from tests.pals import CANARY, SOURCE, TODAY, persons
from tests.web.admitted import ID, KAJ, ROWS, WHY, arrive, decide, let_in, told
from tests.web.fenced import asking, asking_by, seen

FORM = {"source_id": ID, "weighed": WHY, "until": "2026-06-30"}


def as_(user, role=""):
    client = Client()
    client.force_login(user)
    return client


def page_of(pals, who, number):
    return as_(getattr(pals, who)).get(f"/skyddade/{number}/")


def test_a_principal_decides_on_the_page_and_the_next_import_takes_the_pupil_in(pals):
    petra = as_(pals.petra)
    form = petra.get("/skyddade/nytt/").content.decode()
    assert "Åsa Dahl" in form and "Omar Haddad" not in form and "Kim Strand" not in form

    answer = petra.post("/skyddade/nytt/", FORM | {"school": pals.place("bjork"), "named": [pals.asa.pk]})
    assert answer.headers["Location"] == "/skyddade/"
    row = Admission.objects.get()
    assert (row.source, row.school, row.source_id, row.code, row.by) == (
        SOURCE,
        pals.place("bjork"),
        ID,
        "",
        pals.petra,
    )
    assert [one.user for one in row.named.all()] == [pals.asa]
    event = AuditEvent.objects.get(action="admit_protected")
    assert (event.by, event.about, event.details["named"]) == (pals.petra, str(row.pk), 1)
    assert lets_in(SOURCE).ids == (ID,) and lets_in(SOURCE).unread

    arrive()
    page = page_of(pals, "asa", row.pk).content.decode()
    assert f"Kaj {CANARY}" in page and "Björkskolan" in page and "9A" in page
    assert "60\xa0%" in page and "180 av 300 rapporterade minuter" in page
    assert not lets_in(SOURCE).unread


def test_a_look_is_written_down_before_the_page(pals):
    row = let_in(pals)
    page_of(pals, "asa", row.pk)
    assert Visit.objects.values_list("viewer", "role", "reach", "through", "pupil", "page").get() == (
        pals.asa.pk, "mentor", "admission", str(row.pk), KAJ, "admitted",
    )  # fmt: skip


def test_to_all_others_it_is_as_if_there_were_no_such_decision(pals):
    row = let_in(pals)
    for who in ("tova", "hanna", "omar", "kim", "rut", "adam", "dag"):
        hidden, absent = page_of(pals, who, row.pk), page_of(pals, who, 9999)
        assert (hidden.status_code, hidden.content) == (404, absent.content), who
    for who in ("tova", "hanna", "omar", "kim"):
        said = as_(getattr(pals, who)).get("/skyddade/").content.decode()
        assert "Inget beslut rör dig." in said and f"/skyddade/{row.pk}/" not in said
    assert Visit.objects.count() == 0


def test_the_principal_who_decided_and_is_not_named_sees_the_decision_and_not_the_pupil(pals):
    row = let_in(pals, "asa")
    listed = as_(pals.petra).get("/skyddade/").content.decode()
    assert f"Beslut {row.pk}" in listed and WHY in listed and CANARY not in listed and ID not in listed
    assert page_of(pals, "petra", row.pk).status_code == 404


def test_the_officer_sees_the_decision_and_may_end_it_but_not_whom_it_is_about(pals):
    row = let_in(pals)
    dag = as_(pals.dag)
    listed = dag.get("/skyddade/").content.decode()
    assert "Petra Sund" in listed and WHY in listed and "Åsa Dahl" in listed
    assert not {word for word in (CANARY, ID, KAJ, "Björkskolan") if word in listed}

    dag.post(f"/skyddade/{row.pk}/aterkalla/")
    row.refresh_from_db()
    assert (row.ended_why, row.ended_by, row.source_id, row.code) == ("revoked", pals.dag, "", "")
    assert AdmittedRows.objects.count() == 0
    assert "Återkallat" in dag.get("/skyddade/").content.decode()


def test_a_decision_that_is_taken_back_leaves_nothing_of_the_pupil(pals):
    row = let_in(pals)
    as_(pals.petra).post(f"/skyddade/{row.pk}/aterkalla/")
    assert AdmittedRows.objects.count() == 0
    assert page_of(pals, "asa", row.pk).status_code == 404
    assert AuditEvent.objects.filter(action="end_admission", by=pals.petra, about=str(row.pk)).count() == 1
    assert lets_in(SOURCE).ids == ()
    arrive()
    assert AdmittedRows.objects.count() == 0


@pytest.mark.parametrize("who", ["asa", "omar", "hanna", "adam"])
def test_nobody_else_ends_it(pals, who):
    row = let_in(pals)
    assert as_(getattr(pals, who)).post(f"/skyddade/{row.pk}/aterkalla/").status_code == 404
    assert Admission.objects.get().ended_at is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"weighed": "För att."}, "reason_too_short"),
        ({"until": TODAY + timedelta(days=367)}, "not_to_admit"),
        ({"until": TODAY - timedelta(days=1)}, "not_to_admit"),
        ({"named": []}, "not_to_admit"),
    ],
)
def test_what_is_no_decision(pals, changes, code):
    with pytest.raises(Refusal) as refused:
        decide(pals, **changes)
    assert refused.value.code == code
    assert Admission.objects.count() == 0


def test_another_school_and_staff_of_another_school_are_refused(pals):
    with pytest.raises(Refusal):
        decide(pals, school=pals.place("alm"))
    for who in ("omar", "kim", "adam"):
        with pytest.raises(Refusal):
            decide(pals, "asa", who)


def test_the_form_keeps_what_was_written_and_says_what_is_wrong(pals):
    answer = as_(pals.petra).post("/skyddade/nytt/", FORM | {"until": "2030-01-01"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv en dag inom ett år." in text and "Välj minst en." in text and WHY in text


def test_a_pupil_of_another_school_is_not_let_in_by_a_guessed_id(pals):
    decide(pals)
    stay = {"alm\x1fGR\x1f2025-08-18": ROWS["enrolments"]["bjork\x1fGR\x1f2025-08-18"] | {"organisation": "alm"}}
    arrive(told(ROWS | {"enrolments": stay}))
    assert AdmittedRows.objects.count() == 0
    assert Admission.objects.get().code == ""


def test_everything_that_is_kept_is_sealed(pals):
    let_in(pals)
    with connection.cursor() as cursor:
        cursor.execute("SELECT a.*, r.* FROM people_admission a JOIN people_admittedrows r ON r.admission_id = a.id")
        raw = str(cursor.fetchall())
    assert not {word for word in (CANARY, ID, WHY, "2010-01-01", "Sekretess") if word in raw}


def test_a_named_who_no_longer_works_at_the_school_sees_nothing_from_that_day(pals):
    row = let_in(pals)
    Duty.objects.filter(person=pals.asa.person_id).update(end_date=TODAY)
    assert page_of(pals, "asa", row.pk).status_code == 200
    Duty.objects.filter(person=pals.asa.person_id).update(end_date=TODAY - timedelta(days=1))
    assert page_of(pals, "asa", row.pk).status_code == 404


def test_the_last_day_counts_and_the_night_after_deletes(pals):
    decide(pals, until=TODAY)
    arrive()
    row = Admission.objects.get()
    assert page_of(pals, "asa", row.pk).status_code == 200
    assert end_what_expired(at=row.at) == 0
    with time_machine.travel(datetime(2026, 4, 24, 0, 1, tzinfo=ZoneInfo("Europe/Stockholm"))):
        assert page_of(pals, "asa", row.pk).status_code == 404
        assert lets_in(SOURCE).ids == ()
        assert end_what_expired(at=row.at) == 1
    row.refresh_from_db()
    assert (row.ended_why, AdmittedRows.objects.count()) == ("expired", 0)


def test_another_marking_ends_the_decision_at_once(pals):
    let_in(pals)
    anew = {"": ROWS["persons"][""] | {"security_marking": "Skyddad folkbokföring"}}
    arrive(told({"persons": anew}))
    assert (Admission.objects.get().ended_why, AdmittedRows.objects.count()) == ("marked", 0)


def test_an_ordinary_pupil_who_becomes_protected_is_purged_whatever_was_decided_before(pals):
    PeopleSink().take(IdentityChanges(SOURCE, persons("kaj")))
    decide(pals)
    arrive()
    assert not Person.objects.filter(code=KAJ).exists()
    assert (Admission.objects.get().ended_why, AdmittedRows.objects.count()) == ("marked", 0)


def test_a_marking_that_is_withdrawn_makes_an_ordinary_pupil(pals):
    row = let_in(pals)
    PeopleSink().take(IdentityChanges(SOURCE, persons("kaj"), admitted=(told({}),)))
    assert Person.objects.get(code=KAJ).family_name == CANARY
    assert (Admission.objects.get().ended_why, AdmittedRows.objects.count()) == ("withdrawn", 0)
    assert page_of(pals, "asa", row.pk).status_code == 404


@pytest.mark.parametrize(
    "rows",
    [
        {},  # no longer in the source
        {"persons": ROWS["persons"]},  # no longer enrolled
        {
            "persons": ROWS["persons"],
            "enrolments": {
                "bjork\x1fGR\x1f2025-08-18": ROWS["enrolments"]["bjork\x1fGR\x1f2025-08-18"]
                | {"end_date": (TODAY - timedelta(days=1)).isoformat()}
            },
        },
    ],
)
def test_a_pupil_who_has_left_the_school_is_deleted(pals, rows):
    let_in(pals)
    arrive(told(rows, whole=("persons", "enrolments", "memberships")))
    assert (Admission.objects.get().ended_why, AdmittedRows.objects.count()) == ("left", 0)


def test_an_import_that_is_taken_back_takes_back_what_it_told_of_her(pals):
    row = let_in(pals)
    lesson = {"ma\x1f2026-04-14\x1f480": ROWS["lessons"]["ma\x1f2026-04-13\x1f480"] | {"date": "2026-04-14"}}
    arrive(told({"lessons": lesson}), number=8)
    assert "180 av 360" in page_of(pals, "asa", row.pk).content.decode()
    PeopleSink().take(IdentityChanges(SOURCE, takes_back=8))
    assert "180 av 300" in page_of(pals, "asa", row.pk).content.decode()


def test_the_same_again_is_not_kept_twice(pals):
    let_in(pals)
    arrive()
    assert AdmittedRows.objects.count() == 1


def test_too_little_reported_is_unknown(pals):
    row = let_in(pals)
    unsaid = {key: lesson | {"is_reported": False} for key, lesson in ROWS["lessons"].items()}
    arrive(told({"lessons": unsaid}))
    assert "13 april: okänt. 0 av 300 minuter" in page_of(pals, "asa", row.pk).content.decode()


def test_the_four_weeks_end_with_the_newest_lesson_and_without_lessons_it_is_unknown(pals):
    row = let_in(pals)
    future = ROWS["lessons"]["ma\x1f2026-04-13\x1f480"] | {"date": "2026-05-04"}
    old = ROWS["lessons"]["ma\x1f2026-04-13\x1f480"] | {"date": "2026-03-16"}
    arrive(told({"lessons": {"ma\x1f2026-05-04\x1f480": future, "ma\x1f2026-03-16\x1f480": old}}))
    assert "180 av 300 rapporterade" in page_of(pals, "asa", row.pk).content.decode()
    arrive(told({}, cancelled=tuple({**ROWS["lessons"], "ma\x1f2026-03-16\x1f480": old})))
    assert "Okänt: ingen lektion är inläst." in page_of(pals, "asa", row.pk).content.decode()


def test_the_database_itself_shows_the_rows_to_those_named_and_to_nobody_else(pals):
    row = let_in(pals)
    for who in ("omar", "tova", "hanna", "kim", "rut", "adam", "dag", "sam"):
        with asking_by(getattr(pals, who)):
            assert seen("people_admittedrows") == set(), who
            assert seen("people_admission", "id") == ({row.pk} if who == "dag" else set()), who
    with asking():
        assert seen("people_admission") == seen("people_admittedrows") == seen("people_admissionreader") == set()
    for who in ("asa", "petra"):
        with asking_by(getattr(pals, who)):
            assert seen("people_admittedrows", "admission_id") == {row.pk}


def test_somebody_named_sees_her_in_the_duty_at_the_school_and_in_no_other(pals):
    row = let_in(pals, "sam")
    with asking_by(pals.sam, "mentor"):
        assert seen("people_admittedrows", "admission_id") == {row.pk}
    with asking_by(pals.sam, "teacher"):
        assert seen("people_admittedrows") == seen("people_admission") == set()


def test_the_database_shows_nothing_of_an_ended_or_expired_decision(pals):
    row = let_in(pals)
    with asking(pals.asa, row.until, role="mentor", place=pals.place("bjork")):
        assert seen("people_admittedrows", "admission_id") == {row.pk}
    with asking(pals.asa, row.until + timedelta(days=1), role="mentor", place=pals.place("bjork")):
        assert seen("people_admittedrows") == seen("people_admission") == set()


@pytest.mark.parametrize("by", ["omar", "asa", "hanna", "adam", "dag", "petra"])
def test_the_database_takes_a_decision_from_the_schools_principal_only(pals, by):
    columns = "source, school, source_id, code, weighed, by_id, at, until, ended_why"
    values = "%s, %s, 'x', '', 'x', %s, now(), %s, ''"
    insert = f"INSERT INTO people_admission ({columns}) VALUES ({values})"
    user = getattr(pals, by)
    with asking_by(user), connection.cursor() as cursor:
        if by == "petra":
            cursor.execute(insert, [SOURCE, pals.place("bjork"), user.pk, TODAY])
            with pytest.raises(Exception, match="row-level security"):
                cursor.execute(insert, [SOURCE, pals.place("alm"), user.pk, TODAY])
        else:
            with pytest.raises(Exception, match="row-level security"):
                cursor.execute(insert, [SOURCE, pals.place("bjork"), user.pk, TODAY])


def test_nobody_is_named_afterwards_and_what_has_ended_stays_so(pals):
    row = let_in(pals)
    with asking_by(pals.asa), connection.cursor() as cursor, pytest.raises(Exception, match="row-level security"):
        cursor.execute(
            "INSERT INTO people_admissionreader (admission_id, user_id) VALUES (%s, %s)", [row.pk, pals.tova.pk]
        )
    as_(pals.petra).post(f"/skyddade/{row.pk}/aterkalla/")
    with pytest.raises(Exception, match="admission_stays_ended"):
        Admission.objects.filter(pk=row.pk).update(ended_at=None, ended_why="", ended_by=None)


def test_the_officer_is_told_by_mail_without_a_name(pals, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_HOST, settings.PLUG_OFFICER_MAIL = "localhost", ["dso@skola.example"]
    with django_capture_on_commit_callbacks(execute=True):
        let_in(pals)
    (one,) = mail.outbox
    assert one.to == ["dso@skola.example"] and "/skyddade/" in one.body
    assert not {word for word in (CANARY, ID, KAJ, "Petra", "Björk") if word in one.subject + one.body}


def test_emergency_access_and_unmasking_never_open_her(pals):
    let_in(pals)
    omar = as_(pals.omar)
    reason = "Eleven ringde skolan och mår mycket dåligt, mentorn är borta."
    assert omar.post("/nodatkomst/", {"who": KAJ, "reason": reason}).status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE code = %s", [KAJ])
        assert cursor.fetchone() == (0,)
    assert User.objects.filter(name__contains=CANARY).count() == 0


@pytest.mark.parametrize("act", ["decide", "end"])
def test_when_the_audit_row_can_not_be_written_nothing_is(pals, monkeypatch, act):
    row = let_in(pals) if act == "end" else None

    def full(**_):
        raise DatabaseError("no space left on device")

    monkeypatch.setattr(AuditEvent.objects, "create", full)
    with pytest.raises(DatabaseError):
        take_back(row.pk, at=now()) if row else decide(pals)
    assert Admission.objects.filter(ended_at=None).count() == AdmittedRows.objects.count() == (1 if row else 0)


def test_an_id_is_told_by_no_log_or_history(pals):
    row = let_in(pals)
    as_(pals.petra).post(f"/skyddade/{row.pk}/aterkalla/")
    assert not [
        one for one in AuditEvent.objects.all() if {CANARY, ID, KAJ} & set(f"{one.about} {one.details}".split())
    ]
    assert str(row) == str(row.pk)


def on_paper(pals, **changes):
    said = {
        "principal": pals.petra.login, "school": "bjork", "source_id": ID, "weighed": WHY,
        "until": TODAY + timedelta(days=30), "named": [pals.asa.login],
    } | changes  # fmt: skip
    return OnPaper(**said)


def test_the_operator_writes_a_principals_decision_down_and_takes_it_back(pals):
    number = write_down(on_paper(pals), at=now())
    row = Admission.objects.get(pk=number)
    assert (row.by, [one.user for one in row.named.all()]) == (pals.petra, [pals.asa])
    assert AuditEvent.objects.get(action="admit_protected").by is None
    arrive()
    assert page_of(pals, "asa", number).status_code == 200
    (one,) = standing()
    assert (one["number"], one["decided_by"], one["named"], one["ended"]) == (number, "Petra Sund", 1, "")
    assert not {word for word in (ID, KAJ, CANARY, WHY) if word in str(one)}

    take_back(number, at=now())
    assert AdmittedRows.objects.count() == 0
    with pytest.raises(Refusal):
        take_back(number, at=now())


@pytest.mark.parametrize(
    "changes", [{"principal": "nobody"}, {"principal": "asaxxxxxxxxxxxxx"}, {"school": "alm"}, {"named": ["nobody"]}]
)
def test_no_decision_of_somebody_who_may_not_decide_is_written_down(pals, changes):
    with pytest.raises(Refusal):
        write_down(on_paper(pals, **changes), at=now())
    assert Admission.objects.count() == 0
