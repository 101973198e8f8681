"""`plug evidence`, in this process: a plan is checked, locked, left with a reason, and answered."""

import json
import subprocess
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from click.testing import CliRunner

from pluginnovation.cli import evidence, home
from pluginnovation.evidence.plan_files import plan_to_toml
from pluginnovation.web.records import actions
from tests.spec.drawn import SOURCE
from tests.web.helped_school import PLAN, PUPILS, helped, put_in


@pytest.fixture(scope="module")
def school() -> SimpleNamespace:
    return put_in()


@pytest.fixture
def plug(monkeypatch, tmp_path):
    @contextmanager
    def opened(answer):
        yield tmp_path

    monkeypatch.setattr(home, "opened", opened)
    monkeypatch.setattr(evidence, "THREADS", ())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.toml").write_text(plan_to_toml(PLAN), "utf-8")

    def run(*words):
        return CliRunner().invoke(evidence.evidence, [str(word) for word in words])

    return run


@pytest.fixture
def locked(plug):
    done = plug("plan", "lock", "plan.toml", "--out", "locked.json", "--by", "anna", "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def decisions(name: str = "decisions.csv", **change: object) -> str:
    rows = [
        {"source": SOURCE, "pupil": p, "offered": str(helped(p)).lower(), "decided_on": "2025-09-01"} for p in PUPILS
    ]
    pl.DataFrame([{**row, **change} for row in rows]).write_csv(name)
    return name


def test_a_plan_is_locked_once_and_says_that_its_outcome_had_begun(plug, locked):
    checked = json.loads(plug("plan", "check", "plan.toml", "--json").stdout)
    assert checked["checksum"] == locked["checksum"]
    assert locked["ahead"] is False
    again = plug("plan", "lock", "plan.toml", "--out", "locked.json", "--by", "bo", "--json")
    assert (again.exit_code, json.loads(again.stdout)["error"]["code"]) == (3, "plan_already_locked")


def test_a_departure_stays_in_the_file(plug, locked):
    for what in ("one thing", "another"):
        assert plug("plan", "depart", "locked.json", "--by", "bo", "--what", what, "--why", "reasons").exit_code == 0
    done = plug("plan", "depart", "locked.json", "--by", "bo", "--what", "third", "--why", " ", "--json")
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (3, "departure_empty")
    kept = json.loads(Path("locked.json").read_text("utf-8"))["departures"]
    assert [one["what"] for one in kept] == ["one thing", "another"]


def test_the_answer_has_its_number_its_certainty_and_its_warning(plug, locked, school, monkeypatch):
    monkeypatch.setattr(actions, "opened_store", lambda _: nullcontext(school))
    words = ("run", "--plan", "locked.json", "--decisions", decisions(), "--as-of", "2025-11-02", "--json")
    done = plug(*words)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["result"]["estimate"] == pytest.approx(-10, abs=0.5)
    assert found["result"]["plan"] == locked["checksum"]
    assert found["result"]["assumptions"][-2:] == ["records_as_dated", "locked_after_outcome_began"]
    assert found["certainty"]["dots"] == 3
    assert "frånvaron" in found["paragraph"]["sv"]
    assert found["warning_example"]["cannot_tell"] == ""
    assert found["warning_example"]["label"] == "warning_example"
    assert found["warning_example"]["estimate"] == pytest.approx(-16, abs=0.5)
    assert json.loads(plug(*words).stdout) == found
    lines = plug(*words[:-1]).stdout
    assert "●●●○" in lines
    assert "✓ draw_predicted" in lines


def test_an_outcome_that_lies_ahead_gets_a_sentence_and_no_number(plug, locked, school, monkeypatch):
    monkeypatch.setattr(actions, "opened_store", lambda _: nullcontext(school))
    done = plug("run", "--plan", "locked.json", "--decisions", decisions(), "--as-of", "2025-10-30", "--json")
    found = json.loads(done.stdout)
    assert (found["result"]["cannot_tell"], found["result"]["estimate"]) == ("outcome_not_yet", None)
    assert found["certainty"]["dots"] == 0


def test_a_plan_is_rehearsed_on_those_who_were_there_a_year_before(plug, monkeypatch):
    store = put_in(year_before=True)
    monkeypatch.setattr(actions, "opened_store", lambda _: nullcontext(store))
    words = ("plan", "rehearse", "plan.toml", "--decisions", decisions())
    done = plug(*words, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["why"], told["pupils"], told["first"], told["last"]) == ("", 400, "2024-09-03", "2024-11-01")
    assert 0 < told["least"] < 3
    assert told["found"] > 0.8
    assert f"Den minsta förändring som oftast syns är {told['least']:.1f}.".replace(".", ",", 1) in plug(*words).stdout


def test_a_plan_without_earlier_records_gets_a_sentence_and_no_number(plug, school, monkeypatch):
    monkeypatch.setattr(actions, "opened_store", lambda _: nullcontext(put_in()))
    done = plug("plan", "rehearse", "plan.toml", "--decisions", decisions())
    assert done.exit_code == 0, done.output
    assert "Det går inte att säga i förväg." in done.stdout
    assert "Uppgifterna räcker inte så långt tillbaka." in done.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (lambda: ("plan", "rehearse", "plan.toml"), "decisions_unsaid"),
        (lambda: ("plan", "rehearse", "plan.toml", "--decisions", _late()), "leak_decided_later"),
        (lambda: ("plan", "check", decisions()), "plan_unreadable"),
        (lambda: ("run", "--plan", "plan.toml", "--decisions", decisions()), "plan_unreadable"),
        (lambda: ("run", "--plan", _touched(), "--decisions", decisions()), "plan_changed"),
        (lambda: ("run", "--plan", "locked.json", "--decisions", "plan.toml"), "decisions_unreadable"),
        (lambda: ("run", "--plan", "locked.json"), "decisions_unsaid"),
        (lambda: ("keep", "plan.toml", "--by", "eva"), "decisions_unsaid"),
        (lambda: ("run", "--plan", "locked.json", "--decisions", decisions(offered="perhaps")), "decisions_unreadable"),
        (lambda: ("run", "--plan", "locked.json", "--decisions", decisions(offered="")), "decisions_unreadable"),
        (lambda: ("run", "--plan", "locked.json", "--decisions", _late()), "leak_decided_later"),
    ],
)
def test_what_cant_be_answered_is_refused(plug, locked, school, monkeypatch, words, code):
    monkeypatch.setattr(actions, "opened_store", lambda _: nullcontext(school))
    done = plug(*words(), "--json")
    assert done.exit_code == 3, done.exception
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (3, code)


def _late() -> str:
    return decisions(decided_on="2025-09-02")


def _touched() -> str:
    Path("touched.json").write_text(Path("locked.json").read_text("utf-8").replace('"seed":1', '"seed":2'), "utf-8")
    return "touched.json"


def test_help_and_checking_a_plan_import_no_estimation_library(tmp_path):
    """Each takes seconds: a person at a prompt and a page don't wait for them."""
    (tmp_path / "plan.toml").write_text(plan_to_toml(PLAN), "utf-8")
    said = (
        "import sys\nfrom pluginnovation.cli import main\n"
        f"for words in (['evidence', '--help'], ['evidence', 'plan', 'check', {str(tmp_path / 'plan.toml')!r}]):\n"
        "    try:\n        main(words)\n    except SystemExit as end:\n        assert not end.code, end.code\n"
        "print([name for name in ('diff_diff', 'statsmodels', 'scipy', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
