"""Pupils and their guardians: who they are and where they live, before anything has happened."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from .chance import Bools, Days, Floats, Ints, stream
from .names import Names, canary_names, drawn_namings, family_names, given_names
from .structure import Region, SchoolClass

SHARE_OF_GIRLS = 0.48  # compulsory school 2017/18, Skolverket
LIVES_ELSEWHERE = {"GR": 0.03, "GY": 0.22}
SECOND_LANGUAGE = 0.3  # of those who have another way of naming than the commonest
PROTECTED_SHARE = 0.0012
MARKINGS = ("Ingen", "Sekretessmarkering", "Skyddad folkbokföring")
SCHOOL_YEAR_STARTS = 2025


@dataclass(frozen=True, slots=True)
class Pupils:
    """One entry per pupil, in the order of their classes.

    id          the source's person id
    class_no    the class they begin the year in (or join)
    home        number of the municipality they live in
    sex         0 girl, 1 boy
    marking     place in MARKINGS
    sva         studies Swedish as a second language
    ability     what school asks for comes easy; standard normal
    """

    id: Names
    given: Names
    family: Names
    class_no: Ints
    home: Ints
    sex: Ints
    birth: Days
    marking: Ints
    sva: Bools
    ability: Floats

    def __len__(self) -> int:
        return len(self.class_no)

    @property
    def protected(self) -> Bools:
        """Whose identity is protected, in one way or the other."""
        return self.marking > 0


def make_pupils(region: Region) -> Pupils:
    """Everyone in the region's classes."""
    parts = [_of_municipality(region, municipality.no) for municipality in region.municipalities]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return _protect(Pupils(**joined), region)


def _of_municipality(region: Region, number: int) -> dict[str, np.ndarray]:
    rng = stream(region.seed, "pupils", number)
    classes = [each for each in region.classes if each.school.municipality.no == number]
    sizes = np.array([each.size for each in classes])
    total = int(sizes.sum())
    per_pupil = np.repeat(np.arange(len(classes)), sizes)
    sex = (rng.random(total) >= SHARE_OF_GIRLS).astype(np.int64)
    naming = drawn_namings(total, rng)
    return {
        "id": np.array([f"p{number:02d}{i:05d}" for i in range(1, total + 1)], dtype=object),
        "given": given_names(sex, naming, rng),
        "family": family_names(naming, rng),
        "class_no": np.array([each.no for each in classes])[per_pupil],
        "home": _homes(region, number, classes, per_pupil, rng),
        "sex": sex,
        "birth": _births(np.array([_age(each) for each in classes])[per_pupil], rng),
        "marking": np.zeros(total, dtype=np.int64),
        "sva": (naming > 0) & (rng.random(total) < SECOND_LANGUAGE),
        "ability": rng.standard_normal(total) + np.where(sex == 0, 0.13, -0.12),
    }


def _age(each: SchoolClass) -> int:
    """Age at the end of the calendar year in which the school year starts, for most of the class."""
    return each.year + (15 if each.school.school_type == "GY" else 6)


def _births(age: Ints, rng: np.random.Generator) -> Days:
    older = (rng.random(len(age)) < np.where(age >= 16, 0.06, 0.02)).astype(np.int64)
    year = SCHOOL_YEAR_STARTS - age - older
    first = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return np.asarray(first + rng.integers(365, size=len(age)), dtype="datetime64[D]")


def _homes(region: Region, number: int, classes: list[SchoolClass], per_pupil: Ints, rng: np.random.Generator) -> Ints:
    """Where each lives: most in the school's municipality, others drawn by size."""
    chance = np.array([LIVES_ELSEWHERE[each.school.school_type] for each in classes])[per_pupil]
    weights = np.array([each.weight**0.5 * (each.no != number) for each in region.municipalities])
    if weights.sum() == 0:
        return np.full(len(per_pupil), number)
    elsewhere = rng.choice([each.no for each in region.municipalities], len(per_pupil), p=weights / weights.sum())
    return np.where(rng.random(len(per_pupil)) < chance, elsewhere, number)


def _protect(pupils: Pupils, region: Region) -> Pupils:
    """Some get a protected identity and a canary name: one in the first class, the rest anywhere."""
    rng = stream(region.seed, "protected")
    number = min(len(pupils), max(3, round(PROTECTED_SHARE * len(pupils))))
    first = int(rng.integers((pupils.class_no == 0).sum()))
    others = np.delete(np.arange(len(pupils)), first)
    chosen = [first, *sorted(rng.choice(others, number - 1, replace=False))]
    for place, (pupil, (given, family)) in enumerate(zip(chosen, canary_names(number), strict=True)):
        pupils.given[pupil], pupils.family[pupil] = given, family
        pupils.marking[pupil] = 1 + place % 2
    return pupils


def guardians(pupils: Pupils, region: Region) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The guardians of everyone under 18: rows for persons.csv and for responsibles.csv.

    A guardian of a protected pupil is protected too, and carries the same canary name.
    """
    rng = stream(region.seed, "guardians")
    minor = pupils.birth > np.datetime64("2007-08-18")
    second = minor & (rng.random(len(pupils)) < 0.78)
    of = np.concatenate([np.flatnonzero(minor), np.flatnonzero(second)])
    of = of[np.argsort(of, kind="stable")]
    sex = rng.integers(2, size=len(of))
    naming = drawn_namings(len(of), rng)
    own_name = (rng.random(len(of)) < 0.3) & ~pupils.protected[of]
    family = np.where(own_name, family_names(naming, rng), pupils.family[of])
    ids = [f"v{i:07d}" for i in range(1, len(of) + 1)]
    persons = pl.DataFrame(
        {
            "id": ids,
            "given_name": given_names(sex, naming, rng).tolist(),
            "family_name": family.tolist(),
            "sex": np.where(sex == 0, "Kvinna", "Man").tolist(),
            "security_marking": [MARKINGS[i] for i in pupils.marking[of]],
        }
    )
    relations = pl.DataFrame(
        {
            "person_id": pupils.id[of].tolist(),
            "responsible_id": ids,
            "relation_type": ["Vårdnadshavare"] * len(of),
        }
    )
    return persons, relations
