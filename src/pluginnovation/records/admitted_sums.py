"""Sums of what is kept of an admitted pupil: minutes a month, and of the last four weeks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from .admitted import Row, Rows

# Below this share of the offered minutes reported, nothing is said about absence.
LEAST_COVERAGE: Final = 80
WINDOW: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes of teaching, and what is reported of them. Absence is excused and unexcused together."""

    offered: int = 0
    reported: int = 0
    excused: int = 0
    unexcused: int = 0

    @property
    def absence(self) -> int:
        """Excused and unexcused."""
        return self.excused + self.unexcused

    @property
    def is_known(self) -> bool:
        """Whether enough was reported to say anything."""
        return self.reported > 0 and self.reported * 100 >= LEAST_COVERAGE * self.offered

    @property
    def share(self) -> int | None:
        """Absence of what was reported, in whole per cent; None: unknown, which is neither zero nor fine."""
        return _percent(self.absence, self.reported) if self.is_known else None

    @property
    def coverage(self) -> int | None:
        """What was reported of what was offered, in whole per cent; None: nothing was offered."""
        return _percent(self.reported, self.offered) if self.offered else None


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole)


def by_month(kept: Rows) -> dict[str, Minutes]:
    """Minutes of each month with lessons ('2026-04'), the newest first."""
    months: dict[str, list[Row]] = {}
    for row in kept.get("lessons", {}).values():
        months.setdefault(row["date"][:7], []).append(row)
    return {month: _sum(months[month]) for month in sorted(months, reverse=True)}


def newest_day(kept: Rows, today: date) -> date | None:
    """The last day with a lesson that has come to pass; None: there is none."""
    days = [row["date"] for row in kept.get("lessons", {}).values() if row["date"] <= today.isoformat()]
    return date.fromisoformat(max(days)) if days else None


def last_weeks(kept: Rows, until: date) -> Minutes:
    """Minutes of the lessons of the four weeks that end with this day."""
    since = (until - WINDOW).isoformat()
    return _sum(row for row in kept.get("lessons", {}).values() if since < row["date"] <= until.isoformat())


def _sum(lessons: Iterable[Mapping[str, Any]]) -> Minutes:
    offered = reported = excused = unexcused = 0
    for row in lessons:
        offered += row["offered"] or 0
        if row["is_reported"]:
            reported += row["offered"] or 0
            excused += row["excused"] or 0
            unexcused += row["unexcused"] or 0
    return Minutes(offered, reported, excused, unexcused)
