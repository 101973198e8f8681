"""Class and school: how many reach each level, who is in which group, and who may be shown what."""

from datetime import date

import ibis
import polars as pl
import pytest

from pluginnovation.signals.groups import group_members, group_results, large_enough
from pluginnovation.signals.rules import RULE_SET_1
from pluginnovation.signals.scope import scope_of
from tests.spec.drawn import FACTS, drawn, frame_of, keep, load, put, rows

AS_OF = date(2026, 4, 23)


def members_of(**tables: str) -> list[dict]:
    load(drawn("", tables))
    scope = scope_of(FACTS, as_of=AS_OF, rules=RULE_SET_1, keep=keep)
    return frame_of(group_members(FACTS, scope=scope)).sort("kind", "group", "pupil").to_dicts()


def results_of(levels: str, groups: str = "a:4") -> list[dict]:
    """Results of one signal for groups named with how many pupils, whose levels are drawn ('?' unknown)."""
    signals = [
        {"pupil": f"p{n}", "signal": "absence_28d", "level": None if level == "?" else int(level)}
        for n, level in enumerate(levels.split())
    ]
    members, first = [], 0
    for group in groups.split():
        name, _, size = group.partition(":")
        members += [
            {"source": "s", "kind": "class", "school": "n", "group": name, "pupil": f"p{first + n}"}
            for n in range(int(size))
        ]
        first += int(size)
    return frame_of(group_results(level_table(signals), member_table(members))).to_dicts()


def level_table(made: list[dict]) -> ibis.Table:
    return put("levels", pl.DataFrame(made, schema={"pupil": pl.String, "signal": pl.String, "level": pl.Int8}))


def member_table(made: list[dict]) -> ibis.Table:
    return put("members", pl.DataFrame(made))


def test_the_shares_are_of_those_whose_value_is_known():
    (result,) = results_of("0 1 2 3 3 ?", "a:6")
    assert (result["n"], result["known"]) == (6, 5)
    assert [result[f"level_{n}"] for n in (1, 2, 3)] == [4, 3, 2]
    assert [result[f"share_{n}"] for n in (1, 2, 3)] == pytest.approx([0.8, 0.6, 0.4])


def test_a_group_is_unknown_when_under_half_of_it_is_known():
    half, under = results_of("0 3 ? ? 0 ? ?", "half:4 under:3")
    assert (half["known"], half["share_1"]) == (2, 0.5)
    assert (under["known"], under["share_1"], under["level_1"]) == (1, None, 0)


def test_a_group_without_a_known_value_has_no_share():
    (result,) = results_of("? ?", "a:2")
    assert (result["n"], result["known"], result["share_3"]) == (2, 0, None)


def test_small_groups_stay_inside_the_school_and_the_authority():
    rows_of = put("sizes", pl.DataFrame({"n": [1, 4, 5, 9, 10]}))
    shown = {
        viewer: frame_of(rows_of.filter(large_enough(rows_of, viewer=viewer)))["n"].to_list()
        for viewer in ("school", "authority", "outside")
    }
    assert shown == {"school": [1, 4, 5, 9, 10], "authority": [5, 9, 10], "outside": [10]}


GROUPS = """
    group | display_name | group_type   | organisation
    ------+--------------+--------------+-------------
    9b    | 9B           | Klass        | north
    m1    | Mentor 1     | Mentor       | north
    ma9   | MA 9         | Undervisning | north
    fritt | Fritids      | Fritids      | north
"""


def test_classes_and_teaching_groups_come_from_memberships_on_the_day():
    found = members_of(
        groups=GROUPS,
        memberships="""
            group | pupil | start_date | end_date
            ------+-------+------------+-----------
            9b    | now   | 2025-08-18 | 2026-04-23
            9b    | open  |            |
            9b    | past  | 2025-08-18 | 2026-04-22
            9b    | soon  | 2026-04-24 |
            m1    | now   | 2025-08-18 |
            ma9   | now   | 2025-08-18 |
            ma9   | now   | 2026-01-08 |
            fritt | now   | 2025-08-18 |
        """,
    )
    assert [(row["kind"], row["school"], row["group"], row["pupil"]) for row in found] == [
        ("class", "north", "9b", "now"),
        ("class", "north", "9b", "open"),
        ("mentor", "north", "m1", "now"),
        ("teaching_group", "north", "ma9", "now"),
    ]


def test_year_programme_and_school_come_from_the_enrolment_that_covers_the_day():
    found = members_of(
        enrolments="""
            pupil | organisation | school_type | school_year | programme | start_date | end_date
            ------+--------------+-------------+-------------+-----------+------------+-----------
            nine  | north        | GR          | 9           |           | 2025-08-18 |
            upper | south        | GY          | 2           | NA        | 2025-08-18 |
            left  | south        | GY          | 2           | NA        | 2025-08-18 | 2026-04-22
        """,
    )
    assert [(row["kind"], row["school"], row["group"], row["pupil"]) for row in found] == [
        ("programme", "south", "NA", "upper"),
        ("school", "north", "north", "nine"),
        ("school", "south", "south", "upper"),
        ("year", "south", "2", "upper"),
        ("year", "north", "9", "nine"),
    ]


def test_whoever_has_moved_abroad_is_in_no_group():
    found = members_of(
        groups=GROUPS,
        memberships="""
            group | pupil
            ------+------
            9b    | here
            9b    | gone
        """,
        outcome_events="""
            pupil | event        | date
            ------+--------------+-----------
            gone  | moved_abroad | 2026-04-01
        """,
    )
    assert [row["pupil"] for row in found] == ["here"]


def test_results_come_in_the_promised_order():
    members = """
        source | kind           | school | group | pupil
        -------+----------------+--------+-------+------
        s      | teaching_group | n      | ma    | p
        s      | class          | n      | 9b    | p
        s      | class          | n      | 9a    | p
        s      | school         | n      | n     | p
        s      | year           | n      | 9     | p
        s      | programme      | n      | NA    | p
        s      | school         | m      | m     | p
    """
    signals = level_table([{"pupil": "p", "signal": "absence_28d", "level": 1}])
    found = frame_of(group_results(signals, member_table(rows(members)))).to_dicts()
    assert [row["group"] for row in found] == ["m", "n", "NA", "9", "9a", "9b", "ma"]
