"""Those who ended upper secondary school before this year: who they are, how it went, and what came after.

Who gets a degree follows how easy school comes and how much was missed; how many do is a figure for the country.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from .chance import Floats, Ints, stream
from .grades import Graded, class_grades, shifted
from .history_sums import Attending, year_of_sums
from .lessons import World
from .names import Names, drawn_namings, family_names, given_names
from .places import MUNICIPALITIES, Municipality
from .pupils import LIVES_ELSEWHERE, SHARE_OF_GIRLS, homes
from .school_year import august, june
from .structure import SchoolClass
from .subjects import BY_CODE, VOCATIONAL

# A degree within three years, starters of 2023: 81.4 % of higher education preparatory programmes, 75.9 % of
# vocational ones; further 6.8 % a study certificate (Skolverket).
DEGREE = {"HF": 0.814, VOCATIONAL: 0.759}
CERTIFICATE = 0.068
AFTERWARDS = (("started_work", 0.45), ("unemployed", 0.25))  # of those who left; the rest is not known
LAST_TOLD = date(2026, 5, 31)
LAST_DAY_BELOW_TWENTY = date(2006, 6, 13)  # born then or later: the municipality is still responsible in June 2026


@dataclass(frozen=True)
class Former:
    """A class that ended upper secondary school `back` years ago, one entry per pupil.

    outcome   degree, study_certificate or left
    ended     the day it happened
    """

    of: SchoolClass
    back: int
    ids: list[str]
    given: Names
    family: Names
    sex: Ints
    birth: list[date]
    home: Ints
    ability: Floats
    share: Floats
    outcome: list[str]
    ended: list[date]

    @property
    def began(self) -> date:
        """Their first day in upper secondary school."""
        return august(2023 - self.back)


def former_pupils(world: World, municipality: Municipality, back: int) -> Iterator[tuple[str, pl.DataFrame]]:
    """Rows of every table about those who ended national programmes in one of the earlier years."""
    count = 0
    for each in world.region.classes_of(municipality):
        if each.school.school_type != "GY" or each.introductory or each.year != 3:
            continue
        for years in range(1, back + 1):
            rng = stream(world.region.seed, "former", *each.place, years)
            former = _drawn(each, years, count, rng)
            count += each.size
            yield "persons", _persons(former)
            yield "enrolments", _enrolments(former)
            yield "outcome_events", _events(former, rng)
            yield "residents", _residents(former, rng)
            yield "grades", _grades(former, rng)
            for year in range(years, min(years + 2, back) + 1):
                yield "attendance_sums", _sums(former, year, world, rng)


def _drawn(each: SchoolClass, back: int, before: int, rng: np.random.Generator) -> Former:
    size, municipality = each.size, each.school.municipality
    sex = (rng.random(size) >= SHARE_OF_GIRLS).astype(np.int64)
    naming = drawn_namings(size, rng)
    ability = rng.standard_normal(size)
    share = rng.beta(1.5, 18, size)
    ranks = np.argsort(np.argsort(-(ability - 4 * share + 0.5 * rng.standard_normal(size))))
    degrees = int(DEGREE[BY_CODE[each.programme].kind] * size + rng.random())
    certificates = degrees + int(CERTIFICATE * size + rng.random())
    outcome = ["degree" if rank < degrees else "study_certificate" if rank < certificates else "left" for rank in ranks]
    left = rng.integers(40, 1_000, size=size).tolist()
    births = [date(2007 - back, 1, 1) + timedelta(days=day) for day in rng.integers(365, size=size).tolist()]
    return Former(
        of=each,
        back=back,
        ids=[f"p{municipality.key}h{before + place:05d}" for place in range(1, size + 1)],
        given=given_names(sex, naming, rng),
        family=family_names(naming, rng),
        sex=sex,
        birth=births,
        home=homes(municipality, np.full(size, LIVES_ELSEWHERE["GY"]), rng),
        ability=ability,
        share=share,
        outcome=outcome,
        ended=[
            august(2023 - back) + timedelta(days=day) if what == "left" else june(2026 - back)
            for what, day in zip(outcome, left, strict=True)
        ],
    )


def _persons(former: Former) -> pl.DataFrame:
    codes = {each.no: each.code for each in MUNICIPALITIES}
    return pl.DataFrame(
        {
            "id": former.ids,
            "given_name": former.given.tolist(),
            "family_name": former.family.tolist(),
            "birth_date": former.birth,
            "sex": np.where(former.sex == 0, "Kvinna", "Man").tolist(),
            "security_marking": ["Ingen"] * len(former.ids),
            "person_status": ["Aktiv"] * len(former.ids),
            "home_municipality_code": [codes[int(home)] for home in former.home],
        }
    )


def _enrolments(former: Former) -> pl.DataFrame:
    school = former.of.school
    reasons = {"degree": "Examen", "study_certificate": "Studiebevis", "left": "Studieavbrott"}
    rows = [
        (person, school.id, "GY", 1 + sum(day >= august(former.began.year + after) for after in (1, 2)),
         former.of.programme, former.began, day, reasons[what])
        for person, what, day in zip(former.ids, former.outcome, former.ended, strict=True)
    ]  # fmt: skip
    schema = {"person_id": pl.String, "organisation_id": pl.String, "school_type": pl.String,
              "school_year": pl.Int16, "programme_code": pl.String, "start_date": pl.Date, "end_date": pl.Date,
              "leave_reason": pl.String}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _events(former: Former, rng: np.random.Generator) -> pl.DataFrame:
    rows: list[tuple[str, str, date, str | None]] = []
    steps = np.cumsum([share for _, share in AFTERWARDS])
    for person, what, day in zip(former.ids, former.outcome, former.ended, strict=True):
        rows.append((person, what, day, former.of.programme))
        place = int(np.searchsorted(steps, rng.random()))
        told = day + timedelta(days=int(rng.integers(30, 300)))
        if what == "left" and place < len(AFTERWARDS) and told <= LAST_TOLD:
            rows.append((person, AFTERWARDS[place][0], told, None))
    schema = {"person_id": pl.String, "event": pl.String, "date": pl.Date, "programme_code": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _residents(former: Former, rng: np.random.Generator) -> pl.DataFrame:
    """Those who left and aren't twenty yet."""
    codes = {each.no: each.code for each in MUNICIPALITIES}
    rows = [
        (former.ids[place], codes[int(former.home[place])], bool(rng.random() < 0.15), former.ended[place])
        for place, what in enumerate(former.outcome)
        if what == "left" and former.birth[place] >= LAST_DAY_BELOW_TWENTY
    ]
    schema = {"person_id": pl.String, "municipality_code": pl.String, "enrolled_elsewhere": pl.Boolean,
              "start_date": pl.Date}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _grades(former: Former, rng: np.random.Generator) -> pl.DataFrame:
    """Course grades up to the day they ended, as this year's third year has them, so many years earlier."""
    left = [
        day.replace(year=day.year + former.back, day=min(day.day, 28)) if what == "left" else None
        for what, day in zip(former.outcome, former.ended, strict=True)
    ]
    graded = Graded(former.ids, former.ability, former.share, np.zeros(len(former.ids), dtype=bool), left)
    rows = class_grades(former.of, graded, rng).filter(pl.col("kind") == "final")
    return shifted(rows, former.back)


def _sums(former: Former, back: int, world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Sums of one of their years, up to the month in which they ended."""
    schools = [former.of.school.id] * len(former.ids)
    attending = Attending(former.ids, schools, former.share, np.full(len(former.ids), 0.6))
    rows = year_of_sums(attending, back, world.years[former.of.school.municipality.no], rng)
    ended = pl.DataFrame({"student_id": former.ids, "_ended": former.ended})
    return rows.join(ended, on="student_id", maintain_order="left").filter(
        pl.col("start_date") <= pl.col("_ended")
    ).drop("_ended")  # fmt: skip
