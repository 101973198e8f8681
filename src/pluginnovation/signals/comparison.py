"""Two rule sets on the same pupils of the same day: how many would be raised, for each school and signal.

What is counted comes from the functions that the command runs. Where only limits differ, kept results are asked again;
where windows or calendars differ, the signals that they touch are run anew.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.signals.authority import Seen
from pluginnovation.signals.catalogue import ATTENDANCE
from pluginnovation.signals.catalogue_enrolments import ENROLMENTS
from pluginnovation.signals.catalogue_grades import GRADES
from pluginnovation.signals.enrolment_run import enrolment_signals
from pluginnovation.signals.grade_run import grade_signals
from pluginnovation.signals.relevel import with_limits
from pluginnovation.signals.rule_changes import differences
from pluginnovation.signals.rule_fields import BY_NAME, CALENDARS, CELLS, LIMITS, WINDOWS
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.run import attendance_signals
from pluginnovation.signals.scope import Keep, scope_of

OF_ATTENDANCE, OF_GRADES, OF_ENROLMENTS = "attendance", "grades", "enrolments"
FAMILIES: Final = {OF_ATTENDANCE: tuple(ATTENDANCE), OF_GRADES: tuple(GRADES), OF_ENROLMENTS: tuple(ENROLMENTS)}
# Which results must be counted anew when something other than a limit changes in a part.
TOUCHES: Final = {WINDOWS: (OF_ATTENDANCE,), CALENDARS: (OF_ATTENDANCE, OF_GRADES), CELLS: ()} | {
    name: (family,) for family, names in FAMILIES.items() for name in names
}
# The name of the row that is about all signals together.
ANY: Final = "any"
COUNTS: Final = ("n", "before", "after", "newly", "no_longer", "unknown_before", "unknown_after")
_SAID: Final = ("source", "pupil", "school", "signal", "level", "raised")


@dataclass(frozen=True, slots=True)
class Kept:
    """The results of a day as they were kept.

    results   as `run.all_signals` gives them, of the sources of one authority
    rules     what they were made with
    """

    results: Table
    rules: RuleSet


def families_anew(rules: RuleSet, made_with: RuleSet) -> tuple[str, ...]:
    """Which families of signals must be counted anew to see what a rule set gives; none when limits alone differ."""
    changed = [BY_NAME[name] for name in differences(rules, made_with) if BY_NAME[name].kind != LIMITS]
    touched = {family for field in changed for family in TOUCHES[field.part]}
    return tuple(family for family in FAMILIES if family in touched)


def results_under(kept: Kept, seen: Seen, *, as_of: date, keep: Keep, named: str) -> Table:
    """What the results of a day would have been by the rules of `seen`.

    Takes   seen    facts and days of the same sources, and the rule set asked about
            named   what the rows are kept under, where some are counted anew
    Gives   source, pupil, school, signal, level, raised
    """
    rules = seen.rules
    changed = differences(rules, kept.rules)
    anew = families_anew(rules, kept.rules)
    counted = {name for family in anew for name in FAMILIES[family]}
    standing = kept.results.filter(kept.results.signal.notin(sorted(counted))) if counted else kept.results
    moved = {name for name in changed if BY_NAME[name].kind == LIMITS} - counted
    parts = [with_limits(standing, rules, moved).select(*_SAID)]
    parts += [_family(family, seen, as_of=as_of, keep=keep).select(*_SAID) for family in anew]
    if not anew:
        return parts[0]
    return keep(ibis.union(*parts), named)


def _family(family: str, seen: Seen, *, as_of: date, keep: Keep) -> Table:
    facts, days, rules = seen.facts, seen.days, seen.rules
    if family == OF_ATTENDANCE:
        return attendance_signals(facts, days, as_of=as_of, rules=rules, keep=keep)
    scope = scope_of(facts, as_of=as_of, rules=rules, keep=keep)
    if family == OF_GRADES:
        return grade_signals(facts, scope, rules=rules, keep=keep)
    return enrolment_signals(facts, days, scope, rules=rules, keep=keep)


def compared(before: Table, after: Table) -> Table:
    """How many are raised by the one and by the other.

    Takes   before, after   as `results_under` gives them
    Gives   one row per source, school and signal, in that order
              n                                pupils whom the signal applies to by either
              before, after                    how many are raised
              newly, no_longer                 raised by the second and not by the first, and the other way round
              unknown_before, unknown_after    how many have no known value, or don't have the signal
    """
    key = ["source", "pupil", "signal"]
    first = before.select(*key, "school", raised_before=before.raised)
    second = after.select(*key, "school", raised_after=after.raised)
    both = first.outer_join(second, key, rname="{name}_after")
    rows = both.select(
        source=ibis.coalesce(both.source, both.source_after),
        school=ibis.coalesce(both.school, both.school_after),
        signal=ibis.coalesce(both.signal, both.signal_after),
        before=both.raised_before,
        after=both.raised_after,
    )
    was, becomes = rows.before.fill_null(False), rows.after.fill_null(False)
    counts = rows.group_by(["source", "school", "signal"]).aggregate(
        n=rows.count(),
        before=rows.count(where=was),
        after=rows.count(where=becomes),
        newly=rows.count(where=becomes & ~was),
        no_longer=rows.count(where=was & ~becomes),
        unknown_before=rows.count(where=rows.before.isnull()),
        unknown_after=rows.count(where=rows.after.isnull()),
    )
    return counts.order_by("source", "school", "signal")


def anyone_raised(results: Table) -> Table:
    """Whether each pupil has any raised signal that is about the pupil, as one more row per pupil.

    Takes   results   as `results_under` gives them
    Gives   source, pupil, school, signal (ANY), raised (null: nothing is raised and absence over 28 days is unknown)
    """
    about = results.filter(results.signal != "coverage_28d")
    unknown = about.raised.isnull() & (about.signal == "absence_28d")
    by_pupil = about.group_by(["source", "pupil"]).aggregate(
        school=about.school.max(),
        any_raised=about.raised.fill_null(False).any(),
        unknown=unknown.any(),
    )
    raised = ibis.ifelse(by_pupil.any_raised, True, ibis.ifelse(by_pupil.unknown, ibis.null("boolean"), False))
    return by_pupil.select("source", "pupil", "school", signal=ibis.literal(ANY), raised=raised)
