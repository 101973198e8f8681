"""How each pupil tends to be in school, and what their class has in common.

How much of the school year each misses is their life's. It has two parts: days at home (mostly excused, in spells) and
lessons missed (mostly unexcused). Single pupils have a *story* that a signal should find: where it means absence, the
year as a whole has as much of it as the life says.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .chance import Bools, Floats, Ints, stream
from .cohorts import AUTUMN, Cohorts
from .patterns import shown_classes
from .pupils import Pupils
from .roster import OPEN, YEAR_LENGTH, Roster
from .structure import Region, SchoolClass
from .subjects import taught

STORIES = ("", "long", "rising", "avoids", "late", "unreported", "no-show")
# Who has a story that means absence has as much of it, over the year, as their life says; so each story is drawn among
# those whose absence it fits. Shares of the year's teaching missed: least, most, and how many of those have the story.
STORY_FITS = {"long": (0.4, 1.0, 0.3), "rising": (0.09, 0.34, 0.1), "avoids": (0.06, 0.2, 0.08)}
STORY_CHANCES = {"late": 0.03, "unreported": 0.0008}
RISING_FROM, AVOIDS_FROM, LONG_FROM = 0.04, 0.035, 0.06  # share missed beside the story
RISE_TAKES = 42  # days from the first step to the full rise
LEAST_LONG = 35  # days
LEAST_SHARE, MOST_SHARE = 0.002, 0.85
AVOIDED = {"MA": 5, "MAT": 5, "IDH": 5, "IDR": 5, "EN": 3, "ENG": 3, "SV": 2, "SVE": 2, "ML": 2}


@dataclass(frozen=True, slots=True)
class Traits:
    """One entry per pupil.

    share       part of the teaching missed when nothing else happens, 0..1
    autumn      that of the autumn term over that of the year, 0..2; 1 for those with a story of absence
    at_home     part of that which is whole days
    excused     chance that a day at home is excused; excused_skip: that a missed lesson is
    late        chance to be late to the first lesson
    story       place in STORIES; from, until (days since FIRST_DAY) and strength belong to it
    avoided     place of the avoided subject in the class's list, -1 for none
    """

    share: Floats
    autumn: Floats
    at_home: Floats
    excused: Floats
    excused_skip: Floats
    late: Floats
    story: Ints
    story_from: Ints
    story_until: Ints
    strength: Floats
    avoided: Ints

    def has(self, story: str) -> Bools:
        """Whose story it is."""
        return np.asarray(self.story == STORIES.index(story))


def make_traits(pupils: Pupils, roster: Roster, region: Region, cohorts: Cohorts) -> Traits:
    """The traits of every pupil: how much they miss as their lives have it, the rest drawn by municipality."""
    size = len(pupils)
    table = {name: np.zeros(size) for name in ("at_home", "excused", "excused_skip", "late", "strength")}
    whole = {name: np.zeros(size, dtype=np.int64) for name in ("story", "story_from", "story_until", "avoided")}
    table["share"] = np.clip(missed(cohorts, AUTUMN)[pupils.person], LEAST_SHARE, MOST_SHARE)
    table["autumn"] = _autumn(cohorts)[pupils.person]
    home_of_class = np.array([each.school.municipality.no for each in region.classes])
    for municipality in region.municipalities:
        members = np.flatnonzero(home_of_class[pupils.class_no] == municipality.no)
        rng = stream(region.seed, "traits", municipality.no)
        classes = [region.classes[i] for i in pupils.class_no[members]]
        for name, values in _drawn(classes, table["share"][members], rng).items():
            (table if name in table else whole)[name][members] = values
    eventful = {each.pupil for each in roster.happenings} | set(np.flatnonzero(pupils.protected).tolist())
    whole["story"][list(eventful)] = 0
    no_show = [each.pupil for each in roster.happenings if each.what == "no-show"]
    whole["story"][no_show] = STORIES.index("no-show")
    _one_unreported(whole["story"], eventful, pupils, region)
    # A class that is there to show what is shared has few pupils with much absence of their own.
    calm = np.isin(pupils.class_no, list(shown_classes(region)))
    whole["story"][calm & np.isin(whole["story"], [STORIES.index("long"), STORIES.index("rising")])] = 0
    table["share"][calm] = np.minimum(table["share"][calm], 0.015 + 0.1 * table["share"][calm])
    table["autumn"][calm | np.isin(whole["story"], [STORIES.index(story) for story in STORY_FITS])] = 1
    return _told(_as_traits(table, whole))


def missed(cohorts: Cohorts, autumn: int) -> Floats:
    """The share of a school year's teaching that each person missed; 0 for those who weren't there.

    Takes   autumn   the half-year in which it begins
    """
    terms = np.stack([cohorts.at(each, cohorts.lives.missed, np.nan) for each in (autumn, autumn + 1)])
    there = ~np.isnan(terms)
    return np.asarray(np.where(there, terms, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1), dtype=np.float64)


def _autumn(cohorts: Cohorts) -> Floats:
    """How the share missed in autumn is to the year's; 1 where only one of the terms is known."""
    autumn, spring = (cohorts.at(each, cohorts.lives.missed, np.nan) for each in (AUTUMN, AUTUMN + 1))
    both = autumn + spring
    return np.asarray(np.where(both > 0, 2 * autumn / np.where(both > 0, both, 1), 1.0), dtype=np.float64)


def _drawn(classes: list[SchoolClass], share: Floats, rng: np.random.Generator) -> dict[str, np.ndarray]:
    older = np.array([each.school.school_type == "GY" for each in classes], dtype=bool)
    size = len(classes)
    began = rng.integers(10, YEAR_LENGTH - 50, size=size)
    return {
        "at_home": _at_home(older, rng),
        "excused": np.where(older, rng.beta(12, 1.6, size), rng.beta(16, 1.3, size)),
        "excused_skip": np.where(older, rng.beta(1.5, 6, size), rng.beta(2, 5, size)),
        "late": rng.beta(0.7, 34, size),
        "story": _stories(share, rng.random(size)),
        "story_from": began,
        "story_until": np.where(rng.random(size) < 0.7, OPEN, began + rng.integers(45, 120, size=size)),
        "strength": rng.random(size),
        "avoided": np.array([_avoided(each, rng) for each in classes], dtype=np.int64),
    }


def _stories(share: Floats, draw: Floats) -> Ints:
    """Place in STORIES, from one draw: the stories of absence where they fit, the others anywhere."""
    found = np.zeros(len(share), dtype=np.int64)
    low = np.zeros(len(share))
    for story, (least, most, chance) in STORY_FITS.items():
        high = low + np.where((share >= least) & (share < most), chance, 0.0)
        found[(draw >= low) & (draw < high)] = STORIES.index(story)
        low = high
    for story, chance in STORY_CHANCES.items():
        found[(draw >= low) & (draw < low + chance)] = STORIES.index(story)
        low = low + chance
    return found


def _at_home(older: Bools, rng: np.random.Generator) -> Floats:
    """Most miss whole days and hardly a single lesson; some, more of them in upper secondary, skip lessons."""
    skips = rng.random(len(older)) < np.where(older, 0.35, 0.2)
    return np.where(skips, rng.beta(3, 3.5, len(older)), rng.beta(13, 1.3, len(older)))


def _avoided(each: SchoolClass, rng: np.random.Generator) -> int:
    return int(np.searchsorted(_avoided_steps(each.school.school_type, each.year, each.programme), rng.random()))


@cache
def _avoided_steps(school_type: str, year: int, programme: str) -> Floats:
    subjects = taught(school_type, year, programme)
    weights = np.array(
        [AVOIDED.get(subject.code, 1 if subject.lessons > 1 and not subject.block else 0) for subject in subjects],
        float,
    )
    return np.asarray(np.cumsum(weights / weights.sum()))


def _one_unreported(story: Ints, eventful: set[int], pupils: Pupils, region: Region) -> None:
    """Somebody about whom nothing is reported, in the first class: the demo shows what unknown looks like."""
    ordinary = [i for i in np.flatnonzero(pupils.class_no == 0).tolist() if i not in eventful]
    if ordinary:
        story[stream(region.seed, "unreported").choice(ordinary)] = STORIES.index("unreported")


def _as_traits(table: dict[str, Floats], whole: dict[str, Ints]) -> Traits:
    return Traits(
        share=table["share"],
        autumn=table["autumn"],
        at_home=table["at_home"],
        excused=table["excused"],
        excused_skip=table["excused_skip"],
        late=table["late"],
        story=whole["story"],
        story_from=whole["story_from"],
        story_until=whole["story_until"],
        strength=table["strength"],
        avoided=whole["avoided"],
    )


def _told(traits: Traits) -> Traits:
    """The stories written into the numbers, so that a year with one has as much absence as the life says."""
    avoids, rising, late, long = (traits.has(name) for name in ("avoids", "rising", "late", "long"))
    whole = traits.share.copy()
    traits.share[avoids] = np.minimum(traits.share[avoids], AVOIDS_FROM)
    traits.share[rising] = RISING_FROM
    traits.share[long] = LONG_FROM
    traits.late[late] = 0.25 + 0.45 * traits.strength[late]
    traits.avoided[~avoids] = -1
    # How much of the year the story takes, from what it adds while it lasts.
    grown = np.clip((whole - RISING_FROM) / rise(traits.strength), 0.15, 0.85)
    traits.story_from[rising] = (YEAR_LENGTH * (1 - grown) - RISE_TAKES / 2).astype(np.int64)[rising]
    takes = np.clip((whole - LONG_FROM) / (away(traits.strength) - LONG_FROM), LEAST_LONG / YEAR_LENGTH, 0.95)
    # It begins somewhere in the year so that there is room for it.
    start = (YEAR_LENGTH * (1 - takes) * (traits.story_from / YEAR_LENGTH)).astype(np.int64)
    traits.story_from[long] = start[long]
    traits.story_until[long] = (start + YEAR_LENGTH * takes).astype(np.int64)[long]
    traits.story_until[long & (traits.story_until >= YEAR_LENGTH - 21)] = OPEN
    traits.story_from[traits.has("no-show")] = 0
    traits.story_until[rising | late | traits.has("no-show")] = OPEN
    return traits


def rise(strength: Floats) -> Floats:
    """How much likelier a lesson is missed when absence has risen."""
    return np.asarray(0.22 + 0.25 * strength)


def away(strength: Floats) -> Floats:
    """How much of each day is missed in a long absence."""
    return np.asarray(0.72 + 0.28 * strength)
