"""Places, queues and lots, and how long the lists are."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from pluginnovation.support.capacity import Places, Queued, by_priority
from pluginnovation.support.lottery import Drawn, Lot, draw, same_draw, shared_places
from pluginnovation.support.time_to_action import ACTED, JUDGED_WRONG, PASSED, WAITS, Spell, Wait
from pluginnovation.support.workload import load, weeks_between


def queued(text: str) -> list[Queued]:
    """`a 1 yr7 5`: key, priority, stratum, day of March."""
    lines = (line.split() for line in text.strip().splitlines())
    return [Queued(key, int(first), at, datetime(2026, 3, int(day), tzinfo=UTC)) for key, first, at, day in lines]


def test_the_stated_priority_goes_first_and_then_who_has_waited_longest() -> None:
    queue = queued("a 2 - 1\nb 1 - 9\nc 1 - 4\nd 3 - 1\ne 2 - 1")
    assert [one.key for one in by_priority(queue, 4)] == ["c", "b", "a", "e"]
    assert by_priority(queue, 0) == by_priority(queue, -1) == ()
    assert len(by_priority(queue, 99)) == 5


@pytest.mark.parametrize(
    ("places", "free", "over", "to_fill"),
    [
        (Places(10, 7, 5), 3, 0, 3),
        (Places(10, 7, 2), 3, 0, 2),
        (Places(5, 7, 2), 0, 2, 0),
        (Places(0, 0, 2), 0, 0, 0),
        (Places(None, 7, 2), None, 0, 2),  # no number is said: nobody has to wait
    ],
)
def test_free_places_are_never_fewer_than_none(places: Places, free: int | None, over: int, to_fill: int) -> None:
    assert (places.free, places.over, places.to_fill) == (free, over, to_fill)


def test_places_are_shared_by_the_size_of_the_strata() -> None:
    # Ten of 6 + 3 + 3 would be 5, 2.5 and 2.5: the odd one goes by hash, and always to the same.
    got = shared_places({"7": 6, "8": 3, "9": 3}, 10, seed=1)
    assert (got["7"], sorted((got["8"], got["9"]))) == (5, [2, 3])
    assert got == shared_places({"9": 3, "8": 3, "7": 6}, 10, seed=1)
    assert shared_places({"7": 2, "8": 1}, 9, seed=1) == {"7": 2, "8": 1}
    assert shared_places({"7": 2}, -1, seed=1) == {"7": 0}
    assert shared_places({}, 3, seed=1) == {}


def test_the_same_list_and_seed_give_the_same_draw_in_any_order() -> None:
    queue = [Queued(f"{n}", 2, f"yr{n % 3}", datetime(2026, 3, 1, tzinfo=UTC)) for n in range(40)]
    one, other = draw(queue, 13, seed=77), draw(queue[::-1], 13, seed=77)
    assert one == other
    assert same_draw(one, queue)
    assert len(one.winners) == 13
    assert draw(queue, 13, seed=78).winners != one.winners
    assert not same_draw(one, queue[1:])


def test_somebody_helped_into_a_draw_is_found_out() -> None:
    queue = queued("a 1 - 1\nb 1 - 1\nc 1 - 1\nd 1 - 1")
    honest = draw(queue, 2, seed=5)
    swapped = tuple(Lot(lot.key, lot.stratum, lot.chance, not lot.drawn) for lot in honest.lots)
    assert not same_draw(Drawn(honest.seed, honest.places, swapped), queue)


def test_chances_are_written_down_and_kept() -> None:
    queue = queued("a 1 yr7 1\nb 1 yr7 1\nc 1 yr8 1\nd 1 yr8 1")
    assert {lot.chance for lot in draw(queue, 2, seed=5).lots} == {Fraction(1, 2)}
    # Over many seeds each wins as often as it should: 500 of 1,000, within four standard deviations (63).
    won = dict.fromkeys("abcd", 0)
    for seed in range(1000):
        for key in draw(queue, 2, seed=seed).winners:
            won[key] += 1
    assert all(437 <= times <= 563 for times in won.values())


def test_a_draw_of_today_is_the_one_that_will_be_checked_later() -> None:
    # The way of drawing is part of what is written down. If this changes, its name (`lottery.METHOD`) must too.
    queue = [Queued(f"{n}", 2, "", datetime(2026, 3, 1, tzinfo=UTC)) for n in range(8)]
    assert draw(queue, 3, seed=2026).winners == DRAWN_2026


DRAWN_2026 = ("4", "2", "6")


def wait(outcome: str) -> Wait:
    return Wait(Spell(("mira", "lessons"), date(2026, 3, 2), None), 3, outcome, "", seen=False)


def test_the_load_of_a_class_is_counted_by_mentor_and_week() -> None:
    many = [wait(one) for one in (ACTED, ACTED, ACTED, JUDGED_WRONG, WAITS, PASSED)]
    nine_a, nine_b = load("9A", tuple(many), 2, 3), load("9B", (wait(ACTED),), 0, 3)

    assert (nine_a.signals, nine_a.acted, nine_a.wrong, nine_a.waiting, nine_a.passed) == (6, 3, 1, 1, 1)
    assert nine_a.per_mentor_and_week == 1
    assert (nine_a.share_acted, nine_a.share_wrong) == (Fraction(1, 2), Fraction(1, 6))
    # One of one is no share, and a class without a mentor has no mentor's list.
    assert (nine_b.share_acted, nine_b.share_wrong, nine_b.per_mentor_and_week) == (None, None, None)


@pytest.mark.parametrize(("first", "last", "weeks"), [(2, 2, 1), (2, 8, 1), (2, 9, 2), (9, 2, 0)])
def test_a_begun_week_is_a_week(first: int, last: int, weeks: int) -> None:
    assert weeks_between(date(2026, 3, first), date(2026, 3, last)) == weeks
