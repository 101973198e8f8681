"""`plug signals rules`, in this process."""

import json
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from pluginnovation.cli import rules
from pluginnovation.web.records import actions
from pluginnovation.web.records.models import Import
from pluginnovation.web.signals import rule_comparison
from pluginnovation.web.signals.models import RuleVersion
from pluginnovation.web.signals.rule_comparison import Comparison

NOW = datetime(2026, 4, 23, 8, tzinfo=UTC)
SAVE = ("save", "--source", "byn", "--why", "Vi frågar tidigare")


@pytest.fixture
def plug(db, monkeypatch):
    @contextmanager
    def opened(answer):
        yield None

    monkeypatch.setattr(rules, "opened", opened)
    monkeypatch.setattr(actions, "opened_store", lambda _: nullcontext())
    Import.objects.create(
        id=1, source="byn", place="x", by="test", at=NOW, finished_at=NOW, status="done", simulated=False,
        lateness_is_absence=True, profile="csv", files=[], counts={}, fingerprints={}, because=[],
    )  # fmt: skip

    def run(*words):
        return CliRunner().invoke(rules.rules, [str(word) for word in words])

    return run


def said(answer):
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_a_saved_version_is_listed_and_shown(plug):
    saved = said(plug(*SAVE, "--set", "absence_28d=8,15,20", "--json"))
    assert (saved["number"], saved["source"], saved["changes"]) == (2, "byn", {"absence_28d": [8, 15, 20]})
    assert [row["number"] for row in said(plug("list", "--json"))["rules"]] == [2]
    shown = said(plug("show", 2, "--json"))
    assert (shown["values"]["absence_28d"], shown["values"]["window_days"]) == ([8, 15, 20], 28)
    assert "* absence_28d = 8,15,20" in plug("show", 2).stdout


def test_a_later_change_begins_from_what_holds(plug):
    plug(*SAVE, "--set", "absence_28d=8,15,20")
    saved = said(plug(*SAVE, "--set", "window_days=21", "--json"))
    assert saved["changes"] == {"absence_28d": [8, 15, 20], "window_days": 21}
    assert said(plug("reset", "--source", "byn", "--why", "Tillbaka", "--json"))["changes"] == {}
    assert RuleVersion.objects.count() == 3


def test_a_calendar_is_read_from_a_file(plug, tmp_path):
    path = tmp_path / "terms.csv"
    path.write_text("\ufeffkind,name,start_date,end_date\nterm,2026HT,2026-08-18,2026-12-18\n", "utf-8")
    saved = said(plug(*SAVE, "--calendar", path, "--json"))
    assert saved["changes"]["calendar"] == [
        {"kind": "term", "name": "2026HT", "first": "2026-08-18", "last": "2026-12-18"}
    ]
    path.write_text("kind;name\n", "utf-8")
    assert plug(*SAVE, "--calendar", path).exit_code == 3


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("--set", "absence_28d=8,7,20"), "absence_28d.2"),
        (("--set", "absence_28d=8"), "absence_28d"),
        (("--set", "left_under_age=25"), "left_under_age"),
        (("--set", "window_days"), "window_days"),
        (("--set", "window_days=tre"), "window_days"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_with_its_place(plug, words, where):
    refused = plug(*SAVE, *words, "--json")
    assert refused.exit_code == 3
    assert json.loads(refused.stdout)["error"]["where"] == where
    assert not RuleVersion.objects.exists()


def test_a_source_or_version_that_is_not_there_and_a_day_that_was_are_refused(plug):
    assert plug("save", "--source", "nobody", "--why", "x", "--set", "window_days=21").exit_code == 3
    assert plug(*SAVE, "--set", "window_days=21", "--since", "2020-01-01").exit_code == 3
    assert plug("show", 7).exit_code == 3
    assert plug("compare", 7, "--source", "byn").exit_code == 3


def test_a_comparison_tells_every_signal_for_all_schools(plug, monkeypatch):
    asked = []

    def compare(_, source, before, after):
        asked.append((source, before.absence_28d.ask, after.absence_28d.ask))
        row = {"source": "byn", "signal": "absence_28d", "n": 9, "before": 3, "after": 4, "newly": 1, "no_longer": 0}
        return Comparison(date(2026, 4, 23), (row | {"school": "a"}, row | {"school": "b"}), (), 0.5)

    monkeypatch.setattr(rule_comparison, "compare_rules", compare)
    words = ("compare", 1, "--source", "byn", "--set", "absence_28d=8,15,20")
    assert len(said(plug(*words, "--json"))["rows"]) == 2
    assert "6 → 8" in " ".join(plug(*words).stdout.split())
    assert asked[0] == ("byn", 10, 8)
