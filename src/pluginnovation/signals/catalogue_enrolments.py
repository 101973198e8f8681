"""The signals about where a pupil is enrolled, in words."""

from datetime import date
from typing import Final

from pluginnovation.signals.entry import Entry
from pluginnovation.signals.rules import RULE_SET_1, Season
from pluginnovation.signals.wording import EN, SV, Wording

_RULES: Final = RULE_SET_1


def _days(season: Season, language: str) -> tuple[str, str]:
    """The first and the last day of a season, as people write them: 10 juni, 31 augusti."""
    say = Wording(language)
    return say.day(date(2001, *season.first)), say.day(date(2001, *season.last))


_MOVE_SV, _MOVE_EN = _days(_RULES.move_season, SV), _days(_RULES.move_season, EN)
_LEFT_SV, _LEFT_EN = _days(_RULES.left_season, SV), _days(_RULES.left_season, EN)

# By name, in the order they are shown.
ENROLMENTS: Final[dict[str, Entry]] = {
    "frequent_moves": Entry(
        "Täta skolbyten",
        "Frequent moves",
        f"Gånger som eleven har börjat vid en annan skolenhet än den förra, de senaste {_RULES.move_months} månaderna. "
        f"Den som börjar mellan {_MOVE_SV[0]} och {_MOVE_SV[1]} räknas inte: då börjar alla.",
        f"Times that the pupil has begun at another school unit than the one before, over the last "
        f"{_RULES.move_months} months. A start between {_MOVE_EN[0]} and {_MOVE_EN[1]} doesn't count: everybody "
        "starts then.",
        "moves",
        _RULES.frequent_moves,
        "The limits are ours.",
    ),
    "no_show": Entry(
        "Har inte kommit",
        "Has not shown up",
        f"Ja när skolenheten har haft minst {_RULES.show_up_days} dagar med rapporterade lektioner sedan eleven blev "
        "inskriven, när något är rapporterat om eleven och när ingen minut av det är närvaro. Räknas i gymnasieskolan. "
        "Okänt när inget är rapporterat om eleven.",
        f"Yes when the school unit has had {_RULES.show_up_days} days or more with reported lessons since the pupil "
        "was enrolled, something has been reported about the pupil, and no minute of that is presence. Counted in "
        "upper secondary school. Unknown when nothing has been reported about the pupil.",
        "yes_no",
        _RULES.no_show,
        "The limit is ours.",
    ),
    "left_without_enrolment": Entry(
        "Utan skola",
        "Without a school",
        "Dagar sedan den sista inskrivningen tog slut utan gymnasieexamen. Noll för den som är inskriven, eller som "
        f"börjar inom {_RULES.left_ahead_days} dagar. Dagarna {_LEFT_SV[0]}–{_LEFT_SV[1]} räknas inte. Gäller den som "
        f"är under {_RULES.left_under_age} år och har gått ut grundskolan; okänt när födelsedatum saknas.",
        "Days since the last enrolment ended without an upper secondary degree. Zero for whoever is enrolled, or "
        f"begins within {_RULES.left_ahead_days} days. The days from {_LEFT_EN[0]} to {_LEFT_EN[1]} don't count. About "
        f"youths under {_RULES.left_under_age} who are past compulsory school; unknown without a date of birth.",
        "days",
        _RULES.left_without_enrolment,
        "Skollagen 29 kap. 9 § makes the municipality responsible for youths under 20 without a degree; limits are "
        "ours.",
    ),
}
