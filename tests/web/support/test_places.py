"""Places, the queue, and filling them: what is drawn can be drawn again, and nobody starts without a place."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.support.models import Draw, Measure, QueuePlace
from pluginnovation.web.support.places import (
    BY_LOT,
    BY_LOT_IN_YEAR,
    Filling,
    Prioritising,
    Saying,
    comes_out_the_same,
    fill_places,
    places_at,
    say_places,
    say_priority,
)
from tests.pals import TODAY, Pals

AT = datetime(2026, 4, 23, 9, tzinfo=UTC)
KIND = "study_coach"
EVERYONE = Q()


@pytest.fixture
def queue(pals: Pals) -> Pals:
    """Mira, Noor and Ali wait for a study coach, in that order; one place of one is taken by a measure for 9A."""
    for number, (pupil, state) in enumerate(
        ((pals.mira, "queued"), (pals.noor, "queued"), (pals.ali, "queued"), ("", "running"))
    ):
        Measure.objects.create(
            pupil=pupil, group="" if pupil else pals.group("9A"), school=pals.place("bjork"), kind=KIND, state=state,
            level="individual", intent="remedial", reach="intensive", starts=TODAY, owner=str(pals.asa.person_id),
            by=pals.asa, at=AT - timedelta(days=9 - number),
        )  # fmt: skip
    return pals


def said(pals: Pals, places: int | None) -> None:
    say_places(saying=Saying(pals.place("bjork"), KIND, places), by=pals.petra, at=AT)


def filled(pals: Pals, way: str, seen: int = 3) -> Draw:
    return fill_places(filling=Filling(pals.place("bjork"), KIND, way, seen), within=EVERYONE, by=pals.petra, at=AT)


def running() -> set[str]:
    return set(Measure.objects.filter(state="running").exclude(pupil="").values_list("pupil", flat=True))


def test_places_are_those_said_last_and_taken_by_what_runs(queue: Pals) -> None:
    assert places_at(queue.place("bjork"), TODAY)[KIND].total is None
    for number in (4, 2):
        said(queue, number)
    found = places_at(queue.place("bjork"), TODAY)[KIND]
    assert (found.total, found.taken, found.free, found.waiting, found.to_fill) == (2, 1, 1, 3, 1)
    assert places_at(queue.place("alm"), TODAY) == {}


def test_by_priority_the_stated_one_goes_first_and_begins_today(queue: Pals) -> None:
    said(queue, 2)
    measure = Measure.objects.get(pupil=queue.ali)
    say_priority(measure=measure, prioritising=Prioritising(1, "Har varit borta en månad."), by=queue.petra, at=AT)
    row = filled(queue, Draw.PRIORITY)
    assert running() == {queue.ali}
    assert [lot[4] for lot in row.lots] == [True, False, False]
    assert comes_out_the_same(row) is None
    assert Measure.objects.get(pupil=queue.ali).starts == TODAY


def test_a_draw_keeps_seed_time_and_list_and_comes_out_the_same_again(queue: Pals) -> None:
    said(queue, 3)
    row = filled(queue, BY_LOT)
    assert len(running()) == 2
    assert (row.at, row.places, len(row.lots)) == (AT, 2, 3)
    assert {(lot[2], lot[3]) for lot in row.lots} == {(2, 3)}
    assert AuditEvent.objects.get(action="fill_places").details["seed"] == str(row.seed)
    row.refresh_from_db()
    assert comes_out_the_same(row)
    row.lots = [[*lot[:4], not lot[4]] for lot in row.lots]
    assert not comes_out_the_same(row)


def test_lots_within_years_share_places_between_the_years(queue: Pals) -> None:
    said(queue, 3)
    row = filled(queue, BY_LOT_IN_YEAR)
    assert (row.within, {lot[1] for lot in row.lots}) == ("year", {"9"})


@pytest.mark.parametrize(
    ("places", "way", "seen", "code"),
    [
        (1, BY_LOT, 3, "no_place_free"),
        (0, "priority", 3, "no_place_free"),
        (2, "priority", 2, "queue_has_changed"),
        (2, "by_eye", 3, "not_offered"),
    ],
)
def test_filling_that_cannot_be_changes_nothing(queue: Pals, places: int, way: str, seen: int, code: str) -> None:
    said(queue, places)
    with pytest.raises(Refusal) as refused:
        filled(queue, way, seen)
    assert refused.value.code == code
    assert not running()
    assert not Draw.objects.exists()


def test_what_is_said_of_one_who_no_longer_waits_is_refused(queue: Pals) -> None:
    measure = Measure.objects.get(pupil=queue.mira)
    Measure.objects.filter(pk=measure.pk).update(state="running")
    for prioritising in (Prioritising(1, "x"), Prioritising(4, "x"), Prioritising(1, " ")):
        with pytest.raises(Refusal):
            say_priority(measure=measure, prioritising=prioritising, by=queue.petra, at=AT)
    assert not QueuePlace.objects.exists()


@pytest.mark.parametrize(("kind", "places"), [("nonsense", 3), (KIND, -1), (KIND, 2001)])
def test_places_that_cannot_be_are_refused(pals: Pals, kind: str, places: int) -> None:
    with pytest.raises(Refusal):
        say_places(saying=Saying(pals.place("bjork"), kind, places), by=pals.petra, at=AT)


def test_the_pages_from_number_to_draw(queue: Pals, visit_as: Any) -> None:
    at = f"/platser/{queue.place('bjork')}/{KIND}/"
    assert "Tre väntar på plats." in visit_as(queue.petra, "/platser/").text
    assert visit_as(queue.petra, at, places="").status_code == 302
    assert visit_as(queue.petra, at, places="-3").status_code == 422
    assert visit_as(queue.petra, at, places="2").status_code == 302
    page = visit_as(queue.hanna, at).text
    assert "1 av 2 platser är tagna. Tre väntar." in page
    assert page.index("Mira") < page.index("Noor") < page.index("Ali")
    number = Measure.objects.get(pupil=queue.ali).pk
    assert visit_as(queue.hanna, f"/platser/ko/{number}/", priority="1", why="").status_code == 422
    assert visit_as(queue.hanna, f"/platser/ko/{number}/", priority="1", why="Bråttom").status_code == 302
    assert "Bråttom" in visit_as(queue.hanna, at).text
    assert visit_as(queue.petra, f"{at}fyll/", way="lot", seen="1").status_code == 422
    done = visit_as(queue.petra, f"{at}fyll/", way="lot", seen="3")
    draw = visit_as(queue.petra, done["Location"]).text
    assert "Samma lista och samma frö ger samma dragning: det stämmer." in draw
    assert "1 på 3" in draw
    assert visit_as(queue.petra, "/platser/").text.count("Lottning") == 1


def test_another_schools_queue_is_not_there(queue: Pals, visit_as: Any) -> None:
    said(queue, 2)
    row = filled(queue, BY_LOT)
    for path in (f"/platser/{queue.place('alm')}/{KIND}/", f"/platser/{queue.place('bjork')}/nonsense/"):
        assert visit_as(queue.petra, path).status_code == 404
    assert visit_as(queue.omar, f"/platser/fyllda/{row.pk}/").status_code == 404
