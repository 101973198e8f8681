"""`plug evidence keep`, `list`, `run` and `message`: the same plans as on the pages."""

import json
from contextlib import contextmanager, nullcontext

import polars as pl
import pytest
from click.testing import CliRunner

from pluginnovation.cli import evidence, home
from pluginnovation.evidence.plan_files import plan_to_toml
from pluginnovation.web.evidence.models import StoredPlan
from pluginnovation.web.records import actions
from tests.spec.drawn import SOURCE
from tests.web.helped_school import PLAN, PUPILS, helped


@pytest.fixture
def plug(asked, school, monkeypatch, tmp_path):
    @contextmanager
    def opened(answer):
        yield tmp_path

    monkeypatch.setattr(home, "opened", opened)
    monkeypatch.setattr(evidence, "THREADS", ())
    monkeypatch.setattr(actions, "opened_store", lambda _: nullcontext(school))
    monkeypatch.chdir(tmp_path)
    asked.draft.delete()
    (tmp_path / "plan.toml").write_text(plan_to_toml(PLAN), "utf-8")
    rows = [
        {"source": SOURCE, "pupil": p, "offered": str(helped(p)).lower(), "decided_on": "2025-09-01"} for p in PUPILS
    ]
    pl.DataFrame(rows).write_csv(tmp_path / "drawn.csv")

    def run(*words):
        return CliRunner().invoke(evidence.evidence, [str(word) for word in words])

    return run


def test_a_plan_is_kept_answered_listed_and_handed_out(plug, tmp_path):
    kept = plug("keep", "plan.toml", "--by", "eva", "--decisions", "drawn.csv", "--json")
    assert kept.exit_code == 0, kept.output
    assert StoredPlan.objects.get().checksum == json.loads(kept.stdout)["checksum"]
    night = json.loads(plug("run", "--as-of", "2025-11-02", "--json").stdout)
    assert [one["name"] for one in night["answered"]] == ["mentors"]
    one = json.loads(plug("run", "--plan", "mentors", "--as-of", "2025-11-02", "--json").stdout)
    assert one["result"]["estimate"] == pytest.approx(-10, abs=0.5)
    assert one["certainty"]["dots"] == 3
    assert "●●●○" in plug("list").stdout
    assert plug("message", "--plan", "mentors", "--site", "Björkeby", "--out", "m.json").exit_code == 0
    assert json.loads((tmp_path / "m.json").read_text("utf-8"))["treated"] == 200


@pytest.mark.parametrize(("words", "code"), [
    (("keep", "plan.toml", "--by", "nobody", "--decisions", "drawn.csv"), "keeper_absent"),
    (("run", "--plan", "no-such-plan"), "plan_absent"),
    (("message", "--plan", "7", "--site", "x", "--out", "m.json"), "plan_absent"),
])  # fmt: skip
def test_what_isnt_there_is_refused(plug, words, code):
    done = plug(*words, "--json")
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (3, code)
    assert not StoredPlan.objects.exists()
