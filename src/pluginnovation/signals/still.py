"""Which results of an earlier day still stand: those of pupils of whom nothing has changed, and no date has passed.

Grades are given twice a year, but asked every night. Attendance moves on every day and is worked out every day.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import ibis
from ibis.expr.types import Table

from pluginnovation.records.earlier import changed_pupils, earlier_signals, note_of, same_rows
from pluginnovation.records.facts import Facts
from pluginnovation.records.store import Store
from pluginnovation.reference.entry_rules import entry_rules_on
from pluginnovation.reference.year_models import year_model_on
from pluginnovation.signals.made_by import made_by
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import Standing
from pluginnovation.signals.stays import last_day
from pluginnovation.signals.term_ends import usual_end_between

# What grade signals are made from: tables of pupils' rows, and what holds for many at once.
OF_PUPILS: Final = ("enrolments", "grades", "study_plans", "pupils", "outcome_events")
OF_ALL: Final = ("organisations", "calendars")
TERM: Final = "term"


def noted(facts: Facts, rules: Mapping[str, RuleSet]) -> dict[str, str]:
    """What a run notes down in the file of its signals, so that a later one can tell what still stands.

    Takes   rules   a source -> the rule set of its authority
    Gives   what `Store.write_signals` takes besides; nothing for facts of an earlier time
    """
    words = {"by": made_by(), "rules": {source: repr(own) for source, own in rules.items()}}
    note = note_of(facts, (*OF_PUPILS, *OF_ALL), words)
    return {} if note is None else {"made_from": note}


def still_standing(store: Store, facts: Facts, *, as_of: date, rules: Mapping[str, RuleSet]) -> Standing | None:
    """What an earlier run found that still stands on a day; None when all must be worked out anew.

    It is all worked out anew when the definitions, a rule set, a calendar or an organisation is another, when a term
    has ended since, or when nobody can tell what has changed.

    Takes   facts   as believed now
            rules   a source -> the rule set of its authority
    """
    earlier = earlier_signals(store, as_of) if facts.known_at is None else None
    if earlier is None or not _alike(earlier.words, rules) or _term_ended(facts, store, rules, (earlier.as_of, as_of)):
        return None
    changed = changed_pupils(store, facts, earlier, OF_PUPILS)
    if changed is None or not same_rows(store, facts, earlier, OF_ALL):
        return None
    every = ibis.union(changed, passed_by(facts, earlier.as_of, as_of), distinct=True)
    touched = store.materialise(every, "pupils_touched")
    return Standing(earlier.signals, touched if store.frame(touched.count().as_table())[0, 0] else None)


def passed_by(facts: Facts, since: date, as_of: date) -> Table:
    """The pupils for whom a date has passed from one day to another, though no row has changed: one column, pupil.

    A grade or an event of a day later than `since` counts now, an enrolment has begun, or has ended.
    """
    grades, events, enrolments = facts.grades, facts.outcome_events, facts.enrolments
    begun = (enrolments.start_date > since) & (enrolments.start_date <= as_of)
    ended = (last_day(enrolments) >= since) & (last_day(enrolments) < as_of)
    return ibis.union(
        grades.filter(grades.registered_date > since, grades.registered_date <= as_of).select("pupil"),
        events.filter(events.date > since, events.date <= as_of).select("pupil"),
        enrolments.filter(begun | ended).select("pupil"),
        distinct=True,
    )


def _alike(words: Mapping[str, Any], rules: Mapping[str, RuleSet]) -> bool:
    then = words.get("rules", {})
    return words.get("by") == made_by() and all(then.get(source) == repr(own) for source, own in rules.items())


def _term_ended(facts: Facts, store: Store, rules: Mapping[str, RuleSet], days: tuple[date, date]) -> bool:
    """Whether between two days a term has ended anywhere, or the national rules have become others."""
    since, as_of = days
    if year_model_on(since) != year_model_on(as_of) or entry_rules_on(since) != entry_rules_on(as_of):
        return True
    own = [each.last for one in rules.values() for each in one.calendar if each.kind == TERM]
    if usual_end_between(since, as_of) or any(since < last <= as_of for last in own):
        return True
    terms = facts.calendars.filter(facts.calendars.kind == TERM)
    ended = terms.filter(terms.end_date > since, terms.end_date <= as_of)
    return bool(store.frame(ended.count().as_table())[0, 0])
