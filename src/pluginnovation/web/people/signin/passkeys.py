"""Passkeys: what the browser is asked for, and what is believed of its answer.

The library that judges them is imported when the first passkey is, so that neither a start nor a command waits for it.
"""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ..models import User
from .refused import passkey_refused

# What the library, and what reads the browser's JSON, make of an answer that isn't one.
NO_ANSWER = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


def asked_to_sign_in() -> dict[str, Any]:
    """What the browser shall sign; the question waits in the session."""
    from allauth.mfa.webauthn.internal import auth

    return auth.begin_authentication(None)


def user_of_passkey(request: HttpRequest) -> User:
    """Whose passkey has signed: its owner was there, and known to the device.

    Raises  Refusal for an unknown or altered one, for an answer to another question, and for a closed account
    """
    from allauth.mfa.webauthn.internal import auth

    try:
        credential = json.loads(request.POST.get("credential", ""))
        user = auth.extract_user_from_response(credential)
        used: Authenticator = auth.complete_authentication(user, credential)
    except NO_ANSWER as error:
        raise passkey_refused() from error
    if not isinstance(user, User) or not user.is_active:
        raise passkey_refused()
    used.record_usage()
    return user


def asked_to_make(user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey that is enough alone."""
    from allauth.mfa.webauthn.internal import auth

    return auth.begin_registration(user, passwordless=True)


def kept_passkey(request: HttpRequest, user: User) -> Authenticator:
    """The passkey that the browser made, checked and kept.

    Raises  Refusal
    """
    from allauth.mfa.webauthn.internal import auth

    try:
        credential = json.loads(request.POST["credential"])
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
        made: Authenticator = auth.WebAuthn.add(user, "", credential).instance
    except NO_ANSWER as error:
        raise passkey_refused() from error
    return made
