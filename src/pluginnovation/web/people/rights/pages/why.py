"""Why may I see this pupil? The ground, with the duty, the dates and who told."""

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.privacy.emergency import EMERGENCY
from pluginnovation.privacy.extract import MAKERS
from pluginnovation.privacy.grounds import REACH_OF_ROLE
from pluginnovation.privacy.why import Why, why_sees
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import ActiveDuty, AskedByDuty, for_roles
from pluginnovation.web.people.models import Group, Organisation, Visit
from pluginnovation.web.people.places import place_of

from ..emergency import access_behind
from ..words import RULES, role_title, said


@dataclass(frozen=True, slots=True)
class Told:
    """One ground in words.

    through   the class, school or municipality
    decided   who told of the duty
    """

    role: str
    through: str
    rule: str
    decided: str
    why: Why


@for_roles(*REACH_OF_ROLE)
@require_GET
def why(request: HttpRequest, code: str) -> HttpResponse:
    """Every ground that holds today, and the one that the door took."""
    person, grant = open_pupil_or_404(request, code, page="why", in_emergency=True)
    duty = cast(ActiveDuty, cast(AskedByDuty, request).duty)
    grounds = why_sees(duty.held, place_of(person.code, person, today()), today())
    access = access_behind(grant.ground) if grant.ground.reach == EMERGENCY else None
    page = {
        "person": person,
        "grounds": [_told(one, duty) for one in grounds],
        "access": access,
        "rule": said(RULES, grant.ground.reach),
        "role": role_title(grant.ground.role),
        "may_extract": grant.ground.role in MAKERS and access is None,
        "visit": Visit.objects.get(pk=grant.visit),
    }
    return render(request, "people/rights/why.html", page)


def _told(why: Why, duty: ActiveDuty) -> Told:
    source = why.duty.source
    decided = _("Skolans register, källan %(source)s") % {"source": source} if source else _("Ett beslut, för hand")
    return Told(
        role_title(why.ground.role), _place(why.ground.through, duty), said(RULES, why.ground.reach), decided, why
    )


def _place(through: str, duty: ActiveDuty) -> str:
    """The name of what the ground reaches through: a group, a school, or the place of the duty."""
    models: tuple[Any, ...] = (Group, Organisation)
    names = (model.objects.filter(code=through).values_list("display_name", flat=True).first() for model in models)
    return next((name for name in names if name), duty.place_name)
