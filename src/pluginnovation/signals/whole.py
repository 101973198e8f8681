"""Sums of minutes and counts, as 64-bit whole numbers on every engine."""

from ibis.expr.types import BooleanValue, IntegerColumn, IntegerScalar


def total(numbers: IntegerColumn, where: BooleanValue | None = None) -> IntegerScalar:
    """The sum of whole numbers, null when there are none.

    DuckDB adds in 128 bits, which every later step would drag along. Ibis believes that it is 64 already and drops a
    plain cast, so it goes by a float; minutes are far below the 2**53 that a float holds exactly.
    """
    return numbers.sum(where=where).cast("float64").cast("int64")
