"""What became of everybody, as the figures that official statistics have: each a mean with its number of pupils."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pluginnovation.simulation.chance import Bools

from .entry import HF, IM, KIND, YR
from .levels import EN, MA, NONE, SV
from .notes import PROGRAMME_ADAPTED, PROGRAMME_GROUP
from .people import independent
from .record import Lives
from .seam import People
from .state import COMPULSORY, INTRODUCTORY, NATIONAL

FIRST = 10  # the first term of upper secondary school for those who begin at once
AUTUMN_OF_YEAR = {7: 4, 8: 6, 9: 8}
YEAR_6, YEAR_9 = 1, 7  # rows of the grades: spring of years 6 and 9
BEGINNER_YEARS = 13  # the last term of the second year


@dataclass(frozen=True, slots=True)
class Measured:
    """A mean, added up so that several seeds can be joined: sum, sum of squares, number."""

    total: float
    squares: float
    number: int

    @property
    def mean(self) -> float:
        """The mean; nan when there is nobody."""
        return self.total / self.number if self.number else float("nan")

    @property
    def error(self) -> float:
        """Its standard error."""
        if not self.number:
            return float("nan")
        return float(np.sqrt(max(self.squares / self.number - self.mean**2, 0.0) / self.number))

    def __add__(self, other: "Measured") -> "Measured":
        return Measured(self.total + other.total, self.squares + other.squares, self.number + other.number)


@dataclass(frozen=True, slots=True)
class Everybody:
    """The people and their lives, for whoever counts them."""

    people: People
    lives: Lives


def measured(people: People, lives: Lives) -> dict[str, Measured]:
    """Every figure of the lives, by the keys of `targets.TARGETS`."""
    parts = (_backgrounds, _year_9, _persistence, _completion, _introductory, _kinds, _absence, _notes, _register)
    everybody = Everybody(people, lives)
    return {key: _mean(values, among) for part in parts for key, values, among in part(everybody)}


Rows = Iterator[tuple[str, np.ndarray, Bools]]


def _mean(values: np.ndarray, among: Bools) -> Measured:
    some = values[among].astype(np.float64)
    return Measured(float(some.sum()), float((some**2).sum()), len(some))


def _split(key: str, values: np.ndarray, among: Bools, groups: dict[str, Bools]) -> Rows:
    for name, group in groups.items():
        yield f"{key}_{name}", values, among & group


def _backgrounds(of: Everybody) -> Rows:
    all_ = np.ones(len(of.people), dtype=bool)
    yield "girls", of.people.sex == 0, all_
    yield "foreign", of.people.origin > 0, all_
    yield "post_secondary", of.people.parents == 2, all_
    yield "independent", independent(of.people.school), all_


def _sexes(of: Everybody) -> dict[str, Bools]:
    return {"girls": of.people.sex == 0, "boys": of.people.sex == 1}


def _year_9(of: Everybody) -> Rows:
    all_ = np.ones(len(of.people), dtype=bool)
    able, final = of.lives.open["YR"], of.lives.grades[YEAR_9]
    parents = {
        "post_secondary": of.people.parents == 2,
        "upper": of.people.parents == 1,
        "less": of.people.parents == 0,
    }
    origins = {f"origin_{i}": of.people.origin == i for i in range(5)}
    yield "eligible", able, all_
    yield from _split("eligible", able, all_, _sexes(of) | parents | origins)
    yield "mathematics_failed", final[MA] < 1, all_
    yield "passed_all", ((final > 0) | (final == NONE)).all(axis=0), all_
    yield "merit", of.lives.merit, all_
    yield from _split("merit", of.lives.merit, all_, _sexes(of))


def _persistence(of: Everybody) -> Rows:
    sixth, ninth = of.lives.grades[YEAR_6], of.lives.grades[YEAR_9]
    second = of.lives.second_swedish
    for key, row, among in (("mathematics", MA, None), ("english", EN, None), ("swedish", SV, ~second),
                            ("second_swedish", SV, second)):  # fmt: skip
        failed = sixth[row] == 0
        yield f"kept_{key}", ninth[row] == 0, failed if among is None else failed & among


def _within(of: Everybody, years: int) -> Bools:
    latest = of.lives.began + 2 * years - 1
    return np.asarray((of.lives.degree_term >= 0) & (of.lives.degree_term <= latest))


def _completion(of: Everybody) -> Rows:
    at_once = of.lives.began == FIRST
    first = KIND[of.lives.first_programme]
    national = at_once & (first != IM)
    three, four, five = (_within(of, years) for years in (3, 4, 5))
    certificate = (of.lives.certificate_term >= 0) & (of.lives.certificate_term <= FIRST + 5)
    yield "three_years", three, national
    yield from _split("three_years", three, national, {"higher": first == HF, "vocational": first == YR})
    yield "certificate", certificate, national
    yield "higher_education", three & of.lives.eligible_higher, national
    yield "four_years", four, at_once
    parents = of.people.parents
    groups = _sexes(of) | {"post_secondary": parents == 2, "upper": parents == 1, "less": parents == 0}
    yield from _split(
        "four_years", four, at_once, groups | {"here": of.people.origin < 2, "abroad": of.people.origin >= 2}
    )
    yield "five_years", five, at_once
    with_certificate = ~five & (of.lives.certificate_term >= 0)
    yield "five_certificate", with_certificate, at_once
    unfinished = at_once & ~five & ~with_certificate
    yield "unfinished", unfinished, at_once
    yield "broke_off_early", np.asarray(~of.lives.attended[BEGINNER_YEARS + 1 :].any(axis=0)), unfinished


def _introductory(of: Everybody) -> Rows:
    began = (of.lives.began == FIRST) & (KIND[of.lives.first_programme] == IM)
    moved = (of.lives.status[FIRST:] == NATIONAL).any(axis=0)
    yield "moved_on", moved, began
    yield "moved_degree", _within(of, 5), began & moved


def _kinds(of: Everybody) -> Rows:
    there = of.lives.attended[FIRST::2]
    kind = KIND[of.lives.programme[FIRST::2]]
    for key, which in (("higher", HF), ("vocational", YR), ("introductory", IM)):
        yield f"share_{key}", kind == which, there


def _absence(of: Everybody) -> Rows:
    for year, term in AUTUMN_OF_YEAR.items():
        seen = of.lives.absence[term]
        yield f"absent_15_year_{year}", seen >= 0.15, ~np.isnan(seen)
    ninth = of.lives.absence[AUTUMN_OF_YEAR[9]]
    yield "absent_10_19", (ninth >= 0.10) & (ninth < 0.20), ~np.isnan(ninth)
    for key, status in (("national", NATIONAL), ("introductory", INTRODUCTORY)):
        yield f"absence_{key}", of.lives.missed, of.lives.status == status


def _notes(of: Everybody) -> Rows:
    years = slice(FIRST, 18, 2), slice(FIRST + 1, 19, 2)
    attended = of.lives.attended[years[0]] | of.lives.attended[years[1]]
    stopped = of.lives.grant_stopped[years[0]] | of.lives.grant_stopped[years[1]]
    unit = np.maximum(of.lives.unit[years[0]], of.lives.unit[years[1]])
    yield "grant", stopped, attended
    schools = {"independent": independent(unit), "municipal": ~independent(unit)}
    yield from _split("grant", stopped, attended, _sexes(of) | schools)
    pupils = of.lives.status[0:10:2] == COMPULSORY
    kind = of.lives.programmed[0:10:2]
    yield "programme", kind > 0, pupils
    yield from _split("programme", kind > 0, pupils, _sexes(of))
    yield "adapted", kind == PROGRAMME_ADAPTED, pupils
    yield "special_group", kind == PROGRAMME_GROUP, pupils


def _register(of: Everybody) -> Rows:
    under = of.lives.registered
    could = of.lives.young
    term = np.arange(len(under))[:, None] + np.zeros_like(under, dtype=np.int64)
    # By school year: whoever was there in some part of it, and the age they turned in its autumn.
    in_year = under[FIRST::2] | under[FIRST + 1 :: 2]
    turned = of.lives.half_year[FIRST::2] // 2 - of.people.born
    first = under & (np.cumsum(under, axis=0) == 1)
    yield "register", under, could
    yield "register_men", np.broadcast_to(of.people.sex == 1, under.shape), under
    yield "register_18_19", (turned == 18) | (turned == 19), in_year
    yield "register_autumn", term % 2 == 0, first
    yield "register_contact", of.lives.reached > 0, under
    yield "register_measure", of.lives.reached == 2, under
