"""The ten attendance signals computed the slow way: row by row, with exact fractions, straight from their definition.

Written from the words of the definition and not from the product's code, so that the two can be compared.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
LIMITS = {
    "absence_28d": (10, 15, 20),
    "absence_term": (10, 15, 20),
    "unexcused_28d": (5, 10, 15),
    "unexcused_month": (240, 480, 960),
    "repeated_absence_28d": (5, 8, 12),
    "rising_absence": (10, 15, 20),
    "absence_streak": (5, 10, 20),
    "subject_avoidance": (20, 40, 60),
    "lateness_28d": (5, 10, 15),
    "coverage_28d": (80, 60, 40),
}
FOREVER = date(9999, 12, 30)


@dataclass
class World:
    """All facts of a source, as rows."""

    lessons: list[Row] = field(default_factory=list)
    enrolments: list[Row] = field(default_factory=list)
    pupils: list[Row] = field(default_factory=list)
    outcome_events: list[Row] = field(default_factory=list)
    attendance_sums: list[Row] = field(default_factory=list)
    calendars: list[Row] = field(default_factory=list)
    organisations: list[Row] = field(default_factory=list)
    lateness_is_absence: bool = True


@dataclass(frozen=True)
class Said:
    """What one signal says about one pupil."""

    value: Fraction | None
    level: int | None
    numerator: int | None = None
    denominator: int | None = None
    school: str | None = None


def attendance_by_hand(world: World, as_of: date) -> dict[tuple[str, str], Said]:
    """(pupil, signal) -> what it says; a pair that doesn't apply is missing."""
    found: dict[tuple[str, str], Said] = {}
    names = {row["pupil"] for row in (*world.lessons, *world.attendance_sums)}
    for pupil in sorted(names):
        if _gone(world, pupil, as_of):
            continue
        for signal, said in OnePupil(world, pupil, as_of).signals():
            found[pupil, signal] = said
    return found


def _gone(world: World, pupil: str, as_of: date) -> bool:
    status = any(row["pupil"] == pupil and row["status"] in ("Avliden", "Utvandrad") for row in world.pupils)
    events = (row for row in world.outcome_events if row["pupil"] == pupil and row["date"] <= as_of)
    return status or any(row["event"] in ("deceased", "moved_abroad") for row in events)


class OnePupil:
    """One pupil's rows, and what follows from them."""

    def __init__(self, world: World, pupil: str, as_of: date) -> None:
        self.world, self.pupil, self.as_of = world, pupil, as_of
        self.enrolments = [row for row in world.enrolments if row["pupil"] == pupil]
        self.rows = [row for row in world.lessons if row["pupil"] == pupil and self._enrolled(row["date"])]
        self.sums = [row for row in world.attendance_sums if row["pupil"] == pupil]
        self.school = self._school()

    def _enrolled(self, day: date) -> bool:
        spans = [(row["start_date"], row["end_date"] or FOREVER) for row in self.enrolments]
        return not spans or any(first <= day <= last for first, last in spans)

    def _school(self) -> str | None:
        begun = [row for row in self.enrolments if row["start_date"] <= self.as_of]
        covering = [row for row in begun if (row["end_date"] or FOREVER) >= self.as_of]
        if covering:
            latest = max(row["start_date"] for row in covering)
            return min(row["organisation"] for row in covering if row["start_date"] == latest)
        if not begun:
            return None
        ended = max(row["end_date"] for row in begun)
        last = [row for row in begun if row["end_date"] == ended]
        latest = max(row["start_date"] for row in last)
        return min(row["organisation"] for row in last if row["start_date"] == latest)

    def _term(self) -> tuple[date, date]:
        autumn = self.as_of.month >= 8
        default = date(self.as_of.year, 8 if autumn else 1, 1)
        parents = {row["organisation"]: row["parent"] for row in self.world.organisations}
        at = self.school
        for _ in range(4):
            if at is None:
                break
            if term := self._calendar_term(at, default):
                return term
            at = parents.get(at)
        top = sorted({row["organisation"] for row in self.world.calendars if parents.get(row["organisation"]) is None})
        terms = [term for place in top if (term := self._calendar_term(place, default))]
        return terms[0] if terms else (default, self.as_of)

    def _calendar_term(self, organisation: str, default: date) -> tuple[date, date] | None:
        begun = [
            (row["start_date"], row["end_date"])
            for row in self.world.calendars
            if row["organisation"] == organisation
            and row["kind"] == "term"
            and row["start_date"] <= self.as_of
            and row["end_date"] >= default
        ]
        if not begun:
            return None
        first, last = max(begun)
        return first, min(last, self.as_of)

    def window(self, first: date, last: date) -> "Window | None":
        """The lesson rows in it, else the sums that end in it, else nothing."""
        rows = [row for row in self.rows if first <= row["date"] <= last]
        if rows:
            return Window(rows, None)
        sums = [row for row in self.sums if first <= row["end_date"] <= last]
        return Window([], sums) if sums else None

    def signals(self) -> list[tuple[str, Said]]:
        """Every signal that applies."""
        day = timedelta(days=1)
        short = self.window(self.as_of - 27 * day, self.as_of)
        before = self.window(self.as_of - 55 * day, self.as_of - 28 * day)
        term = self.window(*self._term())
        month = self.window(self.as_of.replace(day=1), self.as_of)
        said: list[tuple[str, Said]] = []
        if term:
            said.append(("absence_term", self._share("absence_term", term, 10, lambda w: w.absence)))
        if month and self._upper_secondary():
            said.append(("unexcused_month", self._count("unexcused_month", month.unexcused)))
        if not short:
            return said
        said.append(("absence_28d", self._share("absence_28d", short, 5, lambda w: w.absence)))
        said.append(("unexcused_28d", self._share("unexcused_28d", short, 5, lambda w: w.unexcused)))
        said.append(("repeated_absence_28d", self._count("repeated_absence_28d", self._days_away(short))))
        said.append(("rising_absence", self._rising(short, before)))
        if short.sums is not None or any(row["is_reported"] for row in short.rows):
            said.append(("absence_streak", self._count("absence_streak", self._streak(short))))
        said.append(("subject_avoidance", self._avoidance(short)))
        late = None if short.sums is not None else sum(row["late"] > 0 for row in short.rows)
        said.append(("lateness_28d", self._count("lateness_28d", late)))
        said.append(("coverage_28d", self._coverage(short)))
        return said

    def _upper_secondary(self) -> bool:
        first = self.as_of.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return any(
            row["school_type"] in ("GY", "GYS") and row["start_date"] <= last and (row["end_date"] or FOREVER) >= first
            for row in self.enrolments
        )

    def _level(self, signal: str, value: Fraction | None) -> int | None:
        return None if value is None else sum(value >= limit for limit in LIMITS[signal])

    def _share(self, signal: str, window: "Window", fewest: int, part: "Callable[[Window], int | None]") -> Said:
        value = window.share(part(window), fewest)
        level = self._level(signal, None if value is None else 100 * value)
        return Said(value, level, part(window), window.reported, self.school)

    def _count(self, signal: str, count: int | None) -> Said:
        value = None if count is None else Fraction(count)
        return Said(value, self._level(signal, value), school=self.school)

    def _days_away(self, window: "Window") -> int | None:
        if window.sums is not None:
            return None
        away = defaultdict(int)
        for row in window.rows:
            if row["is_reported"]:
                late = min(row["late"], row["unexcused"]) if self.world.lateness_is_absence else 0
                away[row["date"]] += row["excused"] + row["unexcused"] - late
        return sum(minutes > 0 for minutes in away.values())

    def _rising(self, short: "Window", before: "Window | None") -> Said:
        now = short.share(short.absence, 5)
        then = before.share(before.absence, 5) if before else None
        value = None if now is None or then is None else 100 * (now - then)
        return Said(value, self._level("rising_absence", value), school=self.school)

    def _streak(self, short: "Window") -> int | None:
        if short.sums is not None:
            return None
        by_day: dict[date, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row["is_reported"] and row["date"] <= self.as_of:
                by_day[row["date"]].append(row)
        streak = 0
        for day in sorted(by_day, reverse=True):
            absence = sum(row["excused"] + row["unexcused"] for row in by_day[day])
            if absence != sum(row["offered"] for row in by_day[day]):
                break
            streak += 1
        return streak

    def _avoidance(self, short: "Window") -> Said:
        value = self._avoided(short)
        return Said(value, self._level("subject_avoidance", value), school=self.school)

    def _avoided(self, short: "Window") -> Fraction | None:
        rows = short.rows or short.sums or []
        activities = sorted({row["activity"] for row in rows})
        if len(activities) < 2 or not short.enough_days(5):
            return None
        best: tuple[Fraction, str] | None = None
        for activity in activities:
            own = short.only(lambda row, name=activity: row["activity"] == name)
            share = own.share(own.absence, 0)
            if (
                share is not None
                and own.reported is not None
                and own.reported >= 120
                and (best is None or share > best[0])
            ):
                best = share, activity
        if best is None:
            return Fraction(0)
        rest = short.only(lambda row: row["activity"] != best[1])
        others = rest.share(rest.absence, 0)
        if others is None:
            return None
        avoided = 100 * best[0] >= 30 and 100 * others < 10
        return 100 * (best[0] - others) if avoided else Fraction(0)

    def _coverage(self, short: "Window") -> Said:
        if not short.offered or short.reported is None:
            return Said(None, None, short.reported, short.offered, self.school)
        value = Fraction(100 * short.reported, short.offered)
        level = sum(value < limit for limit in LIMITS["coverage_28d"])
        return Said(value, level, short.reported, short.offered, self.school)


def _added(values: list[int | None]) -> int | None:
    return None if any(value is None for value in values) else sum(value for value in values if value is not None)


@dataclass(frozen=True)
class Window:
    """Rows of lessons in a window, or instead (when there are none) rows of sums."""

    rows: list[Row]
    sums: list[Row] | None

    @property
    def offered(self) -> int | None:
        if self.sums is not None:
            return _added([row["offered"] for row in self.sums])
        return sum(row["offered"] for row in self.rows)

    @property
    def reported(self) -> int | None:
        if self.sums is not None:
            return _added([self._told(row) for row in self.sums])
        return sum(row["offered"] for row in self.rows if row["is_reported"])

    @staticmethod
    def _told(row: Row) -> int | None:
        if row["reported"] is not None:
            return row["reported"]
        return _added([row["attended"], row["other"] or 0, row["excused"], row["unexcused"]])

    @property
    def absence(self) -> int | None:
        if self.sums is not None:
            return _added([value for row in self.sums for value in (row["excused"], row["unexcused"])])
        return sum(row["excused"] + row["unexcused"] for row in self.rows if row["is_reported"])

    @property
    def unexcused(self) -> int | None:
        if self.sums is not None:
            return _added([row["unexcused"] for row in self.sums])
        return sum(row["unexcused"] for row in self.rows if row["is_reported"])

    def enough_days(self, fewest: int) -> bool:
        """Sums tell no days, so the rule isn't asked of them."""
        return self.sums is not None or len({row["date"] for row in self.rows if row["is_reported"]}) >= fewest

    def share(self, part: int | None, fewest: int) -> Fraction | None:
        """A part of the reported minutes, unknown by the rules of shares."""
        if part is None or not self.reported or self.offered is None or not self.enough_days(fewest):
            return None
        return None if 100 * self.reported < 80 * self.offered else Fraction(part, self.reported)

    def only(self, wanted: Callable[[Row], bool]) -> "Window":
        """The rows that are wanted."""
        sums = None if self.sums is None else [row for row in self.sums if wanted(row)]
        return Window([row for row in self.rows if wanted(row)], sums)
