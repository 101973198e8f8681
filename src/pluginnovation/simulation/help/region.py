"""The help of a scenario, term by term: circumstances that hold in every world, everyday help, and sub-projects."""

from dataclasses import dataclass, replace

import numpy as np

from pluginnovation.simulation.chance import Bools
from pluginnovation.simulation.lives.seam import People, Seen, Shifts
from pluginnovation.simulation.scenario import Scenario
from pluginnovation.simulation.scenario_switches import NEVER

from .draws import Draws
from .log import Log
from .noticing import Everyday
from .shifts import Sums, added, as_shifts, nothing
from .sites import SitePlan, goes_by_site, marked, site_of
from .trial import Trial

LOGISTIC_VARIANCE = np.pi**2 / 3


@dataclass(frozen=True, slots=True)
class Parts:
    """Which help there is in a world.

    everyday       mentors answer signals
    sub_projects   the keys of those that are carried out
    everyone       key of the sub-project that is offered to all who could be offered it; '' for none
    """

    everyday: bool = True
    sub_projects: frozenset[str] = frozenset()
    everyone: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all worlds of a scenario share: the people, the chance, and which schools are chosen."""

    scenario: Scenario
    people: People
    draws: Draws
    plans: dict[str, SitePlan]


def make_ground(scenario: Scenario, people: People, seed: int) -> Ground:
    """The ground that every world of the scenario stands on. The schools are drawn in the first world that is lived."""
    draws = Draws(seed, people.municipality)
    plans = {key: SitePlan(each, draws) for key, each in scenario.sub_projects.items()}
    return Ground(scenario, people, draws, plans)


class RegionHelp:
    """A `Help`: what the adults of a scenario do in one world. Use it for one life of the region only.

    log      what they did
    trials   the sub-projects that are carried out, by key
    """

    def __init__(self, ground: Ground, parts: Parts) -> None:
        self.ground, self.parts, self.log = ground, parts, Log()
        scenario = ground.scenario
        self._everyday = Everyday(scenario, ground.people, ground.draws) if parts.everyday else None
        self.trials = {
            key: Trial(number, ground.plans[key], ground.people, scenario.world)
            for number, key in enumerate(scenario.sub_projects)
            if key in parts.sub_projects
        }
        for key, trial in self.trials.items():
            trial.everyone = key == parts.everyone

    def before(self, term: int, seen: Seen) -> Shifts:
        """What changes in a term."""
        assert term == seen.term
        for plan in self.ground.plans.values():
            if goes_by_site(plan.sub_project):
                plan.settle(term, seen.unit, seen.in_school)
        total = self._circumstances(seen)
        recorded = self._as_recorded(seen)
        if self._everyday:
            total = added(total, self._everyday.before(recorded, self.log))
        for trial in self.trials.values():
            total = added(total, trial.before(recorded, self.log))
        return as_shifts(total)

    def _circumstances(self, seen: Seen) -> Sums:
        """What is so with help and without: schools that differ, and chosen schools that were on their way anyhow."""
        total = nothing(len(seen.unit))
        share = self.ground.scenario.world.icc
        if share > 0:
            own = self.ground.draws.normal_per_site("schools differ", seen.unit)
            own = np.where(seen.in_school, own * np.sqrt(share / (1 - share) * LOGISTIC_VARIANCE), 0.0)
            total = total | {"absence": own, "passing": -own}
        for plan in self.ground.plans.values():
            slope, since = plan.sub_project.pre_trend, seen.term - plan.stage
            if slope and since > 0:
                site = site_of(plan.sub_project, self.ground.people.municipality, seen.unit)
                chosen = seen.in_school & (plan.starts(site) != NEVER)
                total = total | {"absence": total["absence"] + np.where(chosen, slope * since, 0.0)}
        return total

    def _as_recorded(self, seen: Seen) -> Seen:
        """What adults can read: absence as it was recorded."""
        change = self.ground.scenario.records
        if change.recording_change_term == NEVER or seen.term <= change.recording_change_term:
            return seen
        counted = np.minimum(1.0, seen.absence * change.recording_change)
        return replace(seen, absence=np.where(self.records_anew(seen), counted, seen.absence))

    def records_anew(self, seen: Seen) -> Bools:
        """Whose school has changed its way to record."""
        return marked(self.ground.scenario.records.recording_change_sites, "records anew", self.ground.draws, seen.unit)
