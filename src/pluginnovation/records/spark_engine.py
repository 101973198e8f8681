"""The second engine: Apache Spark on this machine, for what is too large for one process.

It reads the Parquet files that the store lists, keeps its own in the store's scratch folder, speaks to this machine
only, and ends with the block that opened it. Nobody else opens it.
"""

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import TimeoutExpired
from typing import TYPE_CHECKING, Any, Final

import ibis

from .columns import BOOL, DATE, DOUBLE, INT8, INT16, INT32, INT64, STRING, TIMESTAMP, Column
from .refusals import Unavailable
from .scratch import Scratch
from .spark_sql import spark_sql

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

SPARK_TYPES: Final = {
    STRING: "STRING",
    DATE: "DATE",
    BOOL: "BOOLEAN",
    INT8: "TINYINT",
    INT16: "SMALLINT",
    INT32: "INT",
    INT64: "BIGINT",
    DOUBLE: "DOUBLE",
    TIMESTAMP: "TIMESTAMP",
}

# A step is cut into parts of which each fits in memory: one of so many stored bytes, but no more than this for a core.
PART_BYTES: Final = 32 * 2**20
MOST_PARTS: Final = 32
STOP_SECONDS: Final = 20

_HERE: Final = "127.0.0.1"


class SparkEngine:
    """Spark in a process of its own. It knows names for files and for steps that were worked out before."""

    def __init__(self, scratch: Path, *, memory: str, threads: int, size: int = 0) -> None:
        """Start it.

        Takes   scratch   the folder in which its own is made
                memory    what its process may use for rows, such as '2GB'; beyond it, it works in scratch files
                threads   how many cores it may use
                size      bytes of the largest table that it will read
        Raises  Unavailable 'spark_missing' without the package, 'java_missing' when Java doesn't start
        """
        self._scratch = Scratch(scratch)
        self.scratch = self._scratch.folder
        self._steps = 0
        try:
            self._session = _started(self.scratch, _settings(self.scratch, memory, threads, size))
        except BaseException:
            self._scratch.remove()
            raise

    def view(self, named: str, columns: Sequence[Column], paths: Sequence[Path], conditions: Sequence[str]) -> None:
        """Give the rows of files a name.

        Takes   columns      all that the files have, as they are stored
                paths        Parquet files; none: a table without rows
                conditions   SQL that every row must meet
        """
        if paths:
            stored = ", ".join(f"`{column.name}` {SPARK_TYPES[column.type]}" for column in columns)
            rows = self._read(stored, *paths)
        else:
            none = [f"CAST(NULL AS {SPARK_TYPES[column.type]}) AS `{column.name}`" for column in columns]
            rows = self._session.range(0).selectExpr(*none)
        for condition in conditions:
            rows = rows.where(condition)
        rows.selectExpr(*map(_as_read, columns)).createOrReplaceTempView(named)

    def materialise(self, rows: ibis.Table, named: str, /) -> ibis.Table:
        """The rows of an expression, computed once and kept under a name until it is used again."""
        self._steps += 1
        folder = self.scratch / f"{self._steps}-{named}"
        schema = self.write(rows, folder)
        self._read(schema, folder).createOrReplaceTempView(named)
        return ibis.table(rows.schema(), name=named)

    def _read(self, columns: "StructType | str", *paths: Path) -> "DataFrame":
        # A path is a path, also with a star in it.
        return self._session.read.schema(columns).option("__globPaths__", "false").parquet(*map(str, paths))

    def write(self, expression: ibis.Table, folder: Path) -> "StructType":
        """Write the rows of an expression as Parquet files into a new folder; returns their columns."""
        with _disk_errors():
            rows = self._session.sql(spark_sql(expression))
            rows.write.parquet(str(folder))
        return rows.schema

    def close(self) -> None:
        """Stop it and its process, and delete its files."""
        from pyspark import SparkContext

        gateway: Any = SparkContext._gateway
        self._session.stop()
        gateway.shutdown()
        # Java ends when it has nothing more to read.
        gateway.proc.stdin.close()
        try:
            gateway.proc.wait(STOP_SECONDS)
        except TimeoutExpired:
            gateway.proc.kill()
            gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = None
        self._scratch.remove()


def _as_read(column: Column) -> str:
    """A stored column as stages read it: times are UTC without a zone."""
    kind = "TIMESTAMP_NTZ" if column.type == TIMESTAMP else SPARK_TYPES[column.type]
    return f"CAST(`{column.name}` AS {kind}) AS `{column.name}`"


def _started(scratch: Path, settings: Mapping[str, str]) -> "SparkSession":
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkRuntimeError
        from pyspark.java_gateway import launch_gateway
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise Unavailable(
            "spark_missing",
            what=("Spark är inte installerat.", "Spark is not installed."),
            todo=("Kör: make spark. Eller räkna med duckdb.", "Run: make spark. Or compute with duckdb."),
        ) from error
    # Not by way of what an environment may say of other clusters: only what stands here.
    conf = SparkConf(loadDefaults=False).setAll(list(settings.items()))
    try:
        # Java and Spark greet at length on standard error, where our notes go.
        with (scratch / "said").open("wb") as said:
            gateway = launch_gateway(conf, {"stderr": said})
        return SparkSession(SparkContext(conf=conf, gateway=gateway))
    except PySparkRuntimeError as error:
        raise Unavailable(
            "java_missing",
            what=("Spark kom inte i gång. Det behöver Java 17.", "Spark didn't start. It needs Java 17."),
            todo=(
                "Installera Debians openjdk-17-jre-headless. Eller räkna med duckdb.",
                "Install Debian's openjdk-17-jre-headless. Or compute with duckdb.",
            ),
        ) from error


def _settings(scratch: Path, memory: str, threads: int, size: int) -> dict[str, str]:
    return {
        "spark.master": f"local[{threads}]",
        "spark.app.name": "plug",
        "spark.driver.memory": memory.lower().removesuffix("b"),
        "spark.driver.extraJavaOptions": f'"-Djava.io.tmpdir={scratch}"',
        # It opens ports to itself, towards this machine alone, and shows nobody a page.
        "spark.driver.host": _HERE,
        "spark.driver.bindAddress": _HERE,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # Nor does anybody read its notes of what was done, and plans as long as ours would fill its memory.
        "spark.sql.maxPlanStringLength": "1000",
        "spark.sql.ui.retainedExecutions": "1",
        "spark.ui.retainedJobs": "1",
        "spark.ui.retainedStages": "1",
        "spark.ui.retainedTasks": "1",
        "spark.local.dir": str(scratch),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.session.timeZone": "UTC",
        # As in DuckDB, what can't be reckoned is null.
        "spark.sql.ansi.enabled": "false",
        "spark.sql.shuffle.partitions": str(threads * min(1 + size // (PART_BYTES * threads), MOST_PARTS)),
        # The files are told by name: no job is needed to look for them.
        "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",
        "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "2",
    }


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Spark's own error for a full disk, as the error that Python has for it."""
    try:
        yield
    except Exception as error:
        if "No space left on device" in str(error):
            raise OSError(errno.ENOSPC, "No space left on device") from error
        raise
