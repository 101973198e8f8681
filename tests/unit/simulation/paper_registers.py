"""Registers as plain as can be, of the region's people and their lives, for tests of what leans on registers."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from pluginnovation.simulation.cohorts import Cohorts
from pluginnovation.simulation.help.days import first_days
from pluginnovation.simulation.lives.people import OF_MUNICIPALITY
from pluginnovation.simulation.lives.record import Lives
from pluginnovation.simulation.lives.seam import LAST_COMPULSORY_TERM, TERMS
from pluginnovation.simulation.places import MUNICIPALITIES

LAST = 4052  # spring 2026
OPENED, FIRST = date(2015, 8, 11), date(2025, 8, 18)
DATES = {"start_date": pl.Date, "end_date": pl.Date}


def unit_id(unit: int) -> str:
    return f"s{unit}" if unit >= OF_MUNICIPALITY else f"h{unit}"


def units(lives: Lives, municipalities: list[int]) -> dict[int, str]:
    return {unit: unit_id(unit) for unit in [*np.unique(lives.unit[lives.unit > 0]).tolist(), *municipalities]}


def registers(cohorts: Cohorts, lives: Lives) -> dict[str, pl.DataFrame]:
    """Who is in school in a term is enrolled from its first day to the day before the next one's."""
    stays, classes = [], []
    for place, person in enumerate(cohorts.id.tolist()):
        for term in range(TERMS):
            half_year = int(lives.half_year[term, place])
            if not lives.in_school[term, place] or half_year > LAST:
                continue
            first, following = first_days(np.array([half_year, half_year + 1])).astype(object).tolist()
            unit = int(lives.unit[term, place])
            last = following - timedelta(days=1) if half_year < LAST else None
            stays.append((person, unit_id(unit), first, last))
            if half_year >= LAST - 1 and term <= LAST_COMPULSORY_TERM:
                classes.append((f"c{cohorts.people.class_no[place]}", person, first, last))
    schools = sorted({stay[1] for stay in stays})
    duties = [(f"{role[0]}-{school}", school, role, None, None, OPENED, None)
              for school in schools for role in ("Rektor", "Speciallärare/specialpedagog")]  # fmt: skip
    of = {group: school for (group, person, *_), school in zip(classes, _school_of(classes, stays), strict=True)}
    duties += [
        (f"m-{group}", school, "Lärare", group, "Mentor", date(2025, 8, 18), None) for group, school in of.items()
    ]
    homes = sorted(set(cohorts.people.municipality.tolist()))
    duties += [(f"k{home}", f"h{home}", "Ungdomssamordnare", None, None, OPENED, None) for home in homes]
    codes = {each.no: each.code for each in MUNICIPALITIES}
    degrees = [(person, "degree", (first_days(lives.half_year[[term], place]) + 155)[0].astype(object))
               for place, (person, term) in enumerate(zip(cohorts.id.tolist(), lives.degree_term.tolist(), strict=True))
               if term >= 0 and lives.half_year[term, place] <= LAST]  # fmt: skip
    named = ("person_id", "organisation_id", "duty_role", "group_id", "assignment_type")
    return {
        "persons": pl.DataFrame({
            "id": cohorts.id.tolist() + sorted({duty[0] for duty in duties}),
        }, schema={"id": pl.String}).join(pl.DataFrame({
            "id": cohorts.id.tolist(), "birth_date": pl.Series(cohorts.birth),
            "home_municipality_code": [codes[int(home)] for home in cohorts.home],
        }), on="id", how="left", maintain_order="left"),
        "enrolments": _frame(stays, "person_id", "organisation_id", **DATES),
        "memberships": _frame(classes, "group_id", "person_id", **DATES),
        "duties": _frame(duties, *named, **DATES),
        "organisations": pl.DataFrame(
            [(school, "Skolenhet", None) for school in schools] + [(f"h{no}", "Huvudman", codes[no]) for no in homes],
            orient="row", schema=dict.fromkeys(("id", "organisation_type", "municipality_code"), pl.String),
        ),
        "outcome_events": _frame(degrees, "person_id", "event", date=pl.Date),
    }  # fmt: skip


def _frame(rows: list, *texts: str, **more: pl.DataType) -> pl.DataFrame:
    return pl.DataFrame(rows, orient="row", schema={**dict.fromkeys(texts, pl.String), **more})


def _school_of(classes: list, stays: list) -> list[str]:
    latest = {person: school for person, school, *_ in stays}
    return [latest[person] for _, person, *_ in classes]
