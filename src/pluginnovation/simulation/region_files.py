"""Make the region and write it: the one entry to the simulation."""

from pathlib import Path

from .lessons import Totals, World, lesson_frames
from .patterns import MONDAY_MORNING, make_patterns
from .places import SOURCE
from .pupils import make_pupils
from .registers import registers
from .roster import make_roster
from .school_year import FIRST_DAY, LAST_DAY, school_year
from .ss12000 import Ss12000Folder
from .staff import COUNSELLOR, NURSE, PRINCIPAL, SPECIAL_TEACHER, TEACHER, Staff, hire
from .structure import build_region
from .targets import measure
from .traits import make_traits
from .truth import Truth, class_patterns, protected_people, pupil_shares, pupil_stories
from .writing import MARKER, LessonFile, whole_folder, write_csv, write_json


def simulate(out: Path, *, pupils: int, municipalities: int, seed: int, json: bool = False) -> Truth:
    """A made-up region in files, and the truth about it.

    Writes  OUT/*.csv            the CSV folder of the records format
            OUT/simulation.json  the marker that says it is made up
            OUT/truth/           what was put in
            OUT/ss12000/         with `json`: the same as SS 12000 JSON, with its own marker
    Raises  Refusal when the numbers make no region or OUT holds something else. Nothing is written then.

    The same arguments give the same bytes. An earlier simulation in OUT is replaced as a whole.
    """
    world = make_world(pupils=pupils, municipalities=municipalities, seed=seed)
    with whole_folder(out) as folder:
        staff = hire(world)
        totals = Totals.empty(len(world.pupils))
        as_json = Ss12000Folder(folder / "ss12000") if json else None
        lessons = LessonFile(folder / "lessons.csv")
        try:
            for frame in lesson_frames(world, totals):
                lessons.add(frame)
                if as_json:
                    as_json.add_lessons(frame)
        finally:
            lessons.close()
        tables = registers(world, staff, totals)
        for name, table in tables.items():
            write_csv(table, folder / f"{name}.csv")
        truth = Truth(
            pupils=pupil_stories(world),
            classes=class_patterns(world),
            shares=pupil_shares(world, totals),
            protected=protected_people(tables["persons"]),
            demo=_demo(world, staff),
            targets=measure(world, totals, tables["grades"]),
        )
        truth.write(folder / "truth")
        marker = _marker(pupils, municipalities, seed, truth)
        write_json(marker, folder / MARKER)
        if as_json:
            as_json.write(tables)
            write_json(marker, folder / "ss12000" / MARKER)
    return truth


def make_world(*, pupils: int, municipalities: int, seed: int) -> World:
    """Everything that is decided before the first lesson."""
    region = build_region(pupils=pupils, municipalities=municipalities, seed=seed)
    people = make_pupils(region)
    roster = make_roster(people, region)
    return World(
        region=region,
        pupils=people,
        roster=roster,
        traits=make_traits(people, roster, region),
        patterns=make_patterns(region),
        years={each.no: school_year(seed, each) for each in region.municipalities},
    )


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


def _marker(pupils: int, municipalities: int, seed: int, truth: Truth) -> dict[str, object]:
    return {
        "simulated": True,
        "source": SOURCE,
        "pupils": pupils,
        "municipalities": municipalities,
        "seed": seed,
        "first_day": FIRST_DAY.isoformat(),
        "last_day": LAST_DAY.isoformat(),
        "demo": truth.demo,
    }
