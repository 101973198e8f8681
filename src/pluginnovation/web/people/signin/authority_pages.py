"""To a school authority's sign-in service, and back from it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from pluginnovation.records.refusals import Refusal

from ..models import User
from .actions import note, shown_by, user_of_authority
from .authorities import Authority
from .pages import said, signed_in
from .paths import path_back
from .scripts import with_passkeys


def _service_or_404(name: str) -> Authority:
    found: Authority | None = settings.PLUG_AUTHORITIES.get(name)
    if found is None:
        raise Http404
    return found


@never_cache
@with_passkeys
@require_GET
def sign_in_through(request: HttpRequest, service: str) -> HttpResponse:
    """Send the browser to the service. Somebody who is signed in already is asked anew there, and for more."""
    authority = _service_or_404(service)
    from .oidc import address_to_sign_in  # here, so that no start waits for a protocol that nobody has configured

    try:
        again = request.user.is_authenticated
        return redirect(address_to_sign_in(request, authority, back=path_back(request), again=again))
    except Refusal as refusal:
        return _refused(request, refusal)


@never_cache
@with_passkeys
@require_GET
def sign_in_answer(request: HttpRequest, service: str) -> HttpResponse:
    """What the service answers: checked, and then a session of our own."""
    authority, at = _service_or_404(service), now()
    from .oidc import asserted_in

    stepping = isinstance(request.user, User) and request.user.is_authenticated
    try:
        asserted, back = asserted_in(request, authority, at=at.timestamp())
        user = user_of_authority(authority, asserted, at=at)
    except Refusal as refusal:
        if refusal.code != "not_known_here":
            note("sign_in_failed", user=None, at=at, why=refusal.code, authority=authority.name)
        return _refused(request, refusal)
    signed_in(request, user, shown_by(authority, asserted), at=at)
    if stepping:
        note("step_up", user=user, at=at, how="authority", authority=authority.name)
    return redirect(path_back(request, back))


@never_cache
@require_GET
def signed_out(request: HttpRequest, service: str) -> HttpResponse:
    """The session here is over; the service's own may go on, and is ended from here by whoever wants to."""
    return render(request, "signin/signed_out.html", {"service": _service_or_404(service)})


@never_cache
@with_passkeys
@require_GET
def sign_out_there(request: HttpRequest, service: str) -> HttpResponse:
    """To where the service's own session ends. A service that has no such place leads to the start page."""
    authority = _service_or_404(service)
    from .oidc import address_to_sign_out

    try:
        return redirect(address_to_sign_out(request, authority) or "start")
    except Refusal as refusal:
        return _refused(request, refusal)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    status = {"service_silent": 502, "not_known_here": 403, "unknown_school": 403}.get(refusal.code, 400)
    context = {"services": settings.PLUG_AUTHORITIES.values(), "back": "/", "refused": said(refusal)}
    return render(request, "signin/sign_in.html", context, status=status)
