"""A rule set that somebody is writing: kept in the session until it is saved or thrown away, seen by nobody else."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from django.http import HttpRequest

from pluginnovation.signals.rule_changes import differences, rule_set_of, still_taken
from pluginnovation.signals.rule_checks import Wrong, checked
from pluginnovation.signals.rules import RuleSet
from pluginnovation.web.people.clock import today

from .rule_sets import newest, rules_for

KEY: Final = "rules"


@dataclass(slots=True)
class Writing:
    """One authority's rules as they are being written.

    changes   what they say otherwise than the default
    after     the authority's newest version when the writing began
    since, why   as they were written, also when they can't be read
    begun     False: nothing has been changed yet, and nothing is kept
    """

    authority: str
    changes: dict[str, Any]
    after: int
    since: str = ""
    why: str = ""
    begun: bool = field(default=True)

    @property
    def rules(self) -> RuleSet:
        """The rule set that the writing is so far."""
        return rule_set_of(self.changes, number=0, since=today())

    @property
    def wrong(self) -> list[Wrong]:
        """What can't be a rule set, though it could when it was written: an upgrade may set other bounds."""
        return checked(self.changes)

    @property
    def day(self) -> date | None:
        """The first day it is to hold; none for what is no day."""
        try:
            return date.fromisoformat(self.since)
        except ValueError:
            return None

    @property
    def overtaken(self) -> bool:
        """Whether somebody else saved a version since the writing began."""
        return newest(self.authority) != self.after


def writing_of(request: HttpRequest, authority: str) -> Writing:
    """What the viewer is writing for an authority; when nothing, what holds today."""
    kept = request.session.get(KEY, {}).get(authority)
    if kept:
        return Writing(authority, kept["changes"], kept["after"], kept["since"], kept["why"])
    return fresh(authority, differences(rules_for(authority, today())))


def fresh(authority: str, changes: dict[str, Any]) -> Writing:
    """A writing that begins now."""
    return Writing(authority, changes, newest(authority), today().isoformat(), "", begun=False)


def keep_writing(request: HttpRequest, writing: Writing) -> None:
    """Keep it in the session, with no more in it than what differs from the default."""
    changes = differences(writing.rules)
    kept = {"changes": changes, "after": writing.after, "since": writing.since, "why": writing.why}
    request.session[KEY] = request.session.get(KEY, {}) | {writing.authority: kept}


def repaired(writing: Writing) -> Writing:
    """The writing less every value that is wrong."""
    return replace(writing, changes=dict(still_taken(writing.changes)[0]))


def forget_writing(request: HttpRequest, authority: str) -> None:
    """Throw it away."""
    kept = {name: one for name, one in request.session.get(KEY, {}).items() if name != authority}
    request.session[KEY] = kept
