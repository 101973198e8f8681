"""Who was eligible at the end of each term, as grades stood then."""

from datetime import date

import polars as pl
from ibis.expr.types import Table

from pluginnovation.projects.indicators import at_term_end, eligible_counts
from pluginnovation.records.facts import Facts
from pluginnovation.records.store import Store
from pluginnovation.reference.calendar import Term
from pluginnovation.signals.grades import grades_of
from pluginnovation.signals.passes_needed import passes_needed
from pluginnovation.signals.rules import RULE_SET_1
from pluginnovation.signals.scope import scope_of


class TermFacts(Facts):
    """The facts with enrolments as a term's end had them: see `indicators.at_term_end`."""

    def __init__(self, facts: Facts, term: Term, as_of: date) -> None:
        super().__init__(facts._engine, facts._folders, facts._picture, facts.disposed_since)
        self._then = at_term_end(facts.enrolments, term, as_of=as_of)

    @property
    def enrolments(self) -> Table:
        """The enrolments of then."""
        return self._then


def eligible_by_term(store: Store, facts: Facts, term: Term, as_of: date) -> pl.DataFrame:
    """The rows of `indicators.eligible_counts` at the end of a term, or on as_of while it goes on.

    The rules decide no eligibility, only levels, so any rule set gives the same counts.
    """
    on = min(term.last, as_of)
    then = TermFacts(facts, term, as_of)
    scope = scope_of(then, as_of=on, rules=RULE_SET_1, keep=store.materialise)
    grades = grades_of(then, then.enrolments, scope, keep=store.materialise)
    needed = passes_needed(grades, as_of=on, rules=RULE_SET_1)
    return store.frame(eligible_counts(needed, then.enrolments, on=on))
