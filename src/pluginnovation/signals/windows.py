"""One pass over the roll-up of pupils' days: what each pupil was offered and missed, in four windows of time.

Everything that the attendance signals say is made from these windows. A signal is then a few lines.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.signals.known import with_whole
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import BEFORE, MONTH, SHORT, TERM, WINDOWS, Keep, Scope
from pluginnovation.signals.stays import counted
from pluginnovation.signals.sums import sum_window
from pluginnovation.signals.whole import how_many, of_those, total

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
MINUTES: Final = ("offered", "reported", "excused", "unexcused", "school_days")

# What is asked of each window.
COUNTS: Final = {
    SHORT: (*MINUTES, "lessons", "reported_lessons", "late_lessons", "days_away"),
    BEFORE: MINUTES,
    TERM: MINUTES,
    MONTH: (*MINUTES, "reported_lessons"),
}


@dataclass(frozen=True, slots=True)
class Windows:
    """What every pupil was offered and missed, one table per window, one row per pupil with any row that counts.

    source, pupil, school       strings; school is null for a pupil who was never enrolled
    basis                       lessons | sums
    offered, reported, excused, unexcused   minutes; null where the source's sums don't tell
    school_days                 dates with a reported lesson; null for sums
    first_date, last_date       the rows it rests on lie here
    last_reported               the last day with a reported lesson, null with none
    absence, whole, why, why_figure   see `known.with_whole`
    lessons, reported_lessons, late_lessons, days_away   in the short window; null for sums. In the month:
                                reported_lessons
    """

    short: Table
    before: Table
    term: Table
    month: Table


def day_segments(days: Table, *, scope: Scope) -> Table:
    """The counted days of each pupil, summed once per stretch of days that lie in the same windows.

    A day lies in several windows (the term holds the month). Summing per stretch reads every day once, and what
    differs between schools, the term, is asked of a handful of stretches per pupil instead of every day.

    Takes   days   the roll-up: pupil, date, lessons, reported_lessons, offered, reported, excused, unexcused,
                   late_absence, late_lessons (minutes and counts)
    Gives   source, pupil, the counts of COUNTS, first_date, last_date, last_reported, last_present (the last school
            day on which the pupil wasn't away all of the time), stretch (its first day); one row per pupil and
            stretch. Counts that the term doesn't ask for are null in stretches that lie in no other window
    """
    # Most days of a term lie in no other window, and the term asks for less.
    recent = min(scope.period.before_from, scope.period.month_from)
    since = scope.stretches.date.min().as_scalar()
    older = days.filter(days.date >= since, days.date < recent)
    newer = days.filter(days.date >= recent, days.date <= scope.period.as_of)
    summed = _summed(counted(newer, scope.gaps, since=recent).join(scope.stretches, "date"), COUNTS[SHORT])
    return summed.union(_summed(counted(older, scope.gaps, since=since).join(scope.stretches, "date"), COUNTS[TERM]))


def _summed(days: Table, asked: Collection[str]) -> Table:
    """The days of each pupil and stretch, with the counts that are asked for; the others are null."""
    day = days.mutate(is_school_day=days.reported_lessons > 0, absence=days.excused + days.unexcused)
    counts = {name: total(day[name]) for name in MINUTES_AND_LESSONS}
    counts["school_days"] = how_many(day.is_school_day)
    counts["days_away"] = how_many(day.is_school_day & (day.absence - day.late_absence > 0))
    summed = day.group_by(["pupil", "stretch"]).aggregate(
        **{name: count for name, count in counts.items() if name in asked},
        source=day.source.arbitrary(),
        first_date=day.date.min(),
        last_date=day.date.max(),
        last_reported=of_those(day.is_school_day, day.date).max(),
        last_present=of_those(day.is_school_day & (day.absence < day.reported), day.date).max(),
    )
    whole = summed.mutate(**{name: ibis.null("int64") for name in counts if name not in asked})
    others = [name for name in summed.columns if name not in counts]
    return whole.select(*counts, *others)


def windows(segments: Table, sums: Table, *, scope: Scope, rules: RuleSet, keep: Keep) -> Windows:
    """What every pupil was offered and missed in each window, from lessons or else from a source's sums.

    Takes   segments   as `day_segments` gives them
            sums       as `sums.activity_sums` gives them
            keep       all windows are made in one step: four small ones would each leave a core idle
    """
    parts = scope.in_windows(segments, segments.stretch)
    lessons = ibis.union(*(_of_lessons(parts, name) for name in WINDOWS))
    instead = ibis.union(*(sum_window(sums, name, COUNTS[SHORT]).mutate(window=ibis.literal(name)) for name in WINDOWS))
    instead = instead.anti_join(lessons.select("pupil", "window"), ["pupil", "window"])
    both = lessons.union(instead.select(lessons.columns)).anti_join(scope.gone, "pupil")
    at_school = both.left_join(scope.school.select("pupil", "school"), "pupil").drop("pupil_right")
    fewest = ibis.ifelse(at_school.window == TERM, rules.min_term_days, rules.min_days)
    made = keep(with_whole(at_school, rules=rules, fewest=fewest), "signal_windows")
    by_name = {name: made.filter(made.window == name) for name in WINDOWS}
    return Windows(short=by_name[SHORT], before=by_name[BEFORE], term=by_name[TERM], month=by_name[MONTH])


def _of_lessons(parts: Table, name: str) -> Table:
    part = parts.filter(parts[f"in_{name}"])
    asked, every = COUNTS[name], COUNTS[SHORT]
    counts = {count: total(part[count]) for count in asked}
    summed = part.group_by("pupil").aggregate(
        source=part.source.arbitrary(),
        first_date=part.first_date.min(),
        last_date=part.last_date.max(),
        last_reported=part.last_reported.max(),
        **counts,
    )
    rest = {count: ibis.null("int64") for count in every if count not in asked}
    told = summed.mutate(basis=ibis.literal("lessons"), window=ibis.literal(name), **rest)
    return told.select("pupil", "source", "window", "basis", "first_date", "last_date", "last_reported", *every)
