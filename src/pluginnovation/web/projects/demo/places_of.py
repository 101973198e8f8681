"""Where the demo's sub-projects are: the places of the region's files at which most were chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pluginnovation.web.people.models import Organisation

from ..places import Place, municipalities, municipality_of
from .content import ALL, Tried

Event = Mapping[str, Any]
CHOSEN = ("assignment_drawn", "participants_chosen")


@dataclass(frozen=True, slots=True)
class At:
    """One way at one place: who was chosen there, as the file names them, and on which day."""

    tried: Tried
    place: Place
    chosen: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class _Choice:
    """What was chosen at a place: its key in the file, or the municipality's digits for several together."""

    key: str
    place: Place
    chosen: tuple[str, ...]
    day: date


def places_of_the_demo(events: Iterable[Event], source: str) -> list[At]:
    """The places, in the order of `ALL`, those with most participants first."""
    choices = [event for event in events if event["type"] in CHOSEN and event["chosen"]]
    sites = {event["site"] for event in choices}
    rows = Organisation.objects.filter(source=source, source_id__in=sites).select_related("parent")
    here, towns = {row.source_id: row for row in rows}, municipalities()
    found: list[At] = []
    taken: set[tuple[str, str]] = set()
    for tried in ALL:
        mine = [e for e in choices if e["sub_project"] == tried.key and e["at"].startswith(tried.began)]
        at_each = [_choice(e, here, towns) for e in mine if e["site"] in here]
        listed = _joined(at_each, towns) if tried.joined else at_each
        listed = [one for one in listed if (tried.began, one.key) not in taken]
        for one in sorted(listed, key=lambda one: (-len(one.chosen), one.key))[: tried.sites]:
            taken.add((tried.began, one.key))
            found.append(At(tried, one.place, one.chosen, one.day))
    return found


def _choice(event: Event, here: Mapping[str, Organisation], towns: Mapping[str, str]) -> _Choice:
    day = date.fromisoformat(event["at"][:10])
    return _Choice(event["site"], _place(here[event["site"]], towns), tuple(event["chosen"]), day)


def _joined(choices: Iterable[_Choice], towns: Mapping[str, str]) -> list[_Choice]:
    """The same by municipality."""
    found: dict[str, _Choice] = {}
    for one in choices:
        town = one.place.municipality
        before = found.get(town)
        chosen = (*(before.chosen if before else ()), *one.chosen)
        found[town] = _Choice(town, Place("", town, towns.get(town, one.place.name)), chosen, one.day)
    return list(found.values())


def _place(row: Organisation, towns: Mapping[str, str]) -> Place:
    """A school; an authority is its municipality's own."""
    town = municipality_of(row)
    if row.organisation_type == "Huvudman":
        return Place("", town, towns.get(town, row.display_name))
    return Place(row.code, town, row.display_name)
