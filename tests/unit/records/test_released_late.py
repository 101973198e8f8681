"""A held import that is released after newer ones: what they said stands, and the summary counts what gave way."""

from datetime import timedelta

import polars as pl
import pytest

from pluginnovation.records.importing import release_import
from pluginnovation.records.reconcile import Counts
from pluginnovation.records.undo_asked import UndoAsked
from pluginnovation.records.undoing import undo_import
from tests.unit.records.school import FIRST, lessons, of
from tests.unit.records.stored import bring, day_of_import, import_row, lesson, membership, rows, stage
from tests.unit.records.test_read_again import MANY, absent, people
from tests.unit.records.test_read_protected import Sink

LATER = FIRST.replace(year=2027)
FIRST_LESSON = "mira,ma,2025-09-01,08:00,100,true,{},0,0,{},0"
STAFF = ("mira", "noor", "asa")


def release(reader, summary, sink=None, at=LATER):
    return release_import(reader.store, summary.import_id, sink=sink or Sink(), by="rektor", at=at)


def unexcused(reader):
    return {(row["date"].isoformat(), row["start_minute"]): row["unexcused"] for row in reader.rows("lessons")}


def test_a_correction_read_after_the_held_rows_stays_and_is_counted(reader):
    reader.csv({"lessons.csv": absent(10)})
    held = reader.csv({"lessons.csv": absent(30)})
    correction = reader.csv({"lessons.csv": lessons(FIRST_LESSON.format(95, 5))})
    assert (held.status, correction.status) == ("held", "done")

    summary = release(reader, held)

    found = unexcused(reader)
    assert found.pop(("2025-09-01", 480)) == 5
    assert set(found.values()) == {30}
    told = of(summary, "lessons")
    assert (told.read, told.changed, told.superseded, told.ended) == (420, 419, 1, 0)
    assert "1 ersatta" in summary.text("sv")
    assert reader.store.ledger.imports()[1].counts["lessons"]["superseded"] == 1


def test_a_lesson_cancelled_after_the_held_rows_were_read_does_not_come_back(reader):
    reader.csv({"lessons.csv": absent(10)})
    held = reader.csv({"lessons.csv": absent(30)})
    reader.csv({"lessons.csv": lessons("mira,ma,2025-09-01,08:00,0,false,,,,,")})

    summary = release(reader, held)

    assert ("2025-09-01", 480) not in unexcused(reader)
    assert of(summary, "lessons").superseded == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_held_imports_the_one_read_last_stands_in_whatever_order_they_are_released(reader, order):
    reader.csv({"lessons.csv": absent(10)})
    held = [reader.csv({"lessons.csv": absent(30)}), reader.csv({"lessons.csv": absent(40)})]
    for step, place in enumerate(order):
        release(reader, held[place], at=LATER + timedelta(days=step))
    assert set(unexcused(reader).values()) == {40}


def test_a_whole_list_read_later_stands_and_nobody_on_it_ends(reader):
    sink = Sink()
    reader.csv({"persons.csv": people(*MANY, *STAFF)}, sink=sink)
    held = reader.csv({"persons.csv": people(*MANY[:15], *STAFF, "nykomling")}, sink=sink)
    reader.csv({"persons.csv": people(*MANY, *STAFF).replace("P3,Ek", "P3,Berg")}, sink=sink)
    before = reader.rows("persons"), reader.rows("pupils")

    summary = release(reader, held, sink)

    assert (reader.rows("persons"), reader.rows("pupils")) == before
    told = of(summary, "persons")
    assert (told.new, told.changed, told.unchanged, told.ended, told.superseded) == (0, 0, 0, 0, 19)
    assert sink.taken[-1].persons.height == 0


def test_rows_of_a_whole_table_that_newer_imports_brought_do_not_end(store):
    bring(store, 1, {"memberships": [membership("7b", "mira"), membership("7b", "noor")]})
    with store.importing("Påhittad region", day_of_import(2)) as run:
        stage(store, "memberships", [membership("7b", "mira", end_date=day_of_import(3).date())])
        run.reconcile("memberships", whole=True)
        held = run.hold(import_row(2))
    bring(store, 3, {"memberships": [membership("7b", "mira"), membership("7b", "noor"), membership("8b", "sam")]})

    with store.releasing(held.id, day_of_import(5)) as run:
        left = run.left_out("memberships")
        assert (left.superseded, left.kept) == (1, 3)
        assert run.counts("memberships") == Counts(read=3, unchanged=3)
        assert run.changed_rows("memberships").is_empty()
        run.commit(held)

    assert [row[:2] for row in rows(store, "memberships")] == [("7b", "mira"), ("7b", "noor"), ("8b", "sam")]


def test_somebody_protected_since_does_not_come_in_with_the_held_rows(reader):
    reader.csv({"persons.csv": people(*MANY, *STAFF)})
    held = reader.csv(
        {
            "persons.csv": people(*MANY[:15], *STAFF, "sami"),
            "lessons.csv": lessons("sami,ma,2025-09-02,08:00,60,true,60,0,0,0,0"),
        }
    )
    marked = people(*MANY, *STAFF, "sami").replace("Sami,Ek,Ingen", "Sami,Ek,Sekretessmarkering")
    reader.csv({"persons.csv": marked})

    summary = release(reader, held)

    assert (held.status, of(summary, "lessons").refused_protected) == ("held", 1)
    assert not {row["pupil"] for row in reader.rows("lessons")} & {reader.code("sami")}
    assert reader.code("sami") not in str(reader.rows("pupils"))


def test_the_source_as_it_was_before_the_release_is_read_again(reader):
    reader.csv({"lessons.csv": absent(10)})
    held = reader.csv({"lessons.csv": absent(30)})
    reader.csv({"lessons.csv": lessons(FIRST_LESSON.format(95, 5))})
    release(reader, held, at=FIRST + timedelta(days=3, hours=1))

    again = reader.csv({"lessons.csv": absent(10)})

    assert again.status in {"done", "held"}
    assert of(again, "lessons").changed == 420


def test_what_was_held_and_released_is_read_anew_where_a_correction_stands_over_it(reader):
    reader.csv({"lessons.csv": absent(10)})
    held = reader.csv({"lessons.csv": absent(30)})
    reader.csv({"lessons.csv": lessons(FIRST_LESSON.format(95, 5))})
    release(reader, held, at=FIRST + timedelta(days=3, hours=1))

    again = reader.csv({"lessons.csv": absent(30)})

    assert (again.status, of(again, "lessons").changed) == ("done", 1)
    assert set(unexcused(reader).values()) == {30}


def test_a_value_confirmed_after_the_held_rows_were_read_stays(reader):
    reader.csv({"lessons.csv": absent(10)})
    held = reader.csv({"lessons.csv": absent(30)})
    confirmed = reader.csv({"lessons.csv": lessons(FIRST_LESSON.format(90, 10))})
    assert (confirmed.status, of(confirmed, "lessons").unchanged) == ("done", 1)

    summary = release(reader, held)

    found = unexcused(reader)
    assert found.pop(("2025-09-01", 480)) == 10
    assert set(found.values()) == {30}
    assert (of(summary, "lessons").superseded, of(summary, "lessons").changed) == (1, 419)


def test_the_files_from_before_the_held_ones_confirm_all_that_they_said(reader):
    first = absent(10)
    reader.csv({"lessons.csv": first})
    held = reader.csv({"lessons.csv": absent(30)})
    assert [reader.csv({"lessons.csv": first}).status for _ in range(2)] == ["done", "unchanged"]

    assert of(release(reader, held), "lessons").superseded == 420
    assert set(unexcused(reader).values()) == {10}


def test_a_confirmation_that_was_taken_back_confirms_nothing(reader):
    reader.csv({"lessons.csv": absent(10)})
    held = reader.csv({"lessons.csv": absent(30)})
    confirmed = reader.csv({"lessons.csv": absent(10)})
    asked = UndoAsked("rektor", FIRST + timedelta(days=4), "fel fil")
    undo_import(reader.store, confirmed.import_id, asked)

    release(reader, held)

    assert set(unexcused(reader).values()) == {30}


def test_disposed_people_are_gone_from_what_was_noted_beside_a_held_import(reader):
    reader.csv({"lessons.csv": absent(10)})
    held = reader.csv({"lessons.csv": absent(30)})
    reader.csv({"lessons.csv": absent(10)})
    (noted,) = (reader.store.home / "held" / str(held.import_id) / "told").glob("*/lessons.parquet")
    assert pl.read_parquet(noted)["pupil"].unique().to_list() == [reader.code("mira")]

    reader.store.purge([reader.code("mira")], at=LATER, by="test")

    assert pl.read_parquet(noted).is_empty()


def test_nothing_gives_way_when_nothing_newer_was_read(store):
    bring(store, 1, {"lessons": [lesson("mira", "2026-04-01")]})
    with store.importing("Påhittad region", day_of_import(2)) as run:
        stage(store, "lessons", [lesson("mira", "2026-04-01", unexcused=60)])
        run.reconcile("lessons", whole=False)
        held = run.hold(import_row(2))
    bring(store, 3, {"lessons": [lesson("mira", "2026-04-01", unexcused=20)]}, source="En annan region")
    with store.releasing(held.id, day_of_import(5)) as run:
        assert (run.left_out("lessons").superseded, run.counts("lessons").changed) == (0, 1)
