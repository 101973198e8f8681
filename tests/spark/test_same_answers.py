"""Spark says of every pupil what DuckDB says: each signal, each column, to the last integer and the last bit."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pluginnovation.records.asked import Asked
from pluginnovation.records.computing import computing
from pluginnovation.records.disposal import decide_disposal
from pluginnovation.records.engine import ENGINES
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.importing import import_source
from pluginnovation.records.store import Store
from pluginnovation.signals.catalogue import CATALOGUE
from pluginnovation.signals.run import all_signals
from pluginnovation.simulation import SOURCE, simulate
from tests.spark.folders import written
from tests.unit.signals.by_hand import World
from tests.unit.signals.worlds import worlds

AS_OF = date(2026, 4, 23)
FIRST, SECOND = datetime(2026, 6, 13, 4, tzinfo=UTC), datetime(2026, 6, 14, 4, tzinfo=UTC)
# A question takes Spark a minute, however small: many worlds are put in one.
AT_ONCE = 60


def answers(store: Store, as_of: date, known_at: datetime | None = None) -> list[pl.DataFrame]:
    """Every signal of a day, by each engine, in the same order."""
    found = []
    for engine in ENGINES:
        with computing(store, engine, known_at=known_at) as on:
            told = on.keep(all_signals(on.facts, on.days, as_of=as_of, keep=on.keep), "told")
            found.append(store.frame(on.result(told, f"told_by_{engine}")).sort("source", "pupil", "signal"))
    return found


def signals_now(store: Store) -> pl.DataFrame:
    """Every signal as it is believed now."""
    told = all_signals(store.facts(), store.days(), as_of=AS_OF, keep=store.materialise)
    return store.frame(told).sort("source", "pupil", "signal")


def assert_same(ours: pl.DataFrame, theirs: pl.DataFrame) -> None:
    """Not one cell differs. A share is one division of the same two integers, so that its bits are the same too."""
    assert ours.columns == theirs.columns
    assert len(ours) == len(theirs)
    different = {name: ours.filter(ours[name].ne_missing(theirs[name])).height for name in ours.columns}
    assert {name: rows for name, rows in different.items() if rows} == {}


def brought(store: Store, folder: Path, at: datetime) -> None:
    """A folder, read in as any is. Rows that break a rule are turned away and the rest is taken."""
    summary = import_source(store, folder, Asked(by="test", at=at, source=SOURCE, max_quarantine=100.0))
    assert summary.status == "done"


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    """A store with the demo region, and a month of it corrected the day after: what was excused wasn't."""
    folder, home = tmp_path_factory.mktemp("region") / "csv", tmp_path_factory.mktemp("home")
    simulate(folder, pupils=400, municipalities=13, seed=7)
    with Store.open(home, FileLedger(home / "ledger.json"), memory="1GB") as store:
        brought(store, folder, FIRST)
        rows = pl.read_csv(folder / "lessons.csv", infer_schema=False)
        month = rows.filter(pl.col("date").str.starts_with("2026-04"))
        month.with_columns(
            excused_minutes=pl.col("unexcused_minutes"), unexcused_minutes=pl.col("excused_minutes"),
            late_minutes=pl.lit(None, pl.String),
        ).write_csv(folder / "lessons.csv")  # fmt: skip
        brought(store, folder, SECOND)
        yield store


def test_the_demo_region_is_seen_alike(region):
    ours, theirs = answers(region, AS_OF)
    assert set(ours["signal"]) == set(CATALOGUE)
    assert ours["raised"].sum() > 0
    assert_same(ours, theirs)


def test_what_was_known_before_a_correction_is_seen_alike_and_without_those_to_be_disposed_of(region):
    now = signals_now(region)
    gone = sorted(now["pupil"].unique())[:20]
    decide_disposal(region.ledger, gone, at=SECOND + timedelta(days=1), by="test")
    ours, theirs = answers(region, AS_OF, known_at=FIRST + timedelta(hours=1))
    kept = now.filter(~pl.col("pupil").is_in(gone))
    assert len(ours) == len(kept)
    assert not ours.equals(kept)
    assert_same(ours, theirs)


def drawn(as_of: date) -> list[World]:
    """Generated worlds, of which every one is asked about the same day."""
    found: list[World] = []

    @settings(max_examples=AT_ONCE, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(worlds([as_of]))
    def collect(one: tuple[World, date]) -> None:
        found.append(one[0])

    collect()
    return found


@pytest.mark.parametrize("as_of", [AS_OF, date(2026, 1, 9)])
def test_any_folder_is_seen_alike(tmp_path, as_of):
    folder = written(drawn(as_of), as_of, tmp_path / "csv")
    with Store.open(tmp_path / "home", FileLedger(tmp_path / "home" / "ledger.json"), memory="1GB") as store:
        brought(store, folder, FIRST)
        ours, theirs = answers(store, as_of)
    assert set(ours["signal"]) == set(CATALOGUE)
    assert_same(ours, theirs)
