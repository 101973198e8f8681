"""The shape of a result: every signal gives the same columns, so that they can be put in one table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table, Value

from pluginnovation.signals.rules import Limits, RuleSet

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

    Takes   rows   source, pupil, school, school_days, first_date, last_date, last_reported (see `windows`)
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
    return rows.select(
        **{
            name: (ibis.null(kind) if columns[name] is None else columns[name].cast(kind))
            for name, kind in COLUMNS.items()
        }
    )


def level_of(reached: Iterable[BooleanValue]) -> Value:
    """How many of the limits are reached; unknown as soon as one is unknown."""
    first, *rest = (step.cast("int8") for step in reached)
    return sum(rest, start=first)


def at_least(number: IntegerValue, limits: Limits) -> Value:
    """The level of a whole number against its limits."""
    return level_of(number >= limit for limit in limits)


def share_is_known(rows: Table, rules: RuleSet) -> BooleanValue:
    """Enough is reported for a share: something, and the least part of what was offered.

    Null (so not known) where a source's sums don't say what was offered.
    """
    enough = 100 * rows.reported >= rules.min_reported_pct * rows.offered
    return (rows.reported > 0) & enough


def enough_days(rows: Table, fewest: int) -> BooleanValue:
    """Not a thin window. Sums tell no days, so the rule can't be asked of them."""
    return (rows.basis == "sums") | (rows.school_days >= fewest)


# Why a value is unknown; `reasons` says it in words.
NOT_TOLD, NOTHING, TOO_LITTLE, FEW_DAYS = "not_told", "nothing_reported", "too_little_reported", "few_days"


def why_unknown(rows: Table, rules: RuleSet, fewest: int) -> tuple[Value, Value]:
    """Why a share of the rows is unknown, and the figure that says so.

    Gives   one of NOT_TOLD, NOTHING, TOO_LITTLE, FEW_DAYS (null when the share is known), and the reported percent of
            what was offered, rounded down, or the number of school days
    """
    told = rows.reported.notnull() & rows.offered.notnull() & (rows.excused + rows.unexcused).notnull()
    too_little = 100 * rows.reported < rules.min_reported_pct * rows.offered
    few = ~enough_days(rows, fewest)
    why = ibis.cases((~told, NOT_TOLD), (rows.reported == 0, NOTHING), (too_little, TOO_LITTLE), (few, FEW_DAYS))
    return why, ibis.cases((too_little, 100 * rows.reported // rows.offered.nullif(0)), (few, rows.school_days))


def share(part: Value, whole: Value, *, known: Value, limits: Limits) -> Figures:
    """A share of minutes with its level: 100 * part >= limit * whole, in whole numbers."""
    level = level_of(100 * part >= limit * whole for limit in limits)
    return Figures(
        value=ibis.ifelse(known, part / whole.nullif(0), None),
        level=ibis.ifelse(known, level, None),
        numerator=part,
        denominator=whole,
    )
