"""The worker: one job at a time, begun again after a stop, never done twice, and silent about what files say."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from pluginnovation.records.ledger import ImportRow
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.records import job_doings, jobs, working
from pluginnovation.web.records.ledger import DatabaseLedger
from pluginnovation.web.records.models import Import, Job, Upload
from pluginnovation.web.records.uploads import tidy_uploads
from tests.pals import SOURCE
from tests.web.records.sending import NEW, csv_files, files_of, page_of, reach, sent, work
from tests.web.signals.conftest import draw


@pytest.fixture
def asked(adam):
    """An upload that was tried and is to be read in."""
    upload = sent(adam, csv_files())
    work()
    adam.post(f"{NEW}{upload.pk}/las-in/")
    return upload


class Killed(BaseException):
    """What a kill looks like from inside: nothing is written down."""


def killed_while_working(monkeypatch, after):
    """The worker dies in its next job: before it has done anything, or after all of it."""
    doing = job_doings.DOINGS[jobs.IMPORT]

    def die(reach, job):
        if after:
            doing(reach, job)
        raise Killed

    connection.connection.execute("DISCARD TEMP")
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setitem(working.DOINGS, jobs.IMPORT, die)
        working.work_one(reach())
    assert Job.objects.get(kind=jobs.IMPORT).state == "running"


@pytest.mark.parametrize("after", [False, True])
def test_a_worker_that_was_killed_loses_nothing_and_repeats_nothing(adam, asked, monkeypatch, after):
    killed_while_working(monkeypatch, after)
    work()
    job = Job.objects.get(kind=jobs.IMPORT)
    assert (job.state, job.of_import, Import.objects.count()) == ("done", 1, 1)
    assert files_of(asked) == []
    assert "Filerna är inlästa." in page_of(adam, asked)


def test_what_kills_the_worker_three_times_is_not_begun_again(adam, asked, monkeypatch):
    for _ in range(3):
        killed_while_working(monkeypatch, after=False)
        working.take_up(reach())
    assert Job.objects.get(kind=jobs.IMPORT).state == "stopped"
    assert work() == 0
    assert "Arbetet avbröts tre gånger" in page_of(adam, asked)


def test_while_somebody_else_writes_the_job_waits(asked, monkeypatch):
    def busy(reach, job):
        raise Refusal("store_busy", what=("", ""), todo=("", ""))

    with monkeypatch.context() as patched:
        patched.setitem(working.DOINGS, jobs.IMPORT, busy)
        assert not working.work_one(reach())
    job = Job.objects.get(kind=jobs.IMPORT)
    assert (job.state, job.tries) == ("waiting", 0)
    work()
    assert Import.objects.count() == 1


def test_a_bug_is_told_by_its_kind_and_place_and_not_by_what_it_quotes(adam, asked, monkeypatch, caplog):
    def bug(reach, job):
        raise ValueError("Mira Ek")

    monkeypatch.setitem(working.DOINGS, jobs.IMPORT, bug)
    assert working.work_one(reach())
    job = Job.objects.get(kind=jobs.IMPORT)
    assert (job.state, job.code) == ("failed", "ValueError")
    assert "test_worker.py" in caplog.text
    assert "Mira" not in caplog.text
    assert "Något gick fel hos oss." in page_of(adam, asked)


def test_a_full_disk_is_told_as_such(adam, asked, monkeypatch):
    def full(reach, job):
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(working.DOINGS, jobs.IMPORT, full)
    working.work_one(reach())
    assert "Det går inte att skriva på disken." in page_of(adam, asked)


def test_there_is_one_worker_for_a_home(home):
    with working.only_worker(reach()) as first, working.only_worker(reach()) as second:
        assert (first, second) == (True, False)


def test_how_far_it_has_come_is_on_the_page_meanwhile(adam, monkeypatch):
    upload = sent(adam, csv_files())
    seen = []
    step = job_doings.JobWatch.step

    def look(self, name, rows=0):
        step(self, name, rows)
        seen.append(Job.objects.get().step)

    monkeypatch.setattr(job_doings.JobWatch, "step", look)
    work()
    assert [name for name in dict.fromkeys(seen) if name in ("unpack", "persons", "lessons", "compare")] == [
        "unpack",
        "persons",
        "lessons",
        "compare",
    ]
    assert upload.jobs.get().state == "done"


def test_what_nobody_decides_about_is_deleted_after_two_days_and_its_account_after_ninety(adam, home):
    upload = sent(adam, csv_files())
    work()
    now = datetime.now(UTC)
    (home / "uploads" / "coming-stray").mkdir()
    assert tidy_uploads(home, at=now + timedelta(hours=47)) == 0
    assert files_of(upload)
    assert tidy_uploads(home, at=now + timedelta(hours=49)) == 1
    assert list((home / "uploads").iterdir()) == []
    assert "Filerna är kastade" in page_of(adam, upload)
    tidy_uploads(home, at=now + timedelta(days=91))
    assert not Upload.objects.exists()
    assert not Job.objects.exists()


def test_what_waits_for_the_worker_is_not_tidied_away(asked, home):
    assert tidy_uploads(home, at=datetime.now(UTC) + timedelta(days=3)) == 0
    assert files_of(asked)


def held(adam):
    upload = sent(adam, csv_files())
    work()
    adam.post(f"{NEW}{upload.pk}/las-in/")
    work()
    groups = "\n".join(
        ["id,display_name,group_type,organisation_id", *(f"{n}a,{n}A,Klass,birch" for n in range(8, 40))]
    )
    upload = sent(adam, csv_files(groups=groups))
    work()
    assert "Inläsningen kommer att vänta på ditt beslut" in page_of(adam, upload)
    adam.post(f"{NEW}{upload.pk}/las-in/")
    work()
    assert Import.objects.get(pk=2).status == "held"
    return upload


def decide(adam, what, why="nya klasser"):
    return adam.post(f"/inlasningar/2/{what}/", {"why": why})


@pytest.mark.parametrize(("what", "status"), [("slapp", "done"), ("kasta", "discarded")])
def test_a_held_import_is_decided_on_with_a_reason(adam, what, status):
    held(adam)
    assert adam.get(f"/inlasningar/2/{what}/").status_code == 200
    refused = decide(adam, what, "  ")
    assert refused.status_code == 422
    assert "Det står inte varför." in refused.content.decode()
    answer = decide(adam, what)
    assert answer.status_code == 302
    assert decide(adam, what).headers["Location"] == answer.headers["Location"]
    assert work() == 1
    made = Import.objects.get(pk=2)
    assert (made.status, made.decided_by, made.why) == (status, "adam", "nya klasser")
    assert "adam skrev: nya klasser" in adam.get("/inlasningar/2/").content.decode()
    assert decide(adam, what).status_code == 404
    asked = AuditEvent.objects.get(action__in=("release_asked", "discard_asked"))
    assert (asked.by.login, asked.about, asked.details["why"]) == ("adam", "2", "nya klasser")
    assert adam.get(answer.headers["Location"]).status_code == 200


def read_in(adam, **changes):
    upload = sent(adam, csv_files(**changes))
    work()
    adam.post(f"{NEW}{upload.pk}/las-in/")
    work()
    return Import.objects.latest("pk").pk


def test_an_import_is_taken_back_after_a_look_and_with_a_reason(adam):
    number = read_in(adam)
    page = f"/inlasningar/{number}/ta-tillbaka/"
    assert "Se vad det ändrar" in adam.get(page).content.decode()
    look = adam.post(page, {"do": "try"})
    work()
    assert Import.objects.get().status == "done"
    assert "Så här blir det om den tas tillbaka." in adam.get(look.headers["Location"]).content.decode()
    assert 'name="why"' in adam.get(page).content.decode()
    assert adam.post(page, {"why": ""}).status_code == 422
    done = adam.post(page, {"why": "fel kommun"})
    work()
    found = Import.objects.get()
    assert (found.status, found.why, found.decided_by) == ("undone", "fel kommun", "adam")
    assert "Inläsningen är tillbakatagen." in adam.get(done.headers["Location"]).content.decode()
    assert "Tillbakatagen" in adam.get(f"/inlasningar/{number}/").content.decode()
    assert adam.get(page).status_code == 404
    assert read_in(adam) == number + 1


def test_an_import_from_before_any_could_be_taken_back_says_so_on_its_pages_and_when_asked(adam):
    number = read_in(adam)
    Import.objects.update(undoable=False)
    said = "Den går inte att ta tillbaka: den lästes in innan det gick"
    own, page = f"/inlasningar/{number}/", f"/inlasningar/{number}/ta-tillbaka/"
    assert said in adam.get(own).content.decode()
    assert f'href="{page}"' not in adam.get(own).content.decode()
    assert said in adam.get(page).content.decode()
    adam.post(page, {"why": "fel kommun"})
    work()
    assert Job.objects.latest("pk").code == "undo_not_kept"
    assert Import.objects.get().status == "done"


def test_what_stands_in_the_way_of_taking_an_import_back_is_named(adam):
    first = read_in(adam)
    groups = "id,display_name,group_type,organisation_id\n8a,8 Alfa,Klass,birch\n"
    second = read_in(adam, groups=groups)
    page = adam.get(f"/inlasningar/{first}/ta-tillbaka/").content.decode()
    assert f'href="/inlasningar/{second}/ta-tillbaka/"' in page
    assert 'name="why"' not in page
    # Asked for all the same, by somebody who had the page open.
    adam.post(f"/inlasningar/{first}/ta-tillbaka/", {"why": "fel"})
    work()
    assert Job.objects.latest("pk").code == "undo_later_first"


def test_an_undo_that_was_cut_short_after_its_commit_is_not_done_again(adam, monkeypatch):
    number = read_in(adam)
    adam.post(f"/inlasningar/{number}/ta-tillbaka/", {"why": "fel"})
    doing = job_doings.DOINGS[jobs.UNDO]

    def die(reach, job):
        doing(reach, job)
        raise Killed

    connection.connection.execute("DISCARD TEMP")
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setitem(working.DOINGS, jobs.UNDO, die)
        working.work_one(reach())
    work()
    job = Job.objects.latest("pk")
    assert (job.state, job.of_import) == ("done", number)


def test_the_history_is_searched_and_cut_by_time(adam):
    read_in(adam)
    shown = ("q=birk", "q=lessons.csv+adam", "fran=2026-04-23", "fran=strunt&till=9999-99-99", "q=%00")
    for query in (*shown, "q=grann", "till=2026-04-22"):
        page = adam.get(f"/inlasningar/?{query}").content.decode()
        assert ("Ingen inläsning stämmer" not in page) == (query in shown), query


def test_until_the_signals_are_computed_again_the_pages_say_that_an_import_was_taken_back(adam, pals):
    draw()
    said = "En inläsning är tillbakatagen sedan dess"
    assert said not in adam.get("/inlasningar/").content.decode()
    row = ImportRow(
        id=1, source=SOURCE, place="x", by="x", at=datetime.now(UTC), finished_at=datetime.now(UTC), status="undone",
        undone_at=datetime.now(UTC) + timedelta(hours=1),
    )  # fmt: skip
    with DatabaseLedger().transaction() as commit:
        commit.put_import(row)
    adam.force_login(pals.petra)
    assert said in adam.get("/laget/", follow=True).content.decode()
