"""The cells of groups' weeks and subjects that differ, as `plug signals list --groups` tells of them."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pluginnovation.signals.authority import seen_by_rules
from pluginnovation.signals.groups import group_members
from pluginnovation.signals.scope import scope_of
from pluginnovation.signals.since import Behind, cells_with_since

from .answers import words

if TYPE_CHECKING:
    from pluginnovation.records.store import Store

CELLS_PRINTED: Final = (
    "school", "kind", "group", "cell", "weekday", "hour", "activity", "pupils", "away", "absence", "reported",
    "others_absence", "others_reported", "since",
)  # fmt: skip


def differing_cells(store: "Store", day: date, schools: list[str] | None) -> list[dict[str, Any]]:
    """Which cells differ in which group, and since when: by the functions that the pages' patterns come from."""
    from pluginnovation.web.signals.rule_sets import rules_by_source, sources

    rules = rules_by_source(sources(), day)
    found: list[dict[str, Any]] = []
    for one in seen_by_rules(store.facts(), store.days(), rules):
        scope = scope_of(one.facts, as_of=day, rules=one.rules, keep=store.materialise)
        members = group_members(one.facts, scope=scope)
        members = members.filter(members.school.isin(schools)) if schools else members
        behind = Behind(one.facts, one.days, store.materialise(members, "members_of_cells"))
        told = cells_with_since(behind, scope=scope, rules=one.rules, keep=store.materialise)
        told = told.filter(told.differs).select(*CELLS_PRINTED)
        found += store.frame(told.order_by(*CELLS_PRINTED[:7])).to_dicts()
    return found


def cell_line(shown: Mapping[str, Any]) -> str:
    """One cell that differs, for people."""
    days = words("må ti on to fr lö sö", "Mo Tu We Th Fr Sa Su").split()
    hours = f"{days[shown['weekday']]} {shown['hour']:02d}–{shown['hour'] + 2:02d}" if shown["hour"] is not None else ""
    where = shown["activity"] or hours
    own = 100 * shown["absence"] // shown["reported"]
    others = 100 * shown["others_absence"] // shown["others_reported"]
    since = shown["since"] or words("okänt", "unknown")
    text = words("sticker ut: {0} % mot {1} %, sedan {2}", "differs: {0}% against {1}%, since {2}")
    return f"{shown['school']}  {shown['kind']:14} {shown['group']:12} {where:22} " + text.format(own, others, since)
