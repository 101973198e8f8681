"""Emergency access: asking for it, ending it, and reading what others did with it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pluginnovation.privacy.emergency import EMERGENCY, MAY_BE_LET, READERS
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty, for_roles
from pluginnovation.web.people.models import EmergencyAccess, Visit
from pluginnovation.web.people.reach import pupils_in_reach

from ..access_rules import access_rules_of
from ..asker import duty_of, refusal_text, user_of
from ..banner import hide_banner, show_banner
from ..emergency import emergencies_of, end_emergency, may_ask, note_read, open_emergency, told, unread
from ..forms import EmergencyForm
from ..mail import tell_readers
from ..words import PAGES, role_title, said

PAGE = 25
STATUS = {"tried_too_often": 429, "reason_too_short": 422}


@for_roles(*dict.fromkeys((*MAY_BE_LET, *READERS)))
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """Ask for emergency access; for readers also what others did with it."""
    duty = duty_of(request)
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, form)
    if not may_ask(duty):
        raise Http404
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        code, access = open_emergency(
            duty=duty, who=form.cleaned_data["who"], reason=form.cleaned_data["reason"], at=now()
        )
    except Refusal as refusal:
        return _page(request, form, refusal_text(refusal), STATUS.get(refusal.code, 404))
    if access is None:
        messages.success(request, _("Du har redan en vanlig grund för eleven. Ingen nödåtkomst behövdes."))
        return redirect("pupil", code=code)
    tell_readers(access)
    show_banner(request, access)
    return redirect("pupil", code=code)


@for_roles(*dict.fromkeys((*MAY_BE_LET, *READERS)))
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End an access: one's own, or one that one reads."""
    duty = duty_of(request)
    own = EmergencyAccess.objects.filter(by=duty.user)
    access = (own | emergencies_of(duty).order_by()).filter(pk=number).first()
    if access is None:
        raise Http404
    end_emergency(access=access, by=user_of(request), at=now())
    hide_banner(request)
    messages.success(request, _("Nödåtkomsten är avslutad."))
    return redirect("emergency" if duty.role in READERS else "start")


@for_roles(*READERS)
@require_POST
def read(request: HttpRequest, number: int) -> HttpResponse:
    """Say that one has read what was done. Nobody reads their own."""
    duty = duty_of(request)
    access = emergencies_of(duty).filter(pk=number).exclude(by=duty.user).first()
    if access is None:
        raise Http404
    note_read(access=access, role=duty.role, by=user_of(request), at=now())
    messages.success(request, _("Det är noterat att du har läst."))
    return redirect("emergency")


def _page(request: HttpRequest, form: EmergencyForm, refusal: str = "", status: int = 200) -> HttpResponse:
    duty = duty_of(request)
    rule = access_rules_of(duty.source).emergency
    shown = Paginator(emergencies_of(duty), PAGE).get_page(request.GET.get("sida"))
    page = {
        "form": form,
        "refusal": refusal,
        "may_ask": may_ask(duty),
        "rule": rule,
        "hours": rule.minutes // 60 if rule.minutes % 60 == 0 else 0,
        "reads": duty.role in READERS,
        "unread": unread(duty).count() if duty.role in READERS else 0,
        "shown": shown,
        "rows": _rows(duty, list(shown.object_list)),
    }
    return render(request, "people/rights/emergency.html", page, status=status)


def _rows(duty: ActiveDuty, found: list[EmergencyAccess]) -> list[dict[str, Any]]:
    """Each access with what was opened by it. The name stands only for a reader who has a ground to see the pupil."""
    codes = [row.pupil for row in found]
    names = {one.code: one.name for one in pupils_in_reach(duty, today()).filter(code__in=codes)}
    numbers = [str(row.pk) for row in found]
    opened: dict[str, list[Any]] = {}
    for visit in Visit.objects.filter(reach=EMERGENCY, through__in=numbers).order_by("at"):
        opened.setdefault(visit.through, []).append((visit.at, said(PAGES, visit.page)))
    return [
        told(row, now())
        | {
            "name": names.get(row.pupil, ""),
            "role": role_title(row.role),
            "opened": opened.get(str(row.pk), []),
            "own": row.by_id == duty.user,
            "read_at": row.principal_at if duty.role == "principal" else row.officer_at,
            "read_by": row.principal_by if duty.role == "principal" else row.officer_by,
        }
        for row in found
    ]
