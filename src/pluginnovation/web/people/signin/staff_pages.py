"""The accounts, for an administrator: who can sign in, invitations, and closing an account at once."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pluginnovation.privacy.assurance import DEMO
from pluginnovation.records.refusals import Refusal

from ..clock import today
from ..duties import TITLES, for_roles
from ..rights.asker import user_of
from .accounts import Account, known_accounts, told, with_ways
from .actions import activate, deactivate, sign_out_everywhere
from .inviting import invite
from .pages import said
from .refused import own_account
from .sessions import is_fresh, shown_in

ON_A_PAGE: Final = 25


@never_cache
@for_roles("administrator")
@require_http_methods(["GET", "POST"])
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts that there are (`?vem=` searches login and name), and what is done to one of them."""
    if request.method == "GET":
        return _page(request)
    do = DOINGS.get(request.POST.get("what", ""))
    if do is None or _is_demo(request):
        raise Http404
    if not is_fresh(request, at=now()):
        return redirect(f"{reverse('step_up')}?anew=1&next={reverse('accounts')}")
    try:
        link = do(request, request.POST.get("who", "").replace("\x00", "").strip())
    except Refusal as refusal:
        return _page(request, refused=said(refusal))
    return _page(request, link=link) if link else redirect("accounts")


def _is_demo(request: HttpRequest) -> bool:
    shown = shown_in(request)
    return shown is None or shown.how == DEMO


def _page(request: HttpRequest, *, refused: str = "", link: str = "") -> HttpResponse:
    who = request.GET.get("vem", "").replace("\x00", "").strip()[:100]
    found = known_accounts(at=now()).filter(Q(login__icontains=who) | Q(name__icontains=who))
    shown = Paginator(with_ways(found, at=now()), ON_A_PAGE).get_page(request.GET.get("sida"))
    context: dict[str, Any] = {
        "vem": who, "shown": shown, "refused": refused, "link": link, "me": user_of(request).login,
        "rows": [(one, _roles(one), _ways(one)) for one in told(list(shown), today=today())],
        "demo": _is_demo(request), "fresh": is_fresh(request, at=now()),
    }  # fmt: skip
    return render(request, "signin/accounts.html", context, status=422 if refused else 200)


def _roles(one: Account) -> list[str]:
    return [str(TITLES[role]) for role in one.roles if role in TITLES]


def _ways(one: Account) -> list[str]:
    words = {
        "passkey": _("passernyckel"), "password and code": _("lösenord och kod"),
        "service": _("inloggningstjänst"), "link": _("inbjudan som gäller"),
    }  # fmt: skip
    return [words[way] for way in one.ways]


def _invite(request: HttpRequest, who: str) -> str:
    link = invite(who=who, address_of=lambda token: _address(request, token), by=user_of(request), at=now())
    if not link:
        messages.success(
            request, _("Inbjudan är skickad till adressen som källan har. Den gäller en gång, i 24 timmar.")
        )
    return link


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("invitation", args=[token]))


def _close(request: HttpRequest, who: str) -> str:
    if who == user_of(request).login:
        raise own_account()
    ended = deactivate(login=who, by=user_of(request), at=now())
    messages.success(request, _("Kontot är stängt. Avslutade inloggningar: %(n)d.") % {"n": ended})
    return ""


def _open(request: HttpRequest, who: str) -> str:
    activate(login=who, by=user_of(request), at=now())
    messages.success(request, _("Kontot är öppet igen, med de sätt att logga in som det hade."))
    return ""


def _sign_out(request: HttpRequest, who: str) -> str:
    if who == user_of(request).login:
        raise own_account()
    ended = sign_out_everywhere(login=who, by=user_of(request), at=now())
    messages.success(request, _("Avslutade inloggningar: %(n)d.") % {"n": ended})
    return ""


DOINGS: Final[dict[str, Callable[[HttpRequest, str], str]]] = {
    "invite": _invite, "close": _close, "open": _open, "out": _sign_out,
}  # fmt: skip
