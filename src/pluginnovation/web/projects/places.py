"""Where somebody applies from: the schools of a duty, its municipality, or where the sub-projects are that it leads."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Organisation
from pluginnovation.web.people.reach import schools_in_reach

from .door import AT_SCHOOL, COORDINATOR, LEADER, REGIONAL
from .models import Application, SubProject

APPLY = (*AT_SCHOOL, COORDINATOR, LEADER)


@dataclass(frozen=True, slots=True)
class Place:
    """A school with its municipality, or a municipality alone (`school` is empty)."""

    school: str
    municipality: str
    name: str

    @property
    def key(self) -> str:
        """What a choice of place is sent as."""
        return f"{self.school}.{self.municipality}"


def places_of(duty: ActiveDuty) -> list[Place]:
    """Where the duty may apply for, in the names' order."""
    if duty.role in AT_SCHOOL:
        schools = schools_in_reach(duty).select_related("parent").order_by("sort_key", "code")
        return [Place(one.code, municipality_of(one), one.display_name) for one in schools]
    if duty.role == COORDINATOR and duty.municipality:
        return [Place("", duty.municipality, duty.place_name)]
    if duty.role == LEADER:
        led = SubProject.objects.filter(pk__in=duty.sub_projects).values_list("school", "municipality").distinct()
        names = names_of(school for school, _town in led)
        towns = municipalities()
        return sorted(
            (Place(school, town, names.get(school) or towns.get(town, town)) for school, town in led),
            key=lambda place: place.name,
        )
    return []


def applications_in_reach(duty: ActiveDuty) -> QuerySet[Application]:
    """The applications that a duty may read: the region those that are sent in, others those of their own places."""
    if duty.role in REGIONAL:
        return Application.objects.exclude(submitted_at=None)
    mine = Q(pk__in=())
    for place in places_of(duty):
        mine |= Q(school=place.school, municipality=place.municipality)
    return Application.objects.filter(mine)


def municipality_of(school: Organisation) -> str:
    """The four digits of a school's municipality; empty when nobody says."""
    return school.municipality or (school.parent.municipality if school.parent else "") or ""


def municipalities() -> dict[str, str]:
    """The municipalities of this installation: four digits -> the authority's name, in the names' order."""
    rows = Organisation.objects.filter(organisation_type="Huvudman").exclude(municipality="")
    return {one.municipality: one.display_name for one in rows.order_by("sort_key", "code") if one.municipality}


def names_of(codes: object) -> dict[str, str]:
    """The names of schools by code."""
    wanted = [code for code in codes if code]  # type: ignore[attr-defined]
    return dict(Organisation.objects.filter(code__in=wanted).values_list("code", "display_name"))
