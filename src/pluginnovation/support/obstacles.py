"""What may stand in a pupil's way, in words that a meeting can agree on. They describe a situation, never a person.

No diagnosis and no cause of illness is among them: such things belong to the records of health care.
"""

from dataclasses import dataclass
from typing import Final

LEARNING, SURROUNDINGS, RELATIONS, OUTSIDE, AHEAD = "learning", "surroundings", "relations", "outside", "ahead"

# Where an obstacle is, in the order in which a meeting goes through them: what the school can change comes first.
AREAS: Final = {
    LEARNING: ("Lärandet", "Learning"),
    SURROUNDINGS: ("Skoldagen", "The school day"),
    RELATIONS: ("Människorna i skolan", "The people at school"),
    OUTSIDE: ("Utanför skolan", "Outside school"),
    AHEAD: ("Vägen framåt", "The way ahead"),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One obstacle.

    key, sv, en   its code and its name
    area          one of AREAS
    """

    key: str
    area: str
    sv: str
    en: str


OBSTACLES: Final = (
    Obstacle("missed_much", LEARNING, "Har missat mycket av undervisningen", "Has missed much of the teaching"),
    Obstacle("too_hard", LEARNING, "Undervisningen är för svår utan stöd", "Teaching is too hard without support"),
    Obstacle("too_easy", LEARNING, "Undervisningen utmanar för lite", "Teaching is too little of a challenge"),
    Obstacle("language", LEARNING, "Språket i undervisningen", "The language of teaching"),
    Obstacle("unclear_tasks", LEARNING, "Otydligt vad som ska göras", "Unclear what is to be done"),
    Obstacle("timetable", SURROUNDINGS, "Schemat: långa dagar, håltimmar, tidiga morgnar",
             "The timetable: long days, gaps, early mornings"),
    Obstacle("transitions", SURROUNDINGS, "Byten mellan lektioner, och rasterna", "Changes of lessons, and breaks"),
    Obstacle("noise", SURROUNDINGS, "Ljud och oro i klassrummet", "Noise and unrest in the classroom"),
    Obstacle("journey", SURROUNDINGS, "Resan till skolan", "The journey to school"),
    Obstacle("adults", RELATIONS, "Saknar en vuxen i skolan att lita på", "Has no adult at school to trust"),
    Obstacle("peers", RELATIONS, "Saknar kamrater i skolan", "Has no friends at school"),
    Obstacle("offended", RELATIONS, "Kränkt eller trakasserad", "Offended or harassed"),
    Obstacle("conflict", RELATIONS, "Konflikt som inte är löst", "A conflict that isn't solved"),
    Obstacle("worry", RELATIONS, "Oro inför skoldagen", "Worry before the school day"),
    Obstacle("rhythm", OUTSIDE, "Dygnsrytmen", "Sleep and hours of the day"),
    Obstacle("home", OUTSIDE, "Situationen hemma", "The situation at home"),
    Obstacle("duties_at_home", OUTSIDE, "Tar ansvar hemma", "Takes responsibility at home"),
    Obstacle("work", OUTSIDE, "Arbete vid sidan om", "Work on the side"),
    Obstacle("meaning", AHEAD, "Ser inte meningen med skolan", "Doesn't see the point of school"),
    Obstacle("wrong_programme", AHEAD, "Fel program eller inriktning", "The wrong programme or orientation"),
)  # fmt: skip

BY_KEY: Final = {obstacle.key: obstacle for obstacle in OBSTACLES}
# The principal must be told, and the authority by the principal, at once: skollagen (2010:800) 6 kap. 10 §.
TO_BE_TOLD_AT_ONCE: Final = ("offended",)
