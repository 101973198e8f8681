"""Merit drop: by how much a pupil's merit value has fallen since the term before.

Why it matters   Who falls from a high level passes everything, and is seen by no other signal.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

import ibis
from ibis.expr.types import IntegerValue, Table

from pluginnovation.reference.calendar import HT
from pluginnovation.reference.grade_scales import HALF_POINTS
from pluginnovation.reference.merit import BEST_GRADES
from pluginnovation.signals.grades import Grades, result_rows
from pluginnovation.signals.passes_needed import with_blocks_spread
from pluginnovation.signals.result import Figures, level_of, shaped
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "points"
# The grades that a term ends with.
KINDS: Final = ("final", "term")
FIRST_AUTUMN_MONTH: Final = 8
LATEST, BEFORE = "latest", "before"
NO_TERM, NO_TERM_BEFORE = "no_term", "no_term_before"


def merit_drop(grades: Grades, *, rules: RuleSet) -> Table:
    """The merit value of the term immediately before, minus that of the latest term with grades.

    Takes   grades   see `grades.Grades`
    Gives   one result per pupil enrolled in a year with grades, 6-9 (see `result.COLUMNS`)
              value         merit points, negative when it has risen; unknown without grades of both terms
              detail_1      the latest term's merit value, times two; null without one
              detail_2      that of the term before, times two; null without one
              detail_3      the latest term: its year times two, and one more for an autumn
              detail_text   why it is unknown: no_term | no_term_before; else null
              rests_*       the days of the grades, of which the last is last_true
    Raises  nothing: grades were checked against the scale of their day when they were read in
    Source  the Upper Secondary Ordinance (2010:2039) 7 chap. 4 §; the limits are ours
    """
    rows = grades.rows.filter(~grades.rows.is_course, grades.rows.kind.isin(KINDS))
    pupils = grades.pupils.filter(grades.pupils.in_compulsory)
    rows = rows.semi_join(pupils, "pupil")
    rows = rows.mutate(term=term_number(rows))
    last = rows.group_by("pupil").aggregate(last_term=rows.term.max())
    rows = rows.join(last, "pupil")
    merits = ibis.union(
        _merit(_at_end(rows, rows.last_term), LATEST), _merit(_at_end(rows, rows.last_term - 1), BEFORE)
    )
    told = merits.group_by("pupil").aggregate(
        now=merits.halves.max(where=merits.at == LATEST),
        before=merits.halves.max(where=merits.at == BEFORE),
        first_date=merits.first_date.min(),
        last_date=merits.last_date.max(),
    )
    there = rows.group_by("pupil").aggregate(
        last_term=rows.term.max(), graded_before=(rows.term == rows.last_term - 1).any()
    )
    told = there.left_join(told, "pupil").drop("pupil_right")
    told = told.mutate(before=ibis.ifelse(told.graded_before, told.before, None))
    found = result_rows(pupils, told)
    fall = found.before - found.now
    figures = Figures(
        value=fall / 2,
        level=level_of(fall >= 2 * limit for limit in rules.merit_drop),
        details=(found.now, found.before, found.last_term),
        detail_text=ibis.cases((found.now.isnull(), NO_TERM), (found.before.isnull(), NO_TERM_BEFORE)),
    )
    return shaped(found, figures, signal="merit_drop", unit=UNIT)


def term_number(rows: Table) -> IntegerValue:
    """The term of a grade, numbered so that terms follow each other: from semester and year, else from its day."""
    told = rows.semester.notnull() & rows.year.notnull()
    year = ibis.ifelse(told, rows.year, rows.registered_date.year()).cast("int32")
    autumn = ibis.ifelse(told, rows.semester == HT, rows.registered_date.month() >= FIRST_AUTUMN_MONTH)
    return 2 * year + autumn.cast("int32")


def _at_end(rows: Table, term: IntegerValue) -> Table:
    """Each subject's latest grade at the end of a term: pupil, unit, halves, is_choice, registered_date."""
    upto = rows.filter(rows.term <= term)
    key = ibis.struct({"term": upto.term, "place": upto.place})
    row = ibis.struct({"grade": upto.grade, "is_choice": upto.is_choice, "registered_date": upto.registered_date})
    best = upto.group_by(["pupil", "unit"]).aggregate(best=row.argmax(key))
    best = best.select("pupil", "unit", **{name: best.best[name] for name in ("grade", "is_choice", "registered_date")})
    best = with_blocks_spread(best)
    return best.mutate(halves=best.grade.cases(*HALF_POINTS.items(), else_=ibis.null("int64")))


def _merit(one_each: Table, at: str) -> Table:
    """Merit values, times two: pupil, halves (null with no grade but dashes), at, first_date, last_date.

    Grades have few values, so that the 16 best are counted and nothing has to be put in order.
    """
    choice = one_each.is_choice.fill_null(False)
    values = sorted(set(HALF_POINTS.values()), reverse=True)
    counted = one_each.group_by("pupil").aggregate(
        language=one_each.halves.max(where=choice),
        graded=one_each.halves.count(),
        first_date=one_each.registered_date.min(),
        last_date=one_each.registered_date.max(),
        **{f"of_{value}": (one_each.halves == value).fill_null(False).sum() for value in values},
    )
    total, places = counted.language.fill_null(0), ibis.literal(BEST_GRADES)
    for value in values:
        others = counted[f"of_{value}"] - (counted.language == value).fill_null(False).cast("int64")
        taken = ibis.least(others, places)
        total, places = total + value * taken, places - taken
    return counted.select(
        "pupil",
        "first_date",
        "last_date",
        halves=ibis.ifelse(counted.graded > 0, total, None),
        at=ibis.literal(at),
    )
