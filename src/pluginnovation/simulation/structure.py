"""Schools and classes: how a number of pupils becomes municipalities, schools and classes.

Half the pupils are in years 7-9 (every fourth such school has years 5 and 6 too), half in upper secondary.
Classes have some 20-28 pupils, introductory ones fewer; small municipalities get small schools. About one pupil in
six goes to an independent school, which has an authority of its own.

Nothing in a municipality depends on another one: its numbers, its ids and its chance are its own, so a municipality
more or less leaves the rest as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pluginnovation.records.refusals import Refusal

from .chance import Floats, shared_out, stream
from .places import MUNICIPALITIES, Municipality, independent_name, school_name
from .subjects import INTRODUCTION, PROGRAMMES

PUPILS_IN_A_CLASS = 23.5
CLASSES_IN_A_SCHOOL = {"GR": 8, "GY": 14}
TWO_SCHOOLS_FROM = 6  # classes of one kind in a municipality
UPPER_SECONDARY_SHARE = 0.49
# 15 % of compulsory pupils 2017/18, 18.7 % in year 9; small municipalities have none, so the others have more.
INDEPENDENT_SHARE = 0.19
LEAST_IN_A_MUNICIPALITY = 5


@dataclass(frozen=True, slots=True)
class School:
    """One school unit.

    no           running number in the region
    local        number within its municipality, from 1
    unit_code    code in the (made-up) register
    school_type  GR or GY
    authority    organisation id of its school authority: the municipality's, or its own when it is independent
    """

    no: int
    local: int
    id: str
    unit_code: str
    name: str
    municipality: Municipality
    school_type: str
    authority: str

    @property
    def independent(self) -> bool:
        """Whether somebody other than the municipality runs it."""
        return self.authority != self.municipality.authority

    @property
    def place(self) -> tuple[int, int]:
        """What its streams of chance are named after: the municipality's number and its own there."""
        return self.municipality.no, self.local


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """One class: name ('8A', 'NA24B'), year, programme ('' in GR), size.

    no      running number in the region
    local   number within its municipality, from 0
    """

    no: int
    local: int
    id: str
    name: str
    school: School
    year: int
    programme: str
    size: int

    @property
    def place(self) -> tuple[int, int]:
        """What its streams of chance are named after: the municipality's number and its own there."""
        return self.school.municipality.no, self.local

    @property
    def introductory(self) -> bool:
        """Whether it belongs to an introductory programme."""
        return self.programme.startswith("IM")

    @property
    def mentor_groups(self) -> tuple[str, ...]:
        """The ids of its mentor groups, half the class each: every third upper secondary school has them."""
        halved = self.programme and not self.introductory and self.school.local % 3 == 0 and self.size >= 16
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
    """A region with that many pupils, shared out over the first municipalities by their weights.

    Raises  Refusal when the numbers cannot make a region (none, more municipalities than there are names,
            fewer than five pupils each)
    """
    return region_of(shared_sizes(pupils, municipalities), seed)


def shared_sizes(pupils: int, municipalities: int) -> tuple[int, ...]:
    """How many pupils each municipality's schools have.

    Raises  Refusal when there are too few pupils, or no or too many municipalities
    """
    _check_number(municipalities)
    _check_pupils(pupils, municipalities)
    weights = np.array([each.weight for each in MUNICIPALITIES[:municipalities]], dtype=float)
    return tuple(shared_out(pupils, weights, least=min(12, pupils // municipalities)).tolist())


def region_of(sizes: Sequence[int], seed: int) -> Region:
    """A region whose first municipality has sizes[0] pupils, and so on.

    A municipality is the same, row by row, whatever comes after it.

    Raises  Refusal as `shared_sizes`, or when the seed is negative
    """
    _check_number(len(sizes))
    for size in sizes:
        _check_pupils(size, 1)
    if seed < 0:
        raise Refusal(
            "simulation_seed",
            where="--seed",
            what=("Fröet är negativt.", "The seed is negative."),
            todo=("Välj ett heltal från 0.", "Choose a whole number from 0."),
        )
    chosen = MUNICIPALITIES[: len(sizes)]
    schools: list[School] = []
    classes: list[SchoolClass] = []
    for municipality, size in zip(chosen, sizes, strict=True):
        own = _build_municipality(municipality, size, seed, len(schools), len(classes))
        schools += list(dict.fromkeys(each.school for each in own))
        classes += own
    return Region(seed, chosen, tuple(schools), tuple(classes))


def _check_number(municipalities: int) -> None:
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


def _check_pupils(pupils: int, municipalities: int) -> None:
    least = LEAST_IN_A_MUNICIPALITY * municipalities
    if pupils < least:
        raise Refusal(
            "simulation_pupils",
            where="--pupils",
            what=(f"{pupils} elever räcker inte till.", f"{pupils} pupils are too few."),
            todo=(f"Välj minst {least}, fem per kommun.", f"Choose at least {least}, five per municipality."),
        )


_Planned = tuple[School, int, str, str]


def _build_municipality(
    municipality: Municipality, size: int, seed: int, first_school: int, first_class: int
) -> list[SchoolClass]:
    """The classes of a municipality, with their schools numbered on from those before it."""
    rng = stream(seed, "structure", municipality.no)
    count = max(1, round(size / PUPILS_IN_A_CLASS))
    upper = 0 if count == 1 else max(1, round(count * UPPER_SECONDARY_SHARE))
    planned: list[_Planned] = []
    for school_type, number in (("GR", count - upper), ("GY", upper)):
        if number:
            before = len({school.local for school, *_ in planned})
            planned += _plan_schools(municipality, school_type, number, before, rng)
    weights: Floats = rng.uniform(0.88, 1.14, len(planned))
    weights *= [0.6 if programme.startswith("IM") else 1.0 for _, _, programme, _ in planned]
    sizes = shared_out(size, weights, least=1).tolist()
    schools = _with_authorities(planned, sizes, seed, first_school)
    return [
        SchoolClass(
            first_class + local, local, f"{school.id}-{name}", name, schools[school.local], year, programme, pupils
        )
        for local, ((school, year, programme, name), pupils) in enumerate(zip(planned, sizes, strict=True))
    ]


def _with_authorities(planned: list[_Planned], sizes: list[int], seed: int, first_school: int) -> dict[int, School]:
    """The schools by their number in the municipality, some of them independent; never the first of its kind."""
    pupils: dict[School, int] = {}
    for (school, *_), size in zip(planned, sizes, strict=True):
        pupils[school] = pupils.get(school, 0) + size
    found = {school.local: replace(school, no=first_school + school.local - 1) for school in pupils}
    first = {school.school_type: school.local for school in reversed(pupils)}
    able = [school for school in pupils if first[school.school_type] != school.local]
    wanted, taken = INDEPENDENT_SHARE * sum(sizes), 0
    rng = stream(seed, "independent", planned[0][0].municipality.no)
    for place in rng.permutation(len(able)).tolist():
        school = able[place]
        # The last one is taken with the chance that makes the expected share right.
        if taken + pupils[school] * rng.random() >= wanted:
            break
        taken += pupils[school]
        own = found[school.local]
        found[school.local] = replace(own, authority=f"f{school.id[1:]}", name=independent_name(own.name))
    return found


def _plan_schools(
    municipality: Municipality, school_type: str, number: int, before: int, rng: np.random.Generator
) -> list[_Planned]:
    """School, year, programme and name of each class of one kind of school in a municipality."""
    many = max(2 if number >= TWO_SCHOOLS_FROM else 1, round(number / CLASSES_IN_A_SCHOOL[school_type]))
    # Log-normal: a few schools are much larger than the rest, and they come first.
    sizes = -np.sort(-shared_out(number, rng.lognormal(0, 0.35, many), least=min(3, number // many)))
    planned = []
    for place, size in enumerate(sizes):
        local = before + place + 1
        school = School(
            no=local - 1,
            local=local,
            id=f"s{municipality.key}{local:03d}",
            unit_code=f"{municipality.code}{local:04d}",
            name=school_name(municipality.no, local, school_type == "GY"),
            municipality=municipality,
            school_type=school_type,
            authority=municipality.authority,
        )
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
