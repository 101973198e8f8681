"""What may be set in a rule set: within bounds, levels in order, each fault told by its field."""

from dataclasses import fields
from datetime import date

import pytest

from pluginnovation.signals.catalogue import CATALOGUE, catalogue_of
from pluginnovation.signals.reasons import reason
from pluginnovation.signals.rule_changes import WrongRules, differences, only_limits, plain, rule_set_of, still_taken
from pluginnovation.signals.rule_checks import Wrong, checked
from pluginnovation.signals.rule_fields import BY_NAME, FIELDS, LIMITS, PARTS
from pluginnovation.signals.rule_texts import calendar_of, setting
from pluginnovation.signals.rules import RULE_SET_1, CalendarDays, Limits, Season

DAY = date(2026, 8, 1)
TERM = {"kind": "term", "name": "2026HT", "first": "2026-08-18", "last": "2026-12-18"}
# What is law, or protects pupils, and therefore can't be set.
FIXED = {"number", "since", "no_show", "last_compulsory_year", "left_under_age"}

LOWER = {"absence_28d": [8, 15, 20]}


def places(changes):
    return [one.field for one in checked(changes)]


def test_everything_in_a_rule_set_may_be_set_but_what_is_law():
    assert {field.name for field in fields(RULE_SET_1)} - FIXED == set(BY_NAME)
    assert {field.part for field in FIELDS if field.kind == LIMITS} | {"no_show"} == set(CATALOGUE)
    assert set(CATALOGUE) <= set(PARTS)


def test_the_default_is_within_its_own_bounds():
    assert checked({name: plain(getattr(RULE_SET_1, name)) for name in BY_NAME}) == []


def test_what_is_kept_is_what_was_set():
    changes = {
        "window_days": 21, "absence_28d": [8, 15, 20], "move_season": ["06-02", "08-30"], "calendar": [TERM],
    }  # fmt: skip
    rules = rule_set_of(changes, number=7, since=DAY)
    assert (rules.number, rules.since, rules.window_days) == (7, DAY, 21)
    assert rules.absence_28d == Limits(8, 15, 20)
    assert rules.move_season == Season((6, 2), (8, 30))
    assert rules.calendar == (CalendarDays("term", "2026HT", date(2026, 8, 18), date(2026, 12, 18)),)
    assert rules.lateness_28d == RULE_SET_1.lateness_28d
    assert differences(rules) == changes
    assert not only_limits(changes) and only_limits({"absence_28d": [8, 15, 20]})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"absence_28d": [10, 10, 20]}, "absence_28d.2"),
        ({"absence_28d": [10, 15, 14]}, "absence_28d.3"),
        ({"absence_28d": [0, 15, 20]}, "absence_28d.1"),
        ({"absence_28d": [10, 15, 101]}, "absence_28d.3"),
        ({"absence_28d": [10, "femton", 20]}, "absence_28d.2"),
        ({"absence_28d": [10, 15.5, 20]}, "absence_28d.2"),
        ({"absence_28d": [True, 15, 20]}, "absence_28d.1"),
        ({"absence_28d": [10, 15]}, "absence_28d"),
        ({"absence_28d": 10}, "absence_28d"),
        ({"coverage_28d": [40, 60, 80]}, "coverage_28d.2"),
        ({"window_days": 20}, "window_days"),
        ({"window_days": 7}, "window_days"),
        ({"window_days": ""}, "window_days"),
        ({"min_reported_pct": 49}, "min_reported_pct"),
        ({"cell_pupils": 9}, "cell_pupils"),
        ({"min_days": 11, "window_days": 14}, "min_days"),
        ({"avoided_pct": 9}, "elsewhere_pct"),
        ({"move_season": ["06-31", "08-31"]}, "move_season.1"),
        ({"move_season": ["08-31", "06-01"]}, "move_season.2"),
        ({"move_season": ["02-01", "03-01"]}, "move_season.2"),
        ({"move_season": ["06-01"]}, "move_season"),
        ({"left_under_age": 25}, "left_under_age"),
        ({"no_show": [1, 2, 3]}, "no_show"),
        ({"calendar": [TERM | {"kind": "party"}]}, "calendar.1.kind"),
        ({"calendar": [TERM | {"first": "i höst"}]}, "calendar.1.first"),
        ({"calendar": [TERM, TERM | {"last": "2026-08-01"}]}, "calendar.2.last"),
        ({"calendar": [TERM | {"last": "2027-08-01"}]}, "calendar.1.last"),
        ({"calendar": [TERM | {"name": "x" * 61}]}, "calendar.1.name"),
        ({"calendar": [TERM, TERM | {"first": "2026-12-18", "last": "2027-01-09"}]}, "calendar"),
        ({"calendar": [TERM] * 201}, "calendar"),
        ({"calendar": [7]}, "calendar.1.kind"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_told_by_its_field(changes, field):
    assert places(changes)[0] == field
    with pytest.raises(WrongRules) as refused:
        rule_set_of(changes, number=2, since=DAY)
    assert all(one.sv and one.en for one in refused.value.wrong)


def test_every_fault_is_told_at_once():
    assert places({"absence_28d": [0, 15, 101], "window_days": 20}) == ["window_days", "absence_28d.1", "absence_28d.3"]


@pytest.mark.parametrize(
    ("changes", "left", "told"),
    [
        (LOWER | {"once": 3}, LOWER, ["once"]),
        (LOWER | {"window_days": 30}, LOWER, ["window_days"]),
        (LOWER | {"merit_drop": [20, 10, 900]}, LOWER, ["merit_drop.3"]),
        (LOWER | {"window_days": 14, "min_days": 15}, LOWER | {"window_days": 14}, ["min_days"]),
        # The fault is told at a value that nobody changed: what it is told beside goes.
        (LOWER | {"avoided_pct": 8}, LOWER, ["elsewhere_pct"]),
        ({"calendar": [TERM, TERM | {"kind": "party"}]}, {"calendar": [TERM]}, ["calendar.2.kind"]),
        ({"calendar": [TERM, TERM]}, {}, ["calendar"]),
        ({"calendar": 3}, {}, ["calendar"]),
        (LOWER, LOWER, []),
    ],
)
def test_of_what_was_saved_once_all_that_still_can_be_holds(changes, left, told):
    kept, wrong = still_taken(changes)
    assert kept == left and [one.field for one in wrong] == told
    assert differences(rule_set_of(kept, number=2, since=DAY)) == left


def test_what_is_written_on_a_command_line_is_read_or_told():
    assert setting("absence_28d = 8,15,20") == ("absence_28d", [8, 15, 20])
    assert setting("window_days=21") == ("window_days", 21)
    assert setting("move_season=06-01,08-31") == ("move_season", ["06-01", "08-31"])
    assert setting("window_days=tre") == ("window_days", "tre")
    assert isinstance(setting("window_days"), Wrong) and isinstance(setting("nothing=1"), Wrong)
    assert isinstance(setting("calendar=1"), Wrong)


def test_a_calendar_is_read_from_the_columns_of_calendars_csv():
    lines = ["kind,name,start_date,end_date", "term,2026HT,2026-08-18,2026-12-18"]
    assert calendar_of(lines) == [TERM]
    assert calendar_of(["kind,name,start_date"]).field == "calendar"
    assert checked({"calendar": calendar_of([*lines, "lov,,x,"])})[0].field == "calendar.2.kind"


def test_texts_and_reasons_tell_the_numbers_that_were_used():
    rules = rule_set_of({"window_days": 21, "min_days": 4, "absence_28d": [8, 15, 20]}, number=2, since=DAY)
    entry = catalogue_of(rules)["absence_28d"]
    assert (entry.title_sv, entry.limits.ask) == ("Frånvaro, tre veckor", 8)
    assert "de senaste 21 dagarna" in entry.text_sv and "färre än 4" in entry.text_sv
    assert "28" not in entry.text_sv and "{" not in "".join(e.text_sv + e.text_en for e in CATALOGUE.values())
    row = {
        "signal": "absence_28d", "value": None, "unit": "share", "detail_text": "few_days", "detail_3": 3,
        "detail_2": 9,
    }  # fmt: skip
    assert reason(row, "sv", rules) == "Okänt. 3 skoldagar är rapporterade, minst 4 behövs."
    assert reason(row, "sv") == "Okänt. 3 skoldagar är rapporterade, minst 5 behövs."


def test_the_study_grant_is_named_by_its_own_hours_whatever_the_limits_are():
    rules = rule_set_of({"unexcused_month": [60, 480, 960]}, number=2, since=DAY)
    row = {
        "signal": "unexcused_month", "value": 90.0, "unit": "minutes", "raised": True, "detail_1": 900,
        "as_of": date(2026, 4, 23),
    }  # fmt: skip
    assert "Från 4 timmar på en månad" in reason(row, "sv", rules)
