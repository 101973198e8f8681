"""The three levels as what adults do."""

from django.utils.translation import gettext as _


def verb(level: int) -> str:
    """Ask, follow up, investigate."""
    return {1: _("Fråga"), 2: _("Följ upp"), 3: _("Utred")}[level]
