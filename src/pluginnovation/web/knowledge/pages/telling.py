"""Mail to those who registered, where mail is set up. A mail server that doesn't answer takes nobody's place away."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext, override

from ..models import Registration
from .registering import place_in_line


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


def _mail(to: str, subject: str, text: str) -> None:
    if settings.EMAIL_HOST:
        send_mail(subject.replace("\n", " "), text, None, [to], fail_silently=True)
