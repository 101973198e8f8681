"""The meters on the pupil's page, and the figures of a class, from files that were read in; some of them err."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from pluginnovation.cli.later_checks import subjects_known
from pluginnovation.web.people.models import Person, Visit
from pluginnovation.web.signals.actions import run_signals
from pluginnovation.web.signals.figures import unpacked
from pluginnovation.web.signals.meters import unpacked_meters
from pluginnovation.web.signals.models import GroupSnapshot, PupilSnapshot, SchoolSnapshot, StudySnapshot
from pluginnovation.web.signals.snapshots.studies import made_by
from pluginnovation.web.signals.views import lessons
from tests.web.signals.conftest import client_of
from tests.web.standing import Build, copied, read

AS_OF = date(2026, 4, 23)
NOW = datetime(2026, 4, 23, 12, tzinfo=UTC)
SUBJECTS = ("SV", "EN", "MA", "BI", "FY", "KE", "GE", "HI", "RE", "SH", "BL", "MU", "SL", "IDH", "HKK")


def grades_of(pupil: str, failed: dict[str, str], subjects: tuple[str, ...] = SUBJECTS) -> str:
    return "".join(f"{pupil},{code},,,{failed.get(code, 'C')},2025-12-18,HT,2025,term\n" for code in subjects)


PLAN = (("ENGENG05", "2025VT"), ("SVESVE01", "2025VT"), ("MATMAT01b", "2025VT"), ("GYAEKO", "2027VT"))
FILES = {
    "organisations": "id,display_name,organisation_type,parent_id,municipality_code\n"
    "h,Byn kommun,Huvudman,,1499\ng,Byskolan,Skolenhet,h,\nx,Andra gymnasiet,Skolenhet,h,\n",
    "persons": "id,given_name,family_name,birth_date,security_marking,person_status\n"
    "p1,Mira,Åkesson,2010-05-01,Ingen,Aktiv\np2,Ali,Öberg,2010-05-01,Ingen,Aktiv\np3,Noor,Ek,2010-05-01,Ingen,Aktiv\n"
    "p4,Siv,Al,2008-05-01,Ingen,Aktiv\np5,Bo,Bo,2008-05-01,Ingen,Aktiv\nt1,Åsa,Dahl,,Ingen,Aktiv\n",
    "enrolments": "person_id,organisation_id,school_type,school_year,programme_code,start_date,end_date\n"
    "p1,g,GR,9,,2024-08-19,\np2,g,GR,9,,2024-08-19,\np3,g,GR,9,,2024-08-19,\n"
    "p4,g,GY,2,SA,2024-08-19,\np4,x,GY,2,SA,2026-01-08,\np5,g,GY,2,BA,2024-08-19,\n",
    "groups": "id,display_name,group_type,organisation_id\n9A,9A,Klass,g\n",
    "memberships": "group_id,person_id,start_date\n" + "".join(f"9A,p{n},2025-08-18\n" for n in range(1, 6)),
    "duties": "person_id,organisation_id,duty_role,group_id,assignment_type\nt1,g,Lärare,9A,Mentor\nt1,g,Rektor,,\n",
    "grades": "student_id,subject_code,course_code,points,grade,registered_date,semester,year,kind\n"
    + grades_of("p1", {"MA": "F", "KE": "-"}) + grades_of("p2", {})
    + "p4,ENG,ENGENG05,100,C,2025-06-10,VT,2025,final\np4,MAT,MATMAT01b,100,F,2025-06-10,VT,2025,final\n",
    "study_plans": "student_id,course_code,subject_code,points,planned_semester,required\n"
    + "".join(f"p4,{course},{course[:3]},100,{term},true\n" for course, term in PLAN),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(standing: Build) -> Path:
    return standing(lambda folder: with_signals(folder, FILES, NOW))


def with_signals(folder: Path, files: dict[str, str], at: datetime) -> Any:
    """Read the files in and run the signals of the day."""
    summary = read(folder, files, at)
    with time_machine.travel(at, tick=False):
        run_signals(as_of=AS_OF, by=None, at=at)
    lessons.store.cache_clear()
    return summary


@pytest.fixture
def village(built: Path, db: None, tmp_path: Path, settings: Any) -> Iterator[Callable[..., Any]]:
    """The village, read in; call it to read in others of its files, some time later."""
    with copied(built, tmp_path, settings) as folder, time_machine.travel(NOW, tick=False):
        yield lambda later, **changed: with_signals(folder, FILES | changed, NOW + later)


def text_of(name: str, query: str = "", role: str = "principal") -> str:
    code = Person.objects.get(given_name=name).code
    found = client_of(role).get(f"/elev/{code}/{query}")
    assert found.status_code == 200
    return " ".join(found.content.decode().replace("\xa0", " ").split())


def test_the_eligibility_meter_says_which_passes_are_missing_for_each_kind_of_programme(village: Any) -> None:
    text = text_of("Mira")

    assert (
        "Blir behörig till yrkesprogram, ekonomi-, humanistiska och samhällsvetenskapsprogrammen och estetiska "
        "programmet med lägst E i matematik." in text
    )
    assert "7 av 8</td><td>Saknas: matematik (F).</td>" in text
    assert "10 av 12</td><td>Saknas: matematik (F) och kemi (streck).</td>" in text
    assert '<li class="failed">Matematik<b>F</b></li>' in text
    assert '<li class="nobasis">Kemi<b>–</b>' in text
    assert "betyg till och med 18 december 2025" in text
    assert "Behörig till alla nationella program; ett F i svenska" in text_of("Ali")


def test_a_pupil_without_grades_is_unknown_on_the_meter_and_not_at_zero(village: Any) -> None:
    text = text_of("Noor")

    assert "Okänt. Inget betyg är satt, så det går inte att säga vad som saknas." in text
    assert '<td class="number notknown">Okänt</td>' in text
    assert "0 av 8" not in text
    assert "?rader=betyg" not in text


def test_the_degree_meter_tells_points_what_stops_and_what_is_due(village: Any) -> None:
    text = text_of("Siv")

    assert "En examen kräver godkänt i matematik 1b, hur det än går i resten." in text
    assert "Högskoleförberedande examen, reglerna för kurser (Gy11)" in text
    assert "Får ännu bli F</dt><dd>150 poäng" in text
    assert "100 av 300 poäng som skulle vara klara är godkända; 100 har F och 100 saknar betyg." in text
    assert "Källan visar 2 100 poäng för lite för ett helt program. Resten är okänt." in text
    assert "Okänt. Ingen kurs har fått betyg än." in text_of("Bo")


def test_the_meters_agree_with_the_signals_and_come_from_the_same_grades(village: Any) -> None:
    checked = 0
    for picture in PupilSnapshot.objects.all():
        values = {figure.signal: figure.said["value"] for figure in map(unpacked, picture.figures)}
        meters = unpacked_meters(picture.meters, StudySnapshot.objects.get(pupil=picture.pupil).document)
        if meters.kind == "eligibility" and meters.known:
            vocational = meters.lines[0]
            assert (vocational.of or 0) - (vocational.done or 0) == values["passes_needed"]
            checked += 1
        if meters.kind == "degree" and meters.known:
            assert values["points_behind"] == 200
            checked += 1
    assert checked == 3


def test_enrolments_are_told_over_time_and_two_schools_at_once_are_said(village: Any) -> None:
    text = text_of("Siv")

    assert "Inskriven i flera skolor samtidigt: Byskolan och Andra gymnasiet." in text
    assert "Den inskrivning som började senast räknas som elevens skola." in text
    assert "Det äldsta bytet slutar räknas 8 januari 2027, 12 månader efter att det skedde." in text
    assert "Gymnasieskola, årskurs 2, SA. Byte mitt i ett läsår." in text


@pytest.mark.parametrize(
    ("rows", "title", "cells"),
    [
        ("betyg", "Betygen", ("MATMAT01b", "1 · grades.csv · 32<")),
        ("studieplan", "Studieplanen", ("GYAEKO", "2027VT", "1 · study_plans.csv · 4<")),
        ("inskrivningar", "Inskrivningarna", ("Andra gymnasiet", "1 · enrolments.csv · 5<")),
    ],
)
def test_the_rows_behind_a_meter_say_import_file_and_row(
    village: Any, rows: str, title: str, cells: tuple[str, ...]
) -> None:
    text = text_of("Siv", f"lektioner/?rader={rows}")

    assert f"<h1>{title}</h1>" in text
    for cell in cells:
        assert cell in text
    assert Visit.objects.filter(page="lessons").count() == 1
    export = client_of("principal").get(
        f"/elev/{Person.objects.get(given_name='Siv').code}/lektioner/?rader={rows}&format=csv"
    )
    assert cells[0] in export.content.decode("utf-8-sig")


def test_the_rows_behind_a_meter_are_refused_to_whoever_has_no_ground(village: Any) -> None:
    Person.objects.filter(given_name="Siv").update(security_marking="Sekretessmarkering")
    code = Person.objects.get(given_name="Siv").code

    assert client_of("principal").get(f"/elev/{code}/lektioner/?rader=betyg").status_code == 404


def test_a_class_tells_its_signals_its_eligibility_and_its_grades_with_their_denominators(village: Any) -> None:
    group = GroupSnapshot.objects.get()
    client = client_of("principal")
    text = " ".join(client.get(f"/klass/{group.group}/").content.decode().replace("\xa0", " ").split())

    assert "1 av 2 elever med betyg är behöriga till yrkesprogram. För 1 elev är det okänt." in text
    assert "Godkända betyg som saknas" in text
    assert '<th scope="row">Matematik</th><td class="number">2</td><td class="number">1</td>' in text
    said = client.get(f"/klass/{group.group}/?blad=signaler&format=csv").content.decode("utf-8-sig")
    assert "Behöriga till yrkesprogram" in said
    assert client.get(f"/klass/{group.group}/?blad=monster&format=csv").status_code == 200
    school = SchoolSnapshot.objects.get(school=group.school)
    assert "Behöriga till yrkesprogram" in client.get(
        f"/skola/{school.school}/?blad=signaler&format=csv"
    ).content.decode("utf-8-sig")


def test_a_grade_outside_the_scale_of_its_day_is_set_aside_and_never_counted(village: Any) -> None:
    wrong = FILES["grades"] + "p3,MA,,,MVG,2025-12-18,HT,2025,term\n"
    summary = village(timedelta(hours=1), grades=wrong)
    found = {row.name: row for row in summary.resources}["grades"]

    assert dict(found.quarantined) == {"grade_not_in_scale": 1}
    assert "Okänt. Inget betyg är satt" in text_of("Noor")


def test_a_study_plan_that_changes_in_mid_term_is_counted_as_it_stands_and_as_it_stood(village: Any) -> None:
    before = text_of("Siv")
    rows = [f"p4,{course},{course[:3]},100,{term},true\n" for course, term in PLAN if course != "SVESVE01"]
    head = FILES["study_plans"].splitlines(keepends=True)[0]
    village(timedelta(hours=1), study_plans=head + "".join(rows) + "p4,HISHIS01b,HIS,100,2025HT,true\n")
    run_signals(as_of=AS_OF, by=None, at=NOW + timedelta(hours=1))
    after = text_of("Siv")
    run_signals(as_of=AS_OF, known_at=NOW + timedelta(minutes=1), by=None, at=NOW + timedelta(hours=2))

    due = "100 av 300 poäng som skulle vara klara är godkända"
    assert due in before
    assert due in after
    assert "SVESVE01" not in text_of("Siv", "lektioner/?rader=studieplan")
    assert "HISHIS01b" in text_of("Siv", "lektioner/?rader=studieplan")
    assert text_of("Siv").count(due) == before.count(due)


def test_a_course_code_that_nobody_knows_is_listed_by_the_doctor_and_counts_for_itself(
    village: Any, settings: Any
) -> None:
    village(timedelta(hours=1), grades=FILES["grades"] + "p4,ZZ9,ZZTOP99,50,E,2025-06-10,VT,2025,final\n")
    (finding,) = subjects_known(settings.PLUG_HOME)

    assert "ZZ9" in finding.said[0]
    assert "ZZTOP99" in finding.said[0]
    assert "ett ämne för sig" in finding.todo[0]
    assert "godkänt 150 poäng" in text_of("Siv")


def documents() -> dict[str, tuple[str, str]]:
    """Given name -> the mark of the row's version in the database, and its key."""
    names = dict(Person.objects.values_list("code", "given_name"))
    rows = StudySnapshot.objects.extra(select={"version": "xmin::text"}).values_list("pupil", "version", "key")
    return {names[pupil]: (version, key) for pupil, version, key in rows}


def test_what_is_told_of_studies_is_made_anew_for_those_whose_grades_changed_and_no_others(village: Any) -> None:
    before = documents()
    run_signals(as_of=AS_OF, by=None, at=NOW + timedelta(hours=1))
    assert documents() == before

    better = FILES["grades"].replace("p1,MA,,,F", "p1,MA,,,E")
    village(timedelta(hours=2), grades=better)

    after = documents()
    assert {name for name in before if after[name] != before[name]} == {"Mira"}
    assert "Matematik" not in str(StudySnapshot.objects.get(key=after["Mira"][1]).document["change"])


def test_a_day_where_months_meet_makes_what_is_told_of_studies_anew(village: Any) -> None:
    assert made_by(date(2026, 4, 23)) == made_by(date(2026, 4, 29))
    assert len({made_by(day) for day in (date(2026, 4, 29), date(2026, 4, 30), date(2026, 5, 1))}) == 3


def test_what_is_told_of_studies_goes_with_the_pupil(village: Any) -> None:
    siv = Person.objects.get(given_name="Siv").code
    hidden = FILES["persons"].replace("p4,Siv,Al,2008-05-01,Ingen", "p4,Siv,Al,2008-05-01,Sekretessmarkering")
    village(timedelta(hours=1), persons=hidden)
    assert not StudySnapshot.objects.filter(pupil=siv).exists()
    assert StudySnapshot.objects.exists()
