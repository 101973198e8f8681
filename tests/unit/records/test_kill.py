"""Killed at any moment, or out of disk: the store is as before or as after, and the next change completes it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.refusals import Refusal
from pluginnovation.records.store import Store
from pluginnovation.records.writing import writers_lock
from tests.unit.records.stored import bring, day_rows, lesson, rolled_up_again, rows

ROOT = Path(__file__).parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


def run_program(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *(str(argument) for argument in arguments)]
    return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("change", "every"), [("import", 6), ("purge", 10), ("read", 9), ("undo", 6)])
def test_a_change_that_is_killed_is_made_whole_or_not_at_all(tmp_path, change, every):
    ran = run_program("tests.unit.records.kill_points", tmp_path, change, every)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    before, after = told["before"], told["after"]
    assert before != after
    assert len(told["kills"]) > 10
    assert {kill["ended"] for kill in told["kills"]} <= {0, signal.SIGKILL}
    for kill in told["kills"]:
        assert kill["seen"] in (before, after), kill
        assert kill["then"] == after, kill
        assert kill["left"] == [], kill
    # Some kills came too early and some too late: the steps cover the whole change.
    assert {json.dumps(kill["seen"]) for kill in told["kills"]} == {json.dumps(before), json.dumps(after)}


def test_the_lock_of_a_killed_writer_is_no_obstacle(tmp_path):
    holder = (
        "import sys, time; from pathlib import Path; from pluginnovation.records.writing import writers_lock\n"
        "with writers_lock(Path(sys.argv[1]), 0):\n    print('held', flush=True)\n    time.sleep(600)"
    )
    command = [sys.executable, "-c", holder, str(tmp_path / "writers.lock")]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(Refusal) as refused, writers_lock(tmp_path / "writers.lock", 0.1):
            pass
        assert refused.value.code == "store_busy"
        process.kill()
        process.wait()
        with writers_lock(tmp_path / "writers.lock", 0):
            pass


def opened(home: Path) -> Store:
    return Store.open(home, FileLedger(home / "ledger.json"), memory="256MB")


def test_files_without_their_ledger_are_refused_and_left_alone(tmp_path):
    with opened(tmp_path) as store:
        bring(store, 1, {"lessons": [lesson("mira", "2026-04-01")]})
    kept = sorted(tmp_path.rglob("*.parquet"))
    (tmp_path / "ledger.json").rename(tmp_path / "elsewhere.json")
    with opened(tmp_path) as store, pytest.raises(Refusal) as refused:
        bring(store, 1, {"lessons": [lesson("noor", "2026-04-01")]})
    assert refused.value.code == "store_elsewhere"
    assert sorted(tmp_path.rglob("*.parquet")) == kept


def test_a_ledger_without_its_files_is_refused(tmp_path):
    with opened(tmp_path) as store:
        bring(store, 1, {"lessons": [lesson("mira", "2026-04-01")]})
    (tmp_path / "facts").rename(tmp_path / "lost")
    with opened(tmp_path) as store, pytest.raises(Refusal) as refused:
        bring(store, 2, {"lessons": [lesson("noor", "2026-04-01")]})
    assert refused.value.code == "store_elsewhere"


def test_scratch_files_of_a_killed_process_are_swept_and_those_of_a_living_one_kept(tmp_path):
    dead = tmp_path / "scratch" / "engine-1-dead"
    dead.mkdir(parents=True)
    (dead / "in-use").touch()
    with opened(tmp_path) as living, opened(tmp_path) as store:
        bring(store, 1, {"lessons": [lesson("mira", "2026-04-01")]})
        assert not dead.exists()
        assert living.engine.scratch.exists()
    assert list((tmp_path / "scratch").iterdir()) == []


def test_an_import_on_a_full_disk_changes_nothing_and_can_be_made_when_there_is_room(tmp_path):
    """A file system of its own where the tests may mount one, a limit on the size of a file elsewhere."""
    ran = run_program("tests.unit.records.full_disk", tmp_path)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert len(told["failures"]) > 3
    assert set(told["failures"]) == {"OSError"}
    assert told["changed"] == []
    assert told["whole"]
    assert told["completed"]
    assert told["left"] == []


def test_two_stores_of_one_home_take_turns(tmp_path):
    with opened(tmp_path) as one, opened(tmp_path) as other:
        bring(one, 1, {"lessons": [lesson("mira", "2026-04-01")]})
        bring(other, 2, {"lessons": [lesson("noor", "2026-04-01")]})
        assert rows(one, "lessons") == rows(other, "lessons")
        assert len(rows(one, "lessons")) == 2
        assert day_rows(one) == rolled_up_again(other)
