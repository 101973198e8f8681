"""Numbers and dates as a Swede, or an English reader, writes them. Shares are rounded down: 9,96 % is not 10 %."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from pluginnovation.signals.rules import RULE_SET_1, RuleSet

SV, EN = "sv", "en"
_MONTHS: Final = {
    SV: ("januari", "februari", "mars", "april", "maj", "juni",
         "juli", "augusti", "september", "oktober", "november", "december"),
    EN: ("January", "February", "March", "April", "May", "June",
         "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
_WEEKDAYS: Final = {
    SV: ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_WORDS: Final = {
    SV: {"minute": ("minut", "minuter"), "day": ("dag", "dagar"), "lesson": ("lektion", "lektioner"),
         "school_day": ("skoldag", "skoldagar"), "month": ("månad", "månader"),
         "point": ("procentenhet", "procentenheter")},
    EN: {"minute": ("minute", "minutes"), "day": ("day", "days"), "lesson": ("lesson", "lessons"),
         "school_day": ("school day", "school days"), "month": ("month", "months"),
         "point": ("percentage point", "percentage points")},
}  # fmt: skip


# A hundred thousand pupils have the same few thousand numbers.
MOST_KEPT: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language writes figures, and the rule set whose limits are named.

    language   sv or en
    rules      the one that the figures were made with
    """

    language: str
    rules: RuleSet = RULE_SET_1

    def pick(self, sv: str, en: str) -> str:
        """The text in this language."""
        return sv if self.language == SV else en

    def number(self, value: int) -> str:
        """A whole number with its thousands apart."""
        return _number(self.language, value)

    def of(self, value: int, word: str) -> str:
        """A number with its word: 1 minut, 240 minuter."""
        return _of(self.language, value, word)

    def term(self, number: int) -> str:
        """A term as people write it, from twice its year, and one more in autumn: höstterminen 2025."""
        year, autumn = divmod(number, 2)
        return f"{self.pick('höstterminen', 'autumn') if autumn else self.pick('vårterminen', 'spring')} {year}"

    def percent(self, part: int, whole: int) -> str:
        """A part as whole percent, rounded down, and never 0 when there is something."""
        if 0 < 100 * part < whole:
            return self.pick("under 1 %", "under 1%")
        return self.whole_percent(100 * part // whole)

    def whole_percent(self, value: int) -> str:
        """Whole percent with its sign."""
        return f"{value} %" if self.language == SV else f"{value}%"

    def decimal(self, thousandths: int) -> str:
        """Tenths of a percent, from thousandths: 147 is 14,7."""
        sign, tenths = ("-" if thousandths < 0 else ""), abs(thousandths)
        mark = self.pick(",", ".")
        return f"{sign}{tenths // 10}{mark}{tenths % 10}" if tenths % 10 else f"{sign}{tenths // 10}"

    def decimal_percent(self, thousandths: int) -> str:
        """Percent with one decimal where there is one: 4,2 %."""
        return self.decimal(thousandths) + self.pick(" %", "%")

    def day(self, day: date) -> str:
        """23 april."""
        return f"{day.day} {_MONTHS[self.language][day.month - 1]}"

    def weekday(self, day: date) -> str:
        """torsdag 23 april."""
        return f"{_WEEKDAYS[self.language][day.weekday()]} {self.day(day)}"


@lru_cache(MOST_KEPT)
def _number(language: str, value: int) -> str:
    return f"{value:,}".replace(",", " ") if language == SV else f"{value:,}"


@lru_cache(MOST_KEPT)
def _of(language: str, value: int, word: str) -> str:
    one, many = _WORDS[language][word]
    return f"{_number(language, value)} {one if value == 1 else many}"
