"""How each pupil tends to be in school, and what their class has in common.

Absence has two parts: days at home (mostly excused, in spells) and lessons missed (mostly unexcused). Most pupils miss
little and some miss much, each a beta distribution; a small part is away for weeks. Single pupils have a *story* that
a signal should find.
"""

from dataclasses import dataclass

import numpy as np

from .chance import Bools, Floats, Ints, stream
from .patterns import shown_classes
from .pupils import Pupils
from .roster import OPEN, YEAR_LENGTH, Roster
from .structure import Region, SchoolClass
from .subjects import taught

# Share of the year's teaching missed, by kind and year: how many belong to those who miss much. The rest miss about
# one lesson in twenty-five. Fitted to the shares of pupils at 15 % or more in the survey of autumn 2019 (years 7, 8, 9:
# 16, 19, 23 %) and the means seen in upper secondary school (national programmes 11-14 %, introductory 15-23 %).
MISS_MUCH = {
    ("GR", 5): 0.10,
    ("GR", 6): 0.11,
    ("GR", 7): 0.15,
    ("GR", 8): 0.195,
    ("GR", 9): 0.225,
    ("GY", 1): 0.24,
    ("GY", 2): 0.26,
    ("GY", 3): 0.28,
    ("IM", 1): 0.42,
}
MUCH = {"GR": (4.0, 11.0), "GY": (3.2, 7.5), "IM": (3.2, 7.5)}
LITTLE = {"GR": (1.5, 38.0), "GY": (1.5, 32.0), "IM": (1.6, 22.0)}
STORIES = ("", "long", "rising", "avoids", "late", "unreported", "no-show")
STORY_CHANCES = {"long": 0.014, "rising": 0.02, "avoids": 0.022, "late": 0.03, "unreported": 0.0008}
AVOIDED = {"MA": 5, "MAT": 5, "IDH": 5, "IDR": 5, "EN": 3, "ENG": 3, "SV": 2, "SVE": 2, "ML": 2}


@dataclass(frozen=True, slots=True)
class Traits:
    """One entry per pupil.

    share       part of the teaching missed when nothing else happens, 0..1
    at_home     part of that which is whole days
    excused     chance that a day at home is excused; excused_skip: that a missed lesson is
    late        chance to be late to the first lesson
    story       place in STORIES; from, until (days since FIRST_DAY) and strength belong to it
    avoided     place of the avoided subject in the class's list, -1 for none
    """

    share: Floats
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


def make_traits(pupils: Pupils, roster: Roster, region: Region) -> Traits:
    """The traits of every pupil, drawn municipality by municipality."""
    size = len(pupils)
    table = {name: np.zeros(size) for name in ("share", "at_home", "excused", "excused_skip", "late", "strength")}
    whole = {name: np.zeros(size, dtype=np.int64) for name in ("story", "story_from", "story_until", "avoided")}
    home_of_class = np.array([each.school.municipality.no for each in region.classes])
    for municipality in region.municipalities:
        members = np.flatnonzero(home_of_class[pupils.class_no] == municipality.no)
        rng = stream(region.seed, "traits", municipality.no)
        for name, values in _drawn(members, pupils, region, rng).items():
            (table if name in table else whole)[name][members] = values
    eventful = {each.pupil for each in roster.happenings} | set(np.flatnonzero(pupils.protected).tolist())
    whole["story"][list(eventful)] = 0
    no_show = [each.pupil for each in roster.happenings if each.what == "no-show"]
    whole["story"][no_show] = STORIES.index("no-show")
    _one_unreported(whole["story"], eventful, pupils, region)
    # A class that is there to show what is shared has few pupils with much absence of their own.
    calm = np.isin(pupils.class_no, list(shown_classes(region)))
    table["share"][calm] = np.minimum(table["share"][calm], 0.015 + 0.1 * table["share"][calm])
    return _told(_as_traits(table, whole))


def _drawn(members: Ints, pupils: Pupils, region: Region, rng: np.random.Generator) -> dict[str, np.ndarray]:
    classes = [region.classes[i] for i in pupils.class_no[members]]
    kinds = [_kind(each) for each in classes]
    much = rng.random(len(members)) < [MISS_MUCH[kind, each.year] for kind, each in zip(kinds, classes, strict=True)]
    shapes = np.array([(MUCH if own else LITTLE)[kind] for own, kind in zip(much, kinds, strict=True)])
    older = np.array([each.school.school_type == "GY" for each in classes])
    size = len(members)
    steps = np.cumsum(list(STORY_CHANCES.values()))
    draw = rng.random(size)
    began = rng.integers(10, YEAR_LENGTH - 50, size=size)
    return {
        # Girls and boys miss about as much; who finds school hard misses a little more.
        "share": np.clip(
            rng.beta(shapes[:, 0], shapes[:, 1]) * np.exp(-0.12 * pupils.ability[members]),
            0.002,
            0.85,
        ),
        "at_home": _at_home(older, rng),
        "excused": np.where(older, rng.beta(12, 1.6, size), rng.beta(16, 1.3, size)),
        "excused_skip": np.where(older, rng.beta(1.5, 6, size), rng.beta(2, 5, size)),
        "late": rng.beta(0.7, 34, size),
        "story": np.where(draw < steps[-1], np.searchsorted(steps, draw, side="right") + 1, 0),
        "story_from": began,
        "story_until": np.where(rng.random(size) < 0.7, OPEN, began + rng.integers(45, 120, size=size)),
        "strength": rng.random(size),
        "avoided": np.array([_avoided(each, rng) for each in classes], dtype=np.int64),
    }


def _at_home(older: Bools, rng: np.random.Generator) -> Floats:
    """Most miss whole days and hardly a single lesson; some, more of them in upper secondary, skip lessons."""
    skips = rng.random(len(older)) < np.where(older, 0.35, 0.2)
    return np.where(skips, rng.beta(3, 3.5, len(older)), rng.beta(13, 1.3, len(older)))


def _kind(each: SchoolClass) -> str:
    return "IM" if each.introductory else each.school.school_type


def _avoided(each: SchoolClass, rng: np.random.Generator) -> int:
    subjects = taught(each.school.school_type, each.year, each.programme)
    weights = np.array(
        [AVOIDED.get(subject.code, 1 if subject.lessons > 1 and not subject.block else 0) for subject in subjects],
        float,
    )
    return int(np.searchsorted(np.cumsum(weights / weights.sum()), rng.random()))


def _one_unreported(story: Ints, eventful: set[int], pupils: Pupils, region: Region) -> None:
    """Somebody about whom nothing is reported, in the first class: the demo shows what unknown looks like."""
    ordinary = [i for i in np.flatnonzero(pupils.class_no == 0).tolist() if i not in eventful]
    if ordinary:
        story[stream(region.seed, "unreported").choice(ordinary)] = STORIES.index("unreported")


def _as_traits(table: dict[str, Floats], whole: dict[str, Ints]) -> Traits:
    return Traits(
        share=table["share"],
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
    """The stories written into the numbers: who avoids one subject is otherwise there, who is late is often so."""
    avoids, rising, late, long = (traits.has(name) for name in ("avoids", "rising", "late", "long"))
    traits.share[avoids] = np.minimum(traits.share[avoids], 0.035)
    traits.share[rising] = np.minimum(traits.share[rising], 0.08)
    traits.late[late] = 0.25 + 0.45 * traits.strength[late]
    traits.avoided[~avoids] = -1
    # Long absence: most of every day, from five weeks to the rest of the year.
    traits.story_until[long] = np.where(
        traits.strength[long] < 0.4, OPEN, traits.story_from[long] + 35 + (traits.strength[long] * 100).astype(np.int64)
    )
    traits.story_from[traits.has("no-show")] = 0
    traits.story_until[rising | late | traits.has("no-show")] = OPEN
    return traits
