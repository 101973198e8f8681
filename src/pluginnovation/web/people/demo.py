"""The demo's roles: one click while every source is made up and the server speaks to this machine only."""

import ipaddress
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet

from .duties import duties_of
from .models import DemoRole, Duty, Installation, User
from .reach import pupils_in_reach

DEMO_SESSION: Final = "demo"
DEMO_LOGIN: Final = "demo:"

# In the order of the buttons. The first three are people of the made-up school, the next of its municipality, and the
# fifth leads the first sub-project that has a leader; the last four are recorded duties.
DEMO_ROLES: Final = (
    "mentor", "principal", "pupil_health", "youth_coordinator", "sub_project_leader", "evaluator", "process_leader",
    "regional_lead", "administrator", "data_protection_officer",
)  # fmt: skip
RECORDED_ROLES: Final = ("evaluator", "process_leader", "regional_lead", "administrator", "data_protection_officer")


def bound_to_this_machine() -> bool:
    """Whether the server listens on the loopback address only. Unknown counts as no."""
    try:
        return ipaddress.ip_address(settings.PLUG_BIND).is_loopback
    except ValueError:
        return False


def has_made_up_facts() -> bool:
    """Whether a made-up source has ever been read in. One query."""
    return Installation.objects.filter(first_simulated_at__isnull=False).exists()


def demo_is_open() -> bool:
    """Whether the demo's buttons may be used. One query."""
    return (
        bound_to_this_machine()
        and Installation.objects.filter(first_simulated_at__isnull=False, first_real_import_at=None).exists()
    )


def demo_roles() -> QuerySet[DemoRole]:
    """The buttons' users, as chosen by `actions.choose_demo_roles`."""
    return DemoRole.objects.filter(role__in=DEMO_ROLES).select_related("user")


def school_of_the_demo(groups_by_interest: Sequence[str]) -> tuple[Duty, Duty, Duty] | None:
    """A mentor's, a principal's and a pupil health duty at one school: the same three every time.

    Takes  groups_by_interest  group codes, the one with most to see first; may be empty
    Gives  the three duties, or None when no school has all three
    """
    staff = Duty.objects.exclude(person=None).exclude(organisation=None)
    by_school = {
        role: {duty.organisation_id: duty for duty in staff.filter(role=role).order_by("-person", "-id")}
        for role in ("principal", "pupil_health")
    }
    rank = {group: place for place, group in enumerate(groups_by_interest)}
    mentors = staff.filter(role="mentor", group__isnull=False)
    mentors = mentors.order_by("organisation__sort_key", "group__sort_key", "person", "id")
    whole = [m for m in mentors if all(m.organisation_id in found for found in by_school.values())]
    if not whole:
        return None
    mentor = min(whole, key=lambda duty: rank.get(duty.group_id or "", len(rank)))
    return mentor, by_school["principal"][mentor.organisation_id], by_school["pupil_health"][mentor.organisation_id]


def leader_of_the_demo(today: date) -> User | None:
    """Who leads the sub-project with the lowest number that somebody leads today."""
    leads = Duty.objects.filter(role="sub_project_leader", sub_project__isnull=False).order_by("sub_project", "pk")
    for duty in leads.exclude(end_date__lt=today).exclude(start_date__gt=today):
        leader = User.objects.filter(Q(pk=duty.user_id) | Q(person=duty.person_id or ""), is_active=True).first()
        if leader is not None:
            return leader
    return None


def coordinator_of_the_demo(mentor: Duty | None, today: date) -> Duty | None:
    """A youth coordinator's duty: in the mentor's municipality if a youth there has no school, else where most are.

    Takes  mentor  the duty of the demo's mentor, where there is one
    """
    duties = Duty.objects.filter(role="youth_coordinator").exclude(person=None).select_related("person")
    own = mentor.organisation.municipality if mentor and mentor.organisation else ""
    ranked = []
    for duty in duties.order_by("organisation__sort_key", "person", "id"):
        user = User.objects.filter(person=duty.person_id, is_active=True).first()
        active = next((each for each in duties_of(user, today) if each.role == duty.role), None) if user else None
        if active is not None:
            reached = pupils_in_reach(active, today).count()
            ranked.append((bool(reached) and active.municipality == own, reached, duty))
    return max(ranked, key=lambda row: row[:2])[2] if ranked else None
