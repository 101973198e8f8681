"""The web's day."""

from datetime import date

from django.utils.timezone import localdate


def today() -> date:
    """The day in the installation's time zone: the one that duties and memberships are held against."""
    return localdate()
