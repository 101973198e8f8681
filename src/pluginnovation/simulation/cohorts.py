"""The region's pupils, cohort by cohort: who they are and the lives they lead, from which every file is written.

Each municipality has streams of its own, so its pupils and their lives are the same whatever stands beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np

from .chance import Bools, Days, Floats, Ints, stream
from .lives.draws import Draws, make_draws
from .lives.entry import COMMUTES, UPPER_INDEPENDENT, upper_units
from .lives.life import lived
from .lives.notes import STUDIES_ELSEWHERE
from .lives.people import YEAR_OF_FIRST_TERM, joined, people_of
from .lives.record import Lives
from .lives.seam import LAST_COMPULSORY_TERM, TERMS, Help, People
from .names import Names
from .places import MUNICIPALITIES, Municipality, neighbours

AUTUMN: Final = 2 * 2025 + 1  # the half-year in which the school year with lessons begins; its spring is the next
MOST_YEARS: Final = 6  # school years that can be told, this one counted
# The youngest begin year 5 this autumn; the oldest were in a fifth year of upper secondary school in the first of them.
BORN: Final = tuple(range(2000, 2015))
# Small municipalities have some of the years only, so that a class is a class: who is born in others isn't told of.
_ALL, _SOME, _FEW = BORN, tuple(range(2000, 2013)), (2009, 2010, 2011)
SOME_BELOW, FEW_BELOW = 150, 60  # pupils in a municipality's schools
_PER_COHORT = {_ALL: 7.9, _SOME: 6.0, _FEW: 2.9}  # pupils in school, of which a cohort is one; rather too few
LEAST_FOR_INDEPENDENT: Final = 150  # pupils of a year in a municipality with independent upper secondary schools
LIVES_ELSEWHERE: Final = 0.03  # share of compulsory school's pupils whose home is another municipality


@dataclass(frozen=True, slots=True)
class Pool:
    """One municipality's people, `size` in all, and the places of those who are told of."""

    municipality: Municipality
    size: int
    kept: Ints

    @property
    def in_a_cohort(self) -> int:
        """How many of them were born in a year."""
        return self.size // len(BORN)

    def people(self, seed: int) -> People:
        """All of them."""
        return people_of(self.municipality.no, self.size, seed, BORN)

    def chance(self, seed: int) -> Draws:
        """The chance in the lives of those who are told of."""
        found: Draws = some(_at_home(make_draws(self.people(seed), seed), self.in_a_cohort), self.kept)
        return found


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Everybody who may be in the files, ordered by municipality: one entry per person, as in `people` and `lives`.

    people    `municipality` is where they go to school; the unit numbers in `lives` are those of schools there
    lives     what happens without help
    id        the source's person id: `p0100001` for who is in school this year (without help), else `p01h00001`
    home      number of the municipality they live in, which may lie outside the region
    commutes  went to compulsory school elsewhere, at home, and comes for upper secondary school only
    elsewhere studies outside upper secondary school whenever out of it (adult education, a folk high school)
    """

    seed: int
    pools: tuple[Pool, ...]
    people: People
    lives: Lives
    id: Names
    birth: Days
    home: Ints
    commutes: Bools
    elsewhere: Bools

    def __len__(self) -> int:
        return len(self.id)

    def draws(self) -> Draws:
        """The chance in their lives: always the same, but made each time, since it takes much room."""
        size, at = len(self), 0
        found: dict[str, Any] = {}
        for each in self.pools:
            there = slice(at, at := at + len(each.kept))
            chance = each.chance(self.seed)
            for field in fields(chance):
                values = getattr(chance, field.name)
                found.setdefault(field.name, np.empty((*values.shape[:-1], size), values.dtype))[..., there] = values
        return Draws(**found)

    def live(self, help_: Help | None = None) -> Lives:
        """Their lives with some help, on the same chance. `live()` gives `lives` again."""
        return lived(self.people, self.draws(), help_)

    def term(self, half_year: int) -> Ints:
        """The term that each is in, in a half-year (2 x calendar year, plus one in autumn); may lie outside 0-19."""
        return np.asarray(half_year - 2 * (self.people.born + YEAR_OF_FIRST_TERM) - 1)

    def chance(self, purpose: str, rows: int) -> Floats:
        """Further chance for each person, uniform between 0 and 1: rows x persons, each municipality's its own."""
        parts = [stream(self.seed, purpose, each.municipality.no).random((rows, len(each.kept))) for each in self.pools]
        return np.concatenate(parts, axis=1)

    def at(self, half_year: int, rows: Any, none: Any) -> Any:
        """One value per person of rows with a term each, such as `lives.unit`; `none` outside their twenty terms."""
        term = self.term(half_year)
        inside = (term >= 0) & (term < TERMS)
        told = rows[np.clip(term, 0, TERMS - 1), np.arange(len(term))]
        # Small numbers are kept in little room, where arithmetic would overflow.
        return np.where(inside, told.astype(np.int64) if told.dtype.kind == "i" else told, none)


def make_cohorts(sizes: Sequence[int], seed: int) -> Cohorts:
    """The region's people. In each municipality exactly so many are in school in some part of this school year.

    Takes   sizes   pupils in the schools of the first municipality, of the second, and so on; 1 or more
    """
    parts = [_of_municipality(place, size, seed) for place, size in zip(MUNICIPALITIES, sizes, strict=False)]
    return Cohorts(
        seed=seed,
        pools=tuple(part.pools[0] for part in parts),
        people=joined([part.people for part in parts]),
        lives=_together([part.lives for part in parts]),
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("id", "birth", "home", "commutes", "elsewhere")
        },
    )


def _of_municipality(place: Municipality, size: int, seed: int) -> Cohorts:
    """The people of one municipality: some more than needed are made, and as many of them kept as were asked for."""
    told = _FEW if size < FEW_BELOW else _SOME if size < SOME_BELOW else _ALL
    each = int((size + 3 * size**0.5) / _PER_COHORT[told]) + 1
    while True:
        pool = Pool(place, each * len(BORN), np.arange(each * len(BORN)))
        people = pool.people(seed)
        drawn = make_draws(people, seed)
        draws = _at_home(drawn, each)
        lives = lived(people, draws)
        kept = _kept(people, _in_school(people, lives), size, stream(seed, "kept", place.no), told)
        if kept is not None:
            break
        each += 1 + each // 20
    chosen = replace(pool, kept=kept), some(people, kept), some(drawn, kept)
    return _told(*chosen, some(lives, kept), seed)


def _told(pool: Pool, people: People, draws: Draws, lives: Lives, seed: int) -> Cohorts:
    upper = np.arange(TERMS)[:, None] > LAST_COMPULSORY_TERM
    # Which school they go to depends on how many there are in all.
    units = upper_units(people, _at_home(draws, pool.in_a_cohort))
    lives = replace(lives, unit=np.where(upper & (lives.unit > 0), units, lives.unit))
    commutes = np.asarray((draws.upper_school[0] < COMMUTES) & (2025 - people.born >= 16))
    year = (people.born - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return Cohorts(
        seed=seed,
        pools=(pool,),
        people=people,
        lives=lives,
        id=_ids(pool.municipality, _in_school(people, lives)),
        birth=np.asarray(year + (draws.birthday * 365).astype(np.int64), dtype="datetime64[D]"),
        home=_homes(pool.municipality, commutes, stream(seed, "lives homes", pool.municipality.no)),
        commutes=commutes,
        elsewhere=np.asarray(draws.kind < STUDIES_ELSEWHERE),
    )


def _in_school(people: People, lives: Lives) -> Bools:
    """Who is in school in some part of the school year with lessons."""
    term = AUTUMN - 2 * (people.born + YEAR_OF_FIRST_TERM) - 1
    place = np.arange(len(people))
    found = np.zeros(len(people), dtype=bool)
    for each in (term, term + 1):
        found |= (each >= 0) & (each < TERMS) & lives.attended[np.clip(each, 0, TERMS - 1), place]
    return found


def _kept(people: People, there: Bools, size: int, rng: np.random.Generator, told: tuple[int, ...]) -> Ints | None:
    """The places of those who are told of, so that `size` of them are in school; None when there are too few."""
    able = np.isin(people.born, told)
    order = rng.permutation(len(people))
    counted = np.cumsum((there & able)[order])
    if counted[-1] < size:
        return None
    last = int(np.searchsorted(counted, size))
    among = np.zeros(len(people), dtype=bool)
    among[order[: last + 1]] = True
    return np.flatnonzero(among & able)


def _at_home(draws: Draws, in_a_cohort: int) -> Draws:
    """The same chance with nobody who commutes, for in the files that is told by where they live.

    Where there are few pupils, all of them go to the municipality's own upper secondary school.
    """
    school = draws.upper_school.copy()
    school[0] = 1.0
    if in_a_cohort < LEAST_FOR_INDEPENDENT:
        school[1] = UPPER_INDEPENDENT + (1 - UPPER_INDEPENDENT) * school[1]
    return replace(draws, upper_school=school)


def _homes(place: Municipality, commutes: Bools, rng: np.random.Generator) -> Ints:
    """Where each lives: most in the school's municipality, others in its neighbours, drawn by size."""
    near = neighbours(place)
    weights = np.array([each.weight**0.5 for each in near])
    elsewhere = rng.choice([each.no for each in near], len(commutes), p=weights / weights.sum())
    return np.where(commutes | (rng.random(len(commutes)) < LIVES_ELSEWHERE), elsewhere, place.no)


def _ids(place: Municipality, this_year: Bools) -> Names:
    numbers = np.where(this_year, np.cumsum(this_year), np.cumsum(~this_year))
    both = zip(this_year.tolist(), numbers.tolist(), strict=True)
    return np.array([f"p{place.key}{'' if now else 'h'}{number:05d}" for now, number in both], dtype=object)


def some(of: Any, places: Ints) -> Any:
    """The same arrays for some of the persons: they stand last in every one."""
    found: dict[str, Any] = {}
    for each in fields(of):
        values = getattr(of, each.name)
        if isinstance(values, dict):
            found[each.name] = {name: row[places] for name, row in values.items()}
        else:
            found[each.name] = _small(values)[..., places]
    return replace(of, **found)


def _small(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32) if values.dtype == np.float64 and values.ndim > 1 else values


def _together(parts: Sequence[Any]) -> Any:
    """Such arrays of several municipalities as one."""
    found: dict[str, Any] = {}
    for each in fields(parts[0]):
        values = [getattr(part, each.name) for part in parts]
        if isinstance(values[0], dict):
            found[each.name] = {name: np.concatenate([one[name] for one in values]) for name in values[0]}
        else:
            found[each.name] = np.concatenate(values, axis=-1)
    return replace(parts[0], **found)
