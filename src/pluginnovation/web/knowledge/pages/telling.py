"""Mail to those who registered, where mail is set up. A mail server that doesn't answer takes nobody's place away."""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
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
    _mail(made.email, gettext("Din anmälan: {title}").format(title=made.event.title), f"{got} {about}")


def tell_moved_up(lucky: Iterable[Registration]) -> None:
    """Tell those who waited and have a place now, in their page's language: whoever made room may read another."""
    for each in lucky:
        where = settings.HUB_ADDRESS + (each.event.url or "")
        with override(each.event.locale.language_code):
            _mail(
                each.email,
                gettext("Du har fått en plats: {title}").format(title=each.event.title),
                gettext("En plats har blivit ledig, och den är din.\n\n{link}").format(link=where),
            )


def tell_changed(word: str, people: Iterable[Registration]) -> None:
    """Tell those who registered what is new, in the language of the page on which they did.

    Takes   word   OFF, HELD or CHANGED
    """
    for each in people:
        event = each.event
        with override(event.locale.language_code):
            link = settings.HUB_ADDRESS + (event.url or "")
            told = str(_TOLD[word]).format(when=_when(event))
            _mail(each.email, str(_SUBJECT[word]).format(title=event.title), f"{told}\n\n{link}")


def _when(event: EventPage) -> str:
    place = f", {event.place}" if event.place else ""
    return f"{on_day(event.starts)} {hours(event)}{place}"


def _mail(to: str, subject: str, text: str) -> None:
    if settings.EMAIL_HOST:
        send_mail(subject.replace("\n", " "), text, None, [to], fail_silently=True)
