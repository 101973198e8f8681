"""Mean absence is compared from 3,000 reported minutes on both sides: with fewer, a bad week isn't a broken export."""

from datetime import date, timedelta

import pytest

from tests.unit.records.school import lessons, of

ENOUGH = 3_000
LESSON = 60
START = date(2025, 9, 1)


def some(minutes: int, share: int, reported: bool = True) -> str:
    """Lessons of so many reported minutes together, of each this per cent unexcused; a last one may be unreported."""
    lengths = [LESSON] * (minutes // LESSON) + ([minutes % LESSON] if minutes % LESSON else [])
    rows = [
        f"mira,ma,{START + timedelta(days=number)},08:00,{length},true,,0,0,{length * share // 100},0"
        for number, length in enumerate(lengths)
    ]
    if not reported:
        rows.append(f"mira,ma,{START},10:00,{LESSON},false,,,,,")
    return lessons(*rows)


def then(reader, before: str, now: str):
    first = reader.csv({"lessons.csv": before})
    assert first.status == "done"
    return reader.csv({"lessons.csv": now})


@pytest.mark.parametrize(
    ("before", "now", "because"),
    [
        (ENOUGH, ENOUGH, ("absence_doubles:lessons",)),
        (ENOUGH + 1, ENOUGH + 1, ("absence_doubles:lessons",)),
        (ENOUGH - 1, ENOUGH, ()),
        (ENOUGH, ENOUGH - 1, ()),
        (ENOUGH - LESSON, ENOUGH * 3, ()),
        (ENOUGH * 3, ENOUGH - LESSON, ()),
    ],
)
def test_absence_that_doubles_waits_for_a_person_from_the_minute_that_is_enough(reader, before, now, because):
    summary = then(reader, some(before, 10), some(now, 50))

    assert summary.because == because
    assert summary.status == ("held" if because else "done")
    assert of(summary, "lessons").read > 0


def test_absence_that_halves_waits_from_the_same_size(reader):
    assert then(reader, some(ENOUGH, 50), some(ENOUGH, 20)).because == ("absence_halves:lessons",)


def test_absence_that_halves_just_below_that_size_counts_at_once(reader):
    assert then(reader, some(ENOUGH - 1, 50), some(ENOUGH - 1, 20)).status == "done"


def test_minutes_that_nobody_has_reported_do_not_make_it_enough(reader):
    before, now = some(ENOUGH - LESSON, 10, reported=False), some(ENOUGH - LESSON, 50, reported=False)
    assert then(reader, before, now).status == "done"
