"""The signals about where a pupil is enrolled, in words."""

from typing import Final

from pluginnovation.signals.entry import NO_LIMITS, Entry

# By name, in the order they are shown; the rule set fills in the numbers.
ENROLMENTS: Final[dict[str, Entry]] = {
    "frequent_moves": Entry(
        "Täta skolbyten",
        "Frequent moves",
        "Gånger som eleven har börjat vid en annan skolenhet än den förra, de senaste {move_months} månaderna. "
        "Den som börjar mellan {move_first} och {move_last} räknas inte: då börjar alla.",
        "Times that the pupil has begun at another school unit than the one before, over the last "
        "{move_months} months. A start between {move_first} and {move_last} doesn't count: everybody "
        "starts then.",
        "moves",
        NO_LIMITS,
        "The limits are ours.",
    ),
    "no_show": Entry(
        "Har inte kommit",
        "Has not shown up",
        "Ja när skolenheten har haft minst {show_up_days} dagar med rapporterade lektioner sedan eleven blev "
        "inskriven, när något är rapporterat om eleven och när ingen minut av det är närvaro. Räknas i gymnasieskolan. "
        "Okänt när inget är rapporterat om eleven.",
        "Yes when the school unit has had {show_up_days} days or more with reported lessons since the pupil "
        "was enrolled, something has been reported about the pupil, and no minute of that is presence. Counted in "
        "upper secondary school. Unknown when nothing has been reported about the pupil.",
        "yes_no",
        NO_LIMITS,
        "The limit is ours.",
    ),
    "left_without_enrolment": Entry(
        "Utan skola",
        "Without a school",
        "Dagar sedan den sista inskrivningen tog slut utan gymnasieexamen. Noll för den som är inskriven, eller som "
        "börjar inom {left_ahead_days} dagar. Dagarna {left_first}–{left_last} räknas inte. Gäller den som "
        "är under {left_under_age} år och har gått ut grundskolan; okänt när födelsedatum saknas.",
        "Days since the last enrolment ended without an upper secondary degree. Zero for whoever is enrolled, or "
        "begins within {left_ahead_days} days. The days from {left_first} to {left_last} don't count. About "
        "youths under {left_under_age} who are past compulsory school; unknown without a date of birth.",
        "days",
        NO_LIMITS,
        "Skollagen 29 kap. 9 § makes the municipality responsible for youths under 20 without a degree; limits are "
        "ours.",
    ),
}
