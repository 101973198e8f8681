"""Pupils about whom no lesson is known: their signals, the enrolments and grades behind them, and who sees them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from pluginnovation.records.refusals import Refusal
from pluginnovation.signals.catalogue import CATALOGUE
from pluginnovation.web.people.models import Person, Visit
from pluginnovation.web.records.actions import opened_store
from pluginnovation.web.signals.actions import run_signals
from pluginnovation.web.signals.models import GroupSnapshot, PupilSnapshot, SchoolSnapshot, SignalChange
from pluginnovation.web.signals.rule_sets import Draft, save_rules
from tests.web.signals.conftest import client_of
from tests.web.standing import Build, copied, read

AS_OF = date(2026, 4, 23)
NOW = datetime(2026, 4, 23, 12, tzinfo=UTC)
FILES = {
    "organisations": "id,display_name,organisation_type,parent_id,municipality_code\n"
    "h,Byn kommun,Huvudman,,1499\ng,Bygymnasiet,Skolenhet,h,\nx,Andra gymnasiet,Skolenhet,h,\n",
    "persons": "id,given_name,family_name,birth_date,security_marking,person_status\n"
    "p1,Mira,Åkesson,2008-05-01,Ingen,Aktiv\np2,Ali,Öberg,2008-05-01,Ingen,Aktiv\nt1,Åsa,Dahl,,Ingen,Aktiv\n"
    "p3,Noor,Ek,2011-05-01,Ingen,Aktiv\n",
    "enrolments": "person_id,organisation_id,school_type,school_year,programme_code,start_date,end_date\n"
    "p1,x,GY,1,EK,2025-08-18,2025-11-02\np1,g,GY,1,SA,2025-11-03,\np2,g,GY,1,SA,2025-08-18,2026-04-10\n"
    "p3,g,GR,8,,2025-08-18,\n",
    "groups": "id,display_name,group_type,organisation_id\nSA1,SA1,Klass,g\n",
    "memberships": "group_id,person_id,start_date\nSA1,p1,2025-11-03\nSA1,p2,2025-08-18\nSA1,p3,2025-08-18\n",
    "duties": "person_id,organisation_id,duty_role,group_id,assignment_type\nt1,g,Lärare,SA1,Mentor\nt1,g,Rektor,,\n",
    "grades": "student_id,subject_code,grade,registered_date,semester,year,kind\np1,MA,F,2026-01-12,HT,2025,term\n",
}


@pytest.fixture(scope="module")
def built(standing: Build) -> Path:
    """A village whose source gives no lessons."""

    def build(folder: Path) -> None:
        read(folder, FILES, NOW)
        with time_machine.travel(NOW, tick=False):
            run_signals(as_of=AS_OF, by=None, at=NOW)

    return standing(build)


@pytest.fixture
def read_in(built: Path, db: None, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The village as it was built, on its day."""
    with copied(built, tmp_path, settings) as folder, time_machine.travel(NOW, tick=False):
        yield folder


def code_of(name: str) -> str:
    return Person.objects.get(given_name=name).code


def test_a_pupil_without_lessons_has_a_page_that_says_what_is_known(read_in: Path) -> None:
    text = client_of().get(f"/elev/{code_of('Mira')}/").content.decode()

    assert "Bytt skolenhet 1 gång de senaste 12 månaderna, senast 3 november 2025." in text
    assert "Visa inskrivningarna" in text
    assert "Okänt. Ingen lektion är rapporterad om eleven sedan inskrivningen." in text
    assert "Inskriven i en skola." in text


def test_a_pupil_with_no_signal_and_no_lessons_is_unknown(read_in: Path) -> None:
    text = client_of().get(f"/elev/{code_of('Noor')}/").content.decode()

    assert "<b>Okänt.</b> Inget är rapporterat de senaste 28 dagarna." in text
    assert "Inget byte av skolenhet de senaste 12 månaderna." in text
    assert "signal=no_show" not in text
    assert "/lektioner/?signal=frequent_moves" in text


def test_the_lists_hold_the_pupil_and_do_not_break(read_in: Path) -> None:
    group, school = GroupSnapshot.objects.get(), SchoolSnapshot.objects.get()
    for role in ("mentor", "principal"):
        client = client_of(role)
        for path in ("/klasser/", f"/klass/{group.group}/", f"/klass/{group.group}/motet/", "/elever/"):
            assert client.get(path).status_code == 200
            assert client.get(f"{path}?format=csv").status_code == 200
    assert client_of("principal").get(f"/skola/{school.school}/").status_code == 200
    assert (group.pupils, group.known, group.signalled, group.waiting, group.share) == (2, 0, 1, 1, None)
    assert not PupilSnapshot.objects.exclude(last_true=None).exists()


def test_the_enrolments_behind_a_signal_say_import_file_and_row(read_in: Path) -> None:
    path = f"/elev/{code_of('Mira')}/lektioner/?signal=frequent_moves"
    client = client_of()
    text = client.get(path).content.decode()

    assert "Inskrivningarna bakom: täta skolbyten" in text
    assert "Andra gymnasiet" in text
    assert "Bygymnasiet" in text
    assert "1 · enrolments.csv · 1<" in text
    assert "1 · enrolments.csv · 2<" in text
    assert "enrolments.csv · 3<" not in text
    assert Visit.objects.filter(page="lessons").count() == 1
    assert len(client.get(f"{path}&format=csv").content.decode("utf-8-sig").splitlines()) == 4


def test_the_grades_behind_a_signal_are_shown_too(read_in: Path) -> None:
    text = client_of().get(f"/elev/{code_of('Mira')}/lektioner/?signal=core_subject_failing").content.decode()

    assert "Betygen bakom:" in text
    assert "1 · grades.csv · 1<" in text


def test_a_signal_without_rows_has_no_page_of_them(read_in: Path) -> None:
    assert client_of().get(f"/elev/{code_of('Mira')}/lektioner/?signal=no_show").status_code == 404


def test_the_signal_asks_adults_for_an_answer(read_in: Path) -> None:
    mira = code_of("Mira")
    assert PupilSnapshot.objects.get(pupil=mira).waits

    client = client_of()
    client.post(f"/elev/{mira}/signal/frequent_moves/svar", {"what": "asked"})
    client.post(f"/elev/{mira}/signal/core_subject_failing/svar", {"what": "asked"})

    assert not PupilSnapshot.objects.get(pupil=mira).waits
    assert GroupSnapshot.objects.get().waiting == 0


def test_a_youth_without_a_school_is_counted_and_shown_to_nobody_at_the_school(read_in: Path, settings: Any) -> None:
    ali = code_of("Ali")
    with opened_store(settings.PLUG_HOME) as store:
        kept = store.signals(AS_OF)
        found = store.frame(kept.filter(kept.pupil == ali).select("signal", "value", "level"))

    assert found.to_dicts() == [{"signal": "left_without_enrolment", "value": 13.0, "level": 1}]
    assert not PupilSnapshot.objects.filter(pupil=ali).exists()
    assert list(SignalChange.objects.filter(pupil=ali).values_list("signal", flat=True)) == ["left_without_enrolment"]
    for role in ("mentor", "principal"):
        page = client_of(role).get(f"/elev/{ali}/")
        assert page.status_code == 404 or "Utan skola" not in page.content.decode()


def test_every_signal_is_defined_on_one_page(client: Client, db: None) -> None:
    text = client.get("/signaler/").content.decode()

    assert [name for name in CATALOGUE if f'<h2 id="{name}">' not in text] == []
    assert "Fråga när svaret är ja." in text
    assert "Fråga från 1\u00a0byte; följ upp från 2\u00a0byten; utred från 3\u00a0byten." in text


def test_a_day_before_any_enrolment_is_refused(read_in: Path) -> None:
    with pytest.raises(Refusal) as refused:
        run_signals(as_of=date(2019, 1, 1), by=None, at=NOW)
    assert refused.value.code == "nothing_read_in"


def test_moves_and_gaps_are_told_by_the_authoritys_own_rules(read_in: Path) -> None:
    changes = {"move_months": 3, "move_season": ["06-15", "08-20"], "left_season": ["06-12", "08-10"]}
    long_ago = datetime(2026, 1, 2, tzinfo=UTC)
    draft = Draft("byn", changes, long_ago.date(), "Prov", 0)
    assert "12 månader efter att det skedde" in client_of().get(f"/elev/{code_of('Mira')}/").content.decode()
    save_rules(draft=draft, by=None, at=long_ago)

    run_signals(as_of=AS_OF, by=None, at=NOW)

    text = client_of().get(f"/elev/{code_of('Mira')}/").content.decode()
    assert "Ett byte av skolenhet mitt i ett läsår skulle räknas i 3 månader." in text
    assert "Inget byte av skolenhet de senaste 3 månaderna." in text
    assert "Byten mellan 15 juni och 20 augusti hör till läsårsskiftet" in text
    assert "men inte 12 juni till 10 augusti." in text
