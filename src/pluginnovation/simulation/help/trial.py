"""One sub-project as it is carried out: offered, begun, delivered, left, and what it does each term."""

from dataclasses import dataclass

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints
from pluginnovation.simulation.lives.seam import People, Seen
from pluginnovation.simulation.scenario import Circumstances
from pluginnovation.simulation.scenario_switches import IN_SCHOOL

from .catalogue import KEYS
from .choosing import Known, Offer, decide
from .course import OUTCOMES, by_absence, part_of_effect, planted, share_of_class
from .draws import ranked, spread
from .log import COMPLETED, DROPPED_OUT, FINISHED, LEFT_SCHOOL, MOVED, REASONS, RETURNED, UNKNOWN, Log
from .noticing import TERM_DAYS
from .shifts import Sums, are_present, class_of, days_at, nothing
from .sites import FIRST_UPPER_TERM, SitePlan, marked, site_of, site_strength

LATER = 10_000
BEGIN_DAYS, DOSE_DAYS = (5, 20), (TERM_DAYS + 2, TERM_DAYS + 3)
AT_FIRST, AT_LAST = (0, 5), (TERM_DAYS + 3, TERM_DAYS + 4)  # when in a term a measure can end


@dataclass(frozen=True, slots=True)
class _Now:
    """A term as it begins, and where to write down what is done in it."""

    seen: Seen
    log: Log


class Trial:
    """The state of one sub-project, one entry per pupil.

    offer      who was offered it; None until it is decided
    begun      took part for at least a while
    stop       the first term without it; 10,000 while it isn't known
    planned, delivered   times, summed over the terms
    everyone   offer it to all who could be offered it: the world that an average effect is measured in
    """

    def __init__(self, number: int, plan: SitePlan, people: People, world: Circumstances) -> None:
        self.number, self.plan, self.people, self.world = number, plan, people, world
        self.sub_project, self.draws = plan.sub_project, plan.draws
        size = len(people)
        self.everyone = False
        self.offer: Offer | None = None
        self.begun = np.zeros(size, dtype=bool)
        self.stop = np.full(size, LATER)
        self.planned, self.delivered = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)

    def before(self, seen: Seen, log: Log) -> Sums:
        """What it changes in a term; written down in the log."""
        if seen.term == self.sub_project.decided_in:
            self.offer = self._decide(seen)
            self._log_draw(self.offer, seen, log)
        if self.offer is None:
            return nothing(len(self.people))
        self._carry_out(self.offer, _Now(seen, log))
        return self._effect(self.offer, seen)

    def _decide(self, seen: Seen) -> Offer:
        known = Known(self.people, seen, self.draws, self._site(seen))
        offer = decide(self.sub_project, self._candidates(seen), known, self.plan)
        if not self.everyone:
            return offer
        starts = np.where(offer.offered, offer.starts, self.sub_project.first_term)
        return Offer(
            candidate=offer.candidate, offered=offer.candidate, starts=np.where(offer.candidate, starts, -1),
            site=offer.site, score=offer.score, chance=offer.chance, absence=offer.absence, failed=offer.failed,
            passed=offer.passed,
        )  # fmt: skip

    def _candidates(self, seen: Seen) -> Bools:
        asked = self.sub_project
        among = are_present(seen, asked.who)
        if asked.municipalities:
            among = among & np.isin(self.people.municipality, asked.municipalities)
        if asked.absence_from > 0:
            among = among & (seen.absence >= asked.absence_from)
        if asked.failed_from > 0:
            among = among & (seen.failed >= asked.failed_from)
        site = self._site(seen)
        tiny = marked(self.world.tiny_sites, "tiny sites", self.draws, site)
        rank, _ = ranked(self.draws.per_pupil(f"{asked.key} tiny"), site, among)
        return among & (~tiny | (rank < self.world.tiny_size))

    def _site(self, seen: Seen) -> Ints:
        return site_of(self.sub_project, self.people.municipality, seen.unit)

    def _carry_out(self, offer: Offer, now: _Now) -> None:
        """Begin, deliver, end: once a term, in that order."""
        seen, asked = now.seen, self.sub_project
        term = seen.term
        present = are_present(seen, asked.who)
        here = present & ((seen.unit == offer.site) | (asked.who != IN_SCHOOL) | self._changes_school(term))
        beginning = offer.offered & (offer.starts == term) & here
        beginning &= self.draws.per_pupil(f"{asked.key} take-up") < asked.take_up
        self.begun |= beginning
        self._log(beginning, "starts", now, {"method": KEYS.index(asked.method)}, BEGIN_DAYS)
        active = self.begun & (self.stop > term)
        moves = active & ~beginning & (self._drawn("moves", term) < self.world.movers)
        gone = active & ~beginning & ~(present if asked.who != IN_SCHOOL else here)
        for reason, who in self._reasons_gone(gone, moves, seen).items():
            self._end(who, reason, now, AT_FIRST)
        active &= ~gone & ~moves
        dropping = active & (self._drawn("drop-out", term) < asked.drop_out)
        dose = spread(self._drawn("dose", term), asked.delivered, asked.planned_dose)
        dose = np.where(dropping, dose // 2, dose)
        self.planned += np.where(active, asked.planned_dose, 0)
        self.delivered += np.where(active, dose, 0)
        columns = {"planned": asked.planned_dose, "delivered": dose}
        self._log(active, "doses", now, columns, DOSE_DAYS)
        self._end(dropping, DROPPED_OUT, now, AT_LAST)
        done = active & ~dropping & (term == offer.starts + asked.terms - 1)
        self._end(done, COMPLETED, now, AT_LAST)

    def _reasons_gone(self, gone: Bools, moves: Bools, seen: Seen) -> dict[str, Bools]:
        """Why those who aren't there any more aren't; each of them once."""
        done, inside = gone & seen.finished, gone & seen.in_school
        if self.sub_project.who != IN_SCHOOL:
            return {FINISHED: done, RETURNED: inside, MOVED: (gone & ~done & ~inside) | (moves & ~gone)}
        return {FINISHED: done, LEFT_SCHOOL: gone & ~done & ~inside, MOVED: inside | (moves & ~gone)}

    def _changes_school(self, term: int) -> bool:
        # What was decided in year 9 for the autumn after it is carried out where the pupil then goes.
        return self.sub_project.decided_in < FIRST_UPPER_TERM <= term and self.sub_project.first_term == term

    def _end(self, who: Bools, reason: str, now: _Now, days: tuple[int, int]) -> None:
        # Who is there until the last day has had the whole term.
        self.stop = np.where(who, now.seen.term + (days == AT_LAST), self.stop)
        self._log(who, "ends", now, {"reason": REASONS.index(reason), "delivered": self.delivered}, days)

    def _effect(self, offer: Offer, seen: Seen) -> Sums:
        asked, term = self.sub_project, seen.term
        took = offer.offered & (self.begun | (offer.starts == term + 1))
        part = part_of_effect(asked, term - offer.starts, term - self.stop + 1)
        dose = np.where(self.planned > 0, self.delivered / np.maximum(self.planned, 1), 1.0)
        whole = np.where(took, part * dose * by_absence(asked.by_absence, offer.absence), 0.0)
        if asked.spill_over > 0:
            reached = share_of_class(class_of(self.people, seen), seen.in_school, whole)
            whole = np.where(took | ~seen.in_school, whole, asked.spill_over * reached)
        strength = site_strength(asked, self.draws, offer.site)
        return {name: whole * planted(asked, name, strength) for name in OUTCOMES}

    def _drawn(self, what: str, term: int) -> Floats:
        return self.draws.per_term(f"{self.sub_project.key} {what}", term)

    def _log(self, who: Bools, name: str, now: _Now, columns: dict[str, object], days: tuple[int, int]) -> None:
        seen = now.seen
        place = {
            "term": seen.term, "half_year": seen.half_year, "unit": seen.unit, "trial": self.number, "need": 0,
            "group": class_of(self.people, seen), "minute": self._drawn("minute", seen.term) * 420,
            "day": days_at(self._drawn(f"{name} day", seen.term), *days), "planned": self.sub_project.planned_dose,
            "begun": self.offer.starts if self.offer else seen.term,
        }  # fmt: skip
        now.log.add(name, np.flatnonzero(who), place | columns)

    def _log_draw(self, offer: Offer, seen: Seen, log: Log) -> None:
        columns = {"term": seen.term, "half_year": seen.half_year, "unit": offer.site, "trial": self.number,
                   "offered": offer.offered, "score": _thousandths(offer.score)}  # fmt: skip
        log.add("draws", np.flatnonzero(offer.candidate), columns)


def _thousandths(score: Floats) -> Ints:
    """Scores as whole thousandths, rounded down: who was under the line stays under it."""
    known = ~np.isnan(score)
    return np.where(known, np.floor(1000 * np.where(known, score, 0.0) + 1e-9), UNKNOWN).astype(np.int64)
