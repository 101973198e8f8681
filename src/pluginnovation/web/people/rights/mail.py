"""Telling principals and the data protection officer by mail that an emergency access was opened. Nobody is named."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Duty, EmergencyAccess, Person
from pluginnovation.web.people.models.person import NOT_PROTECTED
from pluginnovation.web.people.reach import covering

LOG = logging.getLogger(__name__)
SUBJECT = "Nödåtkomst att läsa / Emergency access to read"
TEXT = (
    "En nödåtkomst har öppnats. Logga in och läs den på sidan Nödåtkomst (/nodatkomst/).\n\n"
    "An emergency access was opened. Sign in and read it on the page Emergency access (/nodatkomst/).\n"
)


def tell_readers(access: EmergencyAccess) -> None:
    """Send the mail when the access is committed. A mail that doesn't leave changes nothing: the page tells too."""
    transaction.on_commit(lambda: _send(access), robust=True)


def _send(access: EmergencyAccess) -> None:
    to = [*_principals(access), *settings.PLUG_OFFICER_MAIL]
    if not to or not settings.EMAIL_HOST:
        return
    for address in to:
        try:
            send_mail(SUBJECT, TEXT, settings.DEFAULT_FROM_EMAIL, [address])
        except OSError:
            LOG.warning("A mail about an emergency access was not sent.")


def _principals(access: EmergencyAccess) -> list[str]:
    held = Duty.objects.filter(covering(today()), role="principal", source=access.source, person__isnull=False)
    codes = held.filter(organisation__in=[access.school]).values("person")
    people = Person.objects.filter(code__in=codes, in_source=True, security_marking=NOT_PROTECTED)
    return sorted({person.email for person in people.filter(email__isnull=False) if person.email})
