"""Telling principals and data protection officers by mail what there is for them to read. Nobody is named."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import EmergencyAccess
from pluginnovation.web.people.sealed import identity_seal

LOG = logging.getLogger(__name__)
SUBJECT = "Nödåtkomst att läsa / Emergency access to read"
TEXT = (
    "En nödåtkomst har öppnats. Logga in och läs den på sidan Nödåtkomst (/nodatkomst/).\n\n"
    "An emergency access was opened. Sign in and read it on the page Emergency access (/nodatkomst/).\n"
)


ADMISSION = "Ett beslut om skyddade uppgifter / A decision about protected data"
ADMISSION_TEXT = (
    "Ett beslut att läsa in en elev med skyddade personuppgifter har fattats, ändrats eller upphört. Logga in och läs"
    " det på sidan Skyddade elever (/skyddade/).\n\n"
    "A decision to let in a pupil whose identity is protected was made, changed or has ended. Sign in and read it on"
    " the page Protected pupils (/skyddade/).\n"
)


MARKING = "Någon har fått skyddade personuppgifter / Somebody's identity is now protected"
MARKING_TEXT = (
    "En källa har märkt någon som fanns här med skyddade personuppgifter. Allt om personen är dolt och raderas."
    " Påminn skolan om att papper, utdrag och filer som någon redan har tagit ut också ska förstöras.\n\n"
    "A source has marked somebody who was here as protected. Everything about that person is hidden and being deleted."
    " Remind the school that papers, extracts and files that somebody has taken out must be destroyed too.\n"
)


def tell_of_marking() -> None:
    """Tell the data protection officer, when it is committed, that somebody who was here is protected now. Not who."""
    to = list(settings.PLUG_OFFICER_MAIL) if settings.EMAIL_HOST else []
    transaction.on_commit(lambda: _send(to, MARKING, MARKING_TEXT), robust=True)


def tell_officers() -> None:
    """Tell the data protection officer of a decision, made, changed or ended, when it is committed. Nobody is named."""
    to = list(settings.PLUG_OFFICER_MAIL) if settings.EMAIL_HOST else []
    transaction.on_commit(lambda: _send(to, ADMISSION, ADMISSION_TEXT), robust=True)


def tell_readers(access: EmergencyAccess) -> None:
    """Send the mail when the access is committed. A mail that doesn't leave changes nothing: the page tells too."""
    to = [*_principals(access), *settings.PLUG_OFFICER_MAIL] if settings.EMAIL_HOST else []
    transaction.on_commit(lambda: _send(to, SUBJECT, TEXT), robust=True)


def _send(to: Iterable[str], subject: str, text: str) -> None:
    for address in to:
        try:
            send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
        except OSError:
            LOG.warning("A mail to a reader of emergencies or decisions was not sent.")


def _principals(access: EmergencyAccess) -> list[str]:
    """The addresses of the principals of the pupil's school, whom the asker may not see: they come sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM fence.readers_of(%s, %s)", [access.pk, today()])
        return sorted({identity_seal().open(sealed) for (sealed,) in cursor.fetchall()})
