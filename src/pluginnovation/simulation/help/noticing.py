"""Everyday help: signals that somebody notices, or not, how long it takes, and the measure that may follow."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints
from pluginnovation.simulation.lives.seam import People, Seen
from pluginnovation.simulation.scenario import Scenario

from .catalogue import ABSENCE, GRADES, METHODS, WITHOUT_SCHOOL, answering
from .course import OUTCOMES
from .draws import Draws, spread
from .log import COMPLETED, DROPPED_OUT, EVERYDAY, REASONS, Log
from .shifts import Sums, are_present, class_of, nothing

NEEDS: Final = ("", ABSENCE, GRADES, WITHOUT_SCHOOL)
TERM_DAYS: Final = 115

# What an adult does at once, and how often each about each need. Ours: no source counts answers.
TALKED, ADAPTED, GUARDIAN, PUPIL_HEALTH = "talked_with_pupil", "adapted_teaching", "guardian_contact", "pupil_health"
WRONG, ONLY_SEEN = "wrong_signal", "only_seen"
DONE: Final = (TALKED, ADAPTED, GUARDIAN, PUPIL_HEALTH, WRONG, ONLY_SEEN)
_SAID: Final = {ABSENCE: (0.55, 0.0, 0.3, 0.15), GRADES: (0.3, 0.45, 0.1, 0.15), WITHOUT_SCHOOL: (0.8, 0.0, 0.2, 0.0)}


class Everyday:
    """What mentors and coordinators do of their own accord, term by term."""

    def __init__(self, scenario: Scenario, people: People, draws: Draws) -> None:
        self.noticing, self.everyday = scenario.noticing, scenario.everyday
        self.people, self.draws = people, draws

    def before(self, seen: Seen, log: Log) -> Sums:
        """What everyday help changes in a term; written down in the log."""
        need = self._needs(seen)
        given = np.floor(self._drawn("given", seen) * self.noticing.given_days).astype(np.int64)
        day = given + self._days(seen.term)
        answered = (need > 0) & (self._drawn("noticed", seen) < self.noticing.notice_chance) & (day <= TERM_DAYS)
        wrong = answered & (self._drawn("wrong", seen) < self.noticing.judged_wrong)
        idle = answered & ~wrong & (self._drawn("only seen", seen) < self.noticing.only_seen)
        at_once = said(need, self._drawn("word", seen), _SAID)
        done = np.select([wrong, idle], [DONE.index(WRONG), DONE.index(ONLY_SEEN)], at_once)
        place = {
            "term": seen.term, "half_year": seen.half_year, "unit": seen.unit, "need": need, "day": day,
            "group": class_of(self.people, seen), "minute": self._drawn("minute", seen) * 420,
        }  # fmt: skip
        log.add("answers", np.flatnonzero(answered), place | {"done": done, "given": given, "look": 0})
        began = answered & ~wrong & ~idle & (self._drawn("measure", seen) < self.everyday.measure_chance)
        began &= self._drawn("take-up", seen) < self.everyday.take_up
        return self._measures(began, seen, place, log)

    def _needs(self, seen: Seen) -> Ints:
        """The kind of signal: absence before grades; youths without a school have their own."""
        failing = seen.in_school & (seen.failed >= self.noticing.failed_from)
        missing = seen.in_school & (seen.absence >= self.noticing.absence_from)
        outside = are_present(seen, "out_of_school")
        return np.select([outside, missing, failing], [3, 1, 2], 0)

    def _days(self, term: int) -> Ints:
        """How many days a noticed signal waits for an answer: most few, some many."""
        waited = -self.noticing.delay_days * np.log1p(-self.draws.per_term("everyday delay", term))
        return np.floor(np.minimum(waited, 10_000)).astype(np.int64)

    def _measures(self, began: Bools, seen: Seen, place: dict[str, object], log: Log) -> Sums:
        method = self._methods(place["need"], seen)
        planned = np.array([each.dose for each in METHODS])[method]
        # What is left of the term when it begins: a late answer has less time to help.
        left = np.clip(1 - np.asarray(place["day"]) / TERM_DAYS, 0, 1)
        planned = np.maximum(1, np.round(planned * left)).astype(np.int64)
        dropped = self._drawn("drop-out", seen) < self.everyday.drop_out
        delivered = self._delivered(planned, seen)
        delivered = np.where(dropped, delivered // 2, delivered)
        who = np.flatnonzero(began)
        row = place | {
            "trial": EVERYDAY,
            "begun": seen.term,
            "method": method,
            "planned": planned,
            "delivered": delivered,
        }
        reason = np.where(dropped, REASONS.index(DROPPED_OUT), REASONS.index(COMPLETED))
        log.add("starts", who, row | {"day": np.minimum(np.asarray(place["day"]) + 1, TERM_DAYS + 1)})
        log.add("doses", who, row | {"day": TERM_DAYS + 2})
        log.add("ends", who, row | {"day": TERM_DAYS + 3, "reason": reason})
        part = np.where(began, left * delivered / planned, 0.0)
        effect = self.everyday.effect
        return nothing(0) if not len(part) else {name: getattr(effect, name) * part for name in OUTCOMES}

    def _methods(self, need: object, seen: Seen) -> Ints:
        uniform = self._drawn("method", seen)
        method = np.zeros(len(uniform), dtype=np.int64)
        for place, name in enumerate(NEEDS[1:], 1):
            known = np.array(answering(name))
            method = np.where(np.asarray(need) == place, known[np.floor(uniform * len(known)).astype(int)], method)
        return method

    def _delivered(self, planned: Ints, seen: Seen) -> Ints:
        uniform = self._drawn("dose", seen)
        delivered = np.zeros(len(planned), dtype=np.int64)
        for times in np.unique(planned).tolist():
            same = planned == times
            delivered[same] = spread(uniform[same], self.everyday.delivered, times)
        return delivered

    def _drawn(self, what: str, seen: Seen) -> Floats:
        return self.draws.per_term(f"everyday {what}", seen.term)


def said(need: Ints, uniform: Floats, often: Mapping[str, tuple[float, ...]]) -> Ints:
    """What is done at once about each need (place in NEEDS), by chance: places in DONE.

    Takes   often   about each need, how often each of the first of DONE is what is done
    """
    done = np.zeros(len(need), dtype=np.int64)
    for place, name in enumerate(NEEDS[1:], 1):
        if name in often:
            done = np.where(need == place, np.searchsorted(np.cumsum(often[name])[:-1], uniform, side="right"), done)
    return done
