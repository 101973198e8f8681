"""What the drawings need of the last twenty weeks, asked of the engine in whole numbers.

Only the days that count for signals count here: dated inside an enrolment, of pupils who haven't left every list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import polars as pl
from ibis.expr.types import IntegerValue, Table

from pluginnovation.records.store import Store
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import Scope
from pluginnovation.signals.stays import counted

from ..days import calendar_start
from ..drawing import UNREPORTED

HALF_MASK = 50


@dataclass(frozen=True, slots=True)
class Recent:
    """Frames, one row per pupil and …

    weeks   … week (0 is the oldest): offered, reported, excused, unexcused minutes, known (bool)
    taught  … nothing more: `first` and `second`, the days with lessons as bits, fifty in each; `away_0` … and
              `reported_0` …, minutes from Monday to Friday
    marked  … day worth a mark: place (0-99), excused, unexcused (percent; UNREPORTED when too little is reported)
    """

    weeks: pl.DataFrame
    taught: pl.DataFrame
    marked: pl.DataFrame

    @classmethod
    def together(cls, parts: Sequence["Recent"]) -> "Recent":
        """Those of several authorities as one, by pupil."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            pl.concat([part.weeks for part in parts]).sort("pupil", "week"),
            pl.concat([part.taught for part in parts]).sort("pupil"),
            pl.concat([part.marked for part in parts]).sort("pupil", "place"),
        )


def recent(store: Store, days: Table, scope: Scope, rules: RuleSet) -> Recent:
    """The twenty weeks that end with the day's own week.

    Takes   days   the roll-up of pupils' days, as known at the time asked for
    """
    start = calendar_start(scope.period.as_of)
    seen = counted(days.filter(days.date >= start, days.date <= scope.period.as_of), scope.gaps, since=start)
    seen = seen.anti_join(scope.gone, "pupil")
    day_no = seen.date.delta(ibis.literal(start), unit="day")
    numbered = store.materialise(
        seen.select(
            "pupil", "offered", "reported", "excused", "unexcused",
            week=(day_no // 7).cast("int8"), weekday=(day_no % 7).cast("int8"),
        ),
        "snapshot_days",
    )  # fmt: skip
    return Recent(
        store.frame(_weeks(numbered, rules)), store.frame(_taught(numbered)), store.frame(_marked(numbered, rules))
    )


def _weeks(days: Table, rules: RuleSet) -> Table:
    sums = {name: days[name].sum().cast("int32") for name in ("offered", "reported", "excused", "unexcused")}
    weeks = days.group_by("pupil", "week").aggregate(**sums)
    return weeks.mutate(known=_known(weeks, rules)).order_by("pupil", "week")


def _taught(days: Table) -> Table:
    workdays = days.filter(days.weekday < 5)
    place = _place(workdays)
    # Each day's bit comes once, so the sum stays below 2**50, which a float holds exactly.
    bit = ibis.literal(2.0) ** (place % HALF_MASK)
    away = workdays.excused + workdays.unexcused
    on = {n: workdays.weekday == n for n in range(5)}
    return (
        workdays.group_by("pupil")
        .aggregate(
            first=bit.sum(where=place < HALF_MASK).fill_null(0).cast("int64"),
            second=bit.sum(where=place >= HALF_MASK).fill_null(0).cast("int64"),
            **{f"away_{n}": away.sum(where=on[n]).fill_null(0).cast("int32") for n in on},
            **{f"reported_{n}": workdays.reported.sum(where=on[n]).fill_null(0).cast("int32") for n in on},
        )
        .order_by("pupil")
    )


def _marked(days: Table, rules: RuleSet) -> Table:
    known = _known(days, rules)
    worth = days.filter(days.weekday < 5, ~known | (days.excused + days.unexcused > 0))
    known = _known(worth, rules)
    return worth.select(
        "pupil",
        place=_place(worth).cast("int8"),
        excused=ibis.ifelse(known, _percent(worth.excused, worth.reported), UNREPORTED).cast("int8"),
        unexcused=ibis.ifelse(known, _percent(worth.unexcused, worth.reported), UNREPORTED).cast("int8"),
    ).order_by("pupil", "place")


def _place(days: Table) -> IntegerValue:
    return days.week.cast("int32") * 5 + days.weekday.cast("int32")


def _known(rows: Table, rules: RuleSet) -> ibis.expr.types.BooleanValue:
    return (rows.reported > 0) & (100 * rows.reported >= rules.min_reported_pct * rows.offered)


def _percent(part: IntegerValue, whole: IntegerValue) -> IntegerValue:
    # Rounded down, but something is never shown as nothing.
    return ibis.ifelse(part > 0, ibis.greatest(100 * part // whole.nullif(0), 1), 0)
