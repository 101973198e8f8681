"""Names of adults in what leaves the installation: never one whose identity is protected."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from pluginnovation.web.people.models import User
from pluginnovation.web.people.models.person import NOT_PROTECTED


def staff_names(users: Iterable[int | None]) -> dict[int | None, str]:
    """What each is called in an extract: the name, or only that somebody is employed. One query."""
    rows = User.objects.filter(pk__in={user for user in users if user is not None})
    found: dict[int | None, str] = {None: _("Den som driver servern")}
    for pk, name, marking in rows.values_list("pk", "name", "person__security_marking"):
        found[pk] = name if name and marking in (None, NOT_PROTECTED) else _("En anställd")
    return found
