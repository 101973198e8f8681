"""All enrolment signals of one day, for every pupil they apply to."""

import ibis
from ibis.expr.types import Table

from pluginnovation.records.facts import Facts
from pluginnovation.signals.frequent_moves import frequent_moves
from pluginnovation.signals.left_without_enrolment import left_without_enrolment
from pluginnovation.signals.new_starts import starts, taught_days
from pluginnovation.signals.no_show import no_show
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.signals.scope import Keep, Scope, not_kept
from pluginnovation.signals.youths import youths


def enrolment_signals(
    facts: Facts, days: Table, scope: Scope, *, rules: RuleSet = RULE_SET_1, keep: Keep = not_kept
) -> Table:
    """The three enrolment signals on a day, one row per pupil and signal that applies.

    Takes   facts   the store's facts, current or as known at a time
            days    the roll-up of pupils' days, as known at the same time
            scope   its period says which day
            keep    `store.materialise`: steps that are used twice are then worked out once
    Gives   the columns of `result.COLUMNS`, in no particular order
    Raises  nothing: rows were checked when they were read in
    Source  the definition of each signal stands in its own file
    """
    as_of, enrolments = scope.period.as_of, facts.enrolments
    at = scope.school.filter(scope.school.enrolled).select("source", "pupil", "school")
    began = keep(starts(enrolments, days, scope=scope), "signal_starts")
    return ibis.union(
        frequent_moves(enrolments, at.anti_join(scope.gone, "pupil"), as_of=as_of, rules=rules),
        no_show(began, taught_days(facts, days, began, as_of=as_of), rules=rules),
        left_without_enrolment(youths(facts, scope, as_of=as_of, rules=rules), as_of=as_of, rules=rules),
    )
