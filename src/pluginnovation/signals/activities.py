"""What each pupil was offered and missed in each activity, over the last 28 days."""

from ibis.expr.types import Table

from pluginnovation.signals.scope import Scope
from pluginnovation.signals.stays import counted
from pluginnovation.signals.sums import total_if_told
from pluginnovation.signals.whole import total


def activity_windows(lessons: Table, sums: Table, *, scope: Scope) -> Table:
    """Minutes per pupil and activity in the short window, from lessons or else from a source's sums.

    Takes   lessons   pupil, activity, date, offered, is_reported, excused, unexcused
            sums      as `sums.activity_sums` gives them
    Gives   pupil, activity, offered, reported, absence (minutes; null where sums don't tell)
    """
    period = scope.period
    lessons = lessons.filter(lessons.date.between(period.short_from, period.as_of))
    lessons = lessons.select("pupil", "activity", "date", "offered", "is_reported", "excused", "unexcused")
    rows = counted(lessons, scope.gaps, since=period.short_from)
    # Unreported lessons have no minutes of absence: the check refuses them otherwise.
    from_lessons = rows.group_by(["pupil", "activity"]).aggregate(
        offered=total(rows.offered),
        reported=total(rows.offered, where=rows.is_reported).fill_null(0),
        absence=total(rows.excused + rows.unexcused),
    )
    sums = sums.filter(sums.in_28d).anti_join(from_lessons, "pupil")
    from_sums = sums.group_by(["pupil", "activity"]).aggregate(
        offered=total_if_told(sums.offered),
        reported=total_if_told(sums.reported),
        absence=total_if_told(sums.excused + sums.unexcused),
    )
    return from_lessons.union(from_sums)
