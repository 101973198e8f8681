"""The checks of a row: each table's rules as data, in the order in which the first broken one is named.

A check looks at values that were read, never at another row. References and repeated keys are looked at when all
rows are known.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from pluginnovation.reference.grade_scales import GRADE_SCALES

from .columns import Table

PARTS: Final = ("attended", "other", "excused", "unexcused")
ABSENCES: Final = ("other", "excused", "unexcused")


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of a table.

    rule     its code, in rules.py
    columns  the CSV columns it is about, first the one whose value is told by its kind
    breaks   true for a row that breaks it; null counts as kept
    """

    rule: str
    columns: tuple[str, ...]
    breaks: pl.Expr


def _sum(names: tuple[str, ...]) -> pl.Expr:
    total = pl.lit(0, dtype=pl.Int32)
    for name in names:
        total = total + pl.col(name).fill_null(0)
    return total


def _outside_scales() -> pl.Expr:
    day, grade = pl.col("registered_date"), pl.col("grade")
    fits = pl.lit(value=False)
    for scale in GRADE_SCALES:
        then = day >= scale.since
        if scale.until is not None:
            then = then & (day <= scale.until)
        fits = fits | (then & grade.is_in(list(scale.symbols)))
    return fits.not_()


_ABSENCES_MINUTES: Final = tuple(f"{part}_minutes" for part in ABSENCES)

_MINUTES: Final = (
    Check(
        "unreported_with_minutes",
        ("is_reported", "attended_minutes", *_ABSENCES_MINUTES, "late_minutes"),
        pl.col("is_reported").not_() & (pl.max_horizontal(*PARTS, "late").fill_null(0) > 0),
    ),
    Check(
        "minutes_do_not_add_up",
        ("attended_minutes", *_ABSENCES_MINUTES, "offered_minutes"),
        pl.col("is_reported")
        & pl.when(pl.col("attended").is_null())
        .then(_sum(ABSENCES) > pl.col("offered"))
        .otherwise(_sum(PARTS) != pl.col("offered")),
    ),
    Check("late_over_offered", ("late_minutes", "offered_minutes"), pl.col("late") > pl.col("offered")),
)

_SUMS: Final = (
    Check("sums_do_not_add_up", ("reported_sum", *(f"{part}_sum" for part in PARTS)), _sum(PARTS) > pl.col("reported")),
)

_DATES: Final = (Check("end_before_start", ("end_date", "start_date"), pl.col("end_date") < pl.col("start_date")),)

_OWN: Final[dict[str, tuple[Check, ...]]] = {
    "lessons": _MINUTES,
    "attendance_sums": _SUMS,
    "grades": (Check("grade_not_in_scale", ("grade", "registered_date"), _outside_scales()),),
}


def checks_of(table: Table) -> tuple[Check, ...]:
    """The checks of a table's rows, in order."""
    dated = {"start_date", "end_date"} <= set(table.names)
    return (_DATES if dated else ()) + _OWN.get(table.name, ())


def complete(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """Fill in what the format leaves out: empty minutes are 0, empty attended is what remains of the lesson."""
    if table.name == "lessons":
        return _minutes_filled(rows)
    return rows


def _minutes_filled(rows: pl.DataFrame) -> pl.DataFrame:
    if not rows.select(pl.any_horizontal(pl.col(*PARTS, "late").has_nulls())).item():
        return rows
    remains = pl.when("is_reported").then(pl.col("offered") - _sum(ABSENCES)).otherwise(0)
    return rows.with_columns(pl.coalesce("attended", remains).cast(pl.Int16), pl.col(*ABSENCES, "late").fill_null(0))
