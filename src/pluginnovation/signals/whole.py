"""Whole numbers and dates in the types that they are stored in, on every engine."""

import ibis
from ibis.expr.types import BooleanValue, DateValue, IntegerColumn, IntegerScalar, Value


def total(numbers: IntegerColumn, where: BooleanValue | None = None) -> IntegerScalar:
    """The sum of whole numbers as 64 bits, null when there are none.

    DuckDB adds in 128 bits, which every later step would drag along. Ibis believes that it is 64 already and drops a
    plain cast, so it goes by a float; minutes are far below the 2**53 that a float holds exactly.
    """
    return (numbers if where is None else of_those(where, numbers)).sum().cast("float64").cast("int64")


def of_those(where: BooleanValue, values: Value) -> Value:
    """The values in the rows where something holds, null in the others: what an aggregate then looks at.

    An aggregate can have a filter of its own too, but each such filter costs DuckDB a pass over the rows.
    """
    return ibis.ifelse(where, values, ibis.null(values.type()))


def how_many(where: BooleanValue) -> IntegerScalar:
    """In how many rows something holds."""
    return where.fill_null(False).cast("int32").sum().cast("float64").cast("int64")


def as_date(day: DateValue) -> DateValue:
    """A reckoned date as a date: DuckDB makes it a time of day too, and ibis believes that it doesn't."""
    return day.cast("timestamp").cast("date")
