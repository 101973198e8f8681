"""Why somebody left school, and what a risk comes from.

Each possible cause is taken away from everybody in a world of its own, with the same chance. Who left, and stays there,
left because of it. Somebody can have several causes, since it may be enough to take one of them away, or none, when
only all of them together would have been enough. What a risk comes from is told in the same way: how much lower it is
where the cause isn't.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from .chance import Floats
from .cohorts import some
from .help.persons import Persons
from .help.region import Parts, RegionHelp
from .help.shifts import as_shifts, nothing
from .help.sites import FIRST_UPPER_TERM
from .lives.draws import make_draws
from .lives.risk import Otherwise, Start, risks_of
from .lives.seam import Help, People, Seen, Shifts
from .worlds import Live, Worlds

# So much that hardly a lesson is missed, and hardly a subject failed; not so much that arithmetic gives in.
AWAY: Final = 6.0
FUTURES: Final = 20
AT_A_TIME: Final = 20_000  # persons


@dataclass(frozen=True, slots=True)
class Added:
    """A `Help` (None: no help) with something added for everybody, in every term."""

    help: Help | None
    absence: float = 0.0
    passing: float = 0.0

    def before(self, term: int, seen: Seen) -> Shifts:
        """What changes in a term."""
        shifts = self.help.before(term, seen) if self.help else as_shifts(nothing(len(seen.unit)))
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


def what_risk_comes_from(people: People, seed: int, persons: Persons, futures: int = FUTURES) -> pl.DataFrame:
    """Everybody's risk before upper secondary school, without help, and what it comes from.

    Takes   people, seed   whose lives are lived by `lives.life.live`
            futures   how many times everything from then on is drawn anew: an individual risk is known to a standard
                      error of 0.5 / sqrt(futures) at most, a difference better, since both are drawn alike
    Gives   one row per pupil
              person_id    string
              risk         probability of no degree within four years, 0..1, as `lives.risk.true_risk` has it
              absence, grades, motivation, background   how much lower it would be with the cause taken away as in
                           `causes`; divided by `risk`: the share that comes from it. Causes work together, so the parts
                           needn't add up to the whole; below 0 where it would be higher
    """

    return risk_rows(Start(people, make_draws(people, seed), seed), persons.pupils, futures)


def risk_rows(start: Start, ids: pl.Series, futures: int) -> pl.DataFrame:
    """The same for people whose chance is drawn already; `ids` are theirs.

    Some of a municipality's at a time, since nobody's future depends on another's, and many futures take much room.
    """
    at_home = start.people.municipality
    parts = []
    for number in np.unique(at_home).tolist():
        places = np.flatnonzero(at_home == number)
        for at in range(0, len(places), AT_A_TIME):
            who = places[at : at + AT_A_TIME]
            own = Start(some(start.people, who), some(start.draws, who), start.seed + at)
            parts.append(pl.DataFrame({"place": who, **_risks(own, futures)}))
    return pl.concat(parts).sort("place").drop("place").insert_column(0, ids.alias("person_id"))


def _risks(start: Start, futures: int) -> dict[str, Floats]:
    people = start.people
    worlds = {
        "risk": Otherwise(people),
        "absence": Otherwise(people, Added(None, absence=-AWAY)),
        "grades": Otherwise(people, Added(None, passing=AWAY)),
        "motivation": Otherwise(_keen(people)),
        "background": Otherwise(_easy(people)),
    }
    found = risks_of(start, FIRST_UPPER_TERM, worlds, futures)
    whole = found.pop("risk")
    return {"risk": whole} | {name: whole - other for name, other in found.items()}


def _keen(people: People) -> People:
    return replace(people, motivation=np.full(len(people), 1.0))


def _easy(people: People) -> People:
    return replace(people, parents=np.full(len(people), 2), origin=np.zeros(len(people), dtype=np.int64))


def _stayed(worlds: Worlds, live_with: Callable[[People], Live]) -> dict[str, np.ndarray]:
    people = worlds.ground.people
    same = live_with(people)

    def adults() -> RegionHelp:
        return RegionHelp(worlds.ground, Parts(sub_projects=frozenset(worlds.ground.scenario.sub_projects)))

    lived = {
        "absence": same(Added(adults(), absence=-AWAY)),
        "grades": same(Added(adults(), passing=AWAY)),
        "motivation": live_with(_keen(people))(adults()),
        "background": live_with(_easy(people))(adults()),
        "no_help": worlds.without.lived,
    }
    return {name: life.left_term < 0 for name, life in lived.items()}
