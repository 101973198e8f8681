"""The roll-up of days: one row per pupil and day with a lesson. Everything that is counted each night reads it."""

from collections.abc import Collection
from typing import Final

import ibis

from .derived import PUPIL_DAYS

_WHOLE: Final = "int32"


def pupil_days(lessons: ibis.Table, *, lateness_apart: Collection[int] = ()) -> ibis.Table:
    """What each pupil was offered, and missed, on each day.

    Takes   lessons: one row per pupil and lesson, cancelled lessons left out, minutes as whole numbers
              pupil, source                  string
              date                           date
              offered                        int   minutes the lesson was planned for, > 0
              is_reported                    bool  somebody reported on it
              attended, other, excused, unexcused, late   int   minutes; 0 where nothing was reported
              import_id                      int   the import a row came with
            lateness_apart   the imports whose source doesn't count late minutes as absence; elsewhere they lie
                             inside `unexcused`
    Gives   one row per pupil and date
              lessons, reported_lessons      int   how many
              offered, reported              int   planned minutes: of all lessons, of the reported ones
              present                        int   minutes attended, or spent on something else agreed
              excused, unexcused             int   minutes of absence
              late_absence                   int   minutes of absence that are lateness and nothing else
              late_lessons                   int   lessons the pupil came late to
    Raises  nothing: readers have checked the minutes
    Source  ours
    """
    told = lessons.is_reported
    counted = told & ~lessons.import_id.isin(sorted(lateness_apart)) if lateness_apart else told
    late = ibis.least(lessons.late, lessons.unexcused)

    def told_of(minutes: ibis.Value, where: ibis.Value = told) -> ibis.Value:
        # A choice inside the sum: an aggregate with a filter of its own costs the engine a pass over the rows.
        return ibis.ifelse(where, minutes, 0).sum().cast(_WHOLE)

    grouped = lessons.group_by("source", "pupil", "date").aggregate(
        lessons=lessons.count().cast(_WHOLE),
        reported_lessons=told.cast(_WHOLE).sum().cast(_WHOLE),
        offered=lessons.offered.sum().cast(_WHOLE),
        reported=told_of(lessons.offered),
        present=told_of(lessons.attended + lessons.other),
        excused=told_of(lessons.excused),
        unexcused=told_of(lessons.unexcused),
        late_absence=told_of(late, counted),
        late_lessons=(told & (lessons.late > 0)).cast(_WHOLE).sum().cast(_WHOLE),
    )
    return grouped.select(*PUPIL_DAYS.names)
