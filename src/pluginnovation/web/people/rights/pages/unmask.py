"""The name behind a code, for somebody without a ground to see it: a principal decides, and it is shown once.

Never a protected one: nothing is kept of those, and what the principal has let in is for those named alone.
"""

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pluginnovation.privacy.approvals import UNMASKING
from pluginnovation.privacy.grounds import REACH_OF_ROLE
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Approval, Person, Visit

from ..approvals import Wanted, ask_approval, use_approval
from ..asker import duty_of, refusal_text, user_of
from ..forms import UnmaskForm
from ..refused import nobody_behind


@for_roles(*REACH_OF_ROLE)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to see a name. The answer is the same whether there is one behind the code or not."""
    duty, form = duty_of(request), UnmaskForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "people/rights/unmask.html", {"form": form})
    refusal = ""
    if form.is_valid():
        code = form.cleaned_data["who"].strip()[:16]
        wanted = Wanted(UNMASKING, duty.source, {"show": "name"}, form.cleaned_data["reason"], pupil=code, pupils=1)
        try:
            made = ask_approval(wanted=wanted, role=duty.role, by=user_of(request), at=now())
        except Refusal as refused:
            refusal = refusal_text(refused)
        else:
            messages.success(request, _("Begäran är sparad. En rektor beslutar om den."))
            return redirect("approval", number=made.pk)
    return render(request, "people/rights/unmask.html", {"form": form, "refusal": refusal}, status=422)


def shown_name(request: HttpRequest, row: Approval) -> HttpResponse:
    """The name, once, with the visit written down; the page is kept nowhere.

    Raises  Refusal when the approval is used or too old, and when nobody who may be shown is behind the code
    """
    duty = duty_of(request)
    with connection.cursor() as cursor:
        # The fence shows this page only those whom a ground opens: it hands out this one name, for this approval.
        cursor.execute("SELECT code, given_name, family_name FROM fence.unmasked(%s)", [row.pk])
        found = cursor.fetchone()
    if found is None:
        raise nobody_behind()
    use_approval(approval=row, by=user_of(request), at=now())
    person = Person(code=found[0], given_name=found[1], family_name=found[2])
    visit = Visit.objects.create(
        at=now(), viewer_id=duty.user, role=duty.role, reach="approval", through=str(row.pk), pupil=person.code,
        page="unmasked",
    )  # fmt: skip
    response = render(request, "people/rights/unmasked.html", {"person": person, "visit": visit, "row": row})
    response["Cache-Control"] = "no-store, private"
    return response
