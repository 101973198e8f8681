"""What somebody browsing methods has ticked: several values of a filter widen it, several filters narrow the list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final
from urllib.parse import urlencode

from pluginnovation.knowledge import vocabulary
from pluginnovation.knowledge.vocabulary import Words

# Kronor for one unit, whatever it is counted for: a filter on an order of magnitude, not on a price.
LOW_UNDER, HIGH_FROM = 2_000, 15_000
COSTS: Final[Words] = {
    "low": ("Låg, under 2 000 kr", "Low, under SEK 2,000"),
    "middle": ("Mellan, 2 000-15 000 kr", "Middle, SEK 2,000-15,000"),
    "high": ("Hög, från 15 000 kr", "High, from SEK 15,000"),
    "unknown": ("Okänd", "Unknown"),
}
CERTAINTIES: Final[Words] = {
    "0": ("Okänt", "Unknown"),
    "1": ("Mycket osäkert", "Very uncertain"),
    "2": ("Osäkert", "Uncertain"),
    "3": ("Måttlig", "Moderate"),
    "4": ("Hög", "High"),
}

# The filters in the order of the page: the name in an address, the field here, the words that may be chosen.
FILTERS: Final[Mapping[str, tuple[str, Words]]] = {
    "problem": ("problems", vocabulary.PROBLEMS),
    "obstacle": ("obstacles", vocabulary.OBSTACLES),
    "year": ("years", vocabulary.YEARS),
    "group": ("target_groups", vocabulary.TARGET_GROUPS),
    "setting": ("settings", vocabulary.SETTINGS),
    "intent": ("intents", vocabulary.INTENTS),
    "reach": ("reaches", vocabulary.REACHES),
    "level": ("levels", vocabulary.LEVELS),
    "cost": ("costs", COSTS),
    "certainty": ("certainties", CERTAINTIES),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is ticked, as keys of the lists in `vocabulary` (costs, certainties: of those here). Empty: any."""

    problems: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: Mapping[str, Sequence[str]]) -> "Filter":
        """From an address: names and values that aren't known are left out, for old links must still open a list."""
        return cls(**{field: _known(query.get(name, ()), words) for name, (field, words) in FILTERS.items()})

    def any(self) -> bool:
        """Whether something is ticked."""
        return any(getattr(self, field.name) for field in fields(self))

    def query(self) -> str:
        """The address' part after the question mark, always in the same order; empty when nothing is ticked."""
        return urlencode([(name, key) for name, (field, _) in FILTERS.items() for key in getattr(self, field)])

    def fits(self, method: Mapping[str, Iterable[str]]) -> bool:
        """Whether a method fits. method: the method's keys by field, as `keys_of` names them."""
        return all(not chosen or not set(chosen).isdisjoint(method[field]) for field, chosen in self._chosen())

    def without(self, field: str) -> "Filter":
        """The same with one filter open, to count what each of its values would give."""
        return Filter(**{name: chosen for name, chosen in self._chosen() if name != field})

    def _chosen(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


def cost_of(low: int | None, high: int | None) -> str:
    """The order of magnitude of a cost in kronor: by its upper end, or the lower where no other is known."""
    most = high if high is not None else low
    if most is None:
        return "unknown"
    if most < LOW_UNDER:
        return "low"
    return "high" if most >= HIGH_FROM else "middle"


def _known(values: Sequence[str], words: Words) -> tuple[str, ...]:
    wanted = set(values)
    return tuple(key for key in words if key in wanted)
