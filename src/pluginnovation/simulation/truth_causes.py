"""Why somebody left school: what would have had to be otherwise for the same pupil, with the same chance, to stay.

Each possible cause is taken away from everybody in a world of its own. Who left, and stays there, left because of it.
Somebody can have several causes, since it may be enough to take one of them away, or none, when only all of them
together would have been enough.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from .help.persons import Persons
from .help.region import Parts, RegionHelp
from .lives.seam import Help, People, Seen, Shifts
from .worlds import Live, Worlds

# So much that hardly a lesson is missed, and hardly a subject failed; not so much that arithmetic gives in.
AWAY: Final = 6.0
CAUSES: Final = ("absence", "grades", "motivation", "background")


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A `Help` with something added for everybody, in every term."""

    help: Help
    absence: float = 0.0
    passing: float = 0.0

    def before(self, term: int, seen: Seen) -> Shifts:
        """What changes in a term."""
        shifts = self.help.before(term, seen)
        return replace(shifts, absence=shifts.absence + self.absence, passing=shifts.passing + self.passing)


def causes(worlds: Worlds, live_with: Callable[[People], Live], persons: Persons) -> pl.DataFrame:
    """Everybody who left school in the world with help, and why.

    Takes   live_with   the region's lives with other people in the same places
    Gives   one row per pupil who left, sorted by person_id
              person_id    string
              left_term    the first term at whose end they left
              absence      would have stayed without absence (and what it leads to); boolean, as the following
              grades       would have stayed without F
              motivation   would have stayed with motivation one standard deviation above the mean
              background   would have stayed with parents with longer education who were born in Sweden
              no_help      would have stayed without any help: help did harm
    """
    left = worlds.lived.lived.left_term
    who = np.flatnonzero(left >= 0)
    stays = {name: stayed[who] for name, stayed in _stayed(worlds, live_with).items()}
    rows = pl.DataFrame({"person_id": persons.pupil(pl.Series(who)), "left_term": left[who], **stays})
    return rows.sort("person_id")


def kept_by_help(worlds: Worlds, persons: Persons) -> pl.DataFrame:
    """Everybody who would have left without help and didn't: person_id and the term they would have left in."""
    without, with_ = worlds.without.lived.left_term, worlds.lived.lived.left_term
    who = np.flatnonzero((without >= 0) & (with_ < 0))
    return pl.DataFrame({"person_id": persons.pupil(pl.Series(who)), "would_have_left_term": without[who]}).sort(
        "person_id"
    )


def _stayed(worlds: Worlds, live_with: Callable[[People], Live]) -> dict[str, np.ndarray]:
    people = worlds.ground.people
    same = live_with(people)

    def adults() -> RegionHelp:
        return RegionHelp(worlds.ground, Parts(sub_projects=frozenset(worlds.ground.scenario.sub_projects)))

    keen = replace(people, motivation=np.full(len(people), 1.0))
    easy = replace(people, parents=np.full(len(people), 2), origin=np.zeros(len(people), dtype=np.int64))
    lived = {
        "absence": same(Otherwise(adults(), absence=-AWAY)),
        "grades": same(Otherwise(adults(), passing=AWAY)),
        "motivation": live_with(keen)(adults()),
        "background": live_with(easy)(adults()),
        "no_help": worlds.without.lived,
    }
    return {name: life.left_term < 0 for name, life in lived.items()}
