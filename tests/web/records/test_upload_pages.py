"""The import page: files sent, tried, read in or thrown away; and everything that may be wrong with them."""

import io
import stat
import zipfile
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pluginnovation.web.people.models import AuditEvent, Person
from pluginnovation.web.records.models import Import, Job, Upload
from tests.web.records.sending import NEW, csv_files, files_of, page_of, send, sent, work, zipped


def text(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_files_are_tried_shown_and_read_in(adam):
    upload = sent(adam, csv_files())
    assert "Filerna provläses." in page_of(adam, upload)
    assert work() == 1
    page = page_of(adam, upload)
    assert "rader provlästes" in page
    assert "Källan Birkby är ny." in page
    assert not Import.objects.exists()
    answer = adam.post(f"{NEW}{upload.pk}/las-in/")
    assert answer.status_code == 302
    assert work() == 1
    made = Import.objects.get()
    assert (made.source, made.by, made.status, made.place) == ("Birkby", "adam", "done", str(upload.once))
    assert Person.objects.filter(source="Birkby", given_name="Mira").exists()
    assert files_of(upload) == []
    assert "Filerna är inlästa." in page_of(adam, upload)
    assert f'href="/inlasningar/{made.pk}/"' in page_of(adam, upload)


def test_nothing_is_written_down_twice_when_the_form_is_sent_twice(adam):
    once = str(uuid4())
    for _ in range(2):
        assert send(adam, csv_files(), once=once).status_code == 302
    assert (Upload.objects.count(), Job.objects.count()) == (1, 1)


def test_asked_for_twice_it_is_read_in_once(adam):
    upload = sent(adam, csv_files())
    work()
    for _ in range(2):
        assert adam.post(f"{NEW}{upload.pk}/las-in/").status_code == 302
    assert work() == 1
    assert Import.objects.count() == 1
    assert adam.post(f"{NEW}{upload.pk}/las-in/").status_code == 302
    assert work() == 0


def test_files_lie_where_only_we_can_read_them_and_keep_their_names(adam, home):
    upload = sent(adam, csv_files())
    folder = home / "uploads" / str(upload.once)
    assert stat.S_IMODE((home / "uploads").stat().st_mode) == stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert "lessons.csv" in files_of(upload)
    assert AuditEvent.objects.filter(action="upload", by=upload.by, about="Birkby").count() == 1


def test_what_is_thrown_away_is_deleted_and_cannot_be_read_in(adam):
    upload = sent(adam, csv_files())
    work()
    adam.post(f"{NEW}{upload.pk}/kasta/")
    assert files_of(upload) == []
    assert "Filerna är kastade utan att läsas in." in page_of(adam, upload)
    adam.post(f"{NEW}{upload.pk}/las-in/")
    assert work() == 0
    assert not Import.objects.exists()


def test_what_is_thrown_away_before_it_was_tried_is_not_tried(adam):
    upload = sent(adam, csv_files())
    adam.post(f"{NEW}{upload.pk}/kasta/")
    work()
    assert Job.objects.get().code == "upload_not_ready"


BROKEN = """
    student_id,activity_id,date,start_time,offered_minutes,is_reported,attended_minutes
    mira,ma,2025-09-01,08:00,60,true,60
    mira,ma,2025-09-02,08:00,-5,true,60
    ingen,ma,2025-09-03,08:00,60,true,60
    noor,ma,igår,08:00,60,true,60
"""


def test_rows_that_were_set_aside_can_be_handed_back_before_anything_is_read_in(adam):
    upload = sent(adam, csv_files(lessons=BROKEN))
    work()
    assert "3 rader tas inte emot" in page_of(adam, upload)
    listed = adam.get(f"{NEW}{upload.pk}/?format=csv").content.decode("utf-8-sig").splitlines()
    assert listed[1] == "Resurs;Fil;Rad;Kolumn;Regel;Gör så här"
    assert listed[2:] == [
        "lektioner;lessons.csv;3;offered_minutes;Minuterna är inte 0-1440.;Kontrollera att det är minuter.",
        (
            "lektioner;lessons.csv;4;student_id;Personen finns inte bland personerna."
            ";Ta med den i samma leverans, eller rätta hänvisningen."
        ),
        "lektioner;lessons.csv;5;date;Cellen är inte ett datum (ÅÅÅÅ-MM-DD).;Skriv det som formatet säger.",
    ]
    assert adam.get(f"{NEW}{upload.pk}/?format=xlsx").status_code == 200
    assert "igår" not in " ".join(listed)


def test_a_source_with_too_many_broken_rows_is_refused_and_its_rows_are_listed_all_the_same(adam):
    rows = [f"mira,ma,2025-09-{day:02},08:00,-1,true,60" for day in range(1, 29)]
    lessons = "\n".join([BROKEN.strip().splitlines()[0].strip(), *rows])
    upload = sent(adam, csv_files(lessons=lessons))
    work()
    page = page_of(adam, upload)
    assert "Filerna går inte att läsa in. Inget har ändrats." in page
    assert len(adam.get(f"{NEW}{upload.pk}/?format=csv").content.decode().splitlines()) == 30
    assert files_of(upload) == []


def test_the_same_again_says_so_and_there_is_nothing_to_read_in(adam):
    for _ in range(2):
        upload = sent(adam, csv_files())
        work()
        adam.post(f"{NEW}{upload.pk}/las-in/")
        work()
    assert Import.objects.count() == 1
    assert "Det finns inget att läsa in." in page_of(adam, upload)
    assert files_of(upload) == []


def test_a_zip_is_read_as_the_files_in_it(adam):
    upload = sent(adam, [zipped(csv_files())])
    work()
    assert Job.objects.get().state == "done", Job.objects.get().said_sv
    assert "rader provlästes" in page_of(adam, upload)


@pytest.mark.parametrize(
    ("files", "changes", "said"),
    [
        (list, {}, "Ingen fil var vald."),
        (lambda: [SimpleUploadedFile("lessons.csv", b"")], {}, "lessons.csv: Filen är tom."),
        (lambda: [SimpleUploadedFile("bild.png", b"x")], {}, "bild.png: Filen är inte av det valda slaget."),
        (lambda: [SimpleUploadedFile("persons.json", b"{}")], {}, "persons.json: Filen är inte av det valda slaget."),
        (csv_files, {"kind": "ss12000"}, "Filen är inte av det valda slaget."),
        (csv_files, {"kind": "/etc/passwd.toml"}, "Det slaget av filer finns inte för källan."),
        (csv_files, {"source": ""}, "Källans namn saknas"),
        (csv_files, {"source": "x" * 201}, "Källans namn saknas"),
        (lambda: [*csv_files(), zipped(csv_files())], {}, "skolan.zip: En zip-fil läses för sig."),
        (lambda: [*csv_files(), *csv_files()], {}, "Två filer har samma namn."),
        (csv_files, {"once": "inte-ett-nummer"}, "Det som kom går inte att förstå."),
        (
            lambda: [SimpleUploadedFile(f"lessons-{number}.csv", b"x") for number in range(101)],
            {},
            "högst 100 åt gången",
        ),
    ],
)
def test_what_is_wrong_with_the_form_is_said_and_nothing_is_kept(adam, home, files, changes, said):
    answer = send(adam, files(), **changes)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Upload.objects.exists()
    assert not (home / "uploads").is_dir() or list((home / "uploads").iterdir()) == []


def test_more_than_is_allowed_is_answered_and_not_kept(adam, home, settings):
    settings.PLUG_UPLOAD_MB = 1
    answer = send(adam, [SimpleUploadedFile("lessons.csv", b"x" * (3 * 2**20))])
    assert answer.status_code == 422
    assert "Filerna är större än 1 MB tillsammans." in text(answer)
    assert not (home / "uploads").is_dir() or list((home / "uploads").iterdir()) == []


def test_a_form_that_lies_about_its_length_stops_at_the_limit(adam, home, settings):
    settings.PLUG_UPLOAD_MB = 1
    # Two files that are each allowed and together too large.
    some = [SimpleUploadedFile(f"lessons-{number}.csv", b"x" * 700_000) for number in (1, 2)]
    assert "Filerna är större än 1 MB" in text(send(adam, some))
    assert list((home / "uploads").iterdir()) == []


def test_a_sending_that_was_cut_off_is_not_taken_for_the_whole(adam, home):
    cut = (
        b'--x\r\nContent-Disposition: form-data; name="source"\r\n\r\nBirkby\r\n'
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="lessons.csv"\r\n\r\nstudent_id,activ'
    )
    answer = adam.post(NEW, cut, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 422
    assert "Sändningen bröts innan allt hade kommit." in text(answer)
    assert list((home / "uploads").iterdir()) == []


@pytest.mark.parametrize("body", [b"", b"strunt", b"--x\r\n\r\n"])
def test_what_is_no_form_is_answered(adam, body):
    assert adam.post(NEW, body, content_type="multipart/form-data; boundary=x").status_code == 422
    assert adam.post(NEW, body, content_type="multipart/form-data").status_code == 422


def test_a_form_without_its_token_is_refused_and_leaves_nothing(pals, home):
    client = Client(enforce_csrf_checks=True)
    client.force_login(pals.adam)
    assert send(client, csv_files()).status_code == 403
    assert list((home / "uploads").iterdir()) == []


def test_names_with_odd_characters_stay_inside_their_folder(adam, home):
    odd = [
        SimpleUploadedFile("..\\..\\etc\\lessons-1.csv", b"x"),
        SimpleUploadedFile("lessons-\u202e2.csv", b"x"),
        SimpleUploadedFile("l" * 300 + ".csv", b"x"),
        SimpleUploadedFile("lektioner för åk 9; rm -rf.csv", b"x"),
    ]
    upload = sent(adam, odd)
    assert len(files_of(upload)) == 4
    assert all(name.endswith(".csv") and len(name.encode()) <= 100 for name in files_of(upload))
    assert {path.name for path in home.iterdir()} <= {"uploads", "scratch"}
    assert "lektioner för åk 9; rm -rf.csv" in page_of(adam, upload)


def test_a_profile_in_force_is_used(adam):
    files = [SimpleUploadedFile("franvaro.csv", b"a;b\n1;2\n")]
    sent(adam, files, kind="vklass")
    work()
    assert Job.objects.get().state == "refused"


def test_a_zip_of_another_kind_is_refused(adam):
    sent(adam, [zipped(csv_files())], kind="ss12000")
    work()
    assert Job.objects.get().code == "upload_kind_wrong"


def bad_zip(write):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        write(archive)
    return SimpleUploadedFile("skolan.zip", out.getvalue())


def encrypted():
    content = bytearray(bad_zip(lambda archive: archive.writestr("lessons.csv", "student_id\nmira\n")).read())
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flag] |= 1
    return SimpleUploadedFile("skolan.zip", bytes(content))


@pytest.mark.parametrize(
    "make",
    [
        lambda: bad_zip(lambda archive: archive.writestr("lessons.csv", "0" * 300_000_000)),
        lambda: bad_zip(lambda archive: [archive.writestr(f"{place}/lessons.csv", "x") for place in "ab"]),
        encrypted,
        lambda: SimpleUploadedFile("skolan.zip", b"PK\x03\x04 inte en zip"),
        lambda: SimpleUploadedFile("skolan.zip", bad_zip(lambda a: a.writestr("lessons.csv", "x" * 9999)).read()[:60]),
    ],
)
def test_a_zip_that_is_a_trap_is_refused_when_it_is_tried(adam, home, make):
    upload = sent(adam, [make()])
    work()
    job = Job.objects.get()
    assert (job.state, job.code) == ("refused", "zip_refused"), job.code
    assert job.said_sv in page_of(adam, upload).replace("&#x27;", "'")
    assert files_of(upload) == []


def test_a_zip_that_points_outside_stays_inside(adam, home):
    texts = {f"../../{file.name}": file.read() for file in csv_files()}
    upload = sent(adam, [bad_zip(lambda archive: [archive.writestr(*pair) for pair in texts.items()])])
    work()
    assert Job.objects.get().state == "done"
    assert not list(home.parent.glob("*.csv"))
    assert "rader provlästes" in page_of(adam, upload)


def test_the_page_reads_itself_anew_only_when_asked_to_and_only_while_it_goes_on(adam):
    upload = sent(adam, csv_files())
    assert "Refresh" not in adam.get(f"{NEW}{upload.pk}/").headers
    assert adam.get(f"{NEW}{upload.pk}/?folj=1").headers["Refresh"] == "3"
    work()
    assert "Refresh" not in adam.get(f"{NEW}{upload.pk}/?folj=1").headers


def test_the_first_real_import_is_warned_of(adam):
    upload = sent(adam, csv_files())
    work()
    assert "Då stängs demons roller för gott" in page_of(adam, upload)
    adam.post(f"{NEW}{upload.pk}/las-in/")
    work()
    upload = sent(adam, csv_files(), source="Grannby")
    work()
    assert "Då stängs demons roller för gott" not in page_of(adam, upload)


def test_the_list_of_imports_says_what_is_under_way_and_what_waits_for_a_decision(adam):
    upload = sent(adam, csv_files())
    assert "Filer från Birkby</a>, väntar på sin tur" in text(adam.get("/inlasningar/"))
    work()
    assert "Filer från Birkby</a>, väntar på dig" in text(adam.get("/inlasningar/"))
    adam.post(f"{NEW}{upload.pk}/kasta/")
    assert "Filer från Birkby" not in text(adam.get("/inlasningar/"))
