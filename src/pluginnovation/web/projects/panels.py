"""What a pupil's page tells of sub-projects: the one that the pupil takes part in, or those that there are."""

from django.http import HttpRequest

from pluginnovation.privacy.emergency import EMERGENCY
from pluginnovation.privacy.grounds import Grant
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.reach import covering
from pluginnovation.web.signals.chrome import SEES_PUPILS
from pluginnovation.web.signals.panels import BESIDE, Panel

from .models import Participant
from .pages.participants import projects_of


def sub_projects(_request: HttpRequest, person: Person, grant: Grant) -> Panel | None:
    """Where the pupil takes part today; nothing when no sub-project goes on at the school. Two queries."""
    if grant.ground.role not in SEES_PUPILS or grant.ground.reach == EMERGENCY:
        return None
    stays = list(Participant.objects.filter(covering(today()), pupil=person.code).select_related("sub_project"))
    others = projects_of(person.code).exclude(pk__in=[stay.sub_project_id for stay in stays]).exists()
    if not stays and not others:
        return None
    return Panel(BESIDE, "projects/parts/panel.html", {"person": person, "stays": stays, "others": others})
