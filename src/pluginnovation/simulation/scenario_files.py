"""A scenario lived and written: pupils term by term, what adults did, and what is true. Without lessons."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from .help.events import write_events
from .help.persons import Persons
from .help.reports import OUTCOMES, PARTICIPANTS, participants
from .lives.people import make_people
from .lives.seam import TERMS, People
from .places import SOURCE
from .scenario import Scenario
from .scenario_refused import all_there
from .sizes import check_sizes
from .truth_accountable import accountable, birthdays
from .truth_causes import causes, kept_by_help, what_risk_comes_from
from .truth_effects import average_effects, individual_effects
from .worlds import Worlds, horizon, live_worlds, lives_of, outcome
from .writing import MARKER, whole_folder, write_csv, write_json

# Years of birth whose twenty terms have been by the summer of 2026.
BORN: Final = (2003, 2004, 2005)


@dataclass(frozen=True, slots=True)
class Told:
    """What was written: how many pupils, events and sub-projects, and the rows of truth/effects.csv that are about all.

    effects   see `truth_effects.average_effects`
    """

    pupils: int
    events: int
    sub_projects: int
    effects: pl.DataFrame


def write_scenario(out: Path, scenario: Scenario, *, sizes: Sequence[int], seed: int) -> Told:
    """Live a scenario, with help and without, and write what happened.

    Takes   sizes                           pupils of each municipality, see `sizes.shared_sizes`

    Writes  OUT/simulation.json             the marker that says it is made up
            OUT/scenario.toml               the scenario, as it was read
            OUT/terms/pupils.csv            who they are
            OUT/terms/terms.csv             what was recorded of each, term by term
            OUT/terms/participants.csv      what an evaluation gets to see of each sub-project
            OUT/help/events.jsonl           what adults did
            OUT/truth/*.csv                 effects, individual_effects, causes, kept_by_help, risk, accountable
    Raises  Refusal when the numbers make no region, a municipality that the scenario names isn't there, or OUT holds
            something else. Nothing is written then.

    The same arguments give the same bytes. An earlier simulation in OUT is replaced as a whole.
    """
    check_sizes(sizes, seed)
    all_there(scenario, len(sizes))
    people = make_people(sizes, seed, BORN)
    worlds = live_worlds(scenario, people, lives_of(people, seed), seed)
    persons = Persons(people)
    with whole_folder(out) as folder:
        for name in ("terms", "truth"):
            (folder / name).mkdir()
        _write_terms(folder / "terms", worlds, persons)
        events = write_events(folder / "help" / "events.jsonl", worlds.lived.help, persons)
        effects = _write_truth(folder / "truth", worlds, persons, seed)
        (folder / "scenario.toml").write_text(scenario.source, encoding="utf-8", newline="\n")
        marker = {"simulated": True, "source": SOURCE, "mode": "terms", "scenario": scenario.name, "pupils": sum(sizes),
                  "municipalities": len(sizes), "seed": seed}  # fmt: skip
        write_json(marker, folder / MARKER)
    return Told(len(people), events, len(scenario.sub_projects), effects.filter(scope="all"))


def _write_terms(folder: Path, worlds: Worlds, persons: Persons) -> None:
    people, lived, scenario = worlds.ground.people, worlds.lived.lived, worlds.ground.scenario
    write_csv(_pupils(people, persons), folder / "pupils.csv")
    write_csv(_terms(worlds, persons), folder / "terms.csv")
    frames = [pl.DataFrame(schema=PARTICIPANTS)]
    for key, trial in worlds.lived.help.trials.items():
        term = horizon(scenario.sub_projects[key])
        outcomes = {name: outcome(lived, name, term) for name in OUTCOMES} | {"absence": lived.recorded[term]}
        frames.append(participants(trial, term, outcomes, scenario.records, persons))
    write_csv(pl.concat(frames), folder / "participants.csv")


def _pupils(people: People, persons: Persons) -> pl.DataFrame:
    names = ("municipality", "school", "class_no", "sex", "parents", "origin", "born")
    return pl.DataFrame({"person_id": persons.pupils, **{name: getattr(people, name) for name in names}})


def _terms(worlds: Worlds, persons: Persons) -> pl.DataFrame:
    """One row per pupil and term in school."""
    lived = worlds.lived.lived
    size = len(worlds.ground.people)
    frame = pl.DataFrame(
        {
            "person_id": persons.pupil(pl.Series(np.tile(np.arange(size), TERMS))),
            "term": np.repeat(np.arange(TERMS), size),
            "half_year": lived.half_year.reshape(-1),
            "site": persons.school(pl.Series(lived.unit.reshape(-1))),
            "absence": pl.Series(lived.recorded.reshape(-1)).fill_nan(None),
            "passed": pl.Series(lived.passed.reshape(-1)).fill_nan(None),
        }
    )
    return frame.filter(pl.Series(lived.in_school.reshape(-1)))


def _write_truth(folder: Path, worlds: Worlds, persons: Persons, seed: int) -> pl.DataFrame:
    people, lived = worlds.ground.people, worlds.lived.lived
    tables = {
        "effects": average_effects(worlds.contrasts, persons),
        "individual_effects": individual_effects(worlds.contrasts, persons),
        "causes": causes(worlds, lambda others: lives_of(others, seed), persons),
        "kept_by_help": kept_by_help(worlds, persons),
        "risk": what_risk_comes_from(people, seed, persons),
        "accountable": accountable(people, lived, birthdays(people, seed), persons),
    }
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")
    return tables["effects"]
