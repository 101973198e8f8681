"""What other apps show on the pages of pupil and class: they fill it in when ready, and signals knows none of them.

A panel is asked for once a page, so that the number of queries doesn't grow with the pupils.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.http import HttpRequest

from pluginnovation.privacy.grounds import Grant
from pluginnovation.web.people.models import Group, Person

from .history import Event

# Where a panel stands: among the buttons at the top, first beside the page (on a phone: first of all), beside it, or
# in the page itself.
DOINGS, FIRST, BESIDE, WITHIN = "doings", "first", "beside", "within"
PLACES: Final = (DOINGS, FIRST, BESIDE, WITHIN)


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of a page.

    place      one of PLACES
    template   drawn with `context` added to the page's own
    """

    place: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beside:
    """What adults do for one pupil of a list.

    supported   a measure runs, or a case is open
    says        what that is, in a sentence; empty: nothing
    step, who, due   what is promised next, by whom, and by which day; none: no day is said
    clock       how near the day is, as `support.my_day` calls it; empty: nothing is promised
    """

    supported: bool = False
    says: str = ""
    step: str = ""
    who: str = ""
    due: date | None = None
    clock: str = ""


NOTHING_BESIDE: Final = Beside()

OnPupil = Callable[[HttpRequest, Person, Grant], Panel | None]
OnGroup = Callable[[HttpRequest, Group], Panel | None]

# By name, in the order in which they stand on the page.
ON_PUPIL: Final[dict[str, OnPupil]] = {}
ON_GROUP: Final[dict[str, OnGroup]] = {}
# The lines of a pupil's timeline for a ground, each with what it is sorted by: its day and seconds.
Line = tuple[tuple[date, float], Event]
IN_TIMELINE: Final[dict[str, Callable[[Grant], Iterable[Line]]]] = {}
# Pupils' codes -> what adults do for each of them; who isn't named has nothing.
BESIDE_ROWS: Final[dict[str, Callable[[Sequence[str]], Mapping[str, Beside]]]] = {}


def panels_of_pupil(request: HttpRequest, person: Person, grant: Grant) -> dict[str, list[Panel]]:
    """The panels of a pupil's page, by place."""
    return _placed(show(request, person, grant) for show in ON_PUPIL.values())


def panels_of_group(request: HttpRequest, group: Group) -> dict[str, list[Panel]]:
    """The panels of a class's page, by place."""
    return _placed(show(request, group) for show in ON_GROUP.values())


def _placed(panels: Iterable[Panel | None]) -> dict[str, list[Panel]]:
    by_place: dict[str, list[Panel]] = {place: [] for place in PLACES}
    for panel in panels:
        if panel is not None:
            by_place[panel.place].append(panel)
    return by_place


def beside_rows(pupils: Sequence[str]) -> dict[str, Beside]:
    """What adults do for each of these pupils."""
    found: dict[str, Beside] = {}
    for tell in BESIDE_ROWS.values():
        found |= tell(pupils)
    return found


def lines_of_others(grant: Grant) -> list[Line]:
    """The lines that other apps add to the timeline of the grant's pupil."""
    return [line for tell in IN_TIMELINE.values() for line in tell(grant)]
