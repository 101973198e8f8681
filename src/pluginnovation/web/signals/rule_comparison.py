"""Two rule sets on the pupils of the day that the pages show. The command and the page call this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any

from django.utils.timezone import localdate

from pluginnovation.records.store import Store
from pluginnovation.signals.authority import Seen, seen_of
from pluginnovation.signals.comparison import Kept, anyone_raised, compared, families_anew, results_under
from pluginnovation.signals.rules import RuleSet

from .models import Run
from .rule_refused import nothing_to_compare
from .rule_sets import rules_numbered, sources, versions_of


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two rule sets say of the same day.

    rows      source, school, signal (`any`: any signal about the pupil) and the counts of `comparison.COUNTS`
    counted   which signals had to be counted anew: attendance, grades, enrolments; none when limits alone differ
    """

    as_of: date
    rows: tuple[dict[str, Any], ...]
    counted: tuple[str, ...]
    seconds: float


def sources_of(authority: str) -> list[str]:
    """The sources whose pupils a version of this authority is for: its own, or every one without its own today."""
    if authority:
        return [authority]
    own = {one.authority for one in versions_of() if one.since <= localdate()}
    return [source for source in sources() if source not in own]


def compare_rules(store: Store, authority: str, before: RuleSet, after: RuleSet) -> Comparison:
    """How many would be raised by each, on the day that the pages show.

    Raises  Refusal 'rules_nothing_to_compare' when signals were never run for the authority's sources
    """
    begun = perf_counter()
    runs = list(Run.objects.filter(shown=True, source__in=sources_of(authority)).order_by("-as_of", "source"))
    runs = [run for run in runs if run.as_of == runs[0].as_of]
    if not runs:
        raise nothing_to_compare()
    rows: list[dict[str, Any]] = []
    counted: set[str] = set()
    for number in sorted({run.rule_set for run in runs}):
        part = [run for run in runs if run.rule_set == number]
        made_with = rules_numbered(number)
        counted |= {*families_anew(before, made_with), *families_anew(after, made_with)}
        rows += _rows(store, part, made_with, (before, after))
    named = tuple(family for family in ("attendance", "grades", "enrolments") if family in counted)
    return Comparison(runs[0].as_of, tuple(rows), named, perf_counter() - begun)


def _rows(
    store: Store, runs: Sequence[Run], made_with: RuleSet, asked: tuple[RuleSet, RuleSet]
) -> list[dict[str, Any]]:
    as_of, named = runs[0].as_of, [run.source for run in runs]
    kept = store.signals(as_of)
    kept = kept.filter(kept.source.isin(named))
    # As it was known when the kept results were made, so that only the rules differ.
    known_at = runs[0].known_at or max(run.run_at for run in runs)
    facts, days = store.facts(known_at), store.days(known_at)
    everything = set(named) == set(sources())
    results = []
    for place, rules in enumerate(asked):
        seen: Seen = seen_of(facts, days, rules, named, everything=everything)
        what = Kept(kept, made_with)
        results.append(results_under(what, seen, as_of=as_of, keep=store.materialise, named=f"rules_{place}"))
    both = compared(*results).union(compared(*map(anyone_raised, results)))
    return store.frame(both.order_by("source", "school", "signal")).to_dicts()
