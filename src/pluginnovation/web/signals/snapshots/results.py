"""What the signals and the grades say of a group: counts with their denominators, never a pupil.

The signals' counts come from the same function as `plug signals list --groups`.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import polars as pl
from ibis.expr.types import Table

from pluginnovation.records.store import Store
from pluginnovation.signals.catalogue import CATALOGUE
from pluginnovation.signals.groups import CLASS, MENTOR, SCHOOL, TEACHING, group_results
from pluginnovation.signals.meters.records import parts_of
from pluginnovation.web.people.names import place_code

SHOWN: Final = (SCHOOL, CLASS, MENTOR, TEACHING)
COUNTS: Final = ("signal", "n", "known", "level_1", "level_2", "level_3")
# Beside the signals in a group's results: how many may begin a vocational programme, and a subject's grades.
ELIGIBLE, SUBJECT = "eligible", "subject"
PASSES_NEEDED: Final = "passes_needed"
NOT_PASSED: Final = ("F", "IG")
_ORDER: Final = {name: place for place, name in enumerate([*CATALOGUE, ELIGIBLE, SUBJECT])}
Name = tuple[str, str]


def results_of(store: Store, signals: Table, members: Table, studies: pl.DataFrame) -> dict[str, list[Any]]:
    """A group's or a school's code -> rows: COUNTS of each signal that applies to any of its pupils, as in the
    catalogue; then [ELIGIBLE, n, known, eligible] and, for classes, [SUBJECT, code, graded, failed, dashes].

    Takes   signals   one row per pupil and signal
            members   as `groups.group_members` gives them
            studies   as `studies.studies_of` gives them
    """
    here = members.filter(members.kind.isin(SHOWN))
    told = group_results(signals, here)
    found: dict[Name, list[Any]] = defaultdict(list)
    for source, group, *counts in store.frame(told.select("source", "group", *COUNTS)).iter_rows():
        found[source, group].append(counts)
    needed = signals.filter(signals.signal == PASSES_NEEDED).select("pupil", "value")
    asked = here.join(needed, "pupil").group_by(["source", "group"])
    counted = asked.aggregate(lambda t: t.count().name("n"), lambda t: t.value.count().name("known"),
                              lambda t: t.count(where=t.value == 0).name("eligible"))  # fmt: skip
    for source, group, n, known, eligible in store.frame(counted).iter_rows():
        found[source, group].append([ELIGIBLE, n, known, eligible])
    classes = store.frame(here.filter(here.kind == CLASS).select("source", "group", "pupil"))
    for name, rows in _grades_by_group(classes.join(studies.select("pupil", "letters"), on="pupil").iter_rows()):
        found[name] += rows
    return {
        place_code(*name): sorted(counts, key=lambda count: _ORDER[count[0]]) for name, counts in found.items()
    }  # fmt: skip


def _grades_by_group(pupils: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Name, list[Any]]]:
    """Each class's subjects: how many have a grade or a dash, and how many of those an F, and a dash."""
    counts: dict[Name, dict[str, list[int]]] = defaultdict(dict)
    for source, group, _pupil, letters in pupils:
        for code, grade, _warned in parts_of(letters):
            count = counts[source, group].setdefault(code, [0, 0, 0])
            count[0] += 1
            count[1] += grade in NOT_PASSED
            count[2] += grade == "-"
    for name, subjects in counts.items():
        yield name, [[SUBJECT, code, *count] for code, count in sorted(subjects.items())]
