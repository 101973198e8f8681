"""What support asks of the methods: which may fit, and what one is. The app that has them fills this in when ready.

Support knows none of them by itself, and does without: then nothing is suggested, and what a measure follows is only
the words that somebody wrote.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest

from pluginnovation.knowledge.matching import Fit, Need
from pluginnovation.privacy.grounds import Grant
from pluginnovation.web.people.models import Person

from .models import Case


@dataclass(frozen=True, slots=True)
class NamedMethod:
    """A method as a measure follows it, in the page's language.

    kind, intent, reach, level   as measures of it usually are; empty: as anybody likes
    fidelity    what must be true for it to be this method
    href        its page here
    withdrawn   why it is no longer recommended; empty: it is
    """

    key: str
    title: str
    href: str
    kind: str = ""
    intent: str = ""
    reach: str = ""
    level: str = ""
    fidelity: tuple[str, ...] = ()
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class CasePanel:
    """A piece of a page, of a case's or of one with a need, drawn with `context` as `panel`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


# By name. NAMED: a method's key or title -> the method, or none. FITTING: a need -> what may fit, best first. Nothing
# of a need is kept or sent: it holds no person, and the methods lie here.
NAMED: Final[dict[str, Callable[[str], NamedMethod | None]]] = {}
FITTING: Final[dict[str, Callable[[Need, int], Sequence[Fit]]]] = {}
ON_NEED: Final[dict[str, Callable[[Need], CasePanel | None]]] = {}
ON_CASE: Final[dict[str, Callable[[HttpRequest, Case, Person, Grant], CasePanel | None]]] = {}


def method_named(text: str) -> NamedMethod | None:
    """The method that has this key or title; none when it is only words."""
    wanted = text.strip()
    if not wanted:
        return None
    return next((found for ask in NAMED.values() if (found := ask(wanted)) is not None), None)


def methods_fitting(need: Need, *, most: int = 5) -> list[Fit]:
    """The methods that may fit a need, best first; none when no catalogue is here.

    A current-state analysis asks this too: it gives the obstacles and problems of a school, never those of a pupil.
    """
    return [fit for ask in FITTING.values() for fit in ask(need, most)][:most]


def panels_of_need(need: Need) -> list[CasePanel]:
    """What other apps show beside a need that is no pupil's, such as a school's in a current-state analysis."""
    return [panel for show in ON_NEED.values() if (panel := show(need)) is not None]


def panels_of_case(request: HttpRequest, case: Case, person: Person, grant: Grant) -> list[CasePanel]:
    """What other apps show on a case's page."""
    return [panel for show in ON_CASE.values() if (panel := show(request, case, person, grant)) is not None]
