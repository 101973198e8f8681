"""Kept results under other limits: what was counted stands, and only how many limits it reaches is asked again."""

from collections.abc import Collection
from typing import Final

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table, Value

from pluginnovation.signals.result import level_of
from pluginnovation.signals.rules import Limits, RuleSet

SHARE, PERCENT = "share", "percent"
LEVELS: Final = 3


def with_limits(results: Table, rules: RuleSet, signals: Collection[str]) -> Table:
    """The results with the levels that the limits of a rule set give.

    Shares are compared in whole minutes, as when they were counted. Other values are whole numbers, or parts of whole
    numbers far below what a float tells apart.

    Takes   results   signal, value, unit, level, raised, numerator, denominator, … (see `result.COLUMNS`)
            signals   those whose limits have changed; the others stand
    Gives   the same columns; unknown stays unknown
    """
    if not signals:
        return results
    limits = {name: getattr(rules, name) for name in sorted(signals)}
    ours = results.signal.isin(list(limits))
    reached = [_reached(results, _limit(results.signal, limits, place)) for place in range(LEVELS)]
    anew = ibis.ifelse(results.value.notnull(), level_of(reached), ibis.null("int8"))
    level = ibis.ifelse(ours, anew, results.level).cast("int8")
    return results.mutate(level=level, raised=level >= 1)


def _limit(signal: Value, limits: dict[str, Limits], place: int) -> IntegerValue:
    pairs = ((signal == name, list(own)[place]) for name, own in limits.items())
    return ibis.cases(*pairs, else_=ibis.null("int64")).cast("int64")


def _reached(results: Table, limit: IntegerValue) -> BooleanValue:
    part, whole = 100 * results.numerator, limit * results.denominator
    return ibis.cases(
        (results.unit == SHARE, part >= whole), (results.unit == PERCENT, part < whole), else_=results.value >= limit
    )
