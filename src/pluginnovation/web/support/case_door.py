"""The way into a case: through the pupil's own door, and only for those at the school that has the case."""

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest

from pluginnovation.privacy.grounds import Grant
from pluginnovation.privacy.secrecy import IN_CASES
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.reach import of_todays_school
from pluginnovation.web.people.rights.asker import duty_of, refusal_text

from .models import Case, Measure

ROLES: Final = IN_CASES
# Refused since somebody else was first: the page says so by its status too.
CONFLICTS: Final = ("others_were_first", "decided_meanwhile", "moved_meanwhile", "already_done", "case_is_open")


def open_case_or_404(request: HttpRequest, number: int, *, page: str = "case") -> tuple[Case, Person, Grant]:
    """The case, its pupil and the grant. A case of another school is none, also when the pupil goes here now.

    Takes   page   what is looked at, as the log of visits calls it
    Raises  Http404, the same one, whether the case doesn't exist or may not be seen
    """
    case = Case.objects.filter(pk=number).first()
    here = case is not None and case.school in duty_of(request).units
    person, grant = open_pupil_or_404(request, case.pupil if case and here else "", page=page)
    if case is None:
        raise Http404
    return case, person, grant


def open_measure_or_404(request: HttpRequest, number: int) -> tuple[Measure, Person, Grant]:
    """A pupil's measure, the pupil and the grant. A measure of another school is none.

    Raises  Http404, the same one, whether the measure doesn't exist, is a group's or may not be seen
    """
    measure = Measure.objects.filter(of_todays_school(), pk=number).first()
    person, grant = open_pupil_or_404(request, measure.pupil if measure else "", page="measure")
    if measure is None:
        raise Http404
    return measure, person, grant


def tried(act: Callable[[], object]) -> tuple[str, int]:
    """What an act refuses, in the page's language, with the status that says so; empty and 200 when it is done."""
    try:
        act()
    except Refusal as refused:
        return refusal_text(refused), 409 if refused.code in CONFLICTS else 422
    return "", 200
