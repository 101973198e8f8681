"""The way into a sub-project: who may read it, and who may write in it. The database's fence draws the same line."""

from typing import Final

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.rights.asker import duty_of

from .models import SubProject

LEADER: Final = "sub_project_leader"
REGIONAL: Final = ("regional_lead", "process_leader")
AT_SCHOOL: Final = ("principal", "pupil_health")
COORDINATOR: Final = "youth_coordinator"
READS: Final = (LEADER, *REGIONAL, *AT_SCHOOL, COORDINATOR)


def sub_projects_in_reach(duty: ActiveDuty) -> QuerySet[SubProject]:
    """The sub-projects that a duty may read: the region all of them, others those that they lead or that are theirs."""
    if duty.role in REGIONAL:
        return SubProject.objects.all()
    if duty.role == LEADER:
        return SubProject.objects.filter(pk__in=duty.sub_projects)
    if duty.role in AT_SCHOOL:
        return SubProject.objects.filter(~Q(school=""), school__in=duty.units)
    if duty.role == COORDINATOR and duty.municipality:
        return SubProject.objects.filter(school="", municipality=duty.municipality)
    return SubProject.objects.none()


def open_sub_project_or_404(request: HttpRequest, number: int) -> SubProject:
    """A sub-project that the viewer may read.

    Raises  Http404, the same one, whether it doesn't exist or may not be seen
    """
    found = sub_projects_in_reach(duty_of(request)).filter(pk=number).select_related("programme").first()
    if found is None:
        raise Http404
    return found


def led_sub_project_or_404(request: HttpRequest, number: int) -> SubProject:
    """A sub-project that the viewer leads. Raises Http404 otherwise."""
    if duty_of(request).role != LEADER:
        raise Http404
    return open_sub_project_or_404(request, number)
