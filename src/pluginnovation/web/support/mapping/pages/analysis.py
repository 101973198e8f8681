"""The joint analysis of a class: what stands out, the register's figures beside, and what the adults see in it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.analysis import small, tally
from pluginnovation.support.connectedness import DIMENSIONS
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import TITLES, for_roles
from pluginnovation.web.people.models import Group
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.signals.chrome import show_source
from pluginnovation.web.signals.models import GroupSnapshot
from pluginnovation.web.signals.rule_sets import rules_of

from ...models import JointAnalysis, MappingRound
from ..analyses import SeenTogether, save_analysis
from ..asked import number_in, text_in
from ..measures import measures_told
from ..reach import TALKS, teachers_of
from ..reading import GoingOn, going_on, measures_from, newest_analyses, picture_of, pupil_template
from ..words import DIMENSION
from .class_answers import class_asked, people_of


@dataclass(frozen=True, slots=True)
class PupilsTold:
    """What pupils say in template B, together.

    n       how many have answered
    few     so few that nothing is told together
    parts   each part with its statements and tallies
    """

    n: int
    few: bool
    parts: tuple[tuple[Any, tuple[tuple[Any, Any], ...]], ...]


def pupils_told(found: MappingRound, rows: list[GoingOn]) -> PupilsTold:
    """Template B of a class as counts, unless they are few."""
    sheets = [one.sheet.answers for one in rows if one.sheet]
    template = pupil_template(found)
    if small(len(sheets)) or not sheets:
        return PupilsTold(len(sheets), small(len(sheets)), ())
    parts = tuple(
        (DIMENSION[part], tuple((one, tally(sheets, one.key)) for one in template.of(part))) for part in DIMENSIONS
    )
    return PupilsTold(len(sheets), few=False, parts=parts)


@for_roles(*TALKS)
@require_http_methods(["GET", "POST"])
def analysis(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """What a class's answers tell, and what the adults write down about it together."""
    found, group = class_asked(request, number, code)
    newest = newest_analyses(found, [group.code]).get(group.code)
    if request.method == "GET":
        said: dict[str, Any] = {"seen": "", "why": "", "present": [duty_of(request).role]}
        if newest:
            said = {"seen": newest.seen, "why": newest.why, "present": newest.present}
        return _page(request, found, group, said | {"newest": newest})
    present = [role for role in TALKS if f"med-{role}" in request.POST]
    together = SeenTogether(
        text_in(request, "seen"), text_in(request, "why"), tuple(present), number_in(request, "sett")
    )
    said = {"seen": together.seen, "why": together.why, "present": present}
    try:
        save_analysis(
            of_round=found, group=group, said=together, by=user_of(request), role=duty_of(request).role, at=now()
        )
    except Refusal as why:
        theirs = newest_analyses(found, [group.code]).get(group.code)
        return _page(request, found, group, said | {"newest": theirs, "refusal": why})
    messages.success(request, _("Analysen är sparad. Välj nu vad som ska ändras, eller låt det vara som det är."))
    return redirect("mapping_analysis", found.pk, group.code)


def _page(request: HttpRequest, found: MappingRound, group: Group, said: dict[str, Any]) -> HttpResponse:
    refusal: Refusal | None = said.get("refusal")
    conflict = refusal is not None and refusal.code == "somebody_saved"
    newest: JointAnalysis | None = said["newest"]
    run = show_source(request, group.source)
    teachers = teachers_of([group.code], today())[group.code]
    picture = picture_of(found, group.code, teachers)
    rows = going_on(picture.template, people_of(request, group), found)
    page = {
        "round": found, "group": group, "picture": picture, "run": run, "rules": rules_of(run),
        "asked": max(len(teachers), len(picture.sheets)),
        "figures": GroupSnapshot.objects.filter(group=group.code).first(),
        "going_on": rows, "pupils": pupils_told(found, rows), "said": said, "newest": newest,
        "theirs": newest if conflict else None,
        "present": [TITLES[role] for role in TALKS if newest and role in newest.present],
        "roles": [(role, TITLES[role], role in said["present"]) for role in TALKS],
        "refusal": refusal_text(refusal) if refusal else "",
        "measures": measures_told([one.measure for one in measures_from(found, group.code)]),
    }  # fmt: skip
    return render(request, "support/mapping/analysis.html", page, status=409 if conflict else 422 if refusal else 200)
