"""What is noticed while a school year goes on: whom the attendance of the weeks so far shows, and who failed last term.

Everyday help is decided on a term's first day by the term before (`noticing.py`), and may lead to measures. In the year
that has lessons there is more to go by. Whoever is noticed by it is answered, at some schools soon and at others late,
and that is all: an answer alone changes nothing in a life, so these come when the lives are lived.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints

from .catalogue import ABSENCE, GRADES
from .noticing import DONE, NEEDS, WRONG, said
from .region import RegionHelp

FRIDAY: Final = 4
WINDOW, LEAST = 4, 2  # weeks that are looked back on, and how many of them must have something reported
# Days until somebody looks again: four weeks after an answer, which Bollnäs' policy on absence watches for, and a week
# where nobody noticed. How often each thing is done is ours: most of what a week shows is talked about.
AGAIN, PASSED_OVER = 28, 7
_SAID: Final = {ABSENCE: (0.66, 0.0, 0.33, 0.01), GRADES: (0.45, 0.45, 0.09, 0.01)}
LONGEST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Weeks:
    """The minutes of the year with lessons, week by week.

    person             the pupils' places among the people
    reported, absent   pupils x weeks since the first day of the year
    """

    person: Ints
    reported: Ints
    absent: Ints


@dataclass(frozen=True, slots=True)
class HalfYear:
    """A half of that year. The arrays have one entry for each of the people.

    number        2 x calendar year, plus one in autumn
    first, last   days since the first day of the year: its first school day and its last
    term, unit    which term each is in, and at which school
    failed        number of F and dashes in the grades of the half-year before
    """

    number: int
    first: int
    last: int
    term: Ints
    unit: Ints
    failed: Ints


class Weekly:
    """Mentors who look at the end of each week. Use it for one life of the region only, half-year by half-year."""

    def __init__(self, adults: RegionHelp, weeks: Weeks) -> None:
        self.noticing, self.draws, self.log = adults.ground.scenario.noticing, adults.ground.draws, adults.log
        self.weeks = weeks
        # The first day on which each is looked at again.
        self.again = np.zeros(len(adults.ground.people), dtype=np.int64)

    def look(self, half: HalfYear) -> None:
        """What is noticed in a half-year and answered before it ends; written down in the log."""
        if not self.noticing.weekly_chance:
            return
        pace = self.draws.normal_per_site("weekly pace", half.unit)
        mean = self.noticing.weekly_delay_days * np.exp(self.noticing.schools_differ * pace)
        for week in range(self.weeks.reported.shape[1]):
            if half.first <= 7 * week + FRIDAY <= half.last:
                self._week(week, half, mean)

    def _week(self, week: int, half: HalfYear, mean: Floats) -> None:
        friday = 7 * week + FRIDAY
        there, absent = self._attendance(week)
        failing = there & (half.failed >= self.noticing.weekly_failed_from)
        shown = (absent | failing) & (self.again <= friday)
        noticed = shown & (self._drawn("noticed", week) < self.noticing.weekly_chance)
        waited = np.minimum(-mean * np.log1p(-self._drawn("delay", week)), LONGEST)
        day = friday + np.floor(waited).astype(np.int64)
        self.again = np.select([noticed, shown], [day + AGAIN, friday + PASSED_OVER], self.again)
        answered = noticed & (day <= half.last)
        place = {
            "term": half.term, "half_year": half.number, "unit": half.unit, "group": 0, "day": day - half.first,
            "minute": self._drawn("minute", week) * 420, "given": friday - half.first,
        }  # fmt: skip
        for name, which in ((ABSENCE, absent), (GRADES, failing)):
            need = NEEDS.index(name)
            look = {"need": need, "look": len(NEEDS) * (week + 1) + need, "done": self._done(need, week)}
            self.log.add("answers", np.flatnonzero(answered & which), place | look)

    def _attendance(self, week: int) -> tuple[Bools, Bools]:
        """Who has something reported in the week and in enough before it, and which of them were away much."""
        window = slice(max(0, week - WINDOW + 1), week + 1)
        reported, absent = self.weeks.reported[:, window], self.weeks.absent[:, window].sum(axis=1)
        told = (reported[:, -1] > 0) & ((reported > 0).sum(axis=1) >= LEAST)
        much = told & (absent >= self.noticing.weekly_from * reported.sum(axis=1))
        found = np.zeros((2, len(self.again)), dtype=bool)
        found[:, self.weeks.person] = told, much
        return found[0], found[1]

    def _done(self, need: int, week: int) -> Ints:
        """What is done about each: one talk is about all that shows, so the same chance decides for both needs."""
        wrong = self._drawn("wrong", week) < self.noticing.judged_wrong
        at_once = said(np.full(len(wrong), need), self._drawn("word", week), _SAID)
        return np.where(wrong, DONE.index(WRONG), at_once)

    def _drawn(self, what: str, week: int) -> Floats:
        return self.draws.per_term(f"weekly {what}", week)
