"""What takes two people: asking, deciding, and doing what was approved."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.privacy import approvals as rules
from pluginnovation.privacy.approvals import APPROVED, BULK_EXPORT, DECIDED_BY, UNMASKING
from pluginnovation.privacy.grounds import REACH_OF_ROLE
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Approval

from ..approvals import Wanted, ask_approval, asked_of, decide_approval, seen_by, to_decide
from ..asker import duty_of, refusal_text, user_of
from ..bulk import done_by, wanted_of
from ..forms import AskForm, DecideForm
from ..words import APPROVALS, LISTS, STATES, role_title, said
from .unmask import shown_name

PAGE = 25
WHO = tuple(dict.fromkeys((*REACH_OF_ROLE, *(role for roles in DECIDED_BY.values() for role in roles))))


@for_roles(*WHO)
@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """What one has asked for, and what one may decide."""
    duty = duty_of(request)
    shown = Paginator(seen_by(duty), PAGE).get_page(request.GET.get("sida"))
    page = {
        "shown": shown,
        "rows": [_row(row, duty.user) for row in shown.object_list],
        "waiting": to_decide(duty, now()).count(),
        "may_unmask": duty.role in REACH_OF_ROLE and bool(duty.source),
    }
    return render(request, "people/rights/approvals.html", page)


@for_roles(*REACH_OF_ROLE)
@require_POST
def ask_list(request: HttpRequest) -> HttpResponse:
    """Ask to take out a long list: what it is comes signed from the page that offered it."""
    wanted, form, duty = wanted_of(request), AskForm(request.POST), duty_of(request)
    if wanted is None:
        raise Http404
    refusal = ""
    if form.is_valid():
        asked = Wanted(BULK_EXPORT, duty.source, wanted["what"], form.cleaned_data["reason"], pupils=wanted["pupils"])
        try:
            made = ask_approval(wanted=asked, role=duty.role, by=user_of(request), at=now())
        except Refusal as refused:
            refusal = refusal_text(refused)
        else:
            messages.success(request, _("Begäran är sparad. Någon annan beslutar om den."))
            return redirect("approval", number=made.pk)
    page = {
        "form": form,
        "wanted": request.POST["wanted"],
        "pupils": wanted["pupils"],
        "back": wanted["what"]["path"],
        "refusal": refusal,
    }
    return render(request, "people/rights/two.html", page, status=422)


@for_roles(*WHO)
@require_http_methods(["GET", "POST"])
def approval(request: HttpRequest, number: int) -> HttpResponse:
    """One request: what, why, who decided; and the decision, for the one who may."""
    row, duty = _seen(request, number), duty_of(request)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, row, form)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        decide_approval(approval=row, **form.cleaned_data, duty=duty, by=user_of(request), at=now())
    except Refusal as refusal:
        row.refresh_from_db()
        return _page(request, row, form, refusal_text(refusal), 409)
    yes = form.cleaned_data["verdict"] == APPROVED
    messages.success(request, _("Begäran är godkänd.") if yes else _("Begäran är avslagen."))
    return redirect("approval", number=number)


@for_roles(*REACH_OF_ROLE)
@require_POST
def use(request: HttpRequest, number: int) -> HttpResponse:
    """Do what was approved, once."""
    row = _seen(request, number)
    if row.asked_by_id != duty_of(request).user:
        raise Http404
    try:
        if not rules.may_use(asked_of(row), row.asked_by_id, now()):
            return _page(request, row, DecideForm(), _("Godkännandet gäller inte längre."), 409)
        return shown_name(request, row) if row.kind == UNMASKING else done_by(request, row)
    except Refusal as refusal:
        return _page(request, row, DecideForm(), refusal_text(refusal), 409)


def _seen(request: HttpRequest, number: int) -> Approval:
    row = seen_by(duty_of(request)).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _row(row: Approval, user: int) -> dict[str, Any]:
    state = rules.state_of(asked_of(row), now())
    return {
        "row": row,
        "kind": said(APPROVALS, row.kind),
        "state": state,
        "state_word": said(STATES, state),
        "own": row.asked_by_id == user,
        "role": role_title(row.asked_role),
    }


def _page(request: HttpRequest, row: Approval, form: DecideForm, refusal: str = "", status: int = 200) -> HttpResponse:
    duty, asked = duty_of(request), asked_of(row)
    page = _row(row, duty.user) | {
        "form": form,
        "refusal": refusal,
        "decides": rules.state_of(asked, now()) == rules.WAITS
        and rules.may_decide(asked, duty.user, duty.role, duty.source),
        "usable": rules.may_use(asked, duty.user, now()),
        "path": row.what.get("path", ""),
        "list": _list_named(row.what.get("path", "")),
        "decided_role": role_title(row.decided_role) if row.decided_role else "",
    }
    return render(request, "people/rights/approval.html", page, status=status)


def _list_named(path: str) -> str:
    """What the list at an address is called; empty: it has no name of its own."""
    if not path:
        return ""
    try:
        named = resolve(path).url_name
    except Resolver404:
        return ""
    return said(LISTS, named) if named in LISTS else ""
