"""Whole numbers and dates in the types that they are stored in, on every engine."""

from ibis.expr.types import BooleanValue, DateValue, IntegerColumn, IntegerScalar


def total(numbers: IntegerColumn, where: BooleanValue | None = None) -> IntegerScalar:
    """The sum of whole numbers as 64 bits, null when there are none.

    DuckDB adds in 128 bits, which every later step would drag along. Ibis believes that it is 64 already and drops a
    plain cast, so it goes by a float; minutes are far below the 2**53 that a float holds exactly.
    """
    return numbers.sum(where=where).cast("float64").cast("int64")


def as_date(day: DateValue) -> DateValue:
    """A reckoned date as a date: DuckDB makes it a time of day too, and ibis believes that it doesn't."""
    return day.cast("timestamp").cast("date")
