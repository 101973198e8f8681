"""What each signal says of a group: from the same function as `plug signals list --groups`."""

from collections import defaultdict
from typing import Any, Final

from ibis.expr.types import Table

from pluginnovation.records.store import Store
from pluginnovation.signals.catalogue import CATALOGUE
from pluginnovation.signals.groups import CLASS, MENTOR, SCHOOL, TEACHING, group_results
from pluginnovation.web.people.names import place_code

SHOWN: Final = (SCHOOL, CLASS, MENTOR, TEACHING)
COUNTS: Final = ("signal", "n", "known", "level_1", "level_2", "level_3")
_ORDER: Final = {name: place for place, name in enumerate(CATALOGUE)}


def results_of(store: Store, signals: Table, members: Table) -> dict[str, list[Any]]:
    """A group's or a school's code -> COUNTS of each signal that applies to any of its pupils, as in the catalogue.

    Takes   signals   one row per pupil and signal
            members   as `groups.group_members` gives them
    """
    told = group_results(signals, members.filter(members.kind.isin(SHOWN)))
    rows = store.frame(told.select("source", "group", *COUNTS))
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for source, group, *counts in rows.iter_rows():
        found[source, group].append(counts)
    return {place_code(*name): sorted(counts, key=lambda count: _ORDER[count[0]]) for name, counts in found.items()}
