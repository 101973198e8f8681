"""Attendance that a source gives only as sums per activity and period, for pupils without lesson rows.

A row of sums counts in the window that its end date lies in. It tells minutes, but neither days nor lessons.
"""

from collections.abc import Sequence

import ibis
from ibis.expr.types import IntegerColumn, Table

from pluginnovation.records.facts import Facts
from pluginnovation.signals.scope import WINDOWS, Scope
from pluginnovation.signals.whole import total


def activity_sums(facts: Facts, *, scope: Scope) -> Table:
    """The rows of sums that end in any window, with which windows they count in.

    Gives   source, pupil, activity, start_date, end_date, offered, reported, excused, unexcused (minutes, null =
            not given), in_28d …; reported is the given sum, else attended + other + excused + unexcused, where
            only other may be missing
    """
    sums = facts.attendance_sums.filter(facts.attendance_sums.end_date <= scope.period.as_of)
    dated = scope.in_windows(sums, sums.end_date)
    parts = dated.attended + dated.other.fill_null(0) + dated.excused + dated.unexcused
    return dated.select(
        "source", "pupil", "activity", "start_date", "end_date", "offered", "excused", "unexcused",
        *(f"in_{name}" for name in WINDOWS),
        reported=ibis.coalesce(dated.reported, parts),
    )  # fmt: skip


def sum_window(sums: Table, name: str, counts: Sequence[str]) -> Table:
    """The sums of each pupil in one window, in the columns of `windows.Windows`.

    Takes   sums     as `activity_sums` gives them
            name     one of WINDOWS
            counts   the counts that are asked of the window; those of days and lessons are null
    """
    part = sums.filter(sums[f"in_{name}"])
    told = [count for count in counts if count in ("offered", "reported", "excused", "unexcused")]
    summed = part.group_by("pupil").aggregate(
        source=part.source.arbitrary(),
        first_date=part.start_date.min(),
        last_date=part.end_date.max(),
        last_reported=part.end_date.max(),
        **{count: total_if_told(part[count]) for count in told},
    )
    untold = [count for count in counts if count not in told]
    return summed.mutate(basis=ibis.literal("sums"), **dict.fromkeys(untold, ibis.null("int64")))


def total_if_told(minutes: IntegerColumn) -> ibis.Value:
    """The sum, unknown as soon as one of the parts is: what was not given is not zero."""
    return ibis.ifelse(minutes.isnull().any(), ibis.null("int64"), total(minutes))
