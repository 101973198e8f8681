"""Passes needed: how many more passes a pupil needs to begin a vocational programme.

Why it matters   How far it is, and in which subjects, says more to a mentor than yes or no.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from datetime import date
from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.reference.compulsory_subjects import BLOCKS
from pluginnovation.reference.entry_rules import VOCATIONAL, VOCATIONAL_ENTRY, EntryRule, entry_rules_on
from pluginnovation.signals.grade_codes import CORE
from pluginnovation.signals.grades import NO_GRADE, Grades, mark, result_rows
from pluginnovation.signals.result import Figures, at_least, shaped
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "passes"


def passes_needed(grades: Grades, *, as_of: date, rules: RuleSet) -> Table:
    """The fewest further passes that would make a pupil eligible for a vocational programme.

    Takes   grades   see `grades.Grades`
            as_of    the day whose rules are asked
    Gives   one result per pupil enrolled in a year with grades, 6-9 (see `result.COLUMNS`)
              value         passes, 0 when eligible; unknown with no grade at all. A dash is not a pass
              detail_1      how many of them are in subjects other than Swedish, English and mathematics
              detail_2      passes today
              detail_text   one letter each for Swedish, English and mathematics: P passed, F, - no basis, . no grade
              rests_*       the days of the grades, of which the last is last_true
    Raises  nothing: grades were checked against the scale of their day when they were read in
    Source  the Education Act (2010:800) 16 chap. 30 §; the limits are ours. Nobody tells of exemptions from English,
            or of knowledge shown in another way, so a person decides
    """
    rule = vocational_rule(as_of)
    one_each = with_blocks_spread(grades.of_subjects())
    counted = one_each.group_by("pupil_no").aggregate(
        core=one_each.count(where=one_each.passed & one_each.unit.isin(CORE)),
        others=one_each.count(where=one_each.passed & ~one_each.unit.isin(CORE)),
        first_date=one_each.registered_date.min(),
        last_date=one_each.registered_date.max(),
        **{each.lower(): mark(one_each.grade).max(where=one_each.unit == each) for each in CORE},
    )
    pupils = grades.pupils.filter(grades.pupils.in_compulsory)
    counted = counted.mutate(further=ibis.greatest(rule.others - counted.others, 0))
    rows = result_rows(pupils, counted)
    needed = len(CORE) - rows.core + rows.further
    marks = [rows[each.lower()].fill_null(NO_GRADE) for each in CORE]
    figures = Figures(
        value=needed,
        level=at_least(needed, rules.passes_needed),
        details=(rows.further, rows.core + rows.others),
        detail_text=marks[0] + marks[1] + marks[2],
    )
    return shaped(rows, figures, signal="passes_needed", unit=UNIT)


def vocational_rule(day: date) -> EntryRule:
    """What vocational programmes ask for on a day."""
    return next((rule for rule in entry_rules_on(day) if rule.kind == VOCATIONAL), VOCATIONAL_ENTRY)


def with_blocks_spread(one_each: Table) -> Table:
    """One grade per subject, where a block grade stands for those of its subjects that have none of their own.

    Takes   one_each   pupil_no, unit, …, one row per pupil and unit
    Gives   the same columns, no blocks
    """
    blocks = one_each.filter(one_each.unit.isin([*BLOCKS]))
    own = one_each.filter(~one_each.unit.isin([*BLOCKS]))
    inside = [
        blocks.filter(blocks.unit == block).mutate(unit=ibis.literal(subject))
        for block, subjects in BLOCKS.items()
        for subject in subjects
    ]
    return own.union(ibis.union(*inside).anti_join(own, ["pupil_no", "unit"]))
