"""Make the region and write it: the one entry to the simulation."""

from dataclasses import replace
from pathlib import Path

import polars as pl

from .help.weekly import Weeks
from .history import known_years, with_history
from .lesson_work import write_lessons
from .lessons import World
from .patterns import MONDAY_MORNING
from .places import SOURCE
from .registers import registers
from .scenario_refused import all_there
from .scenario_region import Helped, Region, write_events_only, write_help
from .school_year import FIRST_DAY, LAST_DAY
from .ss12000 import Ss12000Folder
from .staff import COUNSELLOR, NURSE, PRINCIPAL, SPECIAL_TEACHER, TEACHER, Staff, hire
from .targets import measure
from .targets_before import measure_before
from .trouble import known_trouble, plant
from .truth import Truth, class_patterns, protected_people, pupil_shares, pupil_stories
from .wanted import Wanted, shared
from .world import make_world, world_of
from .writing import MARKER, whole_folder, write_csv, write_json

__all__ = ["make_world", "simulate", "write_region"]


def simulate(out: Path, *, pupils: int, municipalities: int, seed: int, json: bool = False) -> Truth:
    """A region with so many pupils, shared out over the first municipalities; see `write_region`."""
    return write_region(out, replace(shared(pupils, municipalities, seed), json=json))


def write_region(out: Path, wanted: Wanted) -> Truth:
    """A made-up region in files, and the truth about it.

    Writes  OUT/*.csv            the CSV folder of the records format
            OUT/simulation.json  the marker that says it is made up
            OUT/truth/           what was put in
            OUT/help/            with a scenario: what adults did; what it changed is in truth/, see `scenario_region`
            OUT/ss12000/         with `json`: the same as SS 12000 JSON, with its own marker
            OUT/corrections/ …   with `trouble`: further deliveries, and truth/trouble.csv with what was planted where
    Raises  Refusal when the numbers make no region, no years or no trouble that we know, or OUT holds something else.
            Nothing is written then.

    The same wishes give the same bytes, whatever the number of workers. An earlier simulation in OUT is replaced as a
    whole.
    """
    known_trouble(wanted.trouble, json=wanted.json)
    known_years(wanted.years)
    if wanted.scenario:
        all_there(wanted.scenario, len(wanted.sizes))
    world = world_of(wanted.sizes, wanted.seed, wanted.scenario)
    with whole_folder(out) as folder:
        staff = hire(world)
        as_json = Ss12000Folder(folder / "ss12000") if wanted.json else None
        totals = write_lessons(world, wanted, folder / "lessons.csv", as_json)
        now = registers(world, staff)
        tables = with_history(now, world, wanted.years)
        for name, table in tables.items():
            write_csv(table, folder / f"{name}.csv")
        truth = Truth(
            pupils=pupil_stories(world),
            classes=class_patterns(world),
            shares=pupil_shares(world, totals),
            protected=protected_people(tables["persons"]),
            demo=_demo(world, staff),
            targets=(*measure(world, totals, now["grades"]), *measure_before(tables, wanted.years)),
        )
        truth.write(folder / "truth")
        weeks = Weeks(world.pupils.person, totals.reported_weeks, totals.absent_weeks)
        truth = replace(truth, helped=_helped(folder, wanted, world, tables, weeks))
        marker = _marker(wanted, truth)
        write_json(marker, folder / MARKER)
        if as_json:
            as_json.write(tables)
            write_json(marker, folder / "ss12000" / MARKER)
        if wanted.trouble:
            plant(folder, wanted.trouble, frozenset(truth.protected["person_id"]))
    return truth


def _helped(folder: Path, wanted: Wanted, world: World, tables: dict[str, pl.DataFrame], weeks: Weeks) -> Helped | None:
    """What adults did, and unless only that is wished for, what it changed."""
    if wanted.scenario is None:
        return None
    schools = {unit: school.id for unit, school in world.region.school_of_unit.items()}
    schools |= {each.no: each.authority for each in world.region.municipalities}
    region = Region(world.cohorts, tables, schools, wanted.years, weeks, wanted.worlds)
    write = write_help if wanted.both_worlds else write_events_only
    return write(folder, wanted.scenario, region)


def _demo(world: World, staff: Staff) -> dict[str, str]:
    """Who the one-click roles are: they work where there is something to see."""
    shown = next(
        (each for each in world.region.classes if world.patterns[each.no].kind == MONDAY_MORNING),
        world.region.classes[0],
    )
    mentor = staff.mentors[shown.id]
    others = [person for person, role, school in staff.persons if role == TEACHER and school == shown.school.id]
    supporters = {
        role: staff.supporters[shown.school.id, role] for role in (PRINCIPAL, COUNSELLOR, NURSE, SPECIAL_TEACHER)
    }
    return {
        "mentor": mentor,
        "teacher": next(person for person in others if person != mentor),
        "principal": supporters[PRINCIPAL],
        "pupil_health": supporters[COUNSELLOR],
        "group": shown.id,
        "school": shown.school.id,
    }


def _marker(wanted: Wanted, truth: Truth) -> dict[str, object]:
    return {
        "simulated": True,
        "source": SOURCE,
        "pupils": wanted.pupils,
        "municipalities": len(wanted.sizes),
        "seed": wanted.seed,
        "first_day": FIRST_DAY.isoformat(),
        "last_day": LAST_DAY.isoformat(),
        "demo": truth.demo,
    }
