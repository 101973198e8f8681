"""Held SS 12000 increments, released in any order: each changes what it told, and the one read last decides."""

from datetime import timedelta
from typing import Any

import pytest

from tests.unit.records.school import ss
from tests.unit.records.test_read_ss12000 import SCHOOL, attendance, event, ref, thing
from tests.unit.records.test_released_late import LATER, release

LESSONS = [(number, f"2025-09-{1 + number // 5:02}T{8 + number % 5:02}:00:00+02:00") for number in range(100)]
BOTH_WAYS = pytest.mark.parametrize("order", [(0, 1), (1, 0)])


def person(identity: str, **fields: Any) -> dict[str, Any]:
    return thing(identity, givenName=identity.title(), familyName="Ek", securityMarking="Ingen", **fields)


def group(identity: str, *members: str) -> dict[str, Any]:
    inside = [{"person": ref(member), "startDate": "2025-08-18"} for member in members]
    return thing(
        identity, displayName=identity, groupType="Klass", organisation=ref("birch"), groupMemberships=inside
    )  # fmt: skip


def away(minutes: int, day: int) -> dict[str, Any]:
    """Every lesson's attendance, as it stood on a day."""
    told = {"attendanceMinutes": 60 - minutes, "invalidAbsenceMinutes": minutes}
    modified = f"2025-10-{day:02}T10:00:00Z"
    return {
        "calendarEvents": [event(f"e{number}", start) for number, start in LESSONS],
        "attendances": [attendance(f"t{number}", "mira", f"e{number}", modified, **told) for number, _ in LESSONS],
    }


@pytest.fixture
def two_held(reader):
    """Reads the school, and two increments that are both held; gives them."""

    def read(first: dict[str, Any], second: dict[str, Any]) -> list[Any]:
        people = [*SCHOOL["persons"], person("noor")]
        groups = [group("8a", "mira"), group("8b", "noor")]
        reader.read(ss(reader.where, SCHOOL | {"persons": people, "groups": groups} | away(10, 1)))
        held = [reader.read(ss(reader.where, away(30, 2) | first)), reader.read(ss(reader.where, away(40, 3) | second))]
        assert [one.status for one in held] == ["held", "held"]
        return held

    return read


def release_all(reader, held, order):
    for step, place in enumerate(order):
        release(reader, held[place], at=LATER + timedelta(days=step))


def members(reader) -> set[tuple[str, str]]:
    names = {reader.code(one): one for one in ("mira", "noor", "ali", "sam")}
    return {(row["group"], names[row["pupil"]]) for row in reader.rows("memberships")}


@BOTH_WAYS
def test_what_each_increment_told_stands_whichever_is_released_last(reader, two_held, order):
    held = two_held(
        {"persons": [person("ali")], "groups": [group("8a", "mira", "ali")], "activities": [
            thing("sv", displayName="Svenska", organisation=ref("birch"))]},
        {"persons": [person("sam")], "groups": [group("8b", "noor", "sam")]},
    )  # fmt: skip

    release_all(reader, held, order)

    assert members(reader) == {("8a", "mira"), ("8a", "ali"), ("8b", "noor"), ("8b", "sam")}
    assert {row["activity"] for row in reader.rows("activities")} == {"ma", "sv"}
    found = {row["pupil"] for row in reader.rows("pupils")}
    assert {reader.code(one) for one in ("mira", "noor", "ali", "sam")} <= found
    assert {row["unexcused"] for row in reader.rows("lessons")} == {40}


@BOTH_WAYS
def test_an_object_that_both_told_is_as_the_one_read_last_said(reader, two_held, order):
    held = two_held(
        {"persons": [person("ali")], "groups": [group("8a", "mira", "ali"), group("8b")]},
        {"groups": [group("8a", "mira"), group("8b", "noor")]},
    )

    release_all(reader, held, order)

    assert members(reader) == {("8a", "mira"), ("8b", "noor")}


@BOTH_WAYS
def test_somebody_deleted_or_protected_in_the_first_does_not_come_back_with_the_second(reader, two_held, order):
    hidden = person("noor") | {"securityMarking": "Sekretessmarkering"}
    held = two_held(
        {"deletedEntities": {"data": {"groups": ["8b"]}}, "persons": [hidden], "groups": []},
        {"groups": [group("8a", "mira")]},
    )

    release_all(reader, held, order)

    assert {row["group"] for row in reader.rows("groups")} == {"8a"}
    assert reader.code("noor") not in str(reader.rows("pupils")) + str(reader.rows("memberships"))


def test_an_increment_alone_is_released_as_it_was_read(reader, two_held):
    held = two_held({"groups": [group("8a", "noor")]}, {})

    summary = release(reader, held[0])

    assert members(reader) == {("8a", "noor"), ("8b", "noor")}
    told = {resource.name: resource for resource in summary.resources}["memberships"]
    assert (told.new, told.ended, told.unchanged) == (1, 1, 0)
