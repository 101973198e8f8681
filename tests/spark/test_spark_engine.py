"""Spark starts, reads the files it is told to, and leaves nothing behind."""

import gc
from pathlib import Path

import pytest
from pyspark import SparkContext

from pluginnovation.records.computing import computing
from pluginnovation.records.engine import SPARK
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.refusals import Unavailable
from pluginnovation.records.spark_engine import SparkEngine
from pluginnovation.records.store import Store
from tests.unit.records.school import FIRST, Reader


@pytest.fixture
def store(tmp_path):
    # What would be a pattern in a path, and a letter that isn't plain.
    home = tmp_path / "här [1] {a,b} *"
    with Store.open(home, FileLedger(home / "ledger.json"), memory="512MB") as opened:
        yield opened


def listening(process: int) -> set[str]:
    """The addresses that a process waits at, in the kernel's own list."""
    sockets = {link.readlink().name for link in Path(f"/proc/{process}/fd").iterdir() if link.is_symlink()}
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state, *_, inode = line.split()[:10]
            if state == "0A" and f"socket:[{inode}]" in sockets:
                found.add(local.rsplit(":", 1)[0])
    return found


def test_it_reads_a_home_whose_path_looks_like_a_pattern_and_leaves_nothing_behind(store, tmp_path):
    Reader(store, tmp_path / "source").csv()
    with computing(store, SPARK) as on:
        lessons = on.keep(on.facts.lessons.select("pupil", "offered", "known_from"), "lessons_seen")
        seen = store.frame(on.result(lessons, "lessons_seen_here"))
        by_pupil = on.facts.lessons.group_by("pupil")
        # No row has ended: the condition is unknown in every one of them, and so none is counted.
        ended = by_pupil.aggregate(ended=on.facts.lessons.count(where=on.facts.lessons.known_to > FIRST))
        counted = store.frame(on.result(on.keep(ended, "ended"), "ended_here"))
        empty = store.frame(on.result(on.keep(on.facts.grades, "no_grades"), "no_grades_here"))
        process = SparkContext._gateway.proc
        here = listening(process.pid)
        kept = list(store.engine.scratch.parent.glob("engine-*"))
    believed = store.facts().lessons.select("pupil", "offered", "known_from")
    assert seen.sort("pupil").equals(store.frame(believed).sort("pupil"))
    assert counted["ended"].to_list() == [0, 0]
    assert len(empty) == 0
    # 127.0.0.1, and the same said in the newer way, as the kernel writes them.
    assert here <= {"0100007F", "0000000000000000FFFF00000100007F"}
    assert here
    assert process.poll() is not None
    assert len(kept) == 2
    assert list(store.engine.scratch.parent.glob("engine-*")) == [store.engine.scratch]


# PySpark leaves the pipe to the process that didn't start for Python to close.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_without_java_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(Unavailable) as missing:
        SparkEngine(tmp_path / "scratch", memory="1GB", threads=1)
    code, said = missing.value.code, missing.value.todo_sv
    assert (code, "openjdk-17-jre-headless" in said) == ("java_missing", True)
    assert list((tmp_path / "scratch").iterdir()) == []
    del missing
    gc.collect()
