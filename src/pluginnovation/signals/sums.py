"""Attendance that a source gives only as sums per activity and period, for pupils without lesson rows.

A row of sums counts in the window that its end date lies in. It tells minutes, but neither days nor lessons.
"""

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


def sum_windows(facts: Facts, *, scope: Scope) -> Table:
    """The sums of each pupil and window, in the columns of `windows` (days and lessons are null)."""
    sums = activity_sums(facts, scope=scope)
    windows = ibis.array([ibis.ifelse(sums[f"in_{name}"], name, None) for name in WINDOWS])
    sums = sums.mutate(window=windows.unnest())
    sums = sums.filter(sums.window.notnull())
    unknown = ibis.null("int64")
    summed = sums.group_by(["pupil", "window"]).aggregate(
        source=sums.source.arbitrary(),
        first_date=sums.start_date.min(),
        last_date=sums.end_date.max(),
        last_reported=sums.end_date.max(),
        **{name: total_if_told(sums[name]) for name in ("offered", "reported", "excused", "unexcused")},
    )
    untold = ("lessons", "reported_lessons", "late_lessons", "school_days", "days_away")
    return summed.mutate(basis=ibis.literal("sums"), **dict.fromkeys(untold, unknown))


def total_if_told(minutes: IntegerColumn) -> ibis.Value:
    """The sum, unknown as soon as one of the parts is: what was not given is not zero."""
    return ibis.ifelse(minutes.isnull().any(), ibis.null("int64"), total(minutes))
