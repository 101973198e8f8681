"""Plans as they are stored, read back as the pure stage has them."""

from datetime import date
from typing import Final

import msgspec
from django.db.models import QuerySet

from pluginnovation.evidence.plan import Plan
from pluginnovation.evidence.plan_files import Departure as Left
from pluginnovation.evidence.plan_files import Locked, canonical, plan_from_json
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.projects.models import Deviation

from .models import Estimate, Lowering, StoredPlan

MOST_LISTED = 200
# The roles that may read what a plan has been answered.
READ: Final = ("evaluator", "sub_project_leader", "process_leader", "regional_lead")


def text_of(plan: Plan) -> str:
    """The plan in its canonical form."""
    return canonical(plan).decode()


def plan_of(row: StoredPlan) -> Plan:
    """The plan of a row, also one that can't be carried out any more."""
    return msgspec.json.decode(row.content, type=Plan)


def locked_of(row: StoredPlan) -> Locked:
    """A locked plan with its departures. Whether it still is what was locked is seen where it is used (`intact`).

    Raises  ValueError for a draft: a fault in the caller
    """
    if row.locked_at is None or row.locked_by is None:
        raise ValueError("a draft isn't locked")
    return Locked(plan_of(row), row.checksum, row.locked_at, row.locked_by.login, tuple(departures_of(row)))


def departures_of(row: StoredPlan) -> list[Left]:
    """The departures, oldest first; of a sub-project's plan also what the sub-project decided to do otherwise."""
    found = [Left(one.at, one.by.name, one.what, one.why) for one in row.departures.select_related("by")]
    if row.sub_project is not None and row.locked_at is not None:
        decided = Deviation.objects.filter(sub_project=row.sub_project, at__gt=row.locked_at).select_related("by")
        found += [Left(one.at, one.by.name, one.what, one.decision) for one in decided]
    return sorted(found, key=lambda one: one.at)


def checked_text(content: str) -> Plan:
    """The plan of a text, when it can be carried out as written. Raises Refusal 'plan_…'."""
    return plan_from_json(content.encode())


def newest_of(row: StoredPlan) -> Estimate | None:
    """The answer that stands; none when nobody has asked yet."""
    return row.estimates.order_by("-at", "-pk").first()


def lowered_of(estimate: Estimate | None) -> Lowering | None:
    """The lowering that stands, if somebody lowered it."""
    return estimate.lowerings.select_related("by").order_by("-at", "-pk").first() if estimate else None


def plans_for(duty: ActiveDuty) -> QuerySet[StoredPlan]:
    """The plans that a duty may read: a leader's own sub-projects', for others all of them. Drafts thrown away aren't.

    A draft is of use to those who write it; others read what is locked.
    """
    rows = StoredPlan.objects.filter(thrown_at=None).select_related("by", "locked_by")
    if duty.role == "sub_project_leader":
        return rows.filter(sub_project__in=duty.sub_projects)
    return rows if duty.role == "evaluator" else rows.exclude(locked_at=None)


def observable(row: StoredPlan, as_of: date) -> bool:
    """Whether the last day of the plan's outcome has come."""
    return plan_of(row).window.closes <= as_of
