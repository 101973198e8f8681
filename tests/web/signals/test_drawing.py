"""The small drawings: what they show, and what they leave out."""

from concurrent.futures import Executor, Future
from datetime import date

import numpy as np
import polars as pl
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.web.signals import drawing, words
from pluginnovation.web.signals.days import calendar_start, weeks_of
from pluginnovation.web.signals.snapshots import beside, lines, place_drawings
from pluginnovation.web.signals.snapshots.pupil_json import _escaped
from pluginnovation.web.signals.snapshots.timetable import cells_from

THURSDAY = date(2026, 4, 23)


def _bars(excused, unexcused):
    return drawing.bars(np.array([excused]), np.array([unexcused]))[0]


def _days(*marked):
    days = np.full(drawing.DAYS, drawing.NOTHING)
    for place, share in marked:
        days[place] = share
    return days


def test_bars_stack_excused_on_unexcused_and_stop_at_forty_percent():
    drawn = _bars([10] + [0] * 12, [5] + [0] * 12)

    assert 'class="ungiven" d="M1 29v-3.5h6v3.5z"' in drawn
    assert 'class="given" d="M1 25.5v-7h6v7z"' in drawn
    assert _bars([90] + [0] * 12, [90] + [0] * 12).count("v-28") == 1


def test_an_unknown_week_is_hatched_and_a_week_without_lessons_is_empty():
    drawn = _bars([drawing.UNREPORTED, drawing.NOTHING] + [0] * 11, [drawing.UNREPORTED, drawing.NOTHING] + [0] * 11)

    assert drawn.count("<path") == 1
    assert "hatched" in drawn


@given(
    st.lists(st.integers(-2, 100), min_size=13, max_size=13), st.lists(st.integers(0, 100), min_size=13, max_size=13)
)
def test_any_week_can_be_drawn(unexcused, excused):
    excused = [share if other >= 0 else other for share, other in zip(excused, unexcused, strict=True)]
    assert "nan" not in _bars(excused, unexcused)


def test_a_day_is_filled_from_below_unexcused_first_and_never_beyond_its_box():
    whole, half, none = drawing.calendars(
        np.array([_days((0, 80), (1, 0)), _days((6, 50)), _days()]),
        np.array([_days((0, 80), (1, 0)), _days((6, 0)), _days()]),
    )

    # 80 % of eighteen is fourteen and a bit: rounded up to fifteen, with three left for the excused above.
    assert whole == '<path class="ungiven" d="M0 18v-15h18v15z"/><path class="given" d="M0 3v-3h18v3z"/>'
    assert half == '<path class="given" d="M22 40v-9h18v9z"/>'
    assert none == ""


def test_a_day_of_which_too_little_is_reported_is_hatched():
    unreported = _days((2, drawing.UNREPORTED))
    assert list(drawing.calendars(np.array([unreported]), np.array([unreported]))) == [
        '<path class="hatched" d="M0 44h18v18h-18z"/>'
    ]


def test_no_pupils_have_no_drawings():
    nobody = np.empty((0, drawing.DAYS), dtype=np.int8)
    assert drawing.calendars(nobody, nobody).to_list() == []
    assert drawing.bars(nobody, nobody).to_list() == []


def test_days_off_have_a_dash_and_days_to_come_have_none():
    drawn = drawing.days_off([0, 1, 2, 3, 4], [98, 99])

    assert 'class="off" d="M6 9h6m-6 22h6m-6 22h6m-6 22h6m-6 22h6"' in drawn
    assert drawn.count("z") == 2


def test_a_line_breaks_where_a_week_is_unknown_and_ends_with_a_dot_on_the_last_known():
    broken, unknown = place_drawings.lines(np.array([[1, 2, -1, 4] + [-1] * 8, [-1] * 12]))

    assert broken == (
        '<path class="axis" d="M0 23.5H100"/><path class="trend" d="M2 20.4L10.7 19.8M28.2 18.6"/>'
        '<circle class="trend-end" cx="28.2" cy="18.6" r="2.2"/>'
    )
    assert unknown == '<path class="axis" d="M0 23.5H100"/>'


@given(st.lists(st.tuples(st.sampled_from("ab"), st.none() | st.integers(0, 100), st.booleans())))
def test_dots_of_many_groups_are_those_of_each(pupils):
    frame = pl.DataFrame(pupils, schema={"group": pl.String, "share": pl.Int64, "waits": pl.Boolean}, orient="row")
    drawn = dict(place_drawings.dots_by(frame.sort("group"), "group").iter_rows())

    for group in "ab":
        known = [(share, waits) for name, share, waits in pupils if name == group and share is not None]
        assert drawn.get(group, "") == drawing.dots(known)


def test_dots_pile_up_and_those_who_wait_are_squares():
    drawn = drawing.dots([(3, False), (3, False), (3, True), (80, True)])

    assert drawn.split('other-dots" d="')[1].split('"')[0].count("M") == 2
    assert drawn.split('waiting-dots" d="')[1].split('"')[0].count("M") == 2


def test_the_table_beside_the_calendar_tells_the_same_days():
    excused, unexcused = [0] * 100, [0] * 100
    excused[95], unexcused[95] = 20, 30
    excused[96] = unexcused[96] = drawing.UNREPORTED
    excused[97] = unexcused[97] = drawing.NOTHING
    packed = bytes(number % 256 for number in (*excused, *unexcused))

    newest = weeks_of(packed, calendar_start(THURSDAY), THURSDAY)[0]

    assert newest[0] == 17
    assert [(day.kind, day.away, day.unexcused) for day in newest[1]] == [
        ("taught", 50, 30), ("unknown", 0, 0), ("none", 0, 0), ("taught", 0, 0), ("ahead", 0, 0)
    ]  # fmt: skip


def test_texts_of_a_source_are_escaped_for_json_and_for_the_copy():
    assert _escaped('Ma "1"\t\\') == '"Ma \\\\"1\\\\"\\\\t\\\\\\\\"'
    assert _escaped("Bild") == '"Bild"'


def test_a_cell_that_differs_becomes_a_pattern_with_its_denominators():
    row = {
        "source": "s", "group": "8A", "kind": "class", "school": "x", "cell": "slot", "weekday": 0, "hour": 8,
        "activity": None, "pupils": 24, "away": 14, "offered": 1000, "reported": 1000, "absence": 163,
        "others_offered": 9000, "others_reported": 9000, "others_absence": 720, "known": True, "others_known": True,
        "differs": True, "since": date(2026, 3, 16), "activity_name": None, "group_name": "8A",
    }  # fmt: skip
    unknown = row | {"weekday": 1, "known": False, "differs": False}

    (cells,) = cells_from(pl.DataFrame([row, unknown])).values()

    with override("sv"):
        assert cells.shared[0].text == (
            "Måndag 08–10 i 8A: 16\u00a0% frånvaro mot 8\u00a0% på gruppens andra lektioner, sedan vecka 12. "
            "Det gäller 14 av 24 elever."
        )
    with override("en"):
        assert cells.shared[0].text.startswith("Monday 08–10 in 8A: 16% absence against 8%")
    assert cells.heat == [["08–10", [[16, 3, True], [None, 0, False], None, None, None]]]


def test_dates_carry_their_weekday_when_near_and_their_year_when_another():
    with override("sv"):
        assert words.day(THURSDAY, THURSDAY) == "torsdag 23 april"
        assert words.day(date(2025, 8, 18), THURSDAY) == "18 augusti 2025"
    with override("en"):
        assert words.day(THURSDAY, THURSDAY) == "Thursday 23 April"


def test_a_number_and_its_unit_are_never_parted():
    assert words.unbroken("Borta 23 % (1 414 av 12 800 minuter) i 9 A") == (
        "Borta 23\u00a0% (1\u00a0414 av 12\u00a0800 minuter) i 9 A"
    )


def test_batches_drawn_beside_come_in_their_order_and_every_one_of_them():
    class AtOnce(Executor):
        asked = 0

        def submit(self, act, batch):
            self.asked += 1
            done = Future()
            done.set_result(act(batch))
            return done

    pool = AtOnce()
    batches = range(2 * beside.MOST_WAITING)
    drawn = beside.in_turn(pool, lambda batch: f"lines of {batch}", batches)

    assert pool.asked == beside.MOST_WAITING  # begun before anyone asks for the first
    assert list(drawn) == [f"lines of {batch}" for batch in batches]
    assert pool.asked == len(batches)


def test_texts_of_a_source_cannot_end_their_row_or_cell_in_the_copy():
    rows = pl.DataFrame({"text": ["a\tb\\", 'c\n"d"\r\x00', None], "number": [1, None, 3]})

    written = lines.lines_of(rows.with_columns(lines.escaped("text")))
    assert written == b'a\\tb\\\\\t1\nc\\n"d"\\r\t\\N\n\\N\t3\n'
