"""All signals of one day, for every pupil they apply to: of attendance, of grades, of enrolments."""

from datetime import date

import ibis
from ibis.expr.types import Table

from pluginnovation.records.facts import Facts
from pluginnovation.signals.absence_28d import absence_28d
from pluginnovation.signals.absence_streak import absence_streak
from pluginnovation.signals.absence_term import absence_term
from pluginnovation.signals.activities import activity_windows
from pluginnovation.signals.coverage_28d import coverage_28d
from pluginnovation.signals.enrolment_run import enrolment_signals
from pluginnovation.signals.grade_run import grade_signals
from pluginnovation.signals.lateness_28d import lateness_28d
from pluginnovation.signals.repeated_absence_28d import repeated_absence_28d
from pluginnovation.signals.rising_absence import rising_absence
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.signals.scope import Keep, Scope, not_kept, scope_of
from pluginnovation.signals.streaks import streaks
from pluginnovation.signals.subject_avoidance import subject_avoidance
from pluginnovation.signals.sums import activity_sums
from pluginnovation.signals.unexcused_28d import unexcused_28d
from pluginnovation.signals.unexcused_month import unexcused_month
from pluginnovation.signals.windows import day_segments, windows


def all_signals(facts: Facts, days: Table, *, as_of: date, rules: RuleSet = RULE_SET_1, keep: Keep = not_kept) -> Table:
    """Every signal on a day, one row per pupil and signal that applies.

    Takes   facts   the store's facts, current or as known at a time
            days    the roll-up of pupils' days, as known at the same time
            as_of   the last day that counts
            keep    `store.materialise`: steps that several signals share are then worked out once
    Gives   as_of (date), rule_set (int16) and the columns of `result.COLUMNS`; in no particular order.
            Unknown is null in value, level and raised.
    Raises  nothing: rows were checked when they were read in
    Source  the definition of each signal stands in its own file
    """
    scope = scope_of(facts, as_of=as_of, rules=rules, keep=keep)
    return signals_within(scope, facts, days, rules=rules, keep=keep)


def signals_within(scope: Scope, facts: Facts, days: Table, *, rules: RuleSet, keep: Keep) -> Table:
    """The same for a scope: what stands in it from an earlier day is not worked out again."""
    every = ibis.union(
        _of_attendance(facts, days, scope, rules=rules, keep=keep),
        grade_signals(facts, scope, rules=rules, keep=keep),
        enrolment_signals(facts, days, scope, rules=rules, keep=keep),
    )
    return _dated(every, scope.period.as_of, rules)


def attendance_signals(
    facts: Facts, days: Table, *, as_of: date, rules: RuleSet = RULE_SET_1, keep: Keep = not_kept
) -> Table:
    """The ten attendance signals on a day, one row per pupil and signal that applies.

    Takes   facts   the store's facts, current or as known at a time
            days    the roll-up of pupils' days, as known at the same time
            as_of   the last day that counts
            keep    `store.materialise`: steps that several signals share are then worked out once
    Gives   as_of (date), rule_set (int16) and the columns of `result.COLUMNS`; in no particular order.
            Unknown is null in value, level and raised.
    Raises  nothing: rows were checked when they were read in
    Source  the definition of each signal stands in its own file
    """
    scope = scope_of(facts, as_of=as_of, rules=rules, keep=keep)
    return _dated(_of_attendance(facts, days, scope, rules=rules, keep=keep), as_of, rules)


def _of_attendance(facts: Facts, days: Table, scope: Scope, *, rules: RuleSet, keep: Keep) -> Table:
    # The longest step first: the next ones are written while it runs.
    segments = keep(day_segments(days, scope=scope), "signal_segments")
    sums = keep(activity_sums(facts, scope=scope), "signal_sums")
    activities = keep(activity_windows(facts.lessons, sums, scope=scope), "signal_activities")
    runs = keep(streaks(days, segments, scope=scope), "signal_streaks")
    seen = windows(segments, sums, scope=scope, rules=rules, keep=keep)
    return ibis.union(
        absence_28d(seen.short, rules=rules),
        absence_term(seen.term, rules=rules),
        unexcused_28d(seen.short, rules=rules),
        unexcused_month(seen.month, scope.upper_secondary, rules=rules),
        repeated_absence_28d(seen.short, rules=rules),
        rising_absence(seen.short, seen.before, rules=rules),
        absence_streak(seen.short, runs, rules=rules),
        subject_avoidance(seen.short, activities, rules=rules),
        lateness_28d(seen.short, rules=rules),
        coverage_28d(seen.short, rules=rules),
    )


def _dated(every: Table, as_of: date, rules: RuleSet) -> Table:
    return every.mutate(as_of=ibis.literal(as_of), rule_set=ibis.literal(rules.number, "int16"))
