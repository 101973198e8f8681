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
NOW, BEFORE = "now", "before"
# Room for all places of a pupil's grades below each term.
PLACES: Final = 2**32
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
    pupils = grades.pupils.filter(grades.pupils.in_compulsory)
    rows = term_grades(grades.rows, pupils)
    last = rows.group_by("pupil_no").aggregate(
        last_term=rows.last_term.max(), graded_before=(rows.term == rows.last_term - 1).any()
    )
    told = last
    for at, upto in ((NOW, rows), (BEFORE, rows.filter(rows.term < rows.last_term))):
        told = told.left_join(merit_values(at_end(upto, grades.codes), at), "pupil_no").drop("pupil_no_right")
    told = told.mutate(
        before=ibis.ifelse(told.graded_before, told.before, None),
        first_date=ibis.coalesce(told.before_from, told.now_from),
        last_date=told.now_to,
    )
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


def term_grades(rows: Table, pupils: Table) -> Table:
    """The grades that terms ended with, in compulsory school: `Grades.rows` with term and last_term (the pupil's)."""
    ended = rows.filter(~rows.is_course, rows.kind.isin(KINDS)).semi_join(pupils, "pupil_no")
    ended = ended.mutate(term=term_number(ended))
    return ended.join(ended.group_by("pupil_no").aggregate(last_term=ended.term.max()), "pupil_no")


def at_end(upto: Table, codes: Table) -> Table:
    """Each subject's latest grade: of the last term it was graded in, and there the latest.

    Takes   upto    as `term_grades` gives them, up to a term
            codes   see `grade_codes.placed_codes`
    Gives   pupil_no, unit, choice (see `code_pairs`), registered_date, halves (grade points times two; null for a
            dash); one row per pupil and unit, where blocks have become their subjects
    """
    latest = upto.group_by(["pupil_no", "unit_no"]).aggregate(
        place=upto.place.argmax(PLACES * upto.term.cast("int64") + upto.place)
    )
    named = upto.semi_join(latest, ["pupil_no", "place"]).join(codes.select("code_no", "unit", "choice"), "code_no")
    halves = named.grade.cases(*HALF_POINTS.items(), else_=ibis.null("int64"))
    return with_blocks_spread(named.select("pupil_no", "unit", "choice", "registered_date", halves=halves))


def merit_values(one_each: Table, at: str) -> Table:
    """Merit values, times two, in columns that are named after when they held.

    Grades have few values, so that the 16 best are counted and nothing has to be put in order.

    Takes   one_each   as `at_end` gives them
            at         now | before
    Gives   pupil_no, now (null when there are dashes only), now_from, now_to (days of the grades)
    """
    choice = one_each.choice == 1
    values = sorted(set(HALF_POINTS.values()), reverse=True)
    counted = one_each.group_by("pupil_no").aggregate(
        language=one_each.halves.max(where=choice),
        graded=one_each.halves.count(),
        first_date=one_each.registered_date.min(),
        last_date=one_each.registered_date.max(),
        **{f"of_{value}": one_each.count(where=one_each.halves == value) for value in values},
    )
    total, places = counted.language.fill_null(0), ibis.literal(BEST_GRADES)
    for value in values:
        others = counted[f"of_{value}"] - (counted.language == value).fill_null(False).cast("int64")
        taken = ibis.least(others, places)
        total, places = total + value * taken, places - taken
    halves = ibis.ifelse(counted.graded > 0, total, None)
    return counted.select("pupil_no", **{at: halves, f"{at}_from": counted.first_date, f"{at}_to": counted.last_date})
