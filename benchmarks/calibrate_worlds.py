"""Known truth: sub-projects in made-up lives, each lived with the help and without.

Each replication has pupils of its own. They live until the sub-project begins, and from there on the same chance is
lived with the help and without: the difference is the truth that the estimate is held against.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from pluginnovation.evidence.plan import Outcome, Plan, Window
from pluginnovation.evidence.power import Layout, forecast, spread_of
from pluginnovation.records.refusals import Refusal
from pluginnovation.simulation.help.choosing import Offer
from pluginnovation.simulation.help.persons import Persons
from pluginnovation.simulation.help.region import Parts, RegionHelp, make_ground
from pluginnovation.simulation.help.reports import participants
from pluginnovation.simulation.help.trial import Trial
from pluginnovation.simulation.lives.draws import make_draws
from pluginnovation.simulation.lives.life import Life, live_on, started
from pluginnovation.simulation.lives.people import some_people
from pluginnovation.simulation.lives.record import Lives
from pluginnovation.simulation.scenario import Records
from pluginnovation.simulation.scenario_read import parsed_scenario

WORTHWHILE = 3.0
TERMS_BEFORE = 4  # of a roll-out
TRIED = frozenset({"tried"})
OF_ALL = ("waiting_list", "school_draw", "threshold", "pool")  # answer what it would do to all who could be offered it
DRAWS: dict[str, Literal["pupils", "schools"]] = {
    "waiting_list": "pupils",
    "school_draw": "schools",
}  # designs that the planner plans, and what they draw


@dataclass(frozen=True, slots=True)
class Arm:
    """One situation that the engine is tried in.

    switches   of the sub-project, as a scenario file has them; effect: log-odds of absence (or of leaving)
    around     other tables of the scenario file: what is so of its world, its records, or of the effect
    holds      whether the design's assumptions do; None: it is shown what happens, and nothing is promised
    start, last   the terms that the help begins in and the outcome is read in
    lost       chance that a helped pupil with much absence can't be found again
    large      large enough to be sure: held to reaching the design's cap
    """

    name: str
    design: str
    switches: str
    pupils: int
    municipalities: int = 4
    effect: float = -0.6
    on: str = "absence"
    around: str = ""
    holds: bool | None = True
    start: int = 7
    last: int = 7
    lost: float = 0.0
    large: bool = True

    @property
    def parts(self) -> int:
        """The term from which the worlds differ: schools that began may have gone another way before."""
        if self.around:
            return 0
        return self.start - TERMS_BEFORE if self.design == "rollout" else self.start


@dataclass(frozen=True, slots=True)
class World:
    """The lives with the help, without it, and with it for all who could be offered it; and the help itself."""

    with_it: Lives
    without: Lives
    everyone: Lives
    trial: Trial
    records: Records

    @property
    def offer(self) -> Offer:
        """Who could be offered it, and who was."""
        assert self.trial.offer is not None
        return self.trial.offer

    def recorded(self, lives: Lives, term: int) -> np.ndarray:
        """Per cent of the teaching missed in a term, as the records count it by then."""
        change = self.records.recording_change_term
        times = self.records.recording_change if 0 <= change <= term else 1.0
        return np.asarray(100 * np.minimum(lives.missed[term] * times, 1.0))


def lived(arm: Arm, number: int) -> World:
    """One replication's worlds. The same arm and number give the same."""
    base = _base(arm, number)
    begins = "" if arm.design == "rollout" else f"start = {arm.start}"
    text = (
        f'name = "calibration"\n[everyday]\nmeasure_chance = 0\n[sub_projects.tried]\nmethod = "study_coach"\n'
        f"{begins}\nterms = {arm.last - arm.start + 1}\n{arm.switches}\n"
        f"[sub_projects.tried.effect]\n{arm.on} = {arm.effect}\n{arm.around}\n"
    )
    scenario, people = parsed_scenario(text), base.chances.people
    ground = make_ground(scenario, people, 100_000 + number)
    with_it, adults = _branch(arm, base, RegionHelp(ground, Parts(False, TRIED)))
    trial = adults.trials["tried"]
    if not arm.effect:  # the three worlds are one
        return World(with_it, with_it, with_it, trial, scenario.records)
    without, _ = _branch(arm, base, RegionHelp(ground, Parts(everyday=False)))
    everyone = with_it
    if arm.design in OF_ALL:
        everyone, _ = _branch(arm, base, RegionHelp(ground, Parts(False, TRIED, everyone="tried")))
    return World(with_it, without, everyone, trial, scenario.records)


def _branch(arm: Arm, base: Life, adults: RegionHelp) -> tuple[Lives, RegionHelp]:
    """One world from the day on which they part."""
    branch = base.branched(base.chances.draws)
    live_on(branch, range(arm.parts, arm.last + 1), adults)
    return branch.lives, adults


def _base(arm: Arm, number: int) -> Life:
    people = some_people(arm.pupils, arm.municipalities, 7_000 + number)
    life = started(people, make_draws(people, 7_000 + number))
    live_on(life, range(arm.parts))
    return life


def reported(world: World, arm: Arm) -> np.ndarray:
    """Each candidate's absence in the last term, per cent, as it came through the records; nan: missing."""
    lives, term = world.with_it, arm.last
    outcomes = {"absence": lives.missed[term], "passed": lives.passed[term], "in_school": lives.in_school[term] * 1.0}
    outcomes |= {"degree_4y": np.full(len(lives.missed[term]), np.nan)}
    rows = participants(world.trial, arm.last, outcomes, world.records, Persons(world.trial.people))
    once = rows.filter(rows["report"] < 2)  # a pupil who is sent twice is one pupil
    return np.asarray(100 * once["absence"].fill_null(np.nan).to_numpy())


def planned(arm: Arm, world: World, effect: float) -> float:
    """How often the planner says, from the terms before the start, that such an effect will be found; nan: it can't.

    It is asked as somebody would ask it: of pupils such as those who could be offered help, one term earlier.
    """
    drawn = DRAWS.get(arm.design)
    if drawn is None or not effect:
        return np.nan
    offer, lives, term = world.offer, world.without, arm.start - 1
    least = world.trial.sub_project.absence_from
    among = lives.in_school[term] & ~np.isnan(lives.missed[term]) & ~np.isnan(lives.absence[term - 1])
    among &= lives.absence[term - 1] >= least if least > 0 else offer.candidate
    school = np.unique(lives.unit[term][among], return_inverse=True)[1]
    pupils = np.unique(offer.site[offer.candidate], return_counts=True)[1]
    layout = Layout(drawn, len(pupils), float(pupils.mean()), float(offer.offered[offer.candidate].mean()))
    try:
        # What the estimate is going to explain by: absence and passes of the term before.
        passed = lives.passed[term - 1][among]
        known = [100 * lives.absence[term - 1][among], np.where(np.isnan(passed), np.nanmean(passed), passed)]
        spread = spread_of(100 * lives.missed[term][among], school, np.column_stack(known))
        return forecast(spread, layout, worthwhile=abs(effect), share_goes=-1 if effect < 0 else 1).found
    except Refusal:
        return np.nan


def kinds_of(offer: Offer) -> np.ndarray:
    """Kinds of pupils, by bands of absence and by passes: like is compared with like."""
    bands = np.digitize(np.nan_to_num(offer.absence), (0.05, 0.1, 0.2))
    return np.asarray(bands * 2 + (np.nan_to_num(offer.passed, nan=1.0) > 0.85), dtype=np.int64)


def plan_of(arm: Arm) -> Plan:
    """The question that the arm asks."""
    leaves = arm.on == "leaving"
    return Plan(
        name="calibration",
        question="Is the planted effect found again?",
        method="study-coach",
        design="waiting_list" if arm.design == "pool" else arm.design,
        comparison="as the design says",
        outcome=Outcome("left_school" if leaves else "absence_share", "yes_no" if leaves else "share", -1, WORTHWHILE),
        window=Window(date(2025, 8, 18), 120, date(2025, 9, 1), date(2025, 12, 19)),
    )
