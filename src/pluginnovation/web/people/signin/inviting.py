"""An invitation from a page. An administrator never holds a link that leads to pupils, or into somebody's account.

Who has an address in the source gets the link there. Where there is none, the page shows a link only to an account that
nobody can sign in to yet and whose roles reach no pupil; any other is made at the command line, by whoever runs it.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from ..actions import GIVEN_BY_HAND, make_sign_in_link
from ..clock import today
from ..duties import duties_of
from ..models import Person, User
from ..refused import nobody_to_sign_in
from ..staff import staff_called
from .accounts import ways_of, with_ways
from .refused import mail_not_sent, not_from_the_page, own_account

SUBJECT = "Välj hur du loggar in / Choose how to sign in"
TEXT = (
    "Du är inbjuden att logga in i PlugInnovation. Länken gäller en gång, i 24 timmar:\n{link}\n\n"
    "You are invited to sign in to PlugInnovation. The link works once, for 24 hours:\n{link}\n"
)


def invite(*, who: str, address_of: Callable[[str], str], by: User, at: datetime) -> str:
    """Invite a staff member; the link to hand over, or empty when it was sent to the person's own address.

    Takes   who         the person's code, a login, or an EPPN
            address_of  the address that opens with a token
    Raises  Refusal for oneself, for nobody with a duty, without an address where one is needed, and when the mail
            server doesn't answer; no link is then left
    """
    user = staff_called(who)
    if user is None:
        raise nobody_to_sign_in()
    if user.pk == by.pk:
        raise own_account()
    mail = _mail_of(user)
    if not mail and not _may_be_shown(user, at):
        raise not_from_the_page()
    with transaction.atomic():
        link = address_of(make_sign_in_link(who=user.login, by=by, at=at))
        if mail:
            _send(mail, link)
    return "" if mail else link


def _mail_of(user: User) -> str:
    if not settings.EMAIL_HOST or not user.person_id:
        return ""
    person = Person.objects.filter(code=user.person_id, in_source=True).only("email").first()
    return person.email or "" if person else ""


def _may_be_shown(user: User, at: datetime) -> bool:
    here = with_ways(User.objects.filter(pk=user.pk), at=at).get()
    roles = {duty.role for duty in duties_of(user, today())}
    return set(ways_of(here)) <= {"link"} and roles <= set(GIVEN_BY_HAND)


def _send(mail: str, link: str) -> None:
    try:
        send_mail(SUBJECT, TEXT.format(link=link), settings.DEFAULT_FROM_EMAIL, [mail])
    except OSError as error:
        raise mail_not_sent() from error
