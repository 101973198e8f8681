"""Whether a dated thing holds on a day."""

from datetime import date


def covers(day: date, start: date | None, end: date | None) -> bool:
    """Whether the day lies in the period; both ends count, an empty end is open."""
    return (start is None or start <= day) and (end is None or day <= end)
