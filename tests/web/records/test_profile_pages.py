"""The pages about profiles, as the administrator sees them."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pluginnovation.records.ledger import ImportRow
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.records.ledger import DatabaseLedger
from pluginnovation.web.records.models import ProfileVersion

TEXT = 'name = "own"\ndelimiter = ";"\n'
PERSONS = (
    "id;given_name;family_name;security_marking\n"
    "m1;Mirabell;Hemlig;Ingen\nn1;Norbert;Hemlig;Ingen\np1;Paulus;Hemlig;Sekretessmarkering\n"
)
GROUPS = "id;display_name;group_type;organisation_id;Not\n7a;7A;Klass;b;x\n7b;7B;Hop;b;x\n"


def text(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def form(said=TEXT, **changes):
    return {
        "source": "bjorkeby", "text": said, "since": "2026-04-23", "why": "Nytt system", "after": "0", "loaded": "x",
        "do": "save", **changes,
    }  # fmt: skip


def save(client, said=TEXT, name="csv", kalla="", **changes):
    address = f"/inlasningar/profiler/{name}/skriv/" + (f"?kalla={kalla}" if kalla else "")
    return client.post(address, form(said, **changes))


def test_the_list_shows_what_is_built_in_and_that_no_source_has_its_own(adam):
    page = text(adam.get("/inlasningar/profiler/"))
    assert "Ingen källa har en egen läsprofil ännu." in page
    assert "En tolkning, inte leverantörens beskrivning." in page
    assert '<a href="/inlasningar/profiler/">Läsprofiler</a>' in text(adam.get("/inlasningar/"))


def test_a_built_in_profile_shows_its_text_and_is_something_to_begin_from(adam):
    page = text(adam.get("/inlasningar/profiler/vklass/"))
    assert "Undv. tid" in page and "inbyggd och ändras inte" in page
    assert "Undv. tid" in text(adam.get("/inlasningar/profiler/vklass/skriv/"))
    assert "delimiter" in text(adam.get("/inlasningar/profiler/csv/skriv/"))


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [("sv", "# Rapporten visar inte", "The report"), ("en", "# The report shows late arrival", "Rapporten")],
)
def test_the_comments_of_a_built_in_profile_are_in_the_pages_language(adam, language, said, unsaid):
    adam.cookies["plug_language"] = language
    for page in ("/inlasningar/profiler/vklass/", "/inlasningar/profiler/vklass/skriv/"):
        found = text(adam.get(page))
        assert said in found and unsaid not in found
        assert "#sv" not in found and "#en" not in found


@pytest.mark.parametrize("address", ["own/", "vklass/?kalla=x", "own/skriv/", "own/skriv/?kalla=bjorkeby"])
def test_a_profile_that_is_not_there_is_absent(adam, address):
    assert adam.get(f"/inlasningar/profiler/{address}").status_code == 404


def test_saving_leads_to_the_version_with_who_and_why_and_an_audit_row(adam, pals):
    answer = save(adam)
    assert answer["Location"] == "/inlasningar/profiler/own/?kalla=bjorkeby"
    page = text(adam.get(answer["Location"]))

    assert "Version 1 är sparad." in page
    assert "Version 1 gäller sedan 2026-04-23." in page
    assert "Nytt system" in page and pals.adam.name in page
    assert AuditEvent.objects.get(action="save_profile").by == pals.adam
    assert "bjorkeby" in text(adam.get("/inlasningar/profiler/"))


def test_the_next_version_shows_what_changed_and_the_one_before_stays(adam):
    save(adam)
    loaded = {"after": "1", "loaded": "bjorkeby/own"}
    save(adam, TEXT + 'decimal = ","\n', "own", "bjorkeby", since="2026-05-01", why="Komma", **loaded)
    page = text(adam.get("/inlasningar/profiler/own/?kalla=bjorkeby"))

    assert "Ändrat sedan version 1" in page
    assert re.search(r"Ny</td><td><code>decimal = &quot;,&quot;</code>", page)
    assert "Version 1 gäller sedan 2026-04-23." in page
    before = text(adam.get("/inlasningar/profiler/own/?kalla=bjorkeby&version=1"))
    assert "Vad version 1 säger" in before and "Ändrat sedan" not in before


def test_the_history_counts_the_imports_that_each_version_read(adam):
    save(adam)
    at = datetime(2026, 4, 23, 3, tzinfo=UTC)
    for number, source in ((1, "bjorkeby"), (2, "bjorkeby"), (3, "grannby")):
        row = ImportRow(
            id=number, source=source, place="x", by="test", at=at, finished_at=at + timedelta(hours=number),
            profile="own", profile_version=1,
        )  # fmt: skip
        with DatabaseLedger().transaction() as commit:
            commit.put_import(row)

    page = text(adam.get("/inlasningar/profiler/own/?kalla=bjorkeby"))
    assert '<td class="number">2</td>' in page
    assert "Läst med läsprofilen own, version 1." in text(adam.get("/inlasningar/1/"))


def test_two_who_write_at_once_are_told_and_nothing_is_lost(adam):
    save(adam)
    answer = save(adam, TEXT + "# en annan\n", "own", "bjorkeby", after="0", loaded="bjorkeby/own")
    assert answer.status_code == 422
    assert "Någon annan har sparat en version" in text(answer)
    assert "# en annan" in answer.content.decode()
    assert ProfileVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"said": 'name = "own"\ncolour = 1\n'}, "profil.toml, 2: Nyckeln colour finns inte i profiler."),
        ({"said": ""}, "Nyckeln name saknas."),
        ({"said": 'name = "csv"'}, "Namnet hör till formatet självt."),
        ({"why": " "}, "Det står inte varför"),
        ({"since": "i morgon"}, "Dagen går inte att läsa."),
        ({"said": 'name = "o\x00wn"\n[', "why": "\x00"}, "Raden är inte TOML."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(adam, changes, said):
    answer = save(adam, **changes)
    assert answer.status_code == 422
    assert said in text(answer)
    assert "Inget sparades." in text(answer)
    assert ProfileVersion.objects.count() == 0


def sample(client, said=TEXT, **files):
    chosen = [SimpleUploadedFile(name.replace("_csv", ".csv"), content.encode()) for name, content in files.items()]
    return client.post("/inlasningar/profiler/csv/skriv/", form(said, do="preview", sample=chosen))


def test_a_sample_is_shown_as_read_without_names_and_nothing_is_left(adam):
    answer = sample(adam, persons_csv=PERSONS, groups_csv=GROUPS, notes_csv="x")
    page = text(answer)

    assert answer.status_code == 200
    assert "5 rader lästes på prov, en togs inte emot. Inget är sparat." in page
    assert "Läses inte: Not." in page
    assert "Ordet finns inte i kodlistan." in page and "groups.csv, rad 3" in page
    assert "notes.csv" in page
    for hidden in ("Mirabell", "Hemlig", "Paulus", ">m1<", ">p1<", "Hop"):
        assert hidden not in page
    assert ProfileVersion.objects.count() == 0
    assert list((Path(settings.PLUG_HOME) / "scratch").glob("profile-*")) == []


def test_a_sample_with_missing_columns_says_which(adam):
    page = text(sample(adam, groups_csv="id;display_name\n7a;7A\n"))
    assert "group_type, organisation_id" in page
    assert "Raderna läses inte förrän de finns." in page


def test_a_preview_without_a_sample_says_that_the_text_is_a_profile(adam):
    assert "Texten är en läsprofil." in text(sample(adam))


def test_a_preview_shows_what_changes_against_the_last_version(adam):
    save(adam)
    assert "Ändrat sedan den senaste versionen" in text(sample(adam, TEXT + 'decimal = ","\n'))


def test_files_of_another_kind_or_too_large_are_refused(adam):
    assert "Här finns inget som kan läsas." in text(sample(adam, bild_csv="x"))
    answer = sample(adam, persons_csv="x" * (3 * 1024 * 1024))
    assert answer.status_code == 422
    assert "större än 2 MB" in text(answer) and "own" in text(answer)


def test_a_file_with_a_name_longer_than_a_disk_takes_is_tried_all_the_same(adam):
    answer = sample(adam, **{"å" * 250 + "_csv": "x"})
    assert answer.status_code == 422
    assert "Här finns inget som kan läsas." in text(answer)


def test_an_uploaded_text_goes_before_the_written_one(adam):
    upload = SimpleUploadedFile("own.toml", b'\xef\xbb\xbfname = "uploaded"\r\n')
    answer = adam.post("/inlasningar/profiler/csv/skriv/", form(toml=upload))
    assert answer["Location"].startswith("/inlasningar/profiler/uploaded/")
    assert ProfileVersion.objects.get().text == 'name = "uploaded"\n'


def test_a_form_without_its_token_is_refused(pals):
    client = Client(enforce_csrf_checks=True)
    client.force_login(pals.adam)
    assert client.post("/inlasningar/profiler/csv/skriv/", form()).status_code == 403
    assert ProfileVersion.objects.count() == 0


def test_the_pages_speak_english_too(adam):
    adam.cookies["plug_language"] = "en"
    assert "No source has a profile of its own yet." in text(adam.get("/inlasningar/profiler/"))
    answer = save(adam, 'name = "own"\ncolour = 1\n')
    assert "Profiles have no key colour." in text(answer)


def test_a_text_too_long_for_a_profile_is_said_on_the_form(adam):
    for long in ("# " + "x" * 200_000, "# " + "x" * 400_000):
        answer = save(adam, long)
        assert answer.status_code == 422
        assert "Filen är för stor för att vara en profil. Högst 100 000 tecken." in text(answer)
        assert 'name="text"' in text(answer)
    assert not ProfileVersion.objects.exists()
