"""Promising something in a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import refusal_text, user_of
from pluginnovation.web.signals.chrome import show_source
from pluginnovation.web.signals.views.pupil import ground_of

from ..actions import Promise, promise
from ..case_door import ROLES, open_case_or_404
from ..colleagues import colleagues_at
from ..refused import case_is_closed
from .steps import StepForm


@for_roles(*ROLES)
@require_http_methods(["GET", "POST"])
def promise_page(request: HttpRequest, number: int) -> HttpResponse:
    """Say what is done next, by whom and by when."""
    case, person, grant = open_case_or_404(request, number)
    show_source(request, person.source)
    colleagues, user = colleagues_at(case.school), user_of(request)
    form = StepForm(
        request.POST if request.method == "POST" else None, colleagues=colleagues,
        initial={"owner": user.person_id or ""},
    )  # fmt: skip
    page: dict[str, Any] = {"case": case, "person": person, "ground": ground_of(person, grant), "form": form}
    if request.method != "POST":
        return render(request, "support/case_promise.html", page)
    if form.is_valid():
        said = form.cleaned_data
        promised = Promise(
            what=said["what"], then=said["then"], owner=form.chosen.code, owner_role=form.chosen.role, due=said["due"],
            pupil=person.code, school=case.school, case=case.pk,
        )  # fmt: skip
        try:
            if case.closed_at is not None:
                raise case_is_closed()
            promise(promised=promised, by=user, at=now())
        except Refusal as refused:
            page["refusal"] = refusal_text(refused)
        else:
            messages.success(request, _("Nästa steg är sparat."))
            return redirect("case", number=case.pk)
    return render(request, "support/case_promise.html", page, status=422)
