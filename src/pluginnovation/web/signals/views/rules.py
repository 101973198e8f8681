"""The rules of each authority: which hold, which will, which have, and what each says."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pluginnovation.privacy.grounds import ROLES
from pluginnovation.records.refusals import Refusal
from pluginnovation.signals.rule_changes import differences
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles

from ..models import RuleVersion
from ..rule_sets import in_force, not_taken, rule_set, rules_for, rules_numbered, sources, versions_of
from ..rule_words import changed_words, fault_label, part_about, part_title, told
from ..words import joined, language

EDITORS = ("administrator",)
HOLDS, COMING, EARLIER, REPLACED = "holds", "coming", "earlier", "replaced"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in a list.

    state     HOLDS, COMING, EARLIER, or REPLACED by another before its first day
    changed   what differs from the default, in words; empty: nothing
    fallen    what it says that isn't taken any more, so that the default holds
    """

    version: RuleVersion
    state: str
    changed: str
    fallen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthorityRules:
    """One authority's rules: what holds today, and every version."""

    authority: str
    holds: RuleSet
    rows: tuple[VersionRow, ...]

    @property
    def fallen(self) -> tuple[str, ...]:
        """What the version that holds says in vain."""
        return next((row.fallen for row in self.rows if row.version.number == self.holds.number), ())

    @property
    def is_default(self) -> bool:
        """Whether nothing differs from the default today."""
        return not differences(self.holds)


@for_roles(*ROLES)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Every authority's versions."""
    every = versions_of()
    named = sorted({*sources(), *(one.authority for one in every)} - {""})
    asked = [*named, *([""] if not named or any(not one.authority for one in every) else [])]
    found = [_authority(name, every) for name in asked]
    own = [one for one in found if not one.is_default]
    return render(request, "signals/rules.html", {"found": found, "own": own, "edits": may_edit(request)})


def may_edit(request: HttpRequest) -> bool:
    """Whether the viewer's role decides rules."""
    duty = getattr(request, "duty", None)
    return duty is not None and duty.role in EDITORS


def _authority(name: str, every: list[RuleVersion]) -> AuthorityRules:
    own = [one for one in every if one.authority == name]
    rows = tuple(
        VersionRow(one, state_of(one, own), joined(changed_words(rule_set(one))), fallen_words(one)) for one in own
    )
    return AuthorityRules(name, rules_for(name, today(), every), rows)


def fallen_words(version: RuleVersion) -> tuple[str, ...]:
    """What a version says that isn't taken any more, each with why."""
    english = language() == "en"
    return tuple(f"{fault_label(one.field)} – {one.en if english else one.sv}" for one in not_taken(version))


def state_of(version: RuleVersion, own: list[RuleVersion]) -> str:
    """How a version stands today among those of its authority."""
    if in_force(own, version.since) != version:
        return REPLACED
    if version.since > today():
        return COMING
    return HOLDS if in_force(own, today()) == version else EARLIER


@for_roles(*ROLES)
@require_GET
def rules_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version: what differs from the default, every value, who saved it and why."""
    try:
        found = rules_numbered(number)
    except Refusal:
        raise Http404 from None
    version = RuleVersion.objects.select_related("by").filter(number=number).first()
    parts: list[tuple[str, str, list[Any]]] = [
        (part_title(part, found), part_about(part, found), rows) for part, rows in told(found).items()
    ]
    context = {
        "number": number,
        "version": version,
        "state": state_of(version, versions_of(version.authority)) if version else "",
        "fallen": fallen_words(version) if version else (),
        "parts": parts,
        "calendar": found.calendar,
        "changed": [(title, row) for title, _, rows in parts for row in rows if row.default],
        "others": [one for one in versions_of() if one.number != number],
        "is_default": number == RULE_SET_1.number,
        "edits": may_edit(request),
        "sources": sources(),
    }
    return render(request, "signals/rules_version.html", context)
