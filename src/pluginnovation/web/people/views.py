"""The start page, the choice of role, the ways in and out, and the page that isn't there."""

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.privacy.assurance import AUTHORITY, DEMO, Shown
from pluginnovation.records.refusals import Refusal

from .actions import enter_demo
from .asker import ask_as
from .demo import DEMO_ROLES, DEMO_SESSION, demo_is_open, demo_roles, has_made_up_facts
from .duties import CHOSEN, TITLES, AskedByDuty
from .models import Installation, User
from .signin.actions import note
from .signin.scripts import with_drafts
from .signin.sessions import begin, end, shown_in

WHAT_DEMO_ROLES_SEE = {
    "mentor": _("En klass: vad som är gemensamt i den, och vilka elever som väntar på någon."),
    "principal": _("Skolan: alla klasser, och om någon har missats."),
    "pupil_health": _("Samma skola, för elevhälsans veckomöte."),
    "youth_coordinator": _("Kommunens ungdomar under 20 år som inte går i någon skola."),
    "sub_project_leader": _("Ett delprojekt: vad ni vill, vad ni gör, vilka som deltar och vad registret säger."),
    "evaluator": _("Vad hjälpen ändrade: låsta frågor, svar och hur säkra de är. Aldrig en elev."),
    "process_leader": _("Alla delprojekt i ord och steg, och vilka som har tystnat. Aldrig en elev."),
    "regional_lead": _("Tretton kommuner i sammanställda tal. Aldrig en elev."),
    "administrator": _("Vad som har lästs in, och vad som inte togs emot."),
    "data_protection_officer": _(
        "Vem som har öppnat vilken elev, varför, och vad som gallras. Loggar, aldrig innehåll."
    ),
}


@with_drafts  # whoever has signed out lands here, and the script empties what the browser kept
@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The role's first page for the one who is signed in; for a stranger what this is, and the ways in."""
    asked = cast(AskedByDuty, request)
    if asked.duty is not None and asked.duty.home:
        return redirect(asked.duty.home)
    if asked.duty is None and len(asked.duties) > 1:
        return redirect("choose_role")
    here = Installation.objects.first()
    buttons = [] if request.user.is_authenticated or not demo_is_open() else _buttons()
    nothing_read = here is None or not (here.first_simulated_at or here.first_real_import_at)
    return render(request, "people/start.html", {"buttons": buttons, "nothing_read": nothing_read})


def _buttons() -> list[dict[str, object]]:
    users = {found.role: found.user for found in demo_roles()}
    return [
        {"role": role, "title": TITLES[role], "who": users[role].name, "sees": WHAT_DEMO_ROLES_SEE[role]}
        for role in DEMO_ROLES
        if role in users
    ]


@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Become one of the demo's people. A closed demo leads back to the start page, which says how to sign in."""
    try:
        user = enter_demo(role=request.POST.get("role", ""), at=now())
    except Refusal:
        return redirect("start")
    begin(request, user, Shown(DEMO), at=now())
    request.session[DEMO_SESSION] = True
    request.session[CHOSEN] = _first_key(user, request.POST["role"])
    return redirect("start")


def _first_key(user: User, role: str) -> str:
    from .clock import today
    from .duties import duties_of

    ask_as(user.pk, today())
    return next((duty.key for duty in duties_of(user, today()) if duty.role == role), "")


@never_cache
@require_http_methods(["GET", "POST"])
def choose_role(request: HttpRequest) -> HttpResponse:
    """The roles that one's duties give today, and the choice between them."""
    asked = cast(AskedByDuty, request)
    if not request.user.is_authenticated:
        return redirect("start")
    if request.method == "POST":
        chosen = request.POST.get("role", "")
        if chosen not in {duty.key for duty in asked.duties}:
            raise Http404
        request.session[CHOSEN] = chosen
        return redirect("start")
    return render(request, "people/roles.html", {"duties": asked.duties, "chosen": asked.duty})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, at once. Whoever came through an authority's service is told that it may go on there."""
    shown = shown_in(request)
    if isinstance(request.user, User):
        note("sign_out", user=request.user, at=now())
    end(request)
    if shown is not None and shown.how == AUTHORITY and shown.authority in settings.PLUG_AUTHORITIES:
        answer = redirect("signed_out", service=shown.authority)
    else:
        answer = redirect("start")
    # What a page left in the browser's stores goes too, without waiting for a script.
    answer["Clear-Site-Data"] = '"storage"'
    return answer


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's call
    """The same bytes whether a page is absent or refused: rendered without the request, so nothing of it shows."""
    return HttpResponseNotFound(render_to_string("404.html", {"chrome": {"simulated": has_made_up_facts()}}))


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's call
    """What was sent can't be read; nothing of it is said again."""
    return HttpResponseBadRequest(render_to_string("400.html", {"made_up": has_made_up_facts()}))
