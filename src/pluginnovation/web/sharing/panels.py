"""Methods beside a case and a pupil: those that may fit, and those that its measures follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from pluginnovation.knowledge.matching import Need
from pluginnovation.privacy.emergency import EMERGENCY
from pluginnovation.privacy.grounds import Grant
from pluginnovation.privacy.secrecy import IN_CASES
from pluginnovation.web.people.models import Person
from pluginnovation.web.signals.chrome import SEES_PUPILS
from pluginnovation.web.signals.panels import FIRST, Panel
from pluginnovation.web.support.measure_words import kind_word
from pluginnovation.web.support.methods import CasePanel, NamedMethod, method_named
from pluginnovation.web.support.models import Case, Measure

from .current import catalogue_now
from .fits import suggested
from .needs import need_of_case, need_of_pupil

IN_A_CASE, BESIDE_A_PUPIL = 5, 3


@dataclass(frozen=True, slots=True)
class Followed:
    """A measure of the case and the method that it follows; none: words of somebody's own, or gone from the hub."""

    measure: Measure
    kind: str
    method: NamedMethod | None

    @property
    def points(self) -> Sequence[str]:
        """The points that it carries; for one begun before it carried any, the method's own."""
        return self.measure.fidelity_points or (self.method.fidelity if self.method else ())


def for_pupil(_request: HttpRequest, person: Person, grant: Grant) -> Panel | None:
    """Methods that may fit what is noticed; nothing when nothing is, or no catalogue is here. Five queries."""
    role = grant.ground.role
    if role not in SEES_PUPILS or grant.ground.reach == EMERGENCY or catalogue_now() is None:
        return None
    use = reverse("measure_open", args=[person.code])
    followed = set(Measure.objects.filter(pupil=person.code, ended_on=None).values_list("method", flat=True))
    need = need_of_pupil(person, in_cases=role in IN_CASES)
    rows = suggested(need, most=BESIDE_A_PUPIL, use=use, without=followed)
    return Panel(FIRST, "sharing/parts/panel_pupil.html", {"rows": rows}) if rows else None


def for_need(need: Need) -> CasePanel | None:
    """Methods that may fit a need that is no pupil's; nothing when none does. One query."""
    rows = suggested(need, most=IN_A_CASE)
    return CasePanel("sharing/parts/panel_need.html", {"rows": rows}) if rows else None


def for_case(_request: HttpRequest, case: Case, person: Person, _grant: Grant) -> CasePanel | None:
    """Methods that may fit an open case, and the points of those that its measures follow. Six queries."""
    measures = case.measures.exclude(method="").order_by("starts", "pk")
    followed = [Followed(row, kind_word(row.kind), method_named(row.method)) for row in measures]
    here = catalogue_now() is not None
    if not followed and (case.closed_at is not None or not here):
        return None
    rows = []
    if case.closed_at is None and here:
        use = reverse("case_measure", args=[case.pk])
        going_on = {row.measure.method for row in followed if row.measure.ended_on is None}
        rows = suggested(need_of_case(case, person), most=IN_A_CASE, use=use, without=going_on)
    told = {"rows": rows, "followed": followed, "open": case.closed_at is None, "case": case}
    return CasePanel("sharing/parts/panel_case.html", told)
