"""Saved rules that a later version of the platform doesn't take in full: nobody stands without rules."""

from datetime import UTC, datetime, timedelta

import pytest

from pluginnovation.cli.later_checks import rules_taken
from pluginnovation.signals.rule_changes import differences
from pluginnovation.signals.rules import RULE_SET_1
from pluginnovation.web.records.models import Import
from pluginnovation.web.signals.models import RuleVersion
from pluginnovation.web.signals.rule_sets import Draft, newest, rules_by_source, rules_numbered, save_rules
from tests.pals import SOURCE, TODAY

NOW = datetime(2026, 4, 23, 8, tzinfo=UTC)
LOWER = {"absence_28d": [8, 15, 20]}
# What could be set once: a window of thirty days, and something that there is no more.
OLD = LOWER | {"window_days": 30, "once": 3}


@pytest.fixture
def source(pals):
    """The pals' source, with rules that were saved before an upgrade."""
    Import.objects.create(
        id=1, source=SOURCE, place="x", by="test", at=NOW, finished_at=NOW, status="done", simulated=False,
        lateness_is_absence=True, profile="csv", files=[], counts={}, fingerprints={}, because=[],
    )  # fmt: skip
    kept(2, TODAY)
    return pals


def kept(number, since, changes=OLD):
    RuleVersion.objects.create(
        authority=SOURCE, number=number, since=since, changes=changes, at=NOW, by=None, why="Vi frågar tidigare"
    )


def text(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_the_night_counts_by_what_still_can_be(source):
    rules = rules_by_source([SOURCE], TODAY)[SOURCE]
    assert (rules.number, rules.absence_28d.ask, rules.window_days) == (2, 8, RULE_SET_1.window_days)
    assert rules_numbered(2) == rules


def test_the_pages_of_rules_say_what_no_longer_holds(source, visit_as):
    every = text(visit_as(source.asa, "/regler/"))
    one = text(visit_as(source.asa, "/regler/2/"))
    for page in (every, one):
        assert "Det här står i versionen men gäller inte längre" in page
        assert "Fönster och underlag: fönstrets längd – Skriv hela veckor: 14, 21 … 56." in page
        assert "once – Det går inte att ställa in." in page
    assert "8 / 15 / 20 %" in one and "Version 2 gäller sedan 2026-04-23." in every
    assert "(något gäller inte längre)" in every


def test_the_definitions_can_be_read_as_before(source, visit_as):
    assert visit_as(source.asa, "/signaler/").status_code == 200


def test_the_doctor_tells_of_versions_that_hold_or_will(source):
    kept(3, TODAY + timedelta(days=30))
    found = list(rules_taken())
    assert [(one.check, one.state) for one in found] == [("rules", "wrong")] * 2
    assert "once, window_days" in found[1].said[0]
    kept(4, TODAY, LOWER)
    assert [one.said[1].split()[1] for one in rules_taken()] == ["3"]


def test_saved_anew_as_what_is_left_it_is_whole_again(source):
    draft = Draft(SOURCE, LOWER, TODAY, "Det som gäller", newest(SOURCE))
    saved = save_rules(draft=draft, by=None, at=NOW)
    assert saved.changes == LOWER == differences(rules_by_source([SOURCE], TODAY)[SOURCE])
    assert not list(rules_taken())
