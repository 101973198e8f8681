"""An installation without Spark says so when it is asked for, and computes as before."""

import sys

import pytest

from pluginnovation.records.computing import computing
from pluginnovation.records.engine import DUCKDB, SPARK
from pluginnovation.records.refusals import Unavailable


def test_spark_that_is_not_installed_is_asked_for_in_vain(store, reader, monkeypatch):
    reader.csv()
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(Unavailable) as missing, computing(store, SPARK):
        pass
    assert missing.value.code == "spark_missing"
    assert "make spark" in missing.value.todo_en
    with computing(store, DUCKDB) as on:
        assert len(store.frame(on.result(on.facts.lessons, "lessons"))) == 2
    assert list(store.engine.scratch.parent.glob("engine-*")) == [store.engine.scratch]
