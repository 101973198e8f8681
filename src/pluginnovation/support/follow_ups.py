"""When to look back, and what can be said then."""

from calendar import monthrange
from datetime import date
from typing import Final

# Months after a case was closed.
MONTHS: Final = (3, 6, 12)

RESULTS: Final = {
    "better": ("Bättre än före", "Better than before"),
    "same": ("Som före", "As before"),
    "worse": ("Sämre än före", "Worse than before"),
    "not_known": ("Går inte att veta", "Can't be known"),
}


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def after_closing(closed: date) -> dict[str, date]:
    """A kind of follow-up -> its day, for a case that is closed on a day."""
    return {str(months): months_after(closed, months) for months in MONTHS}
