"""All grade signals of one day, for every enrolled pupil they apply to."""

import ibis
from ibis.expr.types import Table

from pluginnovation.records.facts import Facts
from pluginnovation.signals.catalogue_grades import GRADES
from pluginnovation.signals.core_subject_failing import core_subject_failing
from pluginnovation.signals.grades import grades_of
from pluginnovation.signals.merit_drop import merit_drop
from pluginnovation.signals.passes_needed import passes_needed
from pluginnovation.signals.points_behind import points_behind
from pluginnovation.signals.result import COLUMNS
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.signals.scope import Keep, Scope, not_kept
from pluginnovation.signals.term_ends import TermEnds, term_ends
from pluginnovation.signals.terms import CalendarFacts


def grade_signals(facts: Facts, scope: Scope, *, rules: RuleSet = RULE_SET_1, keep: Keep = not_kept) -> Table:
    """The four grade signals on a day, one row per enrolled pupil and signal that applies.

    Takes   facts   the store's facts, current or as known at a time
            scope   of the same day; what stands in it is not worked out again
            keep    `store.materialise`: steps that are used twice are then worked out once
    Gives   the columns of `result.COLUMNS`, in no particular order; unknown is null in value, level and raised
    Raises  nothing: rows were checked when they were read in
    Source  the definition of each signal stands in its own file
    """
    standing = scope.standing
    if standing is None:
        return _worked_out(facts, facts.enrolments, scope, rules=rules, keep=keep)
    stands = standing.signals.filter(standing.signals.signal.isin([*GRADES])).select(*COLUMNS)
    if standing.touched is None:
        return stands
    enrolments = facts.enrolments.semi_join(standing.touched, "pupil")
    again = _worked_out(facts, enrolments, scope, rules=rules, keep=keep)
    return stands.anti_join(standing.touched, "pupil").union(again)


def _worked_out(facts: Facts, enrolments: Table, scope: Scope, *, rules: RuleSet, keep: Keep) -> Table:
    """The signals of the pupils who are in some enrolments."""
    as_of = scope.period.as_of
    grades = grades_of(facts, enrolments, scope, keep=keep)
    ends = term_ends(CalendarFacts(facts.calendars, facts.organisations))
    ends = TermEnds(keep(ends.units, "grade_term_ends"), keep(ends.sources, "grade_any_term_ends"))
    return ibis.union(
        core_subject_failing(grades, rules=rules, keep=keep),
        passes_needed(grades, as_of=as_of, rules=rules),
        merit_drop(grades, rules=rules),
        points_behind(grades, facts.study_plans, ends, as_of=as_of, rules=rules),
    )
