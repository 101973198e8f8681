"""What a computation over the facts is given, whichever engine does it: the tables, and where its steps are kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import ibis

from .columns import Table
from .derived import DERIVED, PUPIL_DAYS
from .engine import DUCKDB, name, parquet, table_of
from .facts import Facts, Picture, files_of, named_view
from .ledger import lateness_apart
from .pupil_tables import LESSONS
from .rollup import pupil_days
from .spark_engine import SparkEngine
from .store import Store
from .writing import stored_columns


@dataclass(frozen=True, slots=True)
class Computing:
    """An engine at work on the facts.

    facts, days   as `Store.facts` and `Store.days` give them
    keep          works out a step and holds on to its rows under a name
    result        hands the rows of a kept step to the store's own engine, under a name
    """

    facts: Facts
    days: ibis.Table
    keep: Callable[[ibis.Table, str], ibis.Table]
    result: Callable[[ibis.Table, str], ibis.Table]


@dataclass(frozen=True, slots=True)
class Power:
    """What Spark may use of the machine: memory for rows, such as '2GB', and cores."""

    memory: str = "2GB"
    threads: int = 2


@contextmanager
def computing(
    store: Store, engine: str = DUCKDB, *, known_at: datetime | None = None, power: Power = Power()
) -> Iterator[Computing]:
    """An engine at work on the store's facts, as believed now or as known at a time, until the block ends.

    Takes   engine   one of ENGINES; DuckDB is the store's own and has its power
    Raises  Unavailable when Spark is asked for and can't be had
    """
    if engine == DUCKDB:
        yield Computing(store.facts(known_at), store.days(known_at), store.materialise, _as_it_is)
        return
    size = sum(stored.size for stored in files_of(LESSONS, store.folders[LESSONS.name], store.picture(known_at)))
    spark = SparkEngine(store.home / "scratch", memory=power.memory, threads=power.threads, size=size)
    try:
        facts = SparkFacts(spark, store, known_at)
        yield Computing(facts, _days(spark, store, facts), spark.materialise, partial(_result, spark, store))
    finally:
        spark.close()


class SparkFacts(Facts):
    """The facts as Spark reads them: the same files, of the versions that count in the store."""

    def __init__(self, spark: SparkEngine, store: Store, known_at: datetime | None) -> None:
        """Takes known_at as `Store.facts`."""
        super().__init__(store.engine, store.folders, store.picture(known_at), store.facts(known_at).disposed_since)
        self._spark = spark

    def table(self, table: Table) -> ibis.Table:
        """One table of facts."""
        folder, columns = self._folders[table.name], stored_columns(table, derived=table.name in DERIVED)
        paths = [folder.folder / stored.path for stored in files_of(table, folder, self._picture)]
        named = named_view(table, self._picture)
        self._spark.view(named, columns, paths, _conditions(table, self._picture))
        return table_of(named, columns)


def _conditions(table: Table, picture: Picture) -> list[str]:
    """What rows must meet to be in a picture, in Spark's SQL: as `facts.select` has it in DuckDB's."""
    conditions = []
    if picture.known_at and table.name not in DERIVED:
        moment = f"TIMESTAMP '{picture.known_at.astimezone(UTC).isoformat(sep=' ')}'"
        conditions += [f"known_from <= {moment}", f"(known_to IS NULL OR known_to > {moment})"]
    if picture.hidden:
        # Codes are letters and digits: nothing in them could end a text.
        codes = ", ".join(f"'{code}'" for code in sorted(picture.hidden))
        conditions += [f"`{column}` NOT IN ({codes})" for column in table.person_columns]
    return conditions


def _days(spark: SparkEngine, store: Store, facts: SparkFacts) -> ibis.Table:
    """The roll-up: as it is stored, or worked out from the lessons that were known at the time."""
    if facts.known_at is None:
        return facts.table(PUPIL_DAYS)
    apart = lateness_apart(store.ledger.imports())
    return spark.materialise(pupil_days(facts.lessons, lateness_apart=apart), "days_then")


def _as_it_is(rows: ibis.Table, named: str) -> ibis.Table:  # noqa: ARG001
    return rows


def _result(spark: SparkEngine, store: Store, rows: ibis.Table, named: str) -> ibis.Table:
    folder = spark.scratch / f"result-{named}"
    spark.write(rows, folder)
    files = sorted(folder.glob("*.parquet"))
    store.sql(f"CREATE OR REPLACE TEMP TABLE {name(named)} AS FROM {parquet(files)}")
    return ibis.table(rows.schema(), name=named)
