"""Looking back at a case: planning a day for it, and saying how it went."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import user_of

from ..actions import Looked, follow_up, plan_follow_up
from ..case_door import ROLES, open_case_or_404, tried
from ..case_forms import LookForm, PlanForm
from .case import show_case


@for_roles(*ROLES)
@require_POST
def planned(request: HttpRequest, number: int) -> HttpResponse:
    """Set a day to look back."""
    case, person, grant = open_case_or_404(request, number)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return show_case(request, case, person, grant, {"plan_form": form, "wrong_form": form, "status": 422})
    due = form.cleaned_data["due"]
    refusal, status = tried(lambda: plan_follow_up(of=case, due=due, by=user_of(request), at=now()))
    if refusal:
        return show_case(request, case, person, grant, {"plan_form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Uppföljningen är planerad."))
    return redirect(f"{reverse('case', args=[case.pk])}#uppfoljning")


@for_roles(*ROLES)
@require_POST
def looked(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """Say how it went."""
    case, person, grant = open_case_or_404(request, number)
    found, form = case.follow_ups.filter(pk=row).first(), LookForm(request.POST)
    if found is None:
        raise Http404
    if not form.is_valid():
        more = {"look_form": form, "looked_at": row, "wrong_form": form, "status": 422}
        return show_case(request, case, person, grant, more)
    said = Looked(form.cleaned_data["result"], form.cleaned_data["text"])
    refusal, status = tried(lambda: follow_up(row=found, looked=said, by=user_of(request), at=now()))
    if refusal:
        more = {"look_form": form, "looked_at": row, "refusal": refusal, "status": status}
        return show_case(request, case, person, grant, more)
    messages.success(request, _("Uppföljningen är sparad."))
    return redirect(f"{reverse('case', args=[case.pk])}#uppfoljning")
