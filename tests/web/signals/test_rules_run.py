"""A day by an authority's own rules: results, pages and command tell the version they were made with."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from pluginnovation.cli.listing import Wanted, signal_list
from pluginnovation.web.records.actions import opened_store
from pluginnovation.web.signals.actions import run_signals
from pluginnovation.web.signals.figures import unpacked
from pluginnovation.web.signals.models import PupilSnapshot, Run
from pluginnovation.web.signals.rule_comparison import compare_rules
from pluginnovation.web.signals.rule_sets import Draft, newest, rules_numbered, save_rules
from tests.web.signals.test_rows import AS_OF, NOW, mira, page
from tests.web.signals.test_rows import built as built
from tests.web.signals.test_rows import read_in as read_in

LONG_AGO = datetime(2026, 1, 2, tzinfo=UTC)
SOURCE = "byn"


def save(**changes):
    return save_rules(
        draft=Draft(SOURCE, changes, LONG_AGO.date(), "Prov", newest(SOURCE)), by=None, at=LONG_AGO
    ).number  # fmt: skip


def results():
    with opened_store(settings.PLUG_HOME) as store:
        found = signal_list(store, Wanted(AS_OF, False, None, None))
        return found.head, {(row["pupil"], row["signal"]): row for row in found.rows}


def test_a_run_goes_by_the_rules_of_its_day_and_the_list_tells_which(read_in: Path) -> None:
    head, before = results()
    assert (head["rule_set"], head["rule_sets"]) == (1, {SOURCE: 1})
    number = save(absence_28d=[30, 90, 99], window_days=14, min_days=3)
    done = run_signals(as_of=AS_OF, by=None, at=NOW)
    head, after = results()
    assert (done.rules, head["rule_set"]) == ({SOURCE: number}, number)
    assert (before[mira(), "absence_28d"]["level"], after[mira(), "absence_28d"]["level"]) == (1, 0)
    assert "de senaste 14 dagarna" in after[mira(), "absence_28d"]["reason"]["sv"]


def test_what_was_computed_keeps_its_rules(read_in: Path) -> None:
    save(absence_28d=[1, 90, 99])
    head, _ = results()
    assert head["rule_set"] == 1
    run_signals(as_of=AS_OF - timedelta(days=7), by=None, at=NOW)
    assert results()[0]["rule_set"] == 1


def test_the_pages_tell_the_limits_that_were_used(read_in: Path) -> None:
    number = save(absence_28d=[3, 90, 99], window_days=14, lateness_28d=[7, 8, 9])
    run_signals(as_of=AS_OF, by=None, at=NOW)
    run, picture = Run.objects.get(shown=True), PupilSnapshot.objects.get(pupil=mira())
    assert (run.rule_set, run.rules_since) == (number, LONG_AGO.date())
    figures = {figure.signal: figure for figure in map(unpacked, picture.figures)}
    assert "de senaste 14 dagarna" in figures["lateness_28d"].reason
    text = page(f"/elev/{mira()}/").content.decode().replace("\xa0", " ")
    assert f"regler version {number}" in text
    assert "Frånvaro, två veckor" in text
    told = page("/signaler/").content.decode().replace("\xa0", " ")
    assert "Fråga från 3 %" in told and "fem skoldagar på 14 dagar" in told


@pytest.mark.parametrize("changes", [{"absence_28d": [1, 90, 99]}, {"window_days": 14, "absence_28d": [1, 90, 99]}])
def test_a_comparison_says_what_the_next_run_gives(read_in: Path, changes: dict) -> None:
    number = save(**changes)
    with opened_store(settings.PLUG_HOME) as store:
        found = compare_rules(store, SOURCE, rules_numbered(1), rules_numbered(number))
    assert found.as_of == AS_OF
    assert found.counted == (("attendance",) if "window_days" in changes else ())
    before = sum(row["raised"] is True for row in results()[1].values())
    run_signals(as_of=AS_OF, by=None, at=NOW)
    after = sum(row["raised"] is True for row in results()[1].values())
    signals = [row for row in found.rows if row["signal"] != "any"]
    assert (sum(row["before"] for row in signals), sum(row["after"] for row in signals)) == (before, after)
    (every,) = [row for row in found.rows if row["signal"] == "any"]
    assert every["n"] == 2
