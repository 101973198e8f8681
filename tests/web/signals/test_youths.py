"""Youths without a school, as their municipality's coordinator sees them, from a real import and a real run."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from pluginnovation.records.undo_asked import UndoAsked
from pluginnovation.records.undoing import undo_import
from pluginnovation.web.people.models import Person, Resident, User, Visit
from pluginnovation.web.people.sink import PeopleSink
from pluginnovation.web.records.actions import opened_store
from pluginnovation.web.signals.actions import run_signals
from pluginnovation.web.signals.models import Answer, PupilSnapshot, YouthSnapshot
from tests.web.standing import Build, copied, read

AS_OF = date(2026, 4, 23)
NOW = datetime(2026, 4, 23, 12, tzinfo=UTC)
FILES = {
    "organisations": "id,display_name,organisation_type,parent_id,municipality_code\n"
    "h,Byn kommun,Huvudman,,1499\nf,Arbetsmarknad,Förvaltning,h,\ng,Bygymnasiet,Skolenhet,h,\n"
    "a,Grannby kommun,Huvudman,,1498\nb,Byskolan,Skolenhet,h,1499\n",
    "persons": "id,given_name,family_name,birth_date,security_marking,home_municipality_code\n"
    "ali,Ali,Öberg,2008-05-01,Ingen,1499\nbea,Bea,Ek,2009-02-01,Ingen,1498\ncia,Cia,Dal,2007-03-01,Ingen,1499\n"
    "dan,Dan,Alm,2008-01-01,Ingen,1499\neva,Eva,Bo,,Ingen,1499\nfia,Fia,Gren,2008-01-01,Skyddad folkbokföring,1499\n"
    "gro,Gro,Vik,2009-06-01,Ingen,1499\nhal,Hal,Ås,2006-01-01,Ingen,1499\nivo,Ivo,Ny,2009-10-10,Ingen,1499\n"
    "kim,Kim,Strand,,Ingen,\nlea,Lea,Lund,,Ingen,\nrut,Rut,Rask,,Ingen,\nmia,Mia,Mark,,Ingen,\n",
    "enrolments": "person_id,organisation_id,school_type,school_year,programme_code,start_date,end_date,leave_reason\n"
    "ali,g,GY,1,SA,2025-08-18,2026-03-02,Avhopp\nbea,g,GY,1,EK,2025-08-18,2026-03-02,\n"
    "cia,g,GY,2,EK,2024-08-18,2025-12-19,\ndan,g,GY,1,EK,2025-08-18,,\neva,g,GY,1,EK,2025-08-18,2026-03-02,\n"
    "fia,g,GY,1,EK,2025-08-18,2026-03-02,\nhal,g,GY,3,EK,2023-08-18,2025-12-19,\ngro,b,GR,9,,2024-08-18,2025-06-12,\n",
    "residents": "person_id,municipality_code,enrolled_elsewhere,start_date\nivo,1499,,2026-01-01\n",
    "outcome_events": "person_id,event,date\ncia,study_certificate,2025-12-19\n",
    "duties": "person_id,organisation_id,duty_role,start_date\nkim,h,Ungdomssamordnare,2024-01-01\n"
    "lea,a,Ungdomssamordnare,2024-01-01\nrut,g,Rektor,2024-01-01\nmia,g,Ungdomssamordnare,2024-01-01\n",
}
Town = Callable[..., Any]


@pytest.fixture(scope="module")
def built(standing: Build) -> Path:
    def build(folder: Path) -> None:
        read(folder, FILES, NOW)
        with time_machine.travel(NOW, tick=False):
            run_signals(as_of=AS_OF, by=None, at=NOW)

    return standing(build)


@pytest.fixture
def town(built: Path, db: None, tmp_path: Path, settings: Any) -> Iterator[Town]:
    """A municipality whose youths have left school; call it to import with some files changed, and to run again."""
    with copied(built, tmp_path, settings) as folder, time_machine.travel(NOW, tick=False) as clock:

        def act(*, run: bool = True, **changed: str) -> Any:
            clock.shift(timedelta(minutes=1))
            at = datetime.now(UTC)
            summary = read(folder, FILES | changed, at)
            if run:
                run_signals(as_of=AS_OF, by=None, at=at)
            return summary

        yield act


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(person__source_id=name))
    return client


def code_of(name: str) -> str:
    return Person.objects.get(source_id=name).code


def listed(name: str = "kim", query: str = "") -> list[str]:
    """Who stands in the list, in its order."""
    return [row.person.source_id for row in client_of(name).get(f"/ungdomar/{query}").context["rows"]]


def test_the_list_holds_those_of_the_municipality_without_a_school_by_name(town: Town) -> None:
    """Cia has only a certificate; Ivo is named by the register and has no known school; Hal is 20; Dan goes to one."""
    assert listed() == ["cia", "ivo", "gro", "ali"]
    assert listed("lea") == ["bea"]
    text = client_of("kim").get("/ungdomar/").content.decode()
    assert "Byn kommun" in text
    assert "Tre av 4 väntar på någon." in text
    assert "En är okänd." in text
    assert "Kommunens register nämner ungdomen, men ingen skola är känd." in text
    assert "En till kan höra hit, men födelsedatum saknas" in text
    assert "Eva" not in text
    assert "Fia" not in text


def test_the_coordinators_first_page_is_the_list(town: Town) -> None:
    assert client_of("kim").get("/").headers["Location"] == "/ungdomar/"


def test_a_duty_at_a_school_is_at_no_municipality(town: Town) -> None:
    assert listed("mia") == []
    assert "Ditt uppdrag är inte knutet till någon kommun." in client_of("mia").get("/ungdomar/").content.decode()


def test_a_duty_at_an_administration_is_at_its_authoritys_municipality(town: Town) -> None:
    town(run=False, duties=FILES["duties"].replace("kim,h,", "kim,f,"))
    assert listed() == ["cia", "ivo", "gro", "ali"]


CHOICES = [
    ("?q=öb", ["ali"]),
    ("?q=ali+öb", ["ali"]),
    ("?q=%00", ["cia", "ivo", "gro", "ali"]),
    ("?q=zzz", []),
    ("?sedan=kort", []),
    ("?sedan=lagom", ["ali"]),
    ("?sedan=lang", ["cia", "gro"]),
    ("?sedan=okant", ["ivo"]),
    ("?visa=okant", ["ivo"]),
    ("?visa=vantar", ["cia", "gro", "ali"]),
    ("?visa=besvarad", []),
    ("?ordning=senast", ["ali", "cia", "gro", "ivo"]),
    ("?ordning=tidigast", ["gro", "cia", "ali", "ivo"]),
    ("?ordning=poäng&visa=x&sedan=y&sida=-3", ["cia", "ivo", "gro", "ali"]),
]


def test_the_list_is_searched_filtered_and_sorted(town: Town) -> None:
    assert {query: listed(query=query) for query, _names in CHOICES} == dict(CHOICES)


def test_the_file_holds_what_the_page_shows_in_its_order(town: Town) -> None:
    body = client_of("kim").get("/ungdomar/?visa=vantar&ordning=senast&format=csv").content.decode("utf-8-sig")
    first, heads, *rows = [line.split(";") for line in body.splitlines()]
    assert "Du ser ungdomar utan skola i Byn kommun som ungdomssamordnare." in first[0]
    assert [row[0] for row in rows] == ["Öberg, Ali", "Dal, Cia", "Vik, Gro"]
    ali = dict(zip(heads, rows[0], strict=True))
    assert (ali["Ålder"], ali["Senaste skolan"], ali["Inskriven till och med"]) == ("17", "Bygymnasiet", "2026-03-02")
    assert ali["Dagar sedan dess"] == "52"
    assert client_of("kim").get("/ungdomar/?format=xlsx").content.startswith(b"PK")


def test_the_print_follows_the_choice_and_has_initials_unless_asked(town: Town) -> None:
    text = client_of("kim").get("/ungdomar/motet/?visa=vantar").content.decode()
    assert "Tre ungdomar att ta upp." in text
    assert ">AÖ<" in text
    assert "Öberg" not in text
    assert ">Ali Öberg<" in client_of("kim").get("/ungdomar/motet/?namn=hela").content.decode()


def test_the_page_of_a_youth_reads_well_without_class_and_school_and_the_visit_is_written(town: Town) -> None:
    ali = code_of("ali")
    text = client_of("kim").get(f"/elev/{ali}/").content.decode()
    assert "Du ser Ali som ungdomssamordnare för Byn kommun. Besöket är noterat" in text
    assert "Utan skola och utan gymnasieexamen i 52 dagar" in text
    assert "Gymnasieskola, SA, årskurs 1." in text
    assert "Avhopp." in text
    visit = Visit.objects.get()
    assert (visit.role, visit.reach, visit.through, visit.pupil) == ("youth_coordinator", "municipality", "1499", ali)


def test_a_youth_with_no_known_school_is_unknown_on_the_page(town: Town) -> None:
    text = client_of("kim").get(f"/elev/{code_of('ivo')}/").content.decode()
    assert "<b>Okänt.</b> Kommunens register nämner ungdomen, men ingen skola är känd." in text
    assert "det sägs inte om ungdomen går i skola någon annanstans." in text
    assert "Ingen inskrivning är känd." in text


REFUSED = [
    ("lea", "ali"), ("kim", "bea"), ("kim", "dan"), ("kim", "eva"), ("kim", "hal"), ("rut", "ali"), ("mia", "ali"),
    ("kim", "kim"),
]  # fmt: skip


def test_refused_looks_like_absent(town: Town) -> None:
    for who, whom in REFUSED:
        client = client_of(who)
        refused, absent = client.get(f"/elev/{code_of(whom)}/"), client.get("/elev/0123456789abcdef/")
        assert (refused.status_code, refused.content) == (404, absent.content), (who, whom)
        assert client.get(f"/elev/{code_of(whom)}/lektioner/?rader=inskrivningar").content == absent.content
    assert not Visit.objects.exists()


def test_a_protected_youth_is_not_even_stored(town: Town) -> None:
    assert not Person.objects.filter(source_id="fia").exists()
    town(persons=FILES["persons"].replace("2008-05-01,Ingen", "2008-05-01,Sekretessmarkering"))
    assert listed() == ["cia", "ivo", "gro"]
    assert YouthSnapshot.objects.count() == 4  # of both municipalities, and of Eva whom nobody may see
    assert not Person.objects.filter(given_name="Ali").exists()


def test_the_ground_ends_the_day_the_youth_is_enrolled_again_before_any_new_figures(town: Town) -> None:
    ali, client = code_of("ali"), client_of("kim")
    assert client.get(f"/elev/{ali}/").status_code == 200
    assert YouthSnapshot.objects.filter(pupil=ali).exists()
    town(run=False, enrolments=FILES["enrolments"] + "ali,b,VUX,,,2026-04-23,,\n")
    assert client.get(f"/elev/{ali}/").status_code == 404
    assert "ali" not in listed()
    run_signals(as_of=AS_OF, by=None, at=datetime.now(UTC))
    assert not YouthSnapshot.objects.filter(pupil=ali).exists()


CHANGES = [
    {"residents": FILES["residents"] + "ali,1499,true,2026-04-01\n"},
    {"residents": FILES["residents"] + "ali,1498,,2026-04-01\n"},
    {"outcome_events": FILES["outcome_events"] + "ali,degree,2026-04-01\n"},
    {"persons": FILES["persons"].replace("2008-05-01,Ingen,1499", "2008-05-01,Ingen,1498")},
    {"persons": FILES["persons"].replace("2008-05-01,Ingen,1499", "2008-05-01,Ingen,")},
]


def test_a_changed_home_register_or_degree_takes_the_youth_off_and_undoing_puts_her_back(
    town: Town, settings: Any
) -> None:
    for changed in CHANGES:
        summary = town(run=False, **changed)
        assert "ali" not in listed(), changed
        with opened_store(settings.PLUG_HOME) as store:
            asked = UndoAsked("adam", datetime.now(UTC) + timedelta(seconds=1), "fel fil")
            undo_import(store, summary.import_id, asked, PeopleSink())
        assert listed() == ["cia", "ivo", "gro", "ali"], changed


def test_a_register_row_that_is_gone_from_the_next_file_leaves(town: Town) -> None:
    town(run=False, residents="person_id,municipality_code,enrolled_elsewhere,start_date\n")
    assert not Resident.objects.exists()
    assert listed() == ["cia", "gro", "ali"]


def test_what_was_read_in_before_pages_knew_homes_is_filled_in_at_the_next_run(town: Town) -> None:
    town(run=False, outcome_events=FILES["outcome_events"] + "cia,degree,2026-04-01\n")
    Person.objects.update(home_municipality=None, degree_on=None)
    Resident.objects.all().delete()
    assert listed() == []

    run_signals(as_of=AS_OF, by=None, at=datetime.now(UTC))

    assert listed() == ["ivo", "gro", "ali"]
    assert Person.objects.get(source_id="kim").home_municipality is None


def test_only_pupils_homes_are_kept(town: Town) -> None:
    town(run=False, persons=FILES["persons"].replace("kim,Kim,Strand,,Ingen,", "kim,Kim,Strand,,Ingen,1499"))
    assert Person.objects.get(source_id="kim").home_municipality is None
    assert Person.objects.get(source_id="ali").home_municipality == "1499"


def test_the_coordinator_answers_and_takes_it_back(town: Town) -> None:
    ali, client = code_of("ali"), client_of("kim")
    path = f"/elev/{ali}/signal/left_without_enrolment/svar"
    assert "Jag har tagit kontakt" in client.get(f"/elev/{ali}/").content.decode()

    assert client.post(path, {"what": "contacted"}).status_code == 302
    assert (Answer.objects.get().what, Answer.objects.get().role) == ("contacted", "youth_coordinator")
    assert listed(query="?visa=besvarad") == ["ali"]
    text = client.get("/ungdomar/").content.decode()
    assert "Två av 4 väntar på någon." in text
    assert "Jag har tagit kontakt. Kim Strand" in text
    assert "Utan skola" in client.get(f"/elev/{ali}/").content.decode()

    run_signals(as_of=AS_OF, by=None, at=datetime.now(UTC))
    assert listed(query="?visa=besvarad") == ["ali"]
    client.post(path, {"what": "undone"})
    assert listed(query="?visa=besvarad") == []


def test_an_answer_that_is_not_offered_is_not_saved(town: Town) -> None:
    for sent in ({"what": ""}, {"what": "asked"}, {"what": "wrong_rows"}, {"form": "doubt"}):
        page = client_of("kim").post(f"/elev/{code_of('ali')}/signal/left_without_enrolment/svar", sent)
        assert page.status_code == 422
        assert "Svaret är inte sparat." in page.content.decode()
    assert not Answer.objects.exists()


def test_the_ground_opens_the_enrolments_and_no_lesson_nor_grade(town: Town) -> None:
    at, client = f"/elev/{code_of('ali')}/lektioner/", client_of("kim")
    for query in ("?signal=left_without_enrolment", "?rader=inskrivningar"):
        text = client.get(f"{at}{query}").content.decode()
        assert "Bygymnasiet" in text
        assert "· enrolments.csv · 1<" in text
    for query in ("", "?datum=2026-03-02", "?signal=absence_28d", "?rader=betyg", "?rader=studieplan"):
        assert client.get(f"{at}{query}").status_code == 404
    assert client.get(f"{at}?rader=inskrivningar&format=csv").status_code == 200
    assert client.post(f"/elev/{code_of('ali')}/signal/absence_28d/svar", {"what": "known"}).status_code == 404


def test_pictures_of_schools_know_nothing_of_youths(town: Town) -> None:
    assert set(YouthSnapshot.objects.values_list("pupil", flat=True)) == {
        code_of(name) for name in ("ali", "bea", "cia", "eva", "gro")
    }
    assert set(PupilSnapshot.objects.values_list("pupil", flat=True)) == {code_of("dan")}


def test_the_list_asks_the_database_as_often_however_long_it_is(town: Town, django_assert_max_num_queries: Any) -> None:
    client = client_of("kim")
    with django_assert_max_num_queries(17):
        client.get("/ungdomar/")


def test_the_page_in_english_has_no_swedish(town: Town) -> None:
    client = client_of("kim")
    client.cookies["plug_language"] = "en"
    text = client.get("/ungdomar/").content.decode()
    assert "Youths without a school" in text
    assert "väntar" not in text
    assert "Enrolled until" in client.get("/ungdomar/?format=csv").content.decode()
