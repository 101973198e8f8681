"""From files to a page: the rows behind a figure add up to it, and each says which file and row it came from."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import Person, Visit
from pluginnovation.web.signals.actions import run_signals
from pluginnovation.web.signals.models import GroupSnapshot, PupilSnapshot, Run, SignalChange
from tests.web.signals.conftest import client_of
from tests.web.standing import Build, copied, read

AS_OF = date(2026, 4, 23)
NOW = datetime(2026, 4, 23, 12, tzinfo=UTC)
FILES = {
    "organisations": "id,display_name,organisation_type,parent_id,municipality_code\n"
    "h,Byn kommun,Huvudman,,1499\ns,Byskolan,Skolenhet,h,\n",
    "persons": "id,given_name,family_name,security_marking,person_status\n"
    "p1,Mira,Åkesson,Ingen,Aktiv\np2,Ali,Öberg,Ingen,Aktiv\nt1,Åsa,Dahl,Ingen,Aktiv\n",
    "enrolments": "person_id,organisation_id,school_type,school_year,start_date\n"
    "p1,s,GR,8,2025-08-18\np2,s,GR,8,2025-08-18\n",
    "groups": "id,display_name,group_type,organisation_id\n8A,8A,Klass,s\n",
    "memberships": "group_id,person_id,start_date\n8A,p1,2025-08-18\n8A,p2,2025-08-18\n",
    "duties": "person_id,organisation_id,duty_role,group_id,assignment_type\nt1,s,Lärare,8A,Mentor\nt1,s,Rektor,,\n",
    "activities": "id,display_name,organisation_id\nma,Matematik,s\nsv,Svenska,s\n",
}


def lesson_lines() -> Iterator[str]:
    """Four weeks: Mira misses mathematics on Mondays, Ali nothing; one lesson isn't reported."""
    yield (
        "student_id,activity_id,date,start_time,offered_minutes,is_reported,excused_minutes,unexcused_minutes,"
        "late_minutes"
    )
    for back in range(28):
        day = AS_OF - timedelta(days=back)
        if day.weekday() > 4:
            continue
        for pupil in ("p1", "p2"):
            away = 60 if pupil == "p1" and day.weekday() == 0 else 0
            told = "false" if pupil == "p1" and day == AS_OF else "true"
            yield f"{pupil},ma,{day},08:00,60,{told},,{away or ''},"
            yield f"{pupil},sv,{day},10:00,40,true,,,"


@pytest.fixture(scope="module")
def built(standing: Build) -> Path:
    """The village, imported and computed as any source is."""

    def build(folder: Path) -> None:
        read(folder, FILES | {"lessons": "\n".join(lesson_lines()) + "\n"}, NOW)
        with time_machine.travel(NOW, tick=False):
            run_signals(as_of=AS_OF, by=None, at=NOW)

    return standing(build)


@pytest.fixture
def read_in(built: Path, db: None, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The village as it was built, on its day."""
    with copied(built, tmp_path, settings) as folder, time_machine.travel(NOW, tick=False):
        yield folder


def page(path: str, role: str = "mentor") -> Any:
    return client_of(role).get(path)


def mira() -> str:
    return Person.objects.get(given_name="Mira").code


def test_the_rows_behind_a_figure_add_up_to_it(read_in: Path) -> None:
    text = page(f"/elev/{mira()}/lektioner/?signal=absence_28d").content.decode()

    # Four Mondays of 60 minutes; 39 of 40 lessons reported: 20 * 100 minutes less the last hour.
    assert (
        "Borta 240 minuter (0 giltiga, 240 ogiltiga) av 1\u00a0940 rapporterade; 2\u00a0000 minuter var planerade."
        in text
    )
    assert "Borta 12\u00a0% av den rapporterade tiden" in text
    assert "39 av 40 rapporterade" in text
    assert Visit.objects.filter(page="lessons").count() == 1


def test_each_row_says_import_file_and_row(read_in: Path) -> None:
    first = next(n for n, row in enumerate(lesson_lines()) if row.startswith("p1,ma,2026-04-20"))

    text = page(f"/elev/{mira()}/lektioner/?datum=2026-04-20").content.decode()

    assert f"1 · lessons.csv · {first}<" in text
    assert "Matematik" in text
    assert "inte rapporterad" not in text


def test_a_day_without_records_is_said_so(read_in: Path) -> None:
    for day in ("2020-01-01", "2026-12-24", "nonsense"):
        assert page(f"/elev/{mira()}/lektioner/?datum={day}").status_code == 404
    empty = page(f"/elev/{mira()}/lektioner/?datum=2026-04-19")
    assert empty.status_code == 200
    assert "Inga lektioner." in empty.content.decode()


def test_a_signal_that_is_none_has_no_rows(read_in: Path) -> None:
    assert page(f"/elev/{mira()}/lektioner/?signal=nosuch").status_code == 404


def test_the_rows_can_be_taken_out(read_in: Path) -> None:
    lines = page(f"/elev/{mira()}/lektioner/?signal=absence_28d&format=csv").content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Lektionerna, Mira Åkesson.")
    assert len(lines) == 42


def test_the_pictures_of_a_run_agree_with_the_rows(read_in: Path) -> None:
    picture = PupilSnapshot.objects.get(pupil=mira())
    group = GroupSnapshot.objects.get()

    assert (picture.share, picture.unexcused, picture.coverage, picture.state) == (12, 12, 97, 2)
    assert picture.weekdays[0] == 60
    assert (group.pupils, group.known, group.waiting, group.year) == (2, 2, 1, 8)
    assert group.heat[0][0] == "08–10"
    assert group.heat[0][1][0][0] == 50
    assert Run.objects.get(shown=True).last_day == AS_OF
    assert SignalChange.objects.filter(pupil=mira(), signal="unexcused_28d").exists()


def test_an_older_day_is_kept_but_not_shown(read_in: Path) -> None:
    done = run_signals(as_of=AS_OF - timedelta(days=7), by=None, at=NOW)

    assert not done.shown
    assert Run.objects.get(shown=True).as_of == AS_OF


def test_a_day_outside_the_records_is_refused(read_in: Path) -> None:
    with pytest.raises(Refusal) as refused:
        run_signals(as_of=date(2019, 1, 1), by=None, at=NOW)
    assert refused.value.code == "day_outside_records"


def test_the_school_page_shows_the_class_first(read_in: Path) -> None:
    text = page("/laget/", role="principal")

    assert text.status_code == 302
    assert "1 väntar på någon." in page(text["Location"], role="principal").content.decode()
