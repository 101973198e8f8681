"""The shape of a result: every signal gives the same columns, so that they can be put in one table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table, Value

from pluginnovation.signals.rules import Limits

COLUMNS: Final = {
    "source": "string",
    "pupil": "string",
    "school": "string",
    "signal": "string",
    "value": "float64",
    "unit": "string",
    "level": "int8",
    "raised": "boolean",
    "numerator": "int64",
    "denominator": "int64",
    "detail_1": "int64",
    "detail_2": "int64",
    "detail_3": "int64",
    "detail_text": "string",
    "school_days": "int32",
    "rests_from": "date",
    "rests_to": "date",
    "rests_activity": "string",
    "last_true": "date",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What one signal says, as expressions over its rows. Left out means null.

    value       in the signal's unit; null = unknown
    level       0-3; null = unknown
    details     up to three whole numbers that the reason needs (each signal's docstring says which)
    """

    value: Value
    level: Value
    numerator: Value | None = None
    denominator: Value | None = None
    details: tuple[Value, ...] = ()
    detail_text: Value | None = None
    rests_activity: Value | None = None


def shaped(rows: Table, figures: Figures, *, signal: str, unit: str) -> Table:
    """One result per row, in COLUMNS.

    Takes   rows   source, pupil, school, school_days, first_date, last_date, last_reported (see `windows.Windows`)
    Gives   COLUMNS; raised is level >= 1 and unknown when level is
    """
    details = [*figures.details, None, None, None][:3]
    columns = {
        "source": rows.source,
        "pupil": rows.pupil,
        "school": rows.school,
        "signal": ibis.literal(signal),
        "value": figures.value,
        "unit": ibis.literal(unit),
        "level": figures.level,
        "raised": figures.level >= 1,
        "numerator": figures.numerator,
        "denominator": figures.denominator,
        "detail_1": details[0],
        "detail_2": details[1],
        "detail_3": details[2],
        "detail_text": figures.detail_text,
        "school_days": rows.school_days,
        "rests_from": rows.first_date,
        "rests_to": rows.last_date,
        "rests_activity": figures.rests_activity,
        "last_true": rows.last_reported,
    }
    return rows.select(**{name: _typed(columns[name], kind) for name, kind in COLUMNS.items()})


def _typed(value: Value | None, kind: str) -> Value:
    if value is None:
        return ibis.null(kind)
    return value if value.type() == ibis.dtype(kind) else value.cast(kind)


def level_of(reached: Iterable[BooleanValue]) -> Value:
    """How many of the limits are reached; unknown as soon as one is unknown."""
    first, *rest = (step.cast("int8") for step in reached)
    return sum(rest, start=first)


def at_least(number: IntegerValue, limits: Limits) -> Value:
    """The level of a whole number against its limits."""
    return level_of(number >= limit for limit in limits)


def enough_days(rows: Table, fewest: IntegerValue | int) -> BooleanValue:
    """Not a thin window. Sums tell no days, so the rule can't be asked of them."""
    return (rows.basis == "sums") | (rows.school_days >= fewest)


def share(rows: Table, part: Value, limits: Limits) -> Figures:
    """A part of a window's reported minutes: unknown where `whole` is, decided by 100 * part >= limit * whole.

    Takes   rows   as in `windows.Windows`
            part   minutes, of the reported ones
    Gives   details: the part of it that is beside (left to the signal), offered minutes, why_figure; detail_text: why
    """
    return Figures(
        value=part / rows.whole,
        level=level_of(100 * part >= limit * rows.whole for limit in limits),
        numerator=part,
        denominator=rows.reported,
        detail_text=rows.why,
    )
