"""A principal's decision in a case, telling of it, and the action programme on paper."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.records.refusals import Refusal
from pluginnovation.support import case_states
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import refusal_text, user_of

from ..actions import Deciding, decide, tell_decision
from ..case_door import ROLES, open_case_or_404, tried
from ..case_forms import DecisionForm, StepForm
from ..programme import programme_of
from .case import show_case


@for_roles("principal")
@require_POST
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """Decide on special support."""
    case, person, grant = open_case_or_404(request, number)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return show_case(request, case, person, grant, {"decision_form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    deciding = Deciding(case_states.SPECIAL_SUPPORT, said["verdict"], said["text"], said["number"], grant.ground.role)
    refusal, status = tried(lambda: decide(case=case, deciding=deciding, by=user_of(request), at=now()))
    if refusal:
        # The words stay in the form, beside the decision that stands.
        more = {"decision_form": form, "refusal": refusal, "status": status}
        return show_case(request, case, person, grant, more)
    messages.success(
        request, _("Beslutet är sparat. Underrätta elev och vårdnadshavare om det och hur det överklagas.")
    )
    return redirect(f"{reverse('case', args=[case.pk])}#beslut")


@for_roles(*ROLES)
@require_POST
def told_of(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """Say when pupil and guardians were told of a decision."""
    case, person, grant = open_case_or_404(request, number)
    found, form = case.decisions.filter(pk=row).first(), StepForm(request.POST)
    if found is None:
        raise Http404
    if not form.is_valid():
        refusal, status = str(next(iter(form.errors.values()))[0]), 422
    else:
        on = form.cleaned_data["day"]
        refusal, status = tried(lambda: tell_decision(decision=found, on=on, by=user_of(request), at=now()))
    if refusal:
        return show_case(request, case, person, grant, {"refusal": refusal, "status": status})
    messages.success(request, _("Dagen är sparad."))
    return redirect(f"{reverse('case', args=[case.pk])}#beslut")


@for_roles(*ROLES)
@require_GET
def programme(request: HttpRequest, number: int) -> HttpResponse:
    """The action programme as a PDF that a screen reader can read. Only when it is decided that one is in force."""
    case, person, grant = open_case_or_404(request, number)
    row = case.decisions.filter(kind=case_states.SPECIAL_SUPPORT).select_related("by").order_by("-number").first()
    if row is None or row.verdict != case_states.GRANTED:
        raise Http404
    try:
        paper = programme_of(case, person, row)
    except Refusal as refused:
        return show_case(request, case, person, grant, {"refusal": refusal_text(refused), "status": 503})
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="atgardsprogram-{case.pk}.pdf"'
    return response
