"""Mail to those who registered, where mail is set up. A mail server that doesn't answer takes nobody's place away."""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext, gettext_lazy, override

from ..models import EventPage, Registration
from ..templatetags.hub import hours, on_day
from .registering import place_in_line

OFF, HELD, CHANGED = "off", "held", "changed"
_SUBJECT: Final = {
    OFF: gettext_lazy("Inställd: {title}"),
    HELD: gettext_lazy("Blir av: {title}"),
    CHANGED: gettext_lazy("Ändrad: {title}"),
}
_TOLD: Final = {
    OFF: gettext_lazy("Träffen är inställd. Du behöver inte göra något. Den skulle ha varit {when}."),
    HELD: gettext_lazy("Träffen blir av ändå, {when}. Din anmälan står kvar."),
    CHANGED: gettext_lazy("Träffen har en annan tid eller plats. Nu gäller {when}. Din anmälan står kvar."),
}


def tell_registered(made: Registration, link: str) -> None:
    """Send the link of a registration to whoever made it, and whether it is a place or one in line."""
    line = place_in_line(made)
    got = gettext("Du är nummer %(nr)s i kön.") % {"nr": line} if line else gettext("Du har en plats.")
    where = settings.HUB_ADDRESS + link
    about = gettext("Här ser du din anmälan, och här avanmäler du dig:\n\n{link}").format(link=where)
    _send(
        [
            EmailMessage(
                gettext("Din anmälan: {title}").format(title=made.event.title), f"{got} {about}", to=[made.email]
            )
        ]
    )


def tell_moved_up(lucky: Iterable[Registration]) -> None:
    """Tell those who waited and have a place now, in their page's language: whoever made room may read another."""
    _send([_moved_up(each) for each in lucky])


def _moved_up(each: Registration) -> EmailMessage:
    where = settings.HUB_ADDRESS + (each.event.url or "")
    with override(each.event.locale.language_code):
        subject = gettext("Du har fått en plats: {title}").format(title=each.event.title)
        said = gettext("En plats har blivit ledig, och den är din.\n\n{link}").format(link=where)
    return EmailMessage(subject, said, to=[each.email])


def tell_changed(word: str, people: Iterable[Registration]) -> None:
    """Tell those who registered what is new, in the language of the page on which they did.

    Takes   word   OFF, HELD or CHANGED
    """
    _send([_changed(word, each) for each in people])


def _changed(word: str, each: Registration) -> EmailMessage:
    event = each.event
    with override(event.locale.language_code):
        link = settings.HUB_ADDRESS + (event.url or "")
        told = str(_TOLD[word]).format(when=_when(event))
        return EmailMessage(str(_SUBJECT[word]).format(title=event.title), f"{told}\n\n{link}", to=[each.email])


def _when(event: EventPage) -> str:
    place = f", {event.place}" if event.place else ""
    return f"{on_day(event.starts)} {hours(event)}{place}"


def _send(letters: list[EmailMessage]) -> None:
    """All over one connection, so that a server that doesn't answer is waited for once."""
    if settings.EMAIL_HOST and letters:
        for letter in letters:
            letter.subject = letter.subject.replace("\n", " ")
        get_connection(fail_silently=True).send_messages(letters)
