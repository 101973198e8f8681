"""What each authority says about emergency access and long lists: reading it, and saying something new."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from pluginnovation.privacy.approvals import ALONE
from pluginnovation.privacy.emergency import MAY_BE_LET, EmergencyRule
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import AccessRule, User


@dataclass(frozen=True, slots=True)
class AccessRules:
    """One authority's rules.

    alone   pupils in a list that one person may take out
    """

    emergency: EmergencyRule = field(default_factory=EmergencyRule)
    alone: int = ALONE


def access_rules_of(authority: str) -> AccessRules:
    """What stands for a source: the newest saved, or the default. One query."""
    found = AccessRule.objects.filter(authority=authority).order_by("-id").first()
    if found is None:
        return AccessRules()
    return AccessRules(EmergencyRule(frozenset(found.roles), found.minutes, found.least_reason), found.alone)


def saved_rules(authorities: Iterable[str]) -> list[AccessRule]:
    """Every saved version of these authorities, newest first."""
    return list(AccessRule.objects.filter(authority__in=list(authorities)).select_related("by").order_by("-id"))


def set_access_rules(*, authority: str, rules: AccessRules, why: str, by: User, at: datetime) -> AccessRule:
    """Save new rules for an authority; they hold at once, and accesses that are open end when they were to end."""
    roles = [role for role in MAY_BE_LET if role in rules.emergency.roles]
    said = {"minutes": rules.emergency.minutes, "alone": rules.alone, "roles": roles}
    with recorded("set_access_rules", by=by, at=at, about=authority, **said):
        return AccessRule.objects.create(
            authority=authority, roles=roles, minutes=rules.emergency.minutes, alone=rules.alone,
            least_reason=rules.emergency.least_reason, why=why, by=by, at=at,
        )  # fmt: skip
