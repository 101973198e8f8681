"""Sweden's public holidays: days without school whatever a school's own calendar says."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

SATURDAY: Final = 5
# National Day became a public holiday in 2005, and took the place of Whit Monday.
NATIONAL_DAY_SINCE: Final = 2005


@dataclass(frozen=True, slots=True)
class Holiday:
    """One public holiday and its Swedish name."""

    day: date
    name: str


@cache
def public_holidays(year: int) -> tuple[Holiday, ...]:
    """The public holidays of a calendar year, in order; ordinary Sundays left out.

    Eves (midsummer, Christmas, New Year) aren't public holidays in the law. Terms end before them, or calendars say so.

    Source  the Act (1989:253) on public holidays
    """
    easter = easter_day(year)
    after_easter = ((-2, "Långfredagen"), (0, "Påskdagen"), (1, "Annandag påsk"), (39, "Kristi himmelsfärds dag"),
                    (49, "Pingstdagen"))  # fmt: skip
    fixed = ((1, 1, "Nyårsdagen"), (1, 6, "Trettondedag jul"), (5, 1, "Första maj"), (12, 25, "Juldagen"),
             (12, 26, "Annandag jul"))  # fmt: skip
    found = [Holiday(easter + timedelta(days=days), name) for days, name in after_easter]
    found += [Holiday(date(year, month, day), name) for month, day, name in fixed]
    found.append(Holiday(_saturday_from(date(year, 6, 20)), "Midsommardagen"))
    found.append(Holiday(_saturday_from(date(year, 10, 31)), "Alla helgons dag"))
    if year >= NATIONAL_DAY_SINCE:
        found.append(Holiday(date(year, 6, 6), "Sveriges nationaldag"))
    else:
        found.append(Holiday(easter + timedelta(days=50), "Annandag pingst"))
    return tuple(sorted(found, key=lambda holiday: (holiday.day, holiday.name)))


def is_public_holiday(day: date) -> bool:
    """Whether a day is a public holiday, Sundays included."""
    return day.weekday() > SATURDAY or any(holiday.day == day for holiday in public_holidays(day.year))


def easter_day(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, as Meeus prints it)."""
    golden, century, rest = year % 19, year // 100, year % 100
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    days = moon + weekday - 7 * late + 114
    return date(year, days // 31, days % 31 + 1)


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)
