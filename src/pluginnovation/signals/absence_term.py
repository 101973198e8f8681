"""Absence over the term: how much of the reported teaching a pupil has missed since the term began.

Why it matters   A long low absence never shows in a short window; over a term it is weeks of teaching.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from dataclasses import replace
from typing import Final

from ibis.expr.types import Table

from pluginnovation.signals.result import shaped, share
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "share"


def absence_term(term: Table, *, rules: RuleSet) -> Table:
    """Excused and unexcused minutes as a share of the reported minutes of the term so far.

    The term is HT from 1 August or VT from 1 January, unless the calendar of the school or its authority says
    otherwise.

    Takes   term   one row per pupil (see `windows.Windows`)
    Gives   one result per pupil with a row in the term (see `result.COLUMNS`)
              value       absence / reported, 0..1; unknown when less than 80 % of what was offered is reported,
                          or there are fewer than ten school days
              detail_1    unexcused minutes
              detail_2    offered minutes
              detail_3, detail_text   why it is unknown (see `known.with_whole`)
    Raises  nothing: minutes were checked when they were read in
    Source  limits as for absence over 28 days; ten days are ours.
    """
    figures = replace(
        share(term, term.absence, rules.absence_term), details=(term.unexcused, term.offered, term.why_figure)
    )
    return shaped(term, figures, signal="absence_term", unit=UNIT)
