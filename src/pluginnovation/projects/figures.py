"""What the records fill in of a current-state analysis: figures over terms, patterns, mapping. It holds no person."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any

from . import levels
from .indicators import FROM_7_TO_9, HIGHER, INDICATORS, STAGES
from .levels import NOBODY, Told
from .published_figures import KPIS, PublishedLine


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of one stage over the terms, oldest first: the school's own beside municipality and region."""

    own: tuple[Told, ...]
    municipality: tuple[Told, ...]
    region: tuple[Told, ...]
    years: Mapping[int, tuple[Told, ...]] = field(default_factory=dict)

    @property
    def now(self) -> Told:
        """The newest of one's own."""
        return self.own[-1] if self.own else NOBODY


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A class of today: its absence over the terms, wherever its pupils were."""

    name: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A weekday, an hour or a subject that differs from the rest, in a class or in the school.

    sv, en   the sentence
    kind     weekday, slot or activity
    """

    kind: str
    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class MappingLine:
    """A statement of the mapping that stands out: in how many of the answered classes at least half say partly or not.

    dimension   the part of school connectedness
    """

    sv: str
    en: str
    dimension: str
    classes: int
    of: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the records fill in.

    as_of     the last day that is counted
    terms     names of the terms, oldest first
    weekdays  stage -> absence Monday to Friday in the running term
    mapped    the days of the mapping round that `mapping` is of; empty: none
    published   what others publish of the municipality, and `published_by`: where it is from and when it was read
    of_schools  the groups are a municipality's schools, not a school's classes
    """

    as_of: str = ""
    terms: tuple[str, ...] = ()
    stages: Mapping[str, Mapping[str, Series]] = field(default_factory=dict)
    weekdays: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    groups: tuple[GroupLine, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    mapping: tuple[MappingLine, ...] = ()
    mapped: str = ""
    mapped_classes: int = 0
    published: tuple[PublishedLine, ...] = ()
    published_by: str = ""
    of_schools: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """An indicator beside the region's.

    worse   whether one's own is the worse; False: the better or the same
    apart   thousandths (or days) between them
    """

    stage: str
    indicator: str
    own: Told
    other: Told
    worse: bool
    apart: int


def differences(figures: Figures) -> tuple[Difference, ...]:
    """Every indicator known both here and in the region: the worse first, those furthest apart in their own measure
    before others; then the rest in the order of the indicators."""
    found = []
    for stage in STAGES:
        for key, series in figures.stages.get(stage, {}).items():
            own, other = series.now, series.region[-1] if series.region else NOBODY
            if own.value is not None and other.value is not None:
                apart = own.value - other.value
                worse = apart < 0 if INDICATORS[key].better == HIGHER else apart > 0
                found.append(Difference(stage, key, own, other, worse, abs(apart)))
    order = list(INDICATORS)

    def place(one: Difference) -> tuple[bool, int, int]:
        # Thousandths and days aren't one measure: how much of the region's own figure it is can be compared.
        relative = -1000 * one.apart // max(one.other.value or 1, 1) if one.worse else 0
        return not one.worse, relative, order.index(one.indicator)

    return tuple(sorted(found, key=place))


def first_stage(figures: Figures) -> str:
    """The stage that the page begins with: years 7-9 where the school has them, else the oldest pupils'."""
    there = [stage for stage in STAGES if stage in figures.stages]
    return FROM_7_TO_9 if FROM_7_TO_9 in there else (there[-1] if there else "")


def packed_figures(figures: Figures) -> dict[str, Any]:
    """What the records fill in, as it is stored."""
    return {
        "as_of": figures.as_of,
        "terms": list(figures.terms),
        "stages": {
            stage: {key: _packed_series(one) for key, one in by_key.items()} for stage, by_key in figures.stages.items()
        },
        "weekdays": {stage: _row(one) for stage, one in figures.weekdays.items()},
        "groups": [[one.name, _row(one.told)] for one in figures.groups],
        "patterns": [[one.kind, one.sv, one.en] for one in figures.patterns],
        "mapping": [[one.sv, one.en, one.dimension, one.classes, one.of] for one in figures.mapping],
        "mapped": figures.mapped,
        "mapped_classes": figures.mapped_classes,
        "published": [list(astuple(one)) for one in figures.published],
        "published_by": figures.published_by,
        "of_schools": figures.of_schools,
    }


def unpacked_figures(stored: Mapping[str, Any]) -> Figures:
    """What `packed_figures` wrote; what is missing is empty."""
    return Figures(
        stored.get("as_of", ""),
        tuple(stored.get("terms", ())),
        {
            stage: {key: _series(one) for key, one in by_key.items() if key in INDICATORS}
            for stage, by_key in stored.get("stages", {}).items()
        },
        {stage: _told(one) for stage, one in stored.get("weekdays", {}).items()},
        tuple(GroupLine(name, _told(rows)) for name, rows in stored.get("groups", ())),
        tuple(Pattern(*one) for one in stored.get("patterns", ())),
        tuple(MappingLine(*one) for one in stored.get("mapping", ())),
        stored.get("mapped", ""),
        stored.get("mapped_classes", 0),
        tuple(PublishedLine(*one) for one in stored.get("published", ()) if one[0] in KPIS),
        stored.get("published_by", ""),
        stored.get("of_schools", False),
    )


def _packed_series(one: Series) -> dict[str, Any]:
    years = {str(year): _row(rows) for year, rows in one.years.items()}
    return {"own": _row(one.own), "municipality": _row(one.municipality), "region": _row(one.region), "years": years}


def _series(stored: Mapping[str, Any]) -> Series:
    years = {int(year): _told(rows) for year, rows in stored.get("years", {}).items()}
    return Series(_told(stored["own"]), _told(stored["municipality"]), _told(stored["region"]), years)


def _row(rows: Sequence[Told]) -> list[dict[str, Any]]:
    return [levels.packed(one) for one in rows]


def _told(rows: Sequence[Mapping[str, Any]]) -> tuple[Told, ...]:
    return tuple(levels.unpacked(one) for one in rows)
