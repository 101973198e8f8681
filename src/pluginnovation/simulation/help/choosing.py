"""Who is offered a measure: the designs that an evaluation will meet."""

from dataclasses import dataclass

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints
from pluginnovation.simulation.lives.seam import People, Seen
from pluginnovation.simulation.scenario import SubProject
from pluginnovation.simulation.scenario_switches import LOTTERY, NEVER, STAFF_CHOICE, THRESHOLD

from .draws import Draws, ranked
from .sites import SitePlan

ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """Who could have been offered it, who was, and what that was decided by. One entry per pupil.

    candidate  could have been offered it
    offered    was; only candidates
    starts     the term it begins in; -1 for those who weren't offered it
    site       school number when it was decided
    score      what the line was drawn in, as it was written down; nan in other designs
    chance     chance of being offered it, given everything it was decided by; 0 or 1 where nothing was left to chance
    absence, failed, passed   what was known of each when it was decided
    """

    candidate: Bools
    offered: Bools
    starts: Ints
    site: Ints
    score: Floats
    chance: Floats
    absence: Floats
    failed: Ints
    passed: Floats


@dataclass(frozen=True, slots=True)
class Known:
    """What staff decide by on the first day of a term."""

    people: People
    seen: Seen
    draws: Draws
    site: Ints


def decide(sub_project: SubProject, candidate: Bools, known: Known, plan: SitePlan) -> Offer:
    """The offer of a sub-project, on the day it is decided.

    Takes   candidate   who may be offered it
            plan        the schools, for designs that go by schools
    """
    seen = known.seen
    score = np.full(len(candidate), np.nan)
    match sub_project.assignment:
        case "lottery":
            offered, chance = _lot(sub_project, candidate, known)
        case "threshold":
            offered, chance, score = _line(sub_project, candidate, known)
        case "staff_choice":
            offered, chance = _staff(sub_project, candidate, known)
        case _:
            offered = candidate & (plan.starts(known.site) != NEVER)
            chance = np.where(candidate, sub_project.share, 0.0)
    by_pupil = sub_project.assignment in {LOTTERY, THRESHOLD, STAFF_CHOICE}
    starts = np.full(len(candidate), sub_project.start) if by_pupil else plan.starts(known.site)
    return Offer(
        candidate=candidate,
        offered=offered,
        starts=np.where(offered, starts, NEVER),
        site=known.site.copy(),
        score=score,
        chance=np.where(candidate, chance, 0.0),
        absence=seen.absence.copy(),
        failed=seen.failed.astype(np.int64),
        passed=seen.passed.copy(),
    )


def _lot(sub_project: SubProject, candidate: Bools, known: Known) -> tuple[Bools, Floats]:
    """A lottery within each school: the same share of places everywhere."""
    site = known.site
    rank, size = ranked(known.draws.per_pupil(f"{sub_project.key} lot"), site, candidate)
    places = np.floor(sub_project.share * size + known.draws.per_site(f"{sub_project.key} places", site))
    return candidate & (rank < places), np.full(len(site), sub_project.share)


def _line(sub_project: SubProject, candidate: Bools, known: Known) -> tuple[Bools, Floats, Floats]:
    """At the line or over. Somebody just under may be written down as over: adults nudge where it helps."""
    score = _score(sub_project, known.seen)
    near = (score < sub_project.cutoff) & (score >= sub_project.cutoff - sub_project.heaping_width)
    nudged = near & (known.draws.per_pupil(f"{sub_project.key} nudged") < sub_project.heaping)
    score = np.where(nudged, sub_project.cutoff, score)
    over = score >= sub_project.cutoff
    astray = known.draws.per_pupil(f"{sub_project.key} astray") < sub_project.fuzz
    chance = np.where(over, 1 - sub_project.fuzz, sub_project.fuzz)
    return candidate & (over != astray) & ~np.isnan(score), chance, np.where(candidate, score, np.nan)


def _score(sub_project: SubProject, seen: Seen) -> Floats:
    match sub_project.score:
        case "failed":
            return seen.failed.astype(np.float64)
        case "not_passed":
            return np.asarray(1 - seen.passed)
        case _:
            return seen.absence


def _staff(sub_project: SubProject, candidate: Bools, known: Known) -> tuple[Bools, Floats]:
    """Staff offer it to those who seem to need it, by what is recorded and by what only they notice."""
    _, group = np.unique(known.people.municipality, return_inverse=True)
    seen = known.seen
    need = (_standard(seen.absence, group, candidate) + _standard(1 - seen.passed, group, candidate)) / np.sqrt(2)
    wish = sub_project.strength * need - sub_project.gamma * known.people.motivation
    wish = wish - _level(wish, group, candidate, sub_project.share)
    chance = 1 / (1 + np.exp(-wish))
    return candidate & (known.draws.per_pupil(f"{sub_project.key} choice") < chance), chance


def _standard(values: Floats, group: Ints, among: Bools) -> Floats:
    """Standardised among the candidates of the same municipality; what isn't known counts as the mean."""
    known = among & ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    count = np.maximum(np.bincount(group, known), 1)
    mean = np.bincount(group, filled) / count
    away = np.where(known, values - mean[group], 0.0)
    spread = np.sqrt(np.bincount(group, away**2) / count)
    return np.asarray(away / np.where(spread > 0, spread, 1)[group])


def _level(wish: Floats, group: Ints, among: Bools, share: float) -> Floats:
    """What to take from everyone's wish so that the wanted share of each municipality's candidates is expected."""
    least, most = np.full(group.max() + 1, -60.0), np.full(group.max() + 1, 60.0)
    size = np.maximum(np.bincount(group, among), 1)
    for _ in range(ROUNDS):
        middle = (least + most) / 2
        expected = np.bincount(group, among / (1 + np.exp(np.clip(middle[group] - wish, -500, 500)))) / size
        too_many = expected > share
        least, most = np.where(too_many, middle, least), np.where(too_many, most, middle)
    return np.asarray(((least + most) / 2)[group])
