"""Earlier school years without lessons: enrolments, grades, outcome events and monthly sums of attendance.

The pupils of this year are followed back through the years they were in the region's schools, and those who ended
upper secondary school before them are added. Each municipality's history has its own chance.
"""

from collections.abc import Iterator
from typing import Final

import polars as pl

from pluginnovation.records.refusals import Refusal

from .chance import stream
from .grades import GRADES, Graded, class_grades, shifted
from .history_former import former_pupils
from .history_places import Placed, placed, sums_activity
from .history_sums import monthly_sums
from .lessons import World, second_language_class
from .places import Municipality
from .school_year import FIRST_DAY, august, june

MOST_YEARS: Final = 6
PASSED_TO_ENTER: Final = ("SV", "SVA", "EN", "MA")
Tables = dict[str, pl.DataFrame]


def with_history(tables: Tables, world: World, years: int) -> Tables:
    """The registers with the rows of earlier school years added.

    Takes   tables   as `registers.registers` gives them, for the school year 2025/26
            years    school years in all, this one counted; 1 adds nothing
    Gives   the same tables, and attendance_sums: one row per pupil, school and month, with the activity `…-all`
    """
    if years <= 1:
        return tables
    added: dict[str, list[pl.DataFrame]] = {}
    for municipality in world.region.municipalities:
        for name, frame in _of_municipality(world, municipality, years - 1):
            added.setdefault(name, []).append(frame)
    found = dict(tables)
    for name, frames in added.items():
        own = [tables[name]] if name in tables else []
        found[name] = pl.concat([*own, *(_like(frame, own[0]) if own else frame for frame in frames)])
    return found


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


def _of_municipality(world: World, municipality: Municipality, back: int) -> Iterator[tuple[str, pl.DataFrame]]:
    own = placed(world, municipality, back)
    yield "activities", _activities(world, municipality)
    yield "enrolments", _earlier_enrolments(world, own)
    yield "grades", _earlier_grades(world, own, municipality)
    yield "attendance_sums", monthly_sums(world, own, municipality)
    yield from former_pupils(world, municipality, back)


def _activities(world: World, municipality: Municipality) -> pl.DataFrame:
    """One activity per school that stands for all its teaching."""
    rows = [
        (sums_activity(each.id), f"All undervisning {each.name}", each.id, None, None, None)
        for each in world.region.schools
        if each.municipality.no == municipality.no
    ]
    names = ("id", "display_name", "organisation_id", "subject_code", "course_code")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String) | {"points": pl.Int32}, orient="row")


def _earlier_enrolments(world: World, own: list[Placed]) -> pl.DataFrame:
    """The compulsory school, years 7-9, of those who are in upper secondary school now."""
    rows = [
        (world.pupils.id[pupil], school, "GR", 9, None, august(2023 - each.back), june(2026 - each.back), None)
        for each in own
        if each.changed_school and each.year == 9
        for pupil, school in zip(each.pupils.tolist(), each.schools, strict=True)
    ]
    schema = {"person_id": pl.String, "organisation_id": pl.String, "school_type": pl.String,
              "school_year": pl.Int16, "programme_code": pl.String, "start_date": pl.Date, "end_date": pl.Date,
              "leave_reason": pl.String}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _earlier_grades(world: World, own: list[Placed], municipality: Municipality) -> pl.DataFrame:
    """Grades of years 6-9 in those years. The courses of upper secondary school stand among this year's already."""
    frames = [pl.DataFrame(schema=GRADES)]
    for each in own:
        if each.school_type == "GR" and each.year >= 6:
            rng = stream(world.region.seed, "history grades", municipality.no, each.of.local, each.back)
            rows = class_grades(each.as_class, _graded(world, each), rng)
            # This year's rows reach back to the end of last spring.
            ours = rows.filter(pl.col("kind") != "warning", pl.col("registered_date") > FIRST_DAY)
            earlier = shifted(ours, each.back)
            frames.append(_as_admitted(earlier) if each.changed_school and not each.of.introductory else earlier)
    return pl.concat(frames)


def _graded(world: World, each: Placed) -> Graded:
    pupils = each.pupils
    return Graded(
        id=world.pupils.id[pupils].tolist(),
        ability=world.pupils.ability[pupils],
        share=world.traits.share[pupils],
        sva=world.pupils.sva[pupils] & second_language_class(world, each.of),
        left=[None] * len(pupils),
    )


def _as_admitted(grades: pl.DataFrame) -> pl.DataFrame:
    """Who was admitted to a national programme had passed what it takes."""
    needed = pl.col("kind").eq("final") & pl.col("subject_code").is_in(PASSED_TO_ENTER)
    failed = pl.col("grade").is_in(["F", "-"])
    return grades.with_columns(grade=pl.when(needed & failed).then(pl.lit("E")).otherwise("grade"))
