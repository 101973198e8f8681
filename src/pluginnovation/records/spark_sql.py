"""Spark's SQL for the expressions that DuckDB runs: ibis writes it, but for what follows here."""

from typing import Any

import ibis
from ibis.backends.sql.compilers.base import SQLGlotCompiler
from ibis.backends.sql.compilers.pyspark import PySparkCompiler


class _SparkSql(PySparkCompiler):  # type: ignore[misc]  # ibis tells no types
    """Ibis' own writer of Spark's SQL, where it would need a session, or give another answer than DuckDB."""

    __slots__ = ()

    def visit_Field(self, op: Any, **parts: Any) -> Any:  # noqa: N802
        """A column. Ibis asks an option of a connection of its own here, about NaN; the facts have none."""
        return SQLGlotCompiler.visit_Field(self, op, **parts)

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: Any) -> Any:  # noqa: N802
        """A value; a float for the same reason as a column."""
        if dtype.is_floating():
            return SQLGlotCompiler.visit_NonNullLiteral(self, op, value=value, dtype=dtype)
        return super().visit_NonNullLiteral(op, value=value, dtype=dtype)

    def visit_CountStar(self, op: Any, *, arg: Any, where: Any) -> Any:  # noqa: N802
        """How many rows. Ibis adds up the condition, which is null and not none where it is null in every row."""
        counted = super().visit_CountStar(op, arg=arg, where=where)
        return counted if where is None else self.f.coalesce(counted, 0)


def spark_sql(expression: ibis.Table) -> str:
    """One statement that gives the rows of an expression."""
    writer = _SparkSql()
    return str(writer.to_sqlglot(expression.unbind()).sql(dialect=writer.dialect))
