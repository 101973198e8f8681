"""Who asks for a page: the user and the chosen role, as the acts take them."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import get_language

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.duties import ActiveDuty, AskedByDuty
from pluginnovation.web.people.models import User


def user_of(request: HttpRequest) -> User:
    """The one who is signed in; the page has made sure that somebody is."""
    return cast(User, request.user)


def duty_of(request: HttpRequest) -> ActiveDuty:
    """The chosen role; the page has made sure that there is one."""
    return cast(ActiveDuty, cast(AskedByDuty, request).duty)


def refusal_text(refusal: Refusal) -> str:
    """A refusal in the page's language."""
    return refusal.text("en" if (get_language() or "").startswith("en") else "sv")
