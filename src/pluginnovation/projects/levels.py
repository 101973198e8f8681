"""What may be told of counts: a school beside its municipality and its region, with small numbers left out.

A figure is hidden when fewer than ten are behind it, or (for shares of pupils) when fewer than ten have what it tells
or lack it. A municipality's figure is hidden too when it would tell a hidden school's by subtraction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeVar

from pluginnovation.privacy.small_numbers import FEWEST, Count, too_few

from .indicators import LEAST_REPORTED

Place = TypeVar("Place")
KNOWN, FEW, UNKNOWN, NONE = "known", "few", "unknown", "none"
STATES: Final = (KNOWN, FEW, UNKNOWN, NONE)


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as it may be told.

    state   KNOWN; FEW: hidden, too few are behind it; UNKNOWN: too little is reported, or nothing known;
            NONE: there is nobody or nothing to count
    value   thousandths for a share, whole days for a wait; null unless KNOWN
    n       pupils (or waits) behind it; null unless KNOWN
    some    how many of them have it, for a share of pupils; null otherwise
    """

    state: str
    value: int | None = None
    n: int | None = None
    some: int | None = None

    @property
    def known(self) -> bool:
        """Whether there is a number to show."""
        return self.state == KNOWN


NOBODY: Final = Told(NONE)
TOO_FEW: Final = Told(FEW)
NOT_KNOWN: Final = Told(UNKNOWN)


@dataclass(frozen=True, slots=True)
class Part:
    """What was counted at one place, before anything is hidden.

    n               how many pupils are behind it
    numerator, denominator   of the share; pupils when `of_pupils`, else minutes
    of_pupils       the share is of pupils
    reported, offered        minutes that tell whether enough is known; both 0: it isn't asked
    """

    n: int
    numerator: int
    denominator: int
    of_pupils: bool = False
    reported: int = 0
    offered: int = 0

    def __add__(self, other: "Part") -> "Part":
        return Part(
            self.n + other.n, self.numerator + other.numerator, self.denominator + other.denominator,
            self.of_pupils or other.of_pupils, self.reported + other.reported, self.offered + other.offered,
        )  # fmt: skip

    @property
    def small(self) -> bool:
        """Whether somebody could be singled out."""
        if self.of_pupils:
            return too_few(Count(self.denominator, self.numerator))
        return self.n < FEWEST


EMPTY: Final = Part(0, 0, 0)


def summed(parts: Iterable[Part]) -> Part:
    """Parts together."""
    total = EMPTY
    for part in parts:
        total += part
    return total


def per_mille(numerator: int, denominator: int) -> int:
    """A share in whole thousandths, halves upward."""
    return (2000 * numerator + denominator) // (2 * denominator)


def told(part: Part) -> Told:
    """A part as it may be told by itself."""
    if part.n == 0 and part.denominator == 0:
        return NOBODY
    if part.denominator == 0 or part.reported * 100 < part.offered * LEAST_REPORTED:
        return NOT_KNOWN
    if part.small:
        return TOO_FEW
    some = part.numerator if part.of_pupils else None
    return Told(
        KNOWN, per_mille(part.numerator, part.denominator), part.denominator if part.of_pupils else part.n, some
    )


@dataclass(frozen=True, slots=True)
class Levels:
    """Every school, municipality and the region, as they may be told together."""

    schools: Mapping[str, Told]
    municipalities: Mapping[str, Told]
    region: Told


def levels(parts: Mapping[str, Part], municipality: Mapping[str, str]) -> Levels:
    """Schools beside their municipalities and the region.

    Takes   parts          a school's code -> what was counted there; the schools are disjoint
            municipality   a school's code -> its municipality's; empty or absent: none known, only the region counts it
    Gives   hides a municipality whose figure, less its shown schools, would tell its hidden ones; then as many more,
            the smallest first, as it takes to keep that from the region's figure
    """
    schools = {code: told(part) for code, part in parts.items()}
    by_place: dict[str, list[str]] = {}
    for code in parts:
        by_place.setdefault(municipality.get(code, ""), []).append(code)
    wholes = {place: summed(parts[code] for code in codes) for place, codes in by_place.items()}
    hidden = {
        place
        for place, codes in by_place.items()
        if place and (_small(wholes[place]) or _tells([parts[code] for code in codes if schools[code] == TOO_FEW]))
    }
    loose = [code for code in by_place.get("", ()) if schools[code] == TOO_FEW]
    region = summed(parts.values())
    while hidden or loose:
        apart = [wholes[place] for place in hidden] + [parts[code] for code in loose]
        shown = [place for place in wholes if place and place not in hidden and wholes[place].n]
        if (len(apart) > 1 and not _tells(apart)) or not shown:
            break
        hidden.add(min(shown, key=lambda place: (wholes[place].n, place)))
    left_over = [wholes[place] for place in hidden] + [parts[code] for code in loose]
    whole = TOO_FEW if left_over and (len(left_over) == 1 or _tells(left_over)) else told(region)
    return Levels(
        schools, {place: TOO_FEW if place in hidden else told(wholes[place]) for place in wholes if place}, whole
    )


def _small(part: Part) -> bool:
    return bool(part.n or part.denominator) and part.small


def _tells(hidden: Sequence[Part]) -> bool:
    """Whether the sum of hidden parts, found by subtraction, would tell of few."""
    return bool(hidden) and (len(hidden) == 1 or summed(hidden).small)


def within(parts: Mapping[Place, Part]) -> dict[Place, Told]:
    """The parts of one school (years, or classes), where the school's own figure is shown too."""
    return _hidden_further(parts, {key: told(part) for key, part in parts.items()})


def _hidden_further(parts: Mapping[Place, Part], shown: dict[Place, Told]) -> dict[Place, Told]:
    """Hide more, the smallest first, until what is hidden together isn't few."""
    while _tells([parts[key] for key, one in shown.items() if one == TOO_FEW]):
        left = [key for key, one in shown.items() if one.known]
        if not left:
            break
        shown[min(left, key=lambda key: (parts[key].n, str(key)))] = TOO_FEW
    return shown


def within_each(parts: Mapping[Place, Part], of: Mapping[Place, object]) -> dict[Place, Told]:
    """The same for classes, where figures of their years are shown beside the school's.

    Takes   of   a class -> its year: what is left of a year must not tell of few either
    """
    shown: dict[Place, Told] = {}
    for year in {of.get(key) for key in parts}:
        shown |= within({key: part for key, part in parts.items() if of.get(key) == year})
    return _hidden_further(parts, shown)


def packed(one: Told) -> dict[str, Any]:
    """As it lies in a stored document: what is empty is left out."""
    return {name: value for name, value in asdict(one).items() if value is not None}


def unpacked(row: Mapping[str, Any]) -> Told:
    """What `packed` wrote.

    Raises  ValueError when it isn't such a row
    """
    if row.get("state") not in STATES:
        raise ValueError("not a figure")
    return Told(row["state"], row.get("value"), row.get("n"), row.get("some"))
