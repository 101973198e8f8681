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
    began_before = in_run.filter(in_run.present.isnull()).select("pupil")
    looked_at = scope.stretches.date.min().as_scalar()
    # Older and newer days are asked for apart: a step that both stand on would be kept, with every day in it.
    school = (days.reported_lessons > 0) & (days.date <= scope.period.as_of)
    older = counted(days.filter(school, days.date < looked_at).semi_join(began_before, "pupil"), scope.gaps)
    there = older.filter(older.excused + older.unexcused < older.reported)
    there = there.group_by("pupil").aggregate(older_present=there.date.max())
    since = in_run.left_join(there, "pupil").drop("pupil_right")
    since = since.select("pupil", present=ibis.coalesce(since.present, since.older_present))
    away = days.filter(school, days.excused + days.unexcused == days.reported, days.date >= looked_at)
    away = counted(away, scope.gaps, since=looked_at)
    every = away.select("pupil", "date").union(
        older.filter(older.excused + older.unexcused == older.reported).select("pupil", "date")
    )
    every = every.join(since, "pupil")
    run = every.filter(every.present.isnull() | (every.date > every.present))
    return run.group_by("pupil").aggregate(run_days=run.count(), run_from=run.date.min())
