"""Lives that are simple enough to know by heart: what help does to them can be worked out beside the code."""

from dataclasses import dataclass

import numpy as np

from pluginnovation.simulation.chance import stream
from pluginnovation.simulation.lives.seam import TERMS, Help, People, Seen
from pluginnovation.simulation.scenario import Scenario
from pluginnovation.simulation.scenario_read import parsed_scenario
from pluginnovation.simulation.worlds import Lived, Worlds, live_worlds

SUBJECTS = 16
LESSONS = 200
ADDED = ("absence", "passing", "leaving", "returning")


def odds(share: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-share))


def some_people(size: int = 2_000, *, schools: int = 15, municipalities: int = 3, seed: int = 1) -> People:
    """Pupils dealt out over schools; each school has classes of about twenty-five."""
    rng = stream(seed, "stand-in people")
    number = np.sort(np.arange(size) % schools)
    school = 1000 * (number % municipalities + 1) + number
    class_no = number * 100 + (np.arange(size) // 25) % 100
    motivation = rng.standard_normal(size)
    return People(
        municipality=number % municipalities + 1, school=school, class_no=class_no, sex=rng.integers(2, size=size),
        parents=rng.integers(3, size=size), origin=rng.integers(5, size=size), born=np.full(size, 2008),
        ability=rng.standard_normal(size), motivation=motivation,
    )  # fmt: skip


@dataclass(frozen=True)
class StandIn:
    """Absence, grades, leaving and returning as plain logits; every draw is made before anything happens."""

    people: People
    seed: int

    def __call__(self, help_: Help | None) -> Lived:
        size, rng = len(self.people), stream(self.seed, "stand-in lives")
        lessons, graded = rng.standard_normal((TERMS, size)), rng.random((TERMS, SUBJECTS, size))
        leave, back = rng.random((TERMS, size)), rng.random((TERMS, size))
        shape = (TERMS, size)
        absence, passed = np.full(shape, np.nan), np.full(shape, np.nan)
        inside, unit = np.zeros(shape, bool), np.zeros(shape, np.int64)
        left = np.full(size, -1)
        now, last = np.ones(size, bool), (np.full(size, np.nan), np.full(size, np.nan))
        for term in range(TERMS):
            inside[term] = now if term < 16 else False
            unit[term] = self.people.school + (500 if term > 9 else 0)
            done = (term > 15) & inside[15] & (np.nan_to_num(passed[10:16]).mean(axis=0) > 0.6)
            seen = self.seen(term, inside[term], unit[term], (*last, done))
            shift = help_.before(term, seen) if help_ else None
            add = {name: getattr(shift, name) if shift else 0.0 for name in ADDED}
            wish, able = self.people.motivation, self.people.ability
            missed = odds(-2.6 - 0.5 * wish - 0.3 * able + 0.3 * lessons[term] + add["absence"])
            # What keeps somebody going shows late, so earlier grades don't tell all of it.
            pass_ = odds(1.4 + (0.6 if term < 7 else 1.2) * wish + 0.9 * able - 2 * missed + add["passing"])
            absence[term] = np.where(inside[term], np.round(missed * LESSONS) / LESSONS, np.nan)
            share = (graded[term] < pass_).mean(axis=0)
            passed[term] = np.where(inside[term], share, np.nan)
            goes = (term > 9) & (leave[term] < odds(-4.5 + 6 * missed - 0.4 * wish + add["leaving"]))
            comes = (term > 9) & (back[term] < odds(-2.5 + add["returning"]))
            left = np.where(now & goes & (left < 0), term, left)
            last = (absence[term], passed[term])
            now = np.where(now, ~goes, comes)
        done = inside[15] & (np.nan_to_num(passed[10:16]).mean(axis=0) > 0.6)
        degree, nobody = np.where(done, 15, -1), np.full(size, -1)
        return Lived(self.half_years(), inside, unit, absence, absence, passed, degree, nobody, left)

    def half_years(self) -> np.ndarray:
        first = 2 * (self.people.born + 11) + 1
        return first + np.arange(TERMS)[:, None]

    def seen(self, term: int, inside: np.ndarray, unit: np.ndarray, last: tuple[np.ndarray, ...]) -> Seen:
        absence, passed, finished = last
        failed = np.round((1 - np.nan_to_num(passed, nan=1.0)) * SUBJECTS).astype(np.int64)
        return Seen(
            term=term, half_year=self.half_years()[term], in_school=inside, absence=absence, passed=passed,
            failed=failed, unit=unit, programme=np.where(term > 9, self.people.class_no % 5, -1), finished=finished,
        )  # fmt: skip


QUIET = """
name = "test"
[everyday]
measure_chance = 0
[sub_projects.tried]
method = "study_coach"
"""


def scenario(switches: str, *, first: str = "") -> Scenario:
    """One sub-project and no everyday help; `first` stands before it."""
    return parsed_scenario(QUIET.replace("[sub_projects.tried]", f"{first}\n[sub_projects.tried]") + switches)


def worlds(said: Scenario, *, size: int = 2_000, seed: int = 1, schools: int = 15, municipalities: int = 3) -> Worlds:
    """Every world of a scenario, lived by stand-ins."""
    people = some_people(size, schools=schools, municipalities=municipalities, seed=seed)
    return live_worlds(said, people, StandIn(people, seed), seed)
