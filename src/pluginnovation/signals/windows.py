"""One pass over the roll-up of pupils' days: what each pupil was offered and missed, in four windows of time.

Everything that the attendance signals say is made from the rows of `windows`. A signal is then a few lines.
"""

from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.records.facts import Facts
from pluginnovation.signals.known import with_whole
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import TERM, WINDOWS, Scope
from pluginnovation.signals.stays import counted
from pluginnovation.signals.sums import sum_windows
from pluginnovation.signals.whole import total

# Added up from the days; school_days and days_away are counted.
MINUTES_AND_LESSONS: Final = (
    "lessons",
    "reported_lessons",
    "offered",
    "reported",
    "excused",
    "unexcused",
    "late_lessons",
)
COUNTS: Final = (*MINUTES_AND_LESSONS, "school_days", "days_away")


def day_segments(days: Table, *, scope: Scope) -> Table:
    """The counted days of each pupil, summed once per stretch of days that lie in the same windows.

    A day lies in several windows (the term holds the month). Summing per stretch reads every day once, and what
    differs between schools, the term, is asked of a handful of stretches per pupil instead of every day.

    Takes   days   the roll-up: pupil, date, lessons, reported_lessons, offered, reported, excused, unexcused,
                   late_absence, late_lessons (minutes and counts)
    Gives   pupil, stretch (its first date), COUNTS, source, first_date, last_date, last_reported,
            last_present (the last school day on which the pupil wasn't away all of the time), and in which windows
            it lies: in_28d … (see `Scope.in_windows`)
    """
    since = scope.stretches.date.min().as_scalar()
    seen = days.filter(days.date >= since, days.date <= scope.period.as_of)
    seen = counted(seen, scope.gaps, since=since).join(scope.stretches, "date")
    day = seen.mutate(is_school_day=seen.reported_lessons > 0, absence=seen.excused + seen.unexcused)
    summed = day.group_by(["pupil", "stretch"]).aggregate(
        **{name: total(day[name]) for name in MINUTES_AND_LESSONS},
        school_days=day.count(where=day.is_school_day),
        days_away=day.count(where=day.is_school_day & (day.absence - day.late_absence > 0)),
        source=day.source.arbitrary(),
        first_date=day.date.min(),
        last_date=day.date.max(),
        last_reported=day.date.max(where=day.is_school_day),
        last_present=day.date.max(where=day.is_school_day & (day.absence < day.reported)),
    )
    return scope.in_windows(summed, summed.stretch)


def windows(facts: Facts, segments: Table, *, scope: Scope, rules: RuleSet) -> Table:
    """What every pupil was offered and missed in each window, from lessons or else from a source's sums.

    Gives   one row per pupil and window with any row that counts
              source, pupil   strings;  window   28d | 28d_before | term | month;  basis   lessons | sums
              COUNTS          whole numbers, minutes or counts; null where the source's sums don't tell
              first_date, last_date   the rows it rests on lie here
              last_reported   the last day with a reported lesson, null with none
              school          the organisation that answers for the pupil, null when never enrolled
              absence, whole, why, why_figure   see `known.with_whole`
    """
    lessons = ibis.union(*(_window(segments, name) for name in WINDOWS))
    sums = sum_windows(facts, scope=scope)
    instead = sums.anti_join(lessons.select("pupil", "window"), ["pupil", "window"])
    both = lessons.union(instead.select(lessons.columns))
    staying = both.anti_join(scope.gone, "pupil")
    at_school = staying.left_join(scope.school.select("pupil", "school"), "pupil").drop("pupil_right")
    fewest = ibis.ifelse(at_school.window == TERM, rules.min_term_days, rules.min_days)
    return with_whole(at_school, rules=rules, fewest=fewest)


def _window(segments: Table, name: str) -> Table:
    part = segments.filter(segments[f"in_{name}"])
    summed = part.group_by("pupil").aggregate(
        source=part.source.arbitrary(),
        first_date=part.first_date.min(),
        last_date=part.last_date.max(),
        last_reported=part.last_reported.max(),
        **{count: total(part[count]) for count in COUNTS},
    )
    return summed.mutate(window=ibis.literal(name), basis=ibis.literal("lessons"))
