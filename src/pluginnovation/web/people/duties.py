"""The roles of the one who asks: which duties stand today, and which role is chosen.

Duties are read from the database at every request, so a change bites at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Final, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pluginnovation.privacy.grounds import ROLES, DutyHeld

from .asker import ask_as_nobody, ask_by
from .clock import today as today_here
from .models import Duty, Organisation, User

CHOSEN: Final = "role"

# A duty at a unit above these (a school authority, an administration) names no school of its own.
SCHOOL_TYPES: Final = ("Rektorsområde", "Skola", "Skolenhet")

TITLES: Final[dict[str, Promise]] = {
    "mentor": _("Mentor"),
    "teacher": _("Lärare"),
    "principal": _("Rektor"),
    "pupil_health": _("Elevhälsa"),
    "youth_coordinator": _("Kommunal ungdomssamordnare"),
    "sub_project_leader": _("Delprojektledare"),
    "evaluator": _("Utvärderare"),
    "process_leader": _("Processledare"),
    "regional_lead": _("Regional ledning"),
    "administrator": _("Administratör"),
    "data_protection_officer": _("Dataskyddsombud"),
}

HOMES: Final = {
    "mentor": "/min-dag/",
    "teacher": "/min-dag/",
    "principal": "/laget/",
    "pupil_health": "/mote/",
    "youth_coordinator": "/ungdomar/",
    "sub_project_leader": "/delprojekt/",
    "evaluator": "/effekt/",
    "process_leader": "/processtod/",
    "regional_lead": "/regionen/",
    "administrator": "/inlasningar/",
    "data_protection_officer": "/besok/",
}


@dataclass(frozen=True, slots=True)
class ActiveDuty:
    """One role at one place: the duties of one adult that give it today.

    place   the organisation's code, or empty for a role at no particular place
    held    the duties; a mentor of two classes holds two
    """

    user: int
    role: str
    place: str
    place_name: str
    held: tuple[DutyHeld, ...]

    @property
    def key(self) -> str:
        """What a choice of role is remembered by."""
        return f"{self.role}.{self.place}"

    @property
    def title(self) -> str:
        """The role in the reader's language."""
        return str(TITLES[self.role])

    @property
    def home(self) -> str:
        """The role's first page, or empty when it has none yet."""
        return HOMES.get(self.role, "")

    @property
    def groups(self) -> frozenset[str]:
        """The groups named in the duties."""
        return frozenset(duty.group for duty in self.held if duty.group)

    @property
    def municipality(self) -> str | None:
        """The code of the municipality that the duties are at; none for a place at a school."""
        return next((duty.municipality for duty in self.held if duty.municipality), None)

    @property
    def sources(self) -> frozenset[str]:
        """The sources that the duties came from."""
        return frozenset(duty.source for duty in self.held)

    @property
    def source(self) -> str:
        """The source that the duties came from."""
        return next((duty.source for duty in self.held), "")

    @property
    def sub_projects(self) -> frozenset[int]:
        """The numbers of the sub-projects that the duties lead."""
        return frozenset(int(duty.sub_project) for duty in self.held if duty.sub_project)

    @property
    def units(self) -> frozenset[str]:
        """The school units that the duties are at."""
        return frozenset().union(*(duty.units for duty in self.held))


class AskedByDuty(HttpRequest):
    """A request after the middleware: the duties that stand, and the one chosen (none: no role, or not chosen yet)."""

    duties: tuple[ActiveDuty, ...]
    duty: ActiveDuty | None


def duties_of(user: User, today: date) -> tuple[ActiveDuty, ...]:
    """The roles that a user's duties give today, in the order of ROLES, then of place. One query."""
    under = Organisation.objects.filter(
        Q(code=OuterRef("organisation")) | Q(parent=OuterRef("organisation")), organisation_type__in=SCHOOL_TYPES
    )
    owner = Q(user=user) | Q(person=user.person_id) if user.person_id else Q(user=user)
    rows = (
        Duty.objects.filter(owner, ~Q(role=""))
        .filter(Q(start_date=None) | Q(start_date__lte=today), Q(end_date=None) | Q(end_date__gte=today))
        .annotate(units=ArraySubquery(under.values("code")))
        .select_related("organisation__parent")
    )
    return _by_role_and_place(user, rows)


def _by_role_and_place(user: User, rows: Iterable[Any]) -> tuple[ActiveDuty, ...]:
    found: dict[tuple[str, str], tuple[str, list[DutyHeld]]] = {}
    for row in rows:
        organisation = row.organisation
        at_school = organisation is not None and organisation.organisation_type in SCHOOL_TYPES
        units = frozenset(row.units) if at_school else frozenset()
        name = organisation.display_name if organisation else ""
        municipality = None if at_school else _municipality_of(organisation)
        leads = str(row.sub_project) if row.sub_project else None
        held = DutyHeld(row.role, row.group_id, units, row.start_date, row.end_date, municipality, row.source, leads)
        found.setdefault((row.role, row.organisation_id or ""), (name, []))[1].append(held)
    roles = (
        ActiveDuty(user.pk, role, place, name, tuple(sorted(held, key=lambda duty: duty.group or "")))
        for (role, place), (name, held) in found.items()
    )
    return tuple(sorted(roles, key=lambda duty: (ROLES.index(duty.role), duty.place_name, duty.place)))


def _municipality_of(organisation: Organisation | None) -> str | None:
    """The municipality's code of an authority or an administration, its own or that of the one above it."""
    if organisation is None:
        return None
    above = organisation.parent.municipality if organisation.parent else ""
    return organisation.municipality or above or None


def for_roles(*roles: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page for these roles. A stranger is sent to the start page; any other role finds no page."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            asked = cast(AskedByDuty, request)
            if not request.user.is_authenticated:
                return redirect("start")
            if asked.duty is None and len(asked.duties) > 1:
                return redirect("choose_role")
            if asked.duty is None or asked.duty.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]  # the table of URLs by role reads it
        return guarded

    return wrap


def put_duties_on(request: HttpRequest) -> None:
    """Set `request.duties` and `request.duty` for the one who is signed in; empty for a stranger.

    The database is told too who asks, and by which role, at once: its fence shows what is reached by that one.
    """
    asked = cast(AskedByDuty, request)
    asked.duties, asked.duty = (), None
    if not isinstance(request.user, User) or not request.user.is_authenticated:
        ask_as_nobody()
        return
    taken = ask_by(request.user.pk, today_here(), request.session.get(CHOSEN) or "")
    asked.duties = duties_of(request.user, today_here())
    asked.duty = next((duty for duty in asked.duties if duty.key == taken), None)
