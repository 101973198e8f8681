"""Pupils and their guardians: who they are and where they live, before anything has happened."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from .chance import Bools, Days, Floats, Ints, stream
from .names import Names, canary_name, drawn_namings, family_names, given_names
from .places import MUNICIPALITIES, Municipality, neighbours
from .structure import Region, SchoolClass
from .subjects import LANGUAGES

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
    home        number of the municipality they live in, which may lie outside the region
    sex         0 girl, 1 boy
    marking     place in MARKINGS
    sva         studies Swedish as a second language
    language    place in LANGUAGES: the modern language they would choose
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
    language: Ints
    ability: Floats

    def __len__(self) -> int:
        return len(self.class_no)

    @property
    def protected(self) -> Bools:
        """Whose identity is protected, in one way or the other."""
        return self.marking > 0


def make_pupils(region: Region) -> Pupils:
    """Everyone in the region's classes."""
    classes: dict[int, list[SchoolClass]] = {each.no: [] for each in region.municipalities}
    for one in region.classes:
        classes[one.school.municipality.no].append(one)
    parts = [_of_municipality(region.seed, each, classes[each.no]) for each in region.municipalities]
    return Pupils(**{name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def _of_municipality(seed: int, municipality: Municipality, classes: list[SchoolClass]) -> dict[str, np.ndarray]:
    rng = stream(seed, "pupils", municipality.no)
    sizes = np.array([each.size for each in classes])
    total = int(sizes.sum())
    per_pupil = np.repeat(np.arange(len(classes)), sizes)
    sex = (rng.random(total) >= SHARE_OF_GIRLS).astype(np.int64)
    naming = drawn_namings(total, rng)
    found = {
        "id": np.array([f"p{municipality.key}{i:05d}" for i in range(1, total + 1)], dtype=object),
        "given": given_names(sex, naming, rng),
        "family": family_names(naming, rng),
        "class_no": np.array([each.no for each in classes])[per_pupil],
        "home": homes(municipality, _elsewhere(classes, per_pupil), rng),
        "sex": sex,
        "birth": _births(np.array([_age(each) for each in classes])[per_pupil], rng),
        "marking": np.zeros(total, dtype=np.int64),
        "sva": (naming > 0) & (rng.random(total) < SECOND_LANGUAGE),
        "language": _languages(total, stream(seed, "languages", municipality.no)),
        "ability": rng.standard_normal(total) + np.where(sex == 0, 0.13, -0.12),
    }
    _protect(found, municipality, stream(seed, "protected", municipality.no), int(sizes[0]))
    return found


def _languages(total: int, rng: np.random.Generator) -> Ints:
    return np.searchsorted(np.cumsum([share for _, _, share in LANGUAGES]), rng.random(total)).clip(0, 2)


def _age(each: SchoolClass) -> int:
    """Age at the end of the calendar year in which the school year starts, for most of the class."""
    return each.year + (15 if each.school.school_type == "GY" else 6)


def _births(age: Ints, rng: np.random.Generator) -> Days:
    older = (rng.random(len(age)) < np.where(age >= 16, 0.06, 0.02)).astype(np.int64)
    year = SCHOOL_YEAR_STARTS - age - older
    first = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return np.asarray(first + rng.integers(365, size=len(age)), dtype="datetime64[D]")


def _elsewhere(classes: list[SchoolClass], per_pupil: Ints) -> Floats:
    return np.array([LIVES_ELSEWHERE[each.school.school_type] for each in classes])[per_pupil]


def homes(municipality: Municipality, chance: Floats, rng: np.random.Generator) -> Ints:
    """Where each lives: most in the school's municipality, others in its neighbours, drawn by size.

    Takes   chance   of living elsewhere, one entry per pupil
    """
    near = neighbours(municipality)
    weights = np.array([each.weight**0.5 for each in near])
    elsewhere = rng.choice([each.no for each in near], len(chance), p=weights / weights.sum())
    return np.where(rng.random(len(chance)) < chance, elsewhere, municipality.no)


def _protect(
    found: dict[str, np.ndarray], municipality: Municipality, rng: np.random.Generator, in_first_class: int
) -> None:
    """Some get a protected identity and a canary name.

    The first municipality has three at least, one of them in the first class: who looks for leaks must find somebody.
    """
    total = len(found["id"])
    number = int(PROTECTED_SHARE * total + rng.random())
    chosen: list[int] = []
    if municipality.no == 1:
        number = min(total, max(3, number))
        chosen = [int(rng.integers(in_first_class))]
    others = np.delete(np.arange(total), chosen)
    chosen += sorted(rng.choice(others, number - len(chosen), replace=False).tolist())
    for place, pupil in enumerate(chosen):
        # Every municipality counts in names of its own.
        found["given"][pupil], found["family"][pupil] = canary_name(place * len(MUNICIPALITIES) + municipality.no - 1)
        found["marking"][pupil] = 1 + (place + municipality.no - 1) % 2


def guardians(pupils: Pupils, region: Region) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The guardians of everyone under 18: rows for persons.csv and for responsibles.csv.

    A guardian of a protected pupil is protected too, and carries the same canary name.
    """
    home_of_class = np.array([each.school.municipality.no for each in region.classes])
    school_in = home_of_class[pupils.class_no]
    parts = [
        _guardians_of(pupils, np.flatnonzero(school_in == each.no), each, region.seed) for each in region.municipalities
    ]
    return pl.concat([persons for persons, _ in parts]), pl.concat([relations for _, relations in parts])


def _guardians_of(
    pupils: Pupils, members: Ints, municipality: Municipality, seed: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    rng = stream(seed, "guardians", municipality.no)
    minor = pupils.birth[members] > np.datetime64("2007-08-18")
    second = minor & (rng.random(len(members)) < 0.78)
    of = members[np.sort(np.concatenate([np.flatnonzero(minor), np.flatnonzero(second)]))]
    sex = rng.integers(2, size=len(of))
    naming = drawn_namings(len(of), rng)
    own_name = (rng.random(len(of)) < 0.3) & ~pupils.protected[of]
    family = np.where(own_name, family_names(naming, rng), pupils.family[of])
    ids = pl.Series([f"v{municipality.key}{i:05d}" for i in range(1, len(of) + 1)], dtype=pl.String)
    persons = pl.DataFrame(
        {
            "id": ids,
            "given_name": pl.Series(given_names(sex, naming, rng).tolist(), dtype=pl.String),
            "family_name": pl.Series(family.tolist(), dtype=pl.String),
            "sex": pl.Series(np.where(sex == 0, "Kvinna", "Man").tolist(), dtype=pl.String),
            "security_marking": pl.Series([MARKINGS[i] for i in pupils.marking[of]], dtype=pl.String),
        }
    )
    relations = pl.DataFrame(
        {
            "person_id": pl.Series(pupils.id[of].tolist(), dtype=pl.String),
            "responsible_id": ids,
            "relation_type": pl.Series(["Vårdnadshavare"] * len(of), dtype=pl.String),
        }
    )
    return persons, relations
