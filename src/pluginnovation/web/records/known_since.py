"""Since when an installation has known anything."""

from datetime import date

from .models import Import


def imported_after(day: date) -> bool:
    """Whether nothing had been read in by a day: then what is dated by it is used as it is believed now."""
    return not Import.objects.filter(finished_at__date__lte=day).exists()
