"""What is measured of each pupil between two days, in natural units, with the last day that it rests on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import ibis
import polars as pl
from ibis.expr.types import Table

from pluginnovation.records.refusals import Refusal
from pluginnovation.reference.grade_scales import PASSES

LEAST_REPORTED: Final = 80  # per cent of what was offered; with less reported, absence is unknown
BEFORE, EARLIER = "_before", "_earlier"  # the window before the index date, and the one before that


@dataclass(frozen=True, slots=True)
class Seen:
    """Records as they were known at one time.

    facts      with `pupils`, `enrolments` and `grades`: see `records.facts.Facts`
    days       `pupil_days`, of the same time
    known_at   the time; None: as believed now
    frame      gives the rows of an expression: `Store.frame`
    """

    facts: Any
    days: Table
    known_at: datetime | None
    frame: Callable[[Table], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included."""

    first: date
    last: date

    @classmethod
    def ending(cls, last: date, days: int) -> "Span":
        """So many days, the last of them given."""
        return cls(last - timedelta(days=days - 1), last)


Measure = Callable[[Seen, Span], Table]


def absence_share(seen: Seen, span: Span) -> Table:
    """Percentage points of the reported teaching that were missed, excused or not.

    Gives   source, pupil, value (0..100; null: under 80 % of what was offered is reported), dated
    """
    return _missed(seen, span, lambda days: days.excused + days.unexcused)


def unexcused_share(seen: Seen, span: Span) -> Table:
    """Percentage points of the reported teaching that were missed without leave. As `absence_share`."""
    return _missed(seen, span, lambda days: days.unexcused)


def _missed(seen: Seen, span: Span, minutes: Callable[[Table], ibis.Value]) -> Table:
    days = seen.days.filter(seen.days.date.between(span.first, span.last))
    total = days.group_by("source", "pupil").aggregate(
        missed=minutes(days).sum(), offered=days.offered.sum(), reported=days.reported.sum(), dated=days.date.max()
    )
    enough = (total.reported > 0) & (total.reported * 100 >= total.offered * LEAST_REPORTED)
    value = ibis.ifelse(enough, 100 * total.missed / total.reported, ibis.null("float64"))
    return total.select("source", "pupil", value=value.cast("float64"), dated=total.dated)


def courses_passed(seen: Seen, span: Span) -> Table:
    """Courses and subjects whose final grade was a pass, by the day of registration. No grade at all: no row."""
    grades = _final(seen, span)
    return _counted(grades, grades.grade.isin(sorted(PASSES)))


def courses_failed(seen: Seen, span: Span) -> Table:
    """The same of final grades that were no pass."""
    grades = _final(seen, span)
    return _counted(grades, ~grades.grade.isin(sorted(PASSES)))


def _final(seen: Seen, span: Span) -> Table:
    grades = seen.facts.grades
    return grades.filter((grades.kind == "final") & grades.registered_date.between(span.first, span.last))


def _counted(grades: Table, which: ibis.Value) -> Table:
    return grades.group_by("source", "pupil").aggregate(
        value=which.cast("int64").sum().cast("float64"), dated=grades.registered_date.max()
    )


def in_school(seen: Seen, span: Span) -> Table:
    """100 for a pupil who is enrolled on the span's last day, 0 for one who has been and isn't."""
    rows = seen.facts.enrolments
    rows = rows.filter(rows.start_date <= span.last)
    there = rows.end_date.isnull() | (rows.end_date >= span.last)
    return rows.group_by("source", "pupil").aggregate(
        value=(100 * there.cast("int64")).max().cast("float64"), dated=rows.start_date.max()
    )


def girl(seen: Seen, span: Span) -> Table:
    """1 for girls, 0 for boys; null where the source doesn't tell."""
    rows = seen.facts.pupils
    value = ibis.cases((rows.sex == "Kvinna", 1.0), (rows.sex == "Man", 0.0), else_=ibis.null("float64"))
    return rows.select("source", "pupil", value=value, dated=ibis.date(span.first))


def school_year(seen: Seen, span: Span) -> Table:
    """The year the pupil is in, of the enrolment that began last."""
    rows = seen.facts.enrolments
    rows = rows.filter(rows.start_date <= span.last)
    return rows.group_by("source", "pupil").aggregate(
        value=rows.school_year.argmax(rows.start_date).cast("float64"), dated=rows.start_date.max()
    )


MEASURES: Final[dict[str, Measure]] = {
    one.__name__: one
    for one in (absence_share, unexcused_share, courses_passed, courses_failed, in_school, girl, school_year)
}
NO_ROW_IS_NOUGHT: Final = ("courses_passed", "courses_failed")  # nobody registered a grade: none passed, none failed


def named_span(name: str, index_date: date, before_days: int) -> tuple[str, Span]:
    """The measure and the days that a covariate's or placebo's name asks for.

    Raises  Refusal 'measure_unknown' with the name, and the names that there are
    """
    last = index_date
    for ending in (BEFORE, EARLIER):
        if name.endswith(ending):
            last -= timedelta(days=before_days if ending == EARLIER else 0)
            name = name.removesuffix(ending)
    if name not in MEASURES:
        known = ", ".join(MEASURES)
        raise Refusal(
            "measure_unknown",
            what=(f"Måttet {name!r} finns inte.", f"There is no measure {name!r}."),
            todo=(f"Välj bland: {known}; med {BEFORE} eller {EARLIER} efter för tiden före indexdagen.",
                  f"Choose among: {known}; followed by {BEFORE} or {EARLIER} for the time before the index date."),
            where=name,
        )  # fmt: skip
    return name, Span.ending(last, before_days)


def measured(name: str, seen: Seen, span: Span) -> pl.DataFrame:
    """One measure as rows: source, pupil, value (null: unknown), dated."""
    return seen.frame(MEASURES[name](seen, span))
