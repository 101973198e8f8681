"""Earlier school years without lessons, told from the same lives: persons, enrolments, grades, what became of them.

This year's pupils are followed back through the years they were in the region's schools, and those are added who were
in them then and aren't any more.
"""

from typing import Final

import numpy as np
import polars as pl

from pluginnovation.records.refusals import Refusal

from .chance import Bools
from .cohorts import AUTUMN, MOST_YEARS
from .grades import earlier_grades, told_of
from .history_events import earlier_events, earlier_residents
from .history_sums import monthly_sums, sums_activity
from .lessons import World
from .places import MUNICIPALITIES
from .pupils import called
from .registers import ENROLMENTS
from .school_places import programme_code
from .stretches import first_day

Tables = dict[str, pl.DataFrame]
REASONS: Final = {"left": "Studieavbrott", "paused": "Studieuppehåll", "moved_abroad": "Utvandrad", "degree": "Examen",
                  "study_certificate": "Studiebevis", "switched": "Byte av program"}  # fmt: skip


def with_history(tables: Tables, world: World, years: int) -> Tables:
    """The registers with the rows of earlier school years added.

    Takes   tables   as `registers.registers` gives them, for the school year 2025/26
            years    school years in all, this one counted; 1 adds nothing
    Gives   the same tables, and attendance_sums: one row per pupil, school and month, with the activity `…-all`
    """
    if years <= 1:
        return tables
    back = years - 1
    told = told_of(world, back)
    former = told.copy()
    former[world.pupils.person] = False
    added = {
        "persons": _persons(world, former),
        "enrolments": _enrolments(world, back),
        "activities": _activities(world),
        "grades": earlier_grades(world, back),
        "outcome_events": earlier_events(world, told, back),
        "residents": earlier_residents(world, told, back),
    }
    found = tables | {name: pl.concat([tables[name], _like(frame, tables[name])]) for name, frame in added.items()}
    return found | {"attendance_sums": monthly_sums(world, back)}


def _like(frame: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """The frame with the table's columns; what it doesn't tell is null."""
    missing = [pl.lit(None, kind).alias(name) for name, kind in table.schema.items() if name not in frame.columns]
    return frame.with_columns(missing).select(table.columns).cast(table.schema)


def known_years(years: int) -> None:
    """Refuse a number of school years that can't be made up.

    Raises  Refusal when it is below 1 or over MOST_YEARS
    """
    if not 1 <= years <= MOST_YEARS:
        raise Refusal(
            "simulation_years",
            where="--years",
            what=(f"{years} läsår går inte att hitta på.", f"{years} school years cannot be made up."),
            todo=(f"Välj 1 till {MOST_YEARS}.", f"Choose 1 to {MOST_YEARS}."),
        )


def _activities(world: World) -> pl.DataFrame:
    """One activity per school that stands for all its teaching."""
    rows = [
        (sums_activity(each.id), f"All undervisning {each.name}", each.id, None, None, None)
        for each in world.region.schools
    ]
    names = ("id", "display_name", "organisation_id", "subject_code", "course_code")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String) | {"points": pl.Int32}, orient="row")


def _persons(world: World, former: Bools) -> pl.DataFrame:
    """Those who aren't in school any more."""
    cohorts = world.cohorts
    person = np.flatnonzero(former)
    given, family = called(cohorts)
    codes = {each.no: each.code for each in MUNICIPALITIES}
    abroad = np.zeros(len(cohorts), dtype=bool)
    abroad[world.stretches.person[world.stretches.ended == "moved_abroad"]] = True
    return pl.DataFrame(
        {
            "id": cohorts.id[person].tolist(),
            "given_name": given[person].tolist(),
            "family_name": family[person].tolist(),
            "birth_date": pl.Series(cohorts.birth[person]),
            "sex": np.where(cohorts.people.sex[person] == 0, "Kvinna", "Man").tolist(),
            "security_marking": ["Ingen"] * len(person),
            "person_status": np.where(abroad[person], "Utvandrad", "Aktiv").tolist(),
            "home_municipality_code": [codes[home] for home in cohorts.home[person].tolist()],
        },
        schema_overrides={"home_municipality_code": pl.String, "id": pl.String},
    )


def _enrolments(world: World, back: int) -> pl.DataFrame:
    """The stretches that ended before this school year."""
    own = world.stretches
    own = own.some((own.last < AUTUMN) & (own.last >= AUTUMN - 2 * back))
    schools = world.region.school_of_unit
    rows = []
    for place, unit in enumerate(own.unit.tolist()):
        rows.append((world.cohorts.id[own.person[place]], schools[unit].id, "GY" if own.upper[place] else "GR",
                     int(own.year[place]), programme_code(int(own.programme[place])) or None,
                     first_day(int(own.first[place])), own.day[place], REASONS.get(own.ended[place])))  # fmt: skip
    return pl.DataFrame(rows, schema=ENROLMENTS, orient="row")
