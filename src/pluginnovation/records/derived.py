"""What is worked out from the facts and kept: the roll-up of days, and the signals of each day they were run.

Derived tables hold no history of their own. Facts as known at an earlier time give what these held then.
"""

from typing import Final

from .columns import BOOL, DATE, DOUBLE, INT8, INT16, INT32, INT64, TIMESTAMP, Column, Table
from .tables import TABLES

PUPIL_DAYS: Final = Table(
    "pupil_days",
    (
        Column("pupil", person=True),
        Column("date", DATE),
        Column("lessons", INT32),
        Column("reported_lessons", INT32),
        Column("offered", INT32),
        Column("reported", INT32),
        Column("present", INT32),
        Column("excused", INT32),
        Column("unexcused", INT32),
        Column("late_absence", INT32),
        Column("late_lessons", INT32),
        Column("source"),
    ),
    key=("source", "pupil", "date"),
    day="date",
    monthly=True,
    sort=("pupil", "date"),
)

SIGNALS: Final = Table(
    "signals",
    (
        Column("as_of", DATE),
        Column("run_at", TIMESTAMP),
        Column("known_at", TIMESTAMP),
        Column("source"),
        Column("pupil", person=True),
        Column("school"),
        Column("signal"),
        Column("value", DOUBLE),
        Column("unit"),
        Column("level", INT8),
        Column("raised", BOOL),
        Column("numerator", INT64),
        Column("denominator", INT64),
        Column("detail_1", INT64),
        Column("detail_2", INT64),
        Column("detail_3", INT64),
        Column("detail_text"),
        Column("school_days", INT32),
        Column("rests_from", DATE),
        Column("rests_to", DATE),
        Column("rests_activity"),
        Column("last_true", DATE),
        Column("rule_set", INT16),
    ),
    key=("as_of", "source", "pupil", "signal"),
    sort=("signal", "pupil"),
)

DERIVED: Final[dict[str, Table]] = {table.name: table for table in (PUPIL_DAYS, SIGNALS)}


def is_derived(table: Table) -> bool:
    """Whether the table is worked out from facts rather than read from a source."""
    return table.name in DERIVED and table.name not in TABLES
