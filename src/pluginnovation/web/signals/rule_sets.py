"""The rules of each authority, in dated versions: which holds on a day, and saving a new one.

The command and the pages call these. A version is added and never changed, with its audit row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Max
from django.utils.timezone import localdate

from pluginnovation.signals.rule_changes import differences, rule_set_of, still_taken
from pluginnovation.signals.rule_checks import Wrong
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.records.models import Import

from .models import RuleVersion, Run
from .rule_refused import already_so, changed_meanwhile, in_the_past, no_reason, no_such_rules, unknown_source

# What callers outside the pages are handed.
Version = RuleVersion
LONGEST_WHY: Final = 500
# Two who save at once wait for each other here.
LOCK: Final = 7_104_714


@dataclass(frozen=True, slots=True)
class Draft:
    """A version that somebody wants to save.

    authority   the source whose pupils it is for; empty: those of every source without its own
    changes     what it says otherwise than the default; nothing: the default again
    since       the first day it holds
    after       the number of the authority's newest version when the writing began; 0: none
    """

    authority: str
    changes: Mapping[str, Any]
    since: date
    why: str
    after: int


def sources() -> list[str]:
    """The sources that anything has been read in from, by name."""
    return sorted(set(Import.objects.values_list("source", flat=True)))


def versions_of(authority: str | None = None) -> list[RuleVersion]:
    """The saved versions, those of all authorities or of one, newest number first."""
    asked = RuleVersion.objects.select_related("by").order_by("-number")
    return list(asked if authority is None else asked.filter(authority=authority))


def in_force(versions: Iterable[RuleVersion], on: date) -> RuleVersion | None:
    """The one of an authority's versions that holds on a day: the latest begun, of several the last saved."""
    return max((one for one in versions if one.since <= on), key=lambda one: (one.since, one.number), default=None)


def rule_set(version: RuleVersion | None) -> RuleSet:
    """What a version says; none is the default. What this version of the platform doesn't take is as in the default."""
    if version is None:
        return RULE_SET_1
    return rule_set_of(still_taken(version.changes)[0], number=version.number, since=version.since)


def not_taken(version: RuleVersion) -> list[Wrong]:
    """What a version says that this version of the platform doesn't take, and why."""
    return still_taken(version.changes)[1]


def not_taken_today(today: date) -> list[tuple[RuleVersion, list[Wrong]]]:
    """The versions that hold on a day, or will later, of which not everything is taken."""
    every = versions_of()
    held = {in_force((one for one in every if one.authority == each), today) for each in {v.authority for v in every}}
    asked = [one for one in every if one in held or one.since > today]
    return [(one, wrong) for one in asked if (wrong := not_taken(one))]


def rules_for(source: str, on: date, versions: Sequence[RuleVersion] | None = None) -> RuleSet:
    """The rule set that a source's pupils are seen by on a day: its own, the installation's, or the default."""
    every = versions_of() if versions is None else versions
    for authority in dict.fromkeys((source, "")):
        found = in_force((one for one in every if one.authority == authority), on)
        if found is not None:
            return rule_set(found)
    return RULE_SET_1


def rules_by_source(named: Iterable[str], on: date) -> dict[str, RuleSet]:
    """The rule set of each of the sources on a day. One query."""
    every = versions_of()
    return {source: rules_for(source, on, every) for source in named}


def rules_numbered(number: int) -> RuleSet:
    """The rule set that results with this number were made with.

    Raises  Refusal 'rules_unknown'
    """
    if number == RULE_SET_1.number:
        return RULE_SET_1
    found = RuleVersion.objects.filter(number=number).first() if 0 < number < 2**15 else None
    if found is None:
        raise no_such_rules(number)
    return rule_set(found)


def rules_of(run: Run | None) -> RuleSet:
    """The rule set that a run's figures were made with. One query, none for the default."""
    return RULE_SET_1 if run is None else rules_numbered(run.rule_set)


def newest(authority: str) -> int:
    """The number of the last version that was saved, also when its day hasn't come; 0 when there is none."""
    return RuleVersion.objects.filter(authority=authority).aggregate(newest=Max("number"))["newest"] or 0


def save_rules(*, draft: Draft, by: User | None, at: datetime) -> RuleVersion:
    """Add a version of an authority's rules, which holds from its day on.

    Raises  Refusal 'rules_source_unknown', 'rules_since_past', 'rules_why_missing', 'rules_changed_meanwhile',
            'rules_unchanged'; WrongRules when the values can't be a rule set
    """
    if draft.authority and draft.authority not in sources():
        raise unknown_source(sources())
    if not draft.why.strip() or len(draft.why) > LONGEST_WHY or not draft.why.isprintable():
        raise no_reason()
    if draft.since < localdate(at):
        raise in_the_past()
    wanted = differences(rule_set_of(draft.changes, number=0, since=draft.since))
    details = {"authority": draft.authority, "since": draft.since.isoformat(), "changed": sorted(wanted)}
    with recorded("save_rules", by=by, at=at, about=draft.authority, **details), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if newest(draft.authority) != draft.after:
            raise changed_meanwhile()
        held = in_force(versions_of(draft.authority), draft.since)
        # A version that says something in vain may be saved anew as what is left of it.
        if differences(rules_for(draft.authority, draft.since)) == wanted and not (held and not_taken(held)):
            raise already_so()
        last = RuleVersion.objects.aggregate(last=Max("number"))["last"] or RULE_SET_1.number
        return RuleVersion.objects.create(
            authority=draft.authority, number=last + 1, since=draft.since, changes=wanted, at=at, by=by,
            why=draft.why.strip(),
        )  # fmt: skip
