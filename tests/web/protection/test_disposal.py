"""From files to nothing: what is old enough goes everywhere, is counted and never named; a hold keeps it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now

from pluginnovation.records.asked import Asked
from pluginnovation.records.importing import import_source
from pluginnovation.records.store import Store
from pluginnovation.web.people.models import (
    Approval,
    AuditEvent,
    Duty,
    EmergencyAccess,
    Enrolment,
    Extract,
    Person,
    Statement,
    StatementAnswer,
    User,
)
from pluginnovation.web.protection import disposing
from pluginnovation.web.protection.disposing import TRY_DISPOSAL, dispose
from pluginnovation.web.protection.models import DisposalProtocol, LegalHold, RetentionRule
from pluginnovation.web.records.actions import identity_sink, opened_store
from pluginnovation.web.records.models import Import, Job, Quarantined
from pluginnovation.web.signals.models import SignalChange

NOW = datetime(2026, 4, 23, 12, tzinfo=UTC)
FILES = {
    "organisations": "id,display_name,organisation_type\nh,Byn kommun,Huvudman\n",
    "persons": "id,given_name,family_name,birth_date,security_marking\n"
    "p1,Mira,Åkesson,2010-01-01,Ingen\np2,Gamla,Ek,1999-01-01,Ingen\np3,Också,Alm,1998-01-01,Ingen\n"
    "p4,Okänd,Ahl,,Ingen\n",
    "enrolments": "person_id,organisation_id,school_type,school_year,start_date,end_date\n"
    "p1,h,GR,8,2025-08-18,\np2,h,GY,3,2015-08-18,2018-06-10\np3,h,GY,3,2014-08-18,2017-06-10\n"
    "p4,h,GY,3,2014-08-18,2017-06-10\n",
    "lessons": "student_id,activity_id,date,start_time,offered_minutes,is_reported\n"
    "p1,ma,2026-04-20,08:00,60,true\np1,ma,2020-04-20,08:00,60,true\np3,ma,2017-04-20,08:00,60,true\n",
}


@pytest.fixture
def village(db: None, tmp_path: Path, settings: Any) -> Iterator[Store]:
    """Mira is at school; Gamla and Också left long ago; of Okänd the age is unknown. Mira has an old lesson too."""
    settings.PLUG_HOME = tmp_path / "home"
    (tmp_path / "files").mkdir()
    for name, text in FILES.items():
        (tmp_path / "files" / f"{name}.csv").write_text(text, encoding="utf-8")
    with time_machine.travel(NOW, tick=False), opened_store(settings.PLUG_HOME, memory="512MB") as store:
        import_source(store, tmp_path / "files", Asked(by="test", at=NOW, source="byn", sink=identity_sink()))
        yield store


def code(given_name: str) -> str:
    return Person.objects.get(given_name=given_name).code


def names() -> set[str]:
    return set(Person.objects.filter(is_pupil=True).values_list("given_name", flat=True))


def lessons_of(store: Store) -> list[date]:
    return sorted(store.frame(store.facts().lessons.select("date"))["date"].to_list())


def run(store: Store, *, dry_run: bool = False) -> DisposalProtocol:
    return dispose(store, dry_run=dry_run, by="plug", at=now())


def test_a_dry_run_counts_and_deletes_nothing(village):
    done = run(village, dry_run=True)
    assert (done.pupils, done.held, done.unknown) == (2, 0, 1)
    assert (done.counts["lessons"], done.counts["pupil_days"]) == (2, 2)
    assert names() == {"Mira", "Gamla", "Också", "Okänd"}
    assert len(lessons_of(village)) == 3
    assert done.finished_at


def test_what_is_due_goes_everywhere_and_the_rest_stays(village):
    gone = {code("Gamla"), code("Också")}
    dry, done = run(village, dry_run=True), run(village)
    assert (done.pupils, done.counts) == (dry.pupils, dry.counts)
    assert names() == {"Mira", "Okänd"}
    assert not Enrolment.objects.filter(pupil__in=gone).exists()
    assert lessons_of(village) == [date(2026, 4, 20)]
    assert not gone & set(village.frame(village.facts().enrolments.select("pupil"))["pupil"].to_list())


def test_the_protocol_and_the_audit_name_nobody(village):
    words = {code("Gamla"), code("Också"), "Gamla", "Också", "Alm"}
    run(village)
    rows = [*DisposalProtocol.objects.values(), *AuditEvent.objects.values()]
    assert not [row for row in rows if any(word in str(row) for word in words)]


def test_a_second_run_finds_nothing_more(village):
    run(village)
    again = run(village)
    assert (again.pupils, set(again.counts.values())) == (0, {0})


def test_a_hold_keeps_a_pupil_and_the_old_lessons(village, adam_here):
    LegalHold.objects.create(pupil=code("Också"), why="Tvist.", by=adam_here, at=now())
    done = run(village)
    assert (done.pupils, done.held, done.counts["lessons"]) == (1, 1, 1)
    assert names() == {"Mira", "Också", "Okänd"}
    assert lessons_of(village) == [date(2017, 4, 20), date(2026, 4, 20)]


def test_a_hold_that_has_ended_or_is_lifted_keeps_nobody(village, adam_here):
    held = {"why": "Tvist.", "by": adam_here, "at": now()}
    LegalHold.objects.create(pupil=code("Också"), until=date(2026, 4, 22), **held)
    LegalHold.objects.create(pupil=code("Gamla"), lifted_by=adam_here, lifted_at=now(), **held)
    assert run(village).pupils == 2


def test_a_run_that_is_cut_short_is_finished_by_the_next(village, monkeypatch):
    def killed(*_args: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Store, "purge", killed)
        with pytest.raises(KeyboardInterrupt):
            run(village)
    assert DisposalProtocol.objects.get().finished_at is None
    assert run(village).pupils == 2
    assert names() == {"Mira", "Okänd"}
    assert not DisposalProtocol.objects.filter(finished_at=None).exists()


def test_what_the_web_keeps_ages_by_its_own_rules(village):
    mira, number = code("Mira"), Import.objects.get().pk
    old, new = date(2023, 4, 22), date(2023, 4, 23)
    for day in (old, new):
        SignalChange.objects.create(source="byn", pupil=mira, signal="absence_28d", as_of=day, before=0, after=1)
    Quarantined.objects.create(of_import_id=number, resource="lessons", rule="x")
    Import.objects.filter(pk=number).update(finished_at=NOW - timedelta(days=366))
    done = run(village)
    assert (done.counts["signals_signalchange"], done.counts["records_quarantined"]) == (1, 1)
    assert [one.as_of for one in SignalChange.objects.all()] == [new]


def test_a_decision_applies_from_its_day(village, adam_here):
    made = {"name": "lessons", "by": adam_here, "at": now(), "why": "Beslut."}
    RetentionRule.objects.create(months=600, since=date(2026, 4, 23), **made)
    RetentionRule.objects.create(months=1, since=date(2026, 4, 24), **made)
    assert run(village, dry_run=True).counts["lessons"] == 0
    with time_machine.travel(NOW + timedelta(days=40), tick=False):
        assert run(village, dry_run=True).counts["lessons"] == 3


def test_the_worker_counts_what_a_page_asks_for(village, adam_here, settings):
    import os

    from pluginnovation.web.records.server_actions import Reach
    from pluginnovation.web.records.working import work_one

    client = Client()
    client.force_login(adam_here)
    assert client.post("/gallring/prov/").headers["Location"] == "/gallring/?folj=1"
    assert client.get("/gallring/?folj=1").headers["Refresh"] == "3"
    client.post("/gallring/prov/")
    job = Job.objects.get(kind=TRY_DISPOSAL)
    assert client.get(f"/inlasningar/arbete/{job.pk}/").status_code == 404
    assert client.get("/inlasningar/").status_code == 200
    assert work_one(Reach(settings.PLUG_HOME, os.environ))
    done = DisposalProtocol.objects.get()
    assert (done.dry_run, done.pupils, done.by) == (True, 2, adam_here.login)
    page = client.get(f"/gallring/protokoll/{done.pk}/").content.decode()
    assert "Antal elever som skulle gallras: 2." in page
    assert ";2\r\n" in client.get(f"/gallring/protokoll/{done.pk}/?format=csv").content.decode()


@pytest.fixture
def adam_here(village: Store) -> User:
    """An administrator."""
    user = User.objects.create(login="adam", name="Adam")
    Duty.objects.create(user=user, role="administrator")
    return user


def test_every_table_of_days_ages():
    assert set(disposing.AGED) <= {"lessons", "signals"}


RIGHTS = (Extract, Statement, StatementAnswer, EmergencyAccess, Approval)


def write_rights(pupil: str, by: User) -> None:
    """An extract, a statement with its answer, an emergency access and an approval about one pupil."""
    own = {"pupil": pupil, "source": "byn"}
    Extract.objects.create(
        for_whom="pupil", identity="card", language="sv", content="{}", asked_by=by, asked_role="principal",
        asked_at=NOW, expires_at=NOW + timedelta(days=7), **own,
    )  # fmt: skip
    said = Statement.objects.create(
        said_by="pupil", kind="view", about="lessons", text="Så var det inte.", said_on=NOW.date(), by=by,
        role="principal", at=NOW, **own,
    )  # fmt: skip
    said.answers.create(pupil=pupil, outcome="noted", text="Antecknat.", by=by, role="principal", at=NOW)
    EmergencyAccess.objects.create(
        by=by, role="mentor", reason="Akut", opened_at=NOW, ends_at=NOW + timedelta(hours=1), **own
    )
    Approval.objects.create(
        kind="unmasking", what={}, reason="x", asked_by=by, asked_role="principal", asked_at=NOW,
        expires_at=NOW + timedelta(days=1), **own,
    )  # fmt: skip


def test_what_a_pupil_had_a_right_to_goes_with_the_pupil_and_stays_under_a_hold(village, adam_here):
    mira, gone, held = code("Mira"), code("Gamla"), code("Också")
    LegalHold.objects.create(pupil=held, why="Prövning pågår.", by=adam_here, at=NOW)
    for pupil in (mira, gone, held):
        write_rights(pupil, adam_here)
    run(village)
    for model in RIGHTS:
        assert set(model.objects.values_list("pupil", flat=True)) == {mira, held}, model


def test_a_dry_run_and_one_that_is_cut_short_leave_what_a_pupil_has_a_right_to(village, adam_here, monkeypatch):
    write_rights(code("Gamla"), adam_here)
    run(village, dry_run=True)
    monkeypatch.setattr(Store, "purge", lambda *_said, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(village)
    assert {model.objects.count() for model in RIGHTS} == {1}
    monkeypatch.undo()
    run(village)
    assert {model.objects.count() for model in RIGHTS} == {0}
