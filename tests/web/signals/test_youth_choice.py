"""The list of youths is chosen by the database: it agrees with what each row says, and asks as often however long."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from random import Random
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pluginnovation.web.people.models import Duty, Enrolment, Organisation, Person, User
from pluginnovation.web.signals.figures import DAY_NOUGHT
from pluginnovation.web.signals.models import Answer, Run, YouthSnapshot
from pluginnovation.web.signals.reading import ANSWERED, OTHER, UNKNOWN, WAITS
from pluginnovation.web.signals.views.pupils import PAGE
from pluginnovation.web.signals.youth_choice import PLACES, SPANS, asked_of, chosen, counted, with_standing
from pluginnovation.web.signals.youths import SIGNAL, rows_of

AS_OF = date(2026, 4, 23)
NOW = datetime(2026, 4, 23, 12, tzinfo=UTC)
fill_migration = import_module("pluginnovation.web.signals.migrations.0013_youths_in_columns")


@pytest.fixture
def kim(db: None) -> User:
    """A coordinator of a municipality with an authority and a school."""
    Organisation.objects.create(
        code="h", source="byn", source_id="h", display_name="Byn", organisation_type="Huvudman", municipality="1499"
    )
    Organisation.objects.create(code="g", source="byn", source_id="g", display_name="Bygymnasiet", parent_id="h")
    Person.objects.create(code="kim", source="byn", given_name="Kim", family_name="Strand")
    user = User.objects.create(login="kim", name="Kim", person_id="kim")
    Duty.objects.create(source="byn", person_id="kim", organisation_id="h", role="youth_coordinator")
    Run.objects.create(source="byn", as_of=AS_OF, run_at=NOW, rule_set=1, shown=True)
    return user


def youth(number: int, *, ended: date | None = date(2026, 3, 2), form: str = "GY") -> str:
    code = f"youth{number:03d}"
    Person.objects.create(
        code=code, source="byn", given_name=f"A{number:03d}", family_name="100%" if number % 7 == 0 else "B_c",
        birth_date=date(2008, 1, 1), home_municipality="1499", is_pupil=True, sort_key=code,
    )  # fmt: skip
    Enrolment.objects.create(
        pupil_id=code, organisation_id="g", school_type=form, school_year=1, start_date=date(2025, 8, 18),
        end_date=ended,
    )  # fmt: skip
    return code


def pictured(code: str, level: int | None, since: date | None) -> None:
    raised = None if level is None else level > 0
    began = since.toordinal() - DAY_NOUGHT if since else None
    YouthSnapshot.objects.create(
        pupil=code, run=Run.objects.get(), level=level, since=since, state=1 if level is None else 2 if level else 0,
        figures=[[SIGNAL, 5, level, raised, began, 20_500, 20_514, 20_566, 20_566, None, None, 5, None, None, 0]],
    )  # fmt: skip


def answered(code: str, user: User, **said: Any) -> None:
    stands = {"what": "contacted", "since": AS_OF, "level": 1, "at": NOW}
    Answer.objects.create(
        pupil=code, signal=SIGNAL, as_of=AS_OF, by=user, role="youth_coordinator", **{**stands, **said}
    )


def anything(dice: Random, number: int, user: User) -> None:
    """A youth of any kind: schooled or not, told of or not, answered in any way."""
    ended = dice.choice([None, *(AS_OF + timedelta(days=days) for days in (-400, -90, -89, -30, -29, -1, 0, 9))])
    code = youth(number, ended=ended, form=dice.choice(["GY", "GR", "VUX"]))
    if dice.random() < 0.3:
        Enrolment.objects.create(
            pupil_id=code,
            organisation_id="h",
            school_type="GY",
            start_date=AS_OF + timedelta(days=dice.choice([-9, 9])),
        )
    if dice.random() < 0.9:
        level = dice.choice([None, 0, 1, 2, 3])
        pictured(code, level, AS_OF if level else None)
    for step in range(dice.randrange(3)):
        said = {"what": dice.choice(["contacted", "wrong_stays", "undone", "later"]), "level": dice.randrange(1, 4)}
        answered(code, user, since=AS_OF - timedelta(days=dice.randrange(2)), at=NOW + timedelta(hours=step), **said)


@time_machine.travel(NOW, tick=False)
def test_the_database_and_each_row_say_the_same(kim: User) -> None:
    dice = Random(8)
    for number in range(300):
        anything(dice, number, kim)
    everyone = with_standing(Person.objects.filter(is_pupil=True), AS_OF)

    rows = {row.person.code: row for row in rows_of(list(everyone), AS_OF)}

    assert {row.place for row in rows.values()} == {WAITS, ANSWERED, UNKNOWN, OTHER}
    for word, place in PLACES.items():
        found = {person.code for person in chosen(everyone, asked_of({"visa": word}), AS_OF)}
        assert found == {code for code, row in rows.items() if row.place == place}, word
    for word, span in SPANS.items():
        found = {person.code for person in chosen(everyone, asked_of({"sedan": word}), AS_OF)}
        low, high = span or (None, None)
        days = {code: row.days for code, row in rows.items()}
        within = {code for code, n in days.items() if n is not None and low is not None and low <= n <= (high or n)}
        assert found == (within if span else {code for code, n in days.items() if n is None}), word
        assert found, word
    for order, sign in (("senast", 1), ("tidigast", -1)):
        listed = [rows[person.code] for person in chosen(everyone, asked_of({"ordning": order}), AS_OF)]
        assert listed == sorted(
            rows.values(), key=lambda row: (row.days is None, sign * (row.days or 0), row.person.code)
        )
    counts = [sum(row.place == place for row in rows.values()) for place in (WAITS, UNKNOWN)]
    assert counted(everyone) == {"total": 300, "waiting": counts[0], "unknown": counts[1]}


def listed(user: User, query: str) -> list[str]:
    client = Client()
    client.force_login(user)
    return [row.person.code for row in client.get(f"/ungdomar/{query}").context["rows"]]


@time_machine.travel(NOW, tick=False)
def test_a_search_for_a_sign_finds_the_sign(kim: User) -> None:
    for number in range(1, 15):
        youth(number)

    assert listed(kim, "?q=%25") == ["youth007", "youth014"]
    assert len(listed(kim, "?q=_")) == 12
    assert listed(kim, "?q=a003+b_") == ["youth003"]


@time_machine.travel(NOW, tick=False)
def test_a_long_list_has_pages_and_asks_the_database_as_often(kim: User) -> None:
    client = Client()
    client.force_login(kim)

    def asked(query: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/ungdomar/{query}").status_code == 200
        return len(queries)

    queries = ("", "?visa=vantar&sedan=lagom&ordning=senast&q=a", "?format=csv", "?visa=okant")
    pictured(youth(1), 2, AS_OF)
    pictured(youth(2), None, None)
    before = [asked(query) for query in queries]
    for number in range(3, PAGE + 10):
        pictured(youth(number), number % 4, AS_OF if number % 4 else None)

    assert [asked(query) for query in queries] == before
    assert len(listed(kim, "")) == PAGE
    assert len(listed(kim, "?sida=2")) == len(listed(kim, "?sida=99")) == 9
    waiting = listed(kim, "?visa=vantar&ordning=senast")
    assert 0 < len(waiting) < PAGE
    text = client.get("/ungdomar/?ordning=senast").content.decode()
    assert "?ordning=senast&amp;sida=2" in text


@time_machine.travel(NOW, tick=False)
def test_what_an_earlier_version_wrote_is_told_again(kim: User) -> None:
    pictured(youth(1), 2, AS_OF)
    pictured(youth(2), 0, None)
    pictured(youth(3), None, None)
    old = YouthSnapshot.objects.get(pupil="youth001")
    YouthSnapshot.objects.create(
        pupil=youth(4), run_id=old.run_id, figures=[[SIGNAL, 5, 1, True, "2026-04-01", *old.figures[0][5:]]]
    )
    told = list(YouthSnapshot.objects.order_by("pupil").values_list("state", "level", "since"))
    YouthSnapshot.objects.update(state=1, level=None, since=None)

    with connection.cursor() as cursor:
        cursor.execute(fill_migration.FILL)

    after = list(YouthSnapshot.objects.order_by("pupil").values_list("state", "level", "since"))
    assert after == [*told[:3], (2, 1, date(2026, 4, 1))]
