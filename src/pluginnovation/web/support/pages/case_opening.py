"""Opening a case, and taking one up again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.case_states import KINDS
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import refusal_text, user_of
from pluginnovation.web.signals.chrome import show_source
from pluginnovation.web.signals.views.pupil import ground_of

from ..actions import Opening, open_case, reopen_case
from ..case_door import CONFLICTS, ROLES, open_case_or_404
from ..case_forms import OpeningForm
from ..case_reading import words_of_state
from ..colleagues import colleagues_at, school_of
from ..models import Case
from .case import show_case


@for_roles(*ROLES)
@require_http_methods(["GET", "POST"])
def open_page(request: HttpRequest, code: str) -> HttpResponse:
    """Open a case about a pupil. What is open already stands on the page, so that nobody opens a second."""
    person, grant = open_pupil_or_404(request, code, page="case")
    show_source(request, person.source)
    school = school_of(person.code)
    colleagues = colleagues_at(school)
    sent = request.POST if request.method == "POST" else None
    asked = request.GET.get("slag", "")
    initial = {"kind": asked if asked in KINDS else "", "owner": request.user.person_id or ""}  # type: ignore[union-attr]
    form = OpeningForm(sent, colleagues=colleagues, initial=initial)
    page: dict[str, Any] = {"person": person, "ground": ground_of(person, grant), "form": form}
    status = 200
    if sent is not None and form.is_valid():
        owner = form.cleaned_data["owner"]
        role = next((one.role for one in colleagues if one.code == owner), grant.ground.role)
        opening = Opening(person.code, school, form.cleaned_data["kind"], grant.ground.role, owner, role)
        try:
            case = open_case(opening=opening, by=user_of(request), at=now())
        except Refusal as refused:
            page["refusal"], status = refusal_text(refused), 409 if refused.code in CONFLICTS else 422
        else:
            messages.success(request, _("Ärendet är öppnat."))
            return redirect("case", number=case.pk)
    elif sent is not None:
        status = 422
    open_ones = Case.objects.filter(pupil=person.code, school=school, closed_at=None).order_by("opened_at")
    page["open"] = [(case, words_of_state(case)) for case in open_ones]
    return render(request, "support/case_open.html", page, status=status)


@for_roles(*ROLES)
@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Take a closed case up again, in a new one."""
    case, person, grant = open_case_or_404(request, number)
    opening = Opening(person.code, school_of(person.code), case.kind, grant.ground.role, case.owner, case.owner_role)
    try:
        made = reopen_case(case=case, opening=opening, by=user_of(request), at=now())
    except Refusal as refused:
        more = {"refusal": refusal_text(refused), "status": 409 if refused.code in CONFLICTS else 422}
        return show_case(request, case, person, grant, more)
    messages.success(request, _("Ärendet är upptaget igen."))
    return redirect("case", number=made.pk)
