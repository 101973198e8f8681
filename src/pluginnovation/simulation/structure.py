"""Schools and classes: how a number of pupils becomes municipalities, schools and classes.

Half the pupils are in years 7-9 (every fourth such school has years 5 and 6 too), half in upper secondary.
Classes have some 20-28 pupils, introductory ones fewer; small municipalities get small schools.
"""

from dataclasses import dataclass

import numpy as np

from pluginnovation.records.refusals import Refusal

from .chance import Floats, shared_out, stream
from .places import MUNICIPALITIES, Municipality, school_name
from .subjects import INTRODUCTION, PROGRAMMES

PUPILS_IN_A_CLASS = 23.5
CLASSES_IN_A_SCHOOL = {"GR": 8, "GY": 14}
UPPER_SECONDARY_SHARE = 0.49


@dataclass(frozen=True, slots=True)
class School:
    """One school unit: running number in the region, id, code in the (made-up) register, name, kind (GR or GY)."""

    no: int
    id: str
    unit_code: str
    name: str
    municipality: Municipality
    school_type: str


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """One class: running number in the region, id, name ('8A', 'NA24B'), year, programme ('' in GR), size."""

    no: int
    id: str
    name: str
    school: School
    year: int
    programme: str
    size: int

    @property
    def introductory(self) -> bool:
        """Whether it belongs to an introductory programme."""
        return self.programme.startswith("IM")

    @property
    def mentor_groups(self) -> tuple[str, ...]:
        """The ids of its mentor groups, half the class each: every third upper secondary school has them."""
        halved = self.programme and not self.introductory and self.school.no % 3 == 0 and self.size >= 16
        return (f"m-{self.id}-1", f"m-{self.id}-2") if halved else ()


@dataclass(frozen=True, slots=True)
class Region:
    """Everything that stands before anyone has come to school."""

    seed: int
    municipalities: tuple[Municipality, ...]
    schools: tuple[School, ...]
    classes: tuple[SchoolClass, ...]

    def classes_of(self, municipality: Municipality) -> list[SchoolClass]:
        """The classes of one municipality, in order."""
        return [each for each in self.classes if each.school.municipality.no == municipality.no]


def build_region(*, pupils: int, municipalities: int, seed: int) -> Region:
    """A region with that many pupils.

    Raises  Refusal when the numbers cannot make a region (none, more municipalities than there are names,
            fewer than five pupils each)
    """
    _check(pupils, municipalities, seed)
    chosen = MUNICIPALITIES[:municipalities]
    weights = np.array([each.weight for each in chosen], dtype=float)
    sizes = shared_out(pupils, weights, least=min(12, pupils // municipalities))
    schools: list[School] = []
    classes: list[SchoolClass] = []
    for municipality, size in zip(chosen, sizes, strict=True):
        _build_municipality(municipality, int(size), seed, schools, classes)
    return Region(seed, chosen, tuple(schools), tuple(classes))


def _check(pupils: int, municipalities: int, seed: int) -> None:
    if not 1 <= municipalities <= len(MUNICIPALITIES):
        most = len(MUNICIPALITIES)
        raise Refusal(
            "simulation_municipalities",
            where="--municipalities",
            what=(
                f"{municipalities} kommuner går inte att hitta på.",
                f"{municipalities} municipalities cannot be made up.",
            ),
            todo=(f"Välj 1 till {most}.", f"Choose 1 to {most}."),
        )
    if pupils < 5 * municipalities:
        least = 5 * municipalities
        raise Refusal(
            "simulation_pupils",
            where="--pupils",
            what=(f"{pupils} elever räcker inte till.", f"{pupils} pupils are too few."),
            todo=(f"Välj minst {least}, fem per kommun.", f"Choose at least {least}, five per municipality."),
        )
    if seed < 0:
        raise Refusal(
            "simulation_seed",
            where="--seed",
            what=("Fröet är negativt.", "The seed is negative."),
            todo=("Välj ett heltal från 0.", "Choose a whole number from 0."),
        )


def _build_municipality(
    municipality: Municipality, size: int, seed: int, schools: list[School], classes: list[SchoolClass]
) -> None:
    rng = stream(seed, "structure", municipality.no)
    count = max(1, round(size / PUPILS_IN_A_CLASS))
    upper = 0 if count == 1 else max(1, round(count * UPPER_SECONDARY_SHARE))
    planned: list[tuple[School, int, str, str]] = []
    for school_type, number in (("GR", count - upper), ("GY", upper)):
        if number:
            planned += _plan_schools(municipality, school_type, number, schools, rng)
    weights: Floats = rng.uniform(0.88, 1.14, len(planned))
    weights *= [0.6 if programme.startswith("IM") else 1.0 for _, _, programme, _ in planned]
    for (school, year, programme, name), pupils in zip(planned, shared_out(size, weights, least=1), strict=True):
        number = len(classes)
        classes.append(SchoolClass(number, f"{school.id}-{name}", name, school, year, programme, int(pupils)))


def _plan_schools(
    municipality: Municipality, school_type: str, number: int, schools: list[School], rng: np.random.Generator
) -> list[tuple[School, int, str, str]]:
    """School, year, programme and name of each class of one kind of school in a municipality."""
    many = max(1, round(number / CLASSES_IN_A_SCHOOL[school_type]))
    # Log-normal: a few schools are much larger than the rest, and they come first.
    sizes = -np.sort(-shared_out(number, rng.lognormal(0, 0.35, many), least=min(3, number // many)))
    before = sum(school.municipality.no == municipality.no for school in schools)
    planned = []
    for place, size in enumerate(sizes):
        local = before + place + 1
        school = School(
            no=len(schools),
            id=f"s{municipality.no:02d}{local:03d}",
            unit_code=f"99{municipality.no:02d}{local:04d}",
            name=school_name(municipality.no, local, school_type == "GY"),
            municipality=municipality,
            school_type=school_type,
        )
        schools.append(school)
        years = _years(school_type, int(size), place, rng)
        planned += [(school, *each) for each in _named(years)]
    return planned


def _years(school_type: str, size: int, place: int, rng: np.random.Generator) -> list[tuple[int, str]]:
    """Year and programme of each class of a school, sorted. Small schools get year 8 (or year 1) first."""
    if school_type == "GR":
        cycle = (8, 9, 7, 6, 5) if place % 4 == 1 and size >= 5 else (8, 9, 7)
        turn = int(rng.integers(len(cycle))) if size > 3 else 0
        return sorted((cycle[(turn + i) % len(cycle)], "") for i in range(size))
    weights = np.array([programme.weight for programme in PROGRAMMES], dtype=float)
    # Introductory classes are smaller and last about a year, so a share of pupils is a larger share of classes.
    weights *= [1.55 if programme.kind == INTRODUCTION else 1.0 for programme in PROGRAMMES]
    chosen = []
    steps = np.cumsum(weights / weights.sum())
    start, turn = rng.random(), int(rng.integers(3))
    for i in range(size):
        programme = PROGRAMMES[int(np.searchsorted(steps, (start + i * 0.6180339887) % 1.0))]
        chosen.append((1 if programme.kind == INTRODUCTION else 1 + (i + turn) % 3, programme.code))
    return sorted(chosen, key=lambda each: (each[1], each[0]))


def _named(years: list[tuple[int, str]]) -> list[tuple[int, str, str]]:
    """Year, programme and class name, with a letter (A, B … then AA) within each year and programme."""
    seen: dict[tuple[int, str], int] = {}
    named = []
    for year, programme in years:
        place = seen.get((year, programme), 0)
        seen[year, programme] = place + 1
        letter = chr(65 + place % 26) * (1 + place // 26)
        named.append((year, programme, f"{programme}{26 - year}{letter}" if programme else f"{year}{letter}"))
    return named
