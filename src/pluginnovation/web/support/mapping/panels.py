"""Mapping on the pages of class and pupil: what the class's teachers say together, and the pupil's own words."""

from django.http import HttpRequest

from pluginnovation.privacy.emergency import EMERGENCY
from pluginnovation.privacy.grounds import Grant
from pluginnovation.web.people.models import Group, Person
from pluginnovation.web.people.reach import of_todays_school
from pluginnovation.web.people.rights.asker import duty_of
from pluginnovation.web.signals.panels import BESIDE, WITHIN, Panel

from ..models import PupilSheet
from .answers import is_open
from .reach import CLASS, TALKS
from .reading import picture_of
from .rounds import rounds_of


def class_says(request: HttpRequest, group: Group) -> Panel | None:
    """The latest round's answers about a class, in a sentence. At most six queries."""
    if group.group_type != CLASS or not group.organisation_id:
        return None
    rounds = rounds_of([group.organisation_id])
    found = next((one for one in rounds if is_open(one)), next(iter(rounds), None))
    picture = picture_of(found, group.code, None) if found else None
    told = {
        "group": group, "round": found, "open": found is not None and is_open(found), "picture": picture,
        "talks": duty_of(request).role in TALKS,
    }  # fmt: skip
    return Panel(WITHIN, "support/mapping/panel_class.html", told)


def pupil_says(_request: HttpRequest, person: Person, grant: Grant) -> Panel | None:
    """The pupil's latest own words, and the way to template B. One query."""
    if grant.ground.role not in TALKS or grant.ground.reach == EMERGENCY:
        return None
    sheets = PupilSheet.objects.filter(of_todays_school(), pupil=person.code).select_related("by")
    sheet = sheets.order_by("-round__first", "-round", "-version").first()
    return Panel(BESIDE, "support/mapping/panel_pupil.html", {"person": person, "sheet": sheet})
