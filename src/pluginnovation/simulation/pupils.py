"""Pupils and their guardians: who they are and where they live, before anything has happened."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from .chance import Bools, Days, Ints, stream
from .class_places import ClassPlaces
from .cohorts import AUTUMN, Cohorts
from .names import Names, canary_name, drawn_namings, family_names, given_names
from .places import MUNICIPALITIES, Municipality
from .structure import Region
from .subjects import LANGUAGES

PROTECTED_SHARE = 0.0012
MARKINGS = ("Ingen", "Sekretessmarkering", "Skyddad folkbokföring")


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
    person      their place in the cohorts
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
    person: Ints

    def __len__(self) -> int:
        return len(self.class_no)

    @property
    def protected(self) -> Bools:
        """Whose identity is protected, in one way or the other."""
        return self.marking > 0


def make_pupils(region: Region, cohorts: Cohorts, places: ClassPlaces) -> Pupils:
    """Everyone in the region's classes in some part of the school year."""
    class_no = places.first
    there = np.flatnonzero(class_no >= 0)
    person = there[np.argsort(class_no[there], kind="stable")]
    given, family = called(cohorts)
    found = Pupils(
        id=cohorts.id[person],
        given=given[person],
        family=family[person],
        class_no=class_no[person],
        home=cohorts.home[person],
        sex=cohorts.people.sex[person],
        birth=cohorts.birth[person],
        marking=np.zeros(len(person), dtype=np.int64),
        sva=cohorts.lives.second_swedish[person],
        language=_languages(cohorts)[person],
        person=person,
    )
    # What must not leak is easiest to look for in somebody who was there all year.
    whole = (places.autumn == places.spring) & (cohorts.at(AUTUMN + 1, cohorts.lives.cause, 0) < 0)
    municipality = cohorts.people.municipality[person]
    for each in region.municipalities:
        _protect(found, np.flatnonzero((municipality == each.no) & whole[person]), each, region.seed)
    return found


def called(cohorts: Cohorts) -> tuple[Names, Names]:
    """Given and family name of everybody in the cohorts."""
    given, family = [], []
    for pool in cohorts.pools:
        sex = cohorts.people.sex[cohorts.people.municipality == pool.municipality.no]
        rng = stream(cohorts.seed, "names", pool.municipality.no)
        naming = drawn_namings(len(sex), rng)
        given.append(given_names(sex, naming, rng))
        family.append(family_names(naming, rng))
    return np.concatenate(given), np.concatenate(family)


def _languages(cohorts: Cohorts) -> Ints:
    draw = cohorts.chance("languages", 1)[0]
    return np.asarray(np.searchsorted(np.cumsum([share for _, _, share in LANGUAGES]), draw).clip(0, 2))


def _protect(pupils: Pupils, able: Ints, municipality: Municipality, seed: int) -> None:
    """Some get a protected identity and a canary name.

    The first municipality has three at least, one of them in the first class: who looks for leaks must find somebody.
    """
    rng = stream(seed, "protected", municipality.no)
    number = min(len(able), int(PROTECTED_SHARE * len(able) + rng.random()))
    chosen: list[int] = []
    if municipality.no == 1:
        number = min(len(able), max(3, number))
        first = able[pupils.class_no[able] == 0]
        chosen = [int(rng.choice(first))] if len(first) else []
    others = np.setdiff1d(able, chosen)
    chosen += sorted(rng.choice(others, number - len(chosen), replace=False).tolist())
    for place, pupil in enumerate(chosen):
        # Every municipality counts in names of its own.
        pupils.given[pupil], pupils.family[pupil] = canary_name(place * len(MUNICIPALITIES) + municipality.no - 1)
        pupils.marking[pupil] = 1 + (place + municipality.no - 1) % 2


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
