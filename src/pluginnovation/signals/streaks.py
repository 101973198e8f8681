"""Unbroken runs of school days that a pupil was away from altogether, counted back from the last one."""

import ibis
from ibis.expr.types import Table

from pluginnovation.signals.scope import Scope
from pluginnovation.signals.stays import counted


def streaks(days: Table, segments: Table, *, scope: Scope) -> Table:
    """The run of whole days away that each pupil is in, on the last school day at or before as_of.

    A run may have begun long before any window. Only pupils with no other day in the windows are looked up
    further back; they are few.

    Takes   days       the roll-up of pupils' days
            segments   as `windows.day_segments` gives it
    Gives   one row per pupil who is in a run: pupil, run_days, run_from
    """
    last = segments.group_by("pupil").aggregate(
        present=segments.last_present.max(), last_day=segments.last_reported.max()
    )
    in_run = last.filter(last.present.isnull() | (last.present < last.last_day))
    absence = days.excused + days.unexcused
    unresolved = in_run.filter(in_run.present.isnull()).select("pupil")
    looked_at = scope.stretches.date.min().as_scalar()
    older = days.filter(days.date < looked_at, days.reported_lessons > 0, absence < days.reported)
    older = counted(older.semi_join(unresolved, "pupil"), scope.gaps)
    older = older.group_by("pupil").aggregate(older_present=older.date.max())
    since = in_run.left_join(older, "pupil").drop("pupil_right")
    since = since.select("pupil", present=ibis.coalesce(since.present, since.older_present))
    away = days.filter(days.date <= scope.period.as_of, days.reported_lessons > 0, absence == days.reported)
    away = counted(away.select("pupil", "date"), scope.gaps).join(since, "pupil")
    run = away.filter(away.present.isnull() | (away.date > away.present))
    return run.group_by("pupil").aggregate(run_days=run.count(), run_from=run.date.min())
