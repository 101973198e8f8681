"""The classes of a school: the absence of today's pupils over the terms, wherever they were then."""

from datetime import date
from typing import Any

from ibis.expr.types import Table

from pluginnovation.projects.figures import GroupLine
from pluginnovation.projects.indicators import term_counts
from pluginnovation.projects.levels import NOBODY, Part, Told, summed, within_each
from pluginnovation.records.facts import Facts
from pluginnovation.records.store import Store
from pluginnovation.signals.stays import last_day
from pluginnovation.web.people.names import place_code, place_sort_key

CLASS = "Klass"
# A term -> a class -> its pupils' years -> what was counted.
ByTerm = dict[str, dict[str, dict[int | None, Part]]]
BY_CLASS = ("source", "at", "group", "display_name", "school_year")


def groups_counted(
    store: Store, facts: Facts, pupils: Table, names: tuple[str, ...], as_of: date
) -> dict[str, tuple[GroupLine, ...]]:
    """A school's code -> its classes, in the order of their names. A class with no pupil today isn't there.

    Takes   pupils   as `indicators.pupil_terms` gives them
            names    the terms, oldest first
    """
    stays, groups = facts.memberships, facts.groups
    begun = stays.start_date.isnull() | (stays.start_date <= as_of)
    members = stays.filter(begun, last_day(stays) >= as_of).select("source", "group", "pupil").distinct()
    classes = groups.filter(groups.group_type == CLASS, last_day(groups) >= as_of)
    classes = classes.select("source", "group", "display_name", at=classes.organisation)
    joined = pupils.join(members.join(classes, ["source", "group"]), ["source", "pupil"])
    parts: dict[str, ByTerm] = {}
    for row in store.frame(term_counts(joined, BY_CLASS)).iter_rows(named=True):
        by_class = parts.setdefault(place_code(row["source"], row["at"]), {}).setdefault(row["term"], {})
        by_class.setdefault(row["display_name"], {})[row["school_year"]] = _part(row)
    return {school: _lines(by_term, names) for school, by_term in parts.items()}


def _part(row: dict[str, Any]) -> Part:
    return Part(row["pupils"], row["away"], row["reported"], reported=row["reported"], offered=row["offered"])


def _lines(by_term: ByTerm, names: tuple[str, ...]) -> tuple[GroupLine, ...]:
    told = [_told(by_term.get(name, {})) for name in names]
    classes = sorted(by_term.get(names[-1], {}), key=place_sort_key)
    return tuple(GroupLine(one, tuple(term.get(one, NOBODY) for term in told)) for one in classes)


def _told(by_class: dict[str, dict[int | None, Part]]) -> dict[str, Told]:
    """A term's classes, each in the year that most of its pupils are in."""
    years = {name: max(of, key=lambda year: (of[year].n, year or 0)) for name, of in by_class.items()}
    return within_each({name: summed(of.values()) for name, of in by_class.items()}, years)
