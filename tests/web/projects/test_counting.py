"""The figures of schools, counted from files that were read in: by hand beside the documents, and what is hidden."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as own_settings

from pluginnovation.projects.figures import Figures, unpacked_figures
from pluginnovation.projects.levels import FEW, KNOWN, NONE, Told
from pluginnovation.web.people.names import place_code
from pluginnovation.web.projects.counting import count_if_stale
from pluginnovation.web.projects.models import SchoolFigures
from pluginnovation.web.signals.models import Run
from tests.web.standing import Build, copied, read

AS_OF = date(2026, 4, 23)
NOW = datetime(2026, 4, 23, 12, tzinfo=UTC)
# Twelve at Byskolan, half of them boys on paper alone; nine at Liten skola.
BIG, SMALL = [f"p{n}" for n in range(12)], [f"q{n}" for n in range(9)]


def files() -> dict[str, str]:
    """Byskolan and Liten skola in one municipality, Grannskolan in another with as many as Byskolan."""
    pupils = {"s": BIG, "l": SMALL, "g": [f"r{n}" for n in range(12)]}
    every = [pupil for found in pupils.values() for pupil in found]
    lessons = []
    for back in range(14):
        day = AS_OF - timedelta(days=back)
        if day.weekday() > 4:
            continue
        for pupil in every:
            away = 60 if pupil in BIG and day.weekday() == 0 else 0
            lessons.append(f"{pupil},ma,{day},08:00,100,true,,{away or ''}")
    enrolled = [f"{pupil},{school},GR,9,2024-08-19" for school, found in pupils.items() for pupil in found]
    graded = [f"{pupil},MA,{'E' if n % 3 else 'F'},2025-12-18,term" for n, pupil in enumerate(every)]
    return {
        "organisations": "id,display_name,organisation_type,parent_id,municipality_code\n"
        "h,Byn kommun,Huvudman,,1499\ns,Byskolan,Skolenhet,h,1499\nl,Liten skola,Skolenhet,h,1499\n"
        "g,Grannskolan,Skolenhet,h,1498\n",
        "persons": "id,given_name,family_name,security_marking,person_status\n"
        + "".join(f"{pupil},Mira,Ek,Ingen,Aktiv\n" for pupil in every),
        "enrolments": "person_id,organisation_id,school_type,school_year,start_date\n" + "\n".join(enrolled) + "\n",
        "groups": "id,display_name,group_type,organisation_id\n9A,9A,Klass,s\n",
        "memberships": "group_id,person_id,start_date\n" + "".join(f"9A,{pupil},2025-08-18\n" for pupil in BIG),
        "activities": "id,display_name,organisation_id\nma,Matematik,s\n",
        "lessons": "student_id,activity_id,date,start_time,offered_minutes,is_reported,excused_minutes,"
        "unexcused_minutes\n" + "\n".join(lessons) + "\n",
        "attendance_sums": "student_id,activity_id,start_date,end_date,offered_sum,reported_sum,attended_sum,other_sum,"
        "excused_sum,unexcused_sum\n"
        + "".join(f"{pupil},ma,2025-10-01,2025-10-31,1000,1000,950,0,50,0\n" for pupil in BIG),
        "grades": "student_id,subject_code,grade,registered_date,kind\n" + "\n".join(graded) + "\n",
    }


@pytest.fixture(scope="module")
def built(standing: Build) -> Path:
    def build(folder: Path) -> None:
        read(folder, files(), NOW)
        Run.objects.create(source="byn", as_of=AS_OF, run_at=NOW, rule_set=1, shown=True)
        with time_machine.travel(NOW, tick=False):
            assert count_if_stale(own_settings.PLUG_HOME, at=NOW) == 3

    return standing(build)


@pytest.fixture
def town(built: Path, db: None, tmp_path: Path, settings: Any) -> Iterator[Path]:
    with copied(built, tmp_path, settings), time_machine.travel(NOW, tick=False):
        yield settings.PLUG_HOME


def figures_of(school: str) -> Figures:
    return unpacked_figures(SchoolFigures.objects.get(school=place_code("byn", school)).document)


def test_a_school_is_told_of_by_hand(town: Path) -> None:
    told = figures_of("s")
    assert told.terms == ("2023HT", "2024VT", "2024HT", "2025VT", "2025HT", "2026VT")
    series = told.stages["7-9"]["absence"]
    # Two Mondays of 60 minutes in ten days of 100, and sums that say 5 % the term before.
    assert series.own[-2:] == (Told(KNOWN, 50, 12), Told(KNOWN, 120, 12))
    assert series.own[0] == Told(NONE)
    assert told.stages["7-9"]["mondays"].now == Told(KNOWN, 600, 12)
    assert told.weekdays["7-9"][1] == Told(KNOWN, 0, 12)
    assert series.years[9][-1] == Told(KNOWN, 120, 12)
    assert [(one.name, one.told[-1]) for one in told.groups] == [("9A", Told(KNOWN, 120, 12))]


def test_nine_pupils_are_hidden_and_so_is_what_would_tell_of_them(town: Path) -> None:
    small, big = figures_of("l").stages["7-9"]["absence"], figures_of("s").stages["7-9"]["absence"]
    assert small.now == big.municipality[-1] == Told(FEW)
    # With one municipality hidden the other is hidden too, or the region's would tell.
    assert figures_of("g").stages["7-9"]["absence"].municipality[-1] == Told(FEW)
    assert big.region[-1] == Told(KNOWN, 44, 33)


def test_few_who_are_eligible_are_never_told(town: Path) -> None:
    assert figures_of("s").stages["7-9"]["eligible"].now == Told(FEW)


def test_figures_hold_until_signals_are_run_again(town: Path) -> None:
    assert count_if_stale(town, at=NOW) == 0
    Run.objects.update(run_at=NOW + timedelta(hours=1))
    assert count_if_stale(town, at=NOW + timedelta(hours=2)) == 3
