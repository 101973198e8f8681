"""Cells of a group's week: which differ, and since when."""

from datetime import date

from pluginnovation.signals.groups import group_members
from pluginnovation.signals.rules import RULE_SET_1
from pluginnovation.signals.scope import scope_of
from pluginnovation.signals.since import Behind, cells_with_since
from tests.spec.drawn import DAYS, FACTS, drawn, frame_of, keep, load

AS_OF = date(2026, 4, 23)


def cells_of(lessons: str, *, pupils: int = 10, **others: str) -> dict[tuple, dict]:
    """The cells of one class whose pupils all have the drawn lessons (in the drawn pupils' own share: see `away`)."""
    drawing = others.pop("more", "")
    lines = lessons.strip().splitlines()
    body = [line.strip() for line in lines[2:]]
    every = [f"p{n} | {line}" for n in range(pupils) for line in body]
    given = "\n".join([f"pupil | {lines[0].strip()}", "---", *every, *drawing.strip().splitlines()])
    groups = "group | display_name | group_type | organisation\n---\n9b | 9B | Klass | north"
    memberships = "group | pupil\n---\n" + "\n".join(f"9b | p{n}" for n in range(pupils))
    load(drawn(given, {"groups": groups, "memberships": memberships} | others))
    scope = scope_of(FACTS, as_of=AS_OF, rules=RULE_SET_1, keep=keep)
    members = keep(group_members(FACTS, scope=scope), "members")
    found = cells_with_since(Behind(FACTS, DAYS, members), scope=scope, rules=RULE_SET_1, keep=keep)
    return {
        (row["activity"] or (row["weekday"], row["hour"])): row
        for row in frame_of(found).to_dicts()
        if row["kind"] == "class"
    }


TWO = """
    date                   | start | activity | offered | excused
    -----------------------+-------+----------+---------+--------
    2026-04-20..2026-04-23 | 08:00 | MA       | 100     | {}
    2026-04-20..2026-04-23 | 10:00 | SV       | 100     | {}
"""


def test_twice_the_absence_of_the_others_and_five_points_more_differs():
    assert cells_of(TWO.format(10, 5))["MA"]["differs"]
    assert not cells_of(TWO.format(9, 5))["MA"]["differs"]
    assert not cells_of(TWO.format(9, 4))["SV"]["differs"]
    # Far more than twice, but four points only.
    assert not cells_of(TWO.format(4, 0))["MA"]["differs"]
    assert cells_of(TWO.format(5, 0))["MA"]["differs"]


def test_at_least_ten_pupils():
    assert cells_of(TWO.format(50, 5), pupils=10)["MA"]["differs"]
    nine = cells_of(TWO.format(50, 5), pupils=9)["MA"]
    assert (nine["differs"], nine["pupils"]) == (False, 9)


def test_the_figures_of_a_cell_and_of_the_others():
    cell = cells_of(TWO.format(10, 5))["SV"]
    assert (cell["offered"], cell["reported"], cell["absence"]) == (4000, 4000, 200)
    assert (cell["others_offered"], cell["others_reported"], cell["others_absence"]) == (4000, 4000, 400)
    assert (cell["pupils"], cell["away"], cell["known"], cell["others_known"]) == (10, 10, True, True)


def test_slots_are_compared_with_slots_and_activities_with_activities():
    cells = cells_of(TWO.format(50, 5))
    assert {key for key in cells if isinstance(key, tuple)} == {(day, hour) for day in range(4) for hour in (8, 10)}
    assert cells[0, 8]["others_offered"] == 7000
    assert cells["MA"]["others_offered"] == 4000
    assert cells[0, 8]["differs"]


def test_a_slot_is_two_hours_from_an_even_hour():
    cells = cells_of(
        """
        date       | start | activity | offered
        -----------+-------+----------+--------
        2026-04-20 | 09:59 | MA       | 60
        2026-04-20 | 10:00 | SV       | 60
        2026-04-20 | 15:30 | EN       | 60
        """
    )
    assert {key for key in cells if isinstance(key, tuple)} == {(0, 8), (0, 10), (0, 14)}


def test_a_share_that_is_not_known_differs_from_nothing():
    unreported = """
        date                   | start | activity | offered | excused | is_reported
        -----------------------+-------+----------+---------+---------+------------
        2026-04-20..2026-04-22 | 08:00 | MA       | 100     | 50      | yes
        2026-04-23             | 08:00 | MA       | 100     |         | no
        2026-04-20..2026-04-23 | 10:00 | SV       | 100     |         | yes
    """
    cells = cells_of(unreported)
    assert (cells["MA"]["known"], cells["MA"]["differs"]) == (False, False)
    assert (cells["SV"]["others_known"], cells["SV"]["differs"]) == (False, False)


WEEKS = """
    date                   | start | activity | offered | excused
    -----------------------+-------+----------+---------+--------
    2026-03-02..2026-03-06 | 08:00 | MA       | 100     | 50
    2026-03-02..2026-03-06 | 10:00 | SV       | 100     | 5
    2026-03-09..2026-03-13 | 08:00 | MA       | 100     | 5
    2026-03-09..2026-03-13 | 10:00 | SV       | 100     | 5
    2026-03-16..2026-03-20 | 08:00 | MA       | 100     | 50
    2026-03-16..2026-03-20 | 10:00 | SV       | 100     | 5
    2026-03-30..2026-04-02 | 08:00 | MA       | 100     | 50
    2026-03-30..2026-04-02 | 10:00 | SV       | 100     | 5
    {}
"""


def test_since_is_the_first_of_the_unbroken_weeks():
    """It didn't differ in the week of 9 March. The week of 23 March had no lessons, and breaks nothing."""
    cells = cells_of(WEEKS.format("2026-04-20..2026-04-23 | 08:00 | MA | 100 | 50"))
    assert cells["MA"]["since"] is None, "nothing to compare with in the last week: not known"
    both = "2026-04-20..2026-04-23 | 08:00 | MA | 100 | 50\n    2026-04-20..2026-04-23 | 10:00 | SV | 100 | 5"
    assert cells_of(WEEKS.format(both))["MA"]["since"] == date(2026, 3, 16)


def test_a_slot_is_followed_by_its_own_weekday():
    """Monday's slot: the other cells of the week are the other slots."""
    both = "2026-04-20..2026-04-23 | 08:00 | MA | 100 | 50\n    2026-04-20..2026-04-23 | 10:00 | SV | 100 | 5"
    cells = cells_of(WEEKS.format(both))
    assert cells[0, 8]["since"] is not None
    assert cells[0, 10]["since"] is None
    assert cells[0, 10]["differs"] is False


def test_no_week_before_the_school_year_is_looked_at():
    cells = cells_of(
        """
        date                   | start | activity | offered | excused
        -----------------------+-------+----------+---------+--------
        2025-06-09..2025-06-13 | 08:00 | MA       | 100     | 50
        2025-06-09..2025-06-13 | 10:00 | SV       | 100     | 5
        2026-04-20..2026-04-23 | 08:00 | MA       | 100     | 50
        2026-04-20..2026-04-23 | 10:00 | SV       | 100     | 5
        """
    )
    assert cells["MA"]["since"] == date(2026, 4, 20)


def test_lessons_outside_an_enrolment_are_not_in_any_cell():
    enrolments = "pupil | organisation | school_type | start_date\n---\n" + "\n".join(
        f"p{n} | north | GR | 2026-04-22" for n in range(10)
    )
    assert cells_of(TWO.format(10, 5), enrolments=enrolments)["MA"]["offered"] == 2000
