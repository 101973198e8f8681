"""What a current-state analysis is made for: a school or a municipality by itself, an application, or a sub-project."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse

from pluginnovation.privacy.grounds import REACH_OF_ROLE, SCHOOL
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Organisation
from pluginnovation.web.people.rights.asker import duty_of

from ..application_door import reads_nothing
from ..models import Application, SubProject
from ..places import municipalities

WRITES: Final = ("principal", "pupil_health", "sub_project_leader", "youth_coordinator")
READS: Final = (*WRITES, "regional_lead", "process_leader")
OF_SCHOOL, OF_APPLICATION, OF_SUB_PROJECT, OF_MUNICIPALITY = "skola", "ansokan", "delprojekt", "kommun"


@dataclass(frozen=True, slots=True)
class Subject:
    """One.

    kind     OF_SCHOOL, OF_MUNICIPALITY, OF_APPLICATION or OF_SUB_PROJECT
    about    the school's code, the municipality's four digits, or the row's number
    school   the school's code; empty: the municipality is meant
    """

    kind: str
    about: str
    school: str
    municipality: str
    name: str
    application: int | None = None
    sub_project: int | None = None

    def address(self, page: str = "analysis", *more: object) -> str:
        """A page of this analysis."""
        return reverse(page, args=[self.kind, self.about, *more])

    @property
    def mine(self) -> Q:
        """The analyses made for exactly this."""
        if self.kind in (OF_SCHOOL, OF_MUNICIPALITY):
            return self._of_place
        return Q(application=self.application) if self.kind == OF_APPLICATION else Q(sub_project=self.sub_project)

    @property
    def begins_from(self) -> list[Q]:
        """Where a first version begins, the nearest first."""
        from_application = [Q(application=self.application)] if self.sub_project and self.application else []
        by_itself = self.kind in (OF_SCHOOL, OF_MUNICIPALITY)
        return [*from_application, *([] if by_itself or not (self.school or self.municipality) else [self._of_place])]

    @property
    def _of_place(self) -> Q:
        """The analysis of the school itself, or of the municipality itself."""
        place = Q(school=self.school) if self.school else Q(school="", municipality=self.municipality)
        return place & Q(application=None, sub_project=None)


def schools_led(duty: ActiveDuty) -> set[str]:
    """The schools where the duty writes analyses."""
    if duty.role not in WRITES:
        return set()
    led = SubProject.objects.filter(pk__in=duty.sub_projects).exclude(school="").values_list("school", flat=True)
    return (set(duty.units) if REACH_OF_ROLE.get(duty.role) == SCHOOL else set()) | set(led)


def subject_or_404(request: HttpRequest, kind: str, about: str) -> Subject:
    """What an address names, within what the duty reaches; the rows' own fence holds beside this.

    Raises  Http404, the same one, whether it doesn't exist or may not be seen
    """
    duty = duty_of(request)
    places = {OF_SCHOOL: _school, OF_MUNICIPALITY: _municipality}
    found = places[kind](duty, about) if kind in places else _row(request, kind, about)
    if found is None:
        raise Http404
    return found


def _school(duty: ActiveDuty, about: str) -> Subject | None:
    regional = duty.role not in WRITES
    if not regional and about not in schools_led(duty):
        return None
    place = Organisation.objects.filter(code=about.replace("\x00", "?")).select_related("parent").first()
    if place is None:
        return None
    town = place.municipality or (place.parent.municipality if place.parent else "")
    return Subject(OF_SCHOOL, place.code, place.code, town, place.display_name)


def _municipality(duty: ActiveDuty, about: str) -> Subject | None:
    """The municipality that the duty is in; for the region any that is here."""
    if not reached(duty, "", about):
        return None
    name = municipalities().get(about)
    return Subject(OF_MUNICIPALITY, about, "", about, name) if name else None


def _row(request: HttpRequest, kind: str, about: str) -> Subject | None:
    duty = duty_of(request)
    number = int(about) if about.isascii() and about.isdigit() and len(about) < 10 else 0
    if kind == OF_APPLICATION:
        row = Application.objects.filter(pk=number).first()
        if row is None or not reached(duty, row.school, row.municipality) or reads_nothing(request, row):
            return None
        return Subject(kind, about, row.school, row.municipality, row.name, application=row.pk)
    if kind == OF_SUB_PROJECT:
        sub = SubProject.objects.filter(pk=number).first()
        if sub is None or not (sub.pk in duty.sub_projects or reached(duty, sub.school, sub.municipality)):
            return None
        return Subject(kind, about, sub.school, sub.municipality, sub.name, sub.application_id, sub.pk)
    return None


def reached(duty: ActiveDuty, school: str, municipality: str) -> bool:
    """Whether what stands at a school, or at a municipality itself, may be read by the duty."""
    if duty.role not in WRITES:
        return duty.role in READS
    if school:
        return school in schools_led(duty)
    return bool(municipality) and duty.municipality == municipality


def may_write(request: HttpRequest) -> bool:
    """Whether the asker's role writes analyses; which ones, `subject_or_404` has said."""
    return duty_of(request).role in WRITES


def names_of(schools: Iterable[str]) -> dict[str, str]:
    """The schools' names. One query."""
    rows = Organisation.objects.filter(code__in=set(schools)).order_by("sort_key", "code")
    return dict(rows.values_list("code", "display_name"))
