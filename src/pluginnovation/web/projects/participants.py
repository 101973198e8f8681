"""Who takes part in which sub-project, as the door asks."""

from typing import Any

from django.db.models import QuerySet

from .models import Participant


def stays() -> QuerySet[Any]:
    """Everybody's time in sub-projects; see `people.participation`."""
    return Participant.objects.all()
