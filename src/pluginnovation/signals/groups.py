"""Classes and schools: how many of a group's pupils reach each level, and who is in which group.

A group is shown before a pupil: what many share is seldom one pupil's doing.
"""

from typing import Final

import ibis
from ibis.expr.types import BooleanColumn, Table

from pluginnovation.records.facts import Facts
from pluginnovation.signals.rules import FEWEST_OUTSIDE_AUTHORITY, FEWEST_OUTSIDE_SCHOOL
from pluginnovation.signals.scope import Scope
from pluginnovation.signals.stays import last_day

CLASS, MENTOR, TEACHING, YEAR, PROGRAMME, SCHOOL = "class", "mentor", "teaching_group", "year", "programme", "school"
KINDS: Final = (SCHOOL, PROGRAMME, YEAR, CLASS, MENTOR, TEACHING)
GROUP_TYPES: Final = {"Klass": CLASS, "Mentor": MENTOR, "Undervisning": TEACHING}

# What names a group: its source, kind, school and, within it, id.
GROUP_KEY: Final = ["source", "kind", "school", "group"]

WITHIN_SCHOOL, WITHIN_AUTHORITY, OUTSIDE = "school", "authority", "outside"
FEWEST: Final = {WITHIN_SCHOOL: 1, WITHIN_AUTHORITY: FEWEST_OUTSIDE_SCHOOL, OUTSIDE: FEWEST_OUTSIDE_AUTHORITY}


def group_members(facts: Facts, *, scope: Scope) -> Table:
    """Who is in each group on as_of.

    Gives   source, kind, school, group, pupil; one row per pupil and group
              kind     class | mentor | teaching_group (from memberships), year | programme | school (from the
                       enrolment that covers as_of; see `stays.school_of`)
              group    the group's id; the year, the programme's code or the school's id for the others
    """
    as_of = scope.period.as_of
    members = facts.memberships
    begun = members.start_date.isnull() | (members.start_date <= as_of)
    members = members.filter(begun, last_day(members) >= as_of).select("source", "group", "pupil").distinct()
    kinds = facts.groups.filter(facts.groups.group_type.isin(list(GROUP_TYPES)))
    kinds = kinds.select(
        "source", "group", school=kinds.organisation, kind=kinds.group_type.cases(*GROUP_TYPES.items(), else_=None)
    )
    in_groups = members.join(kinds, ["source", "group"]).select(*GROUP_KEY, "pupil")
    at = scope.school.filter(scope.school.enrolled)
    of_school = [
        at.filter(column.notnull()).select(
            "source", "school", "pupil", kind=ibis.literal(kind), group=column.cast("string")
        )
        for kind, column in ((YEAR, at.school_year), (PROGRAMME, at.programme), (SCHOOL, at.school))
    ]
    every = ibis.union(in_groups, *(part.select(*GROUP_KEY, "pupil") for part in of_school))
    return every.anti_join(scope.gone, "pupil")


def group_results(signals: Table, members: Table) -> Table:
    """Each signal's result for each group.

    Takes   signals   one row per pupil and signal: pupil, signal, value, level (see `result.COLUMNS`)
            members   as `group_members` gives them
    Gives   one row per group and signal that applies to any of its pupils, ordered by source, school, kind (school,
            programme, year, class, mentor, teaching group), group and signal
              n                   pupils whom the signal applies to
              known               how many of them have a known value
              level_1 … level_3   how many reach at least that level
              share_1 … share_3   the same divided by known, 0..1; unknown when under half of n are known
    """
    rows = members.join(signals.select("pupil", "signal", "level"), "pupil")
    counted = rows.group_by([*GROUP_KEY, "signal"]).aggregate(
        n=rows.count(),
        known=rows.level.count(),
        **{f"level_{level}": rows.count(where=rows.level >= level) for level in (1, 2, 3)},
    )
    enough = (2 * counted.known >= counted.n) & (counted.known > 0)
    shares = counted.mutate(
        **{
            f"share_{level}": ibis.ifelse(enough, counted[f"level_{level}"] / counted.known.nullif(0), None)
            for level in (1, 2, 3)
        }
    )
    return shares.order_by("source", "school", kind_order(shares), "group", "signal")


def kind_order(groups: Table) -> ibis.Value:
    """The place of a group's kind: the whole before its parts."""
    return groups.kind.cases(*((kind, place) for place, kind in enumerate(KINDS)), else_=len(KINDS))


def large_enough(groups: Table, *, viewer: str) -> BooleanColumn:
    """Which groups a viewer may be shown: from 5 pupils outside the school, from 10 outside the authority.

    Takes   groups   any table with n, the number of pupils
            viewer   school | authority | outside: where the viewer stands
    """
    return groups.n >= FEWEST[viewer]
