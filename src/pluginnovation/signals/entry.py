"""What one signal is in words: the shape of every entry in the catalogue, and how a rule set's numbers come into it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from pluginnovation.signals.rules import Limits, RuleSet
from pluginnovation.signals.wording import EN, SV, Wording

WEEKS: Final = {
    SV: ("", "en vecka", "två veckor", "tre veckor", "fyra veckor", "fem veckor", "sex veckor", "sju veckor",
         "åtta veckor"),
    EN: ("", "one week", "two weeks", "three weeks", "four weeks", "five weeks", "six weeks", "seven weeks",
         "eight weeks"),
}  # fmt: skip
NO_LIMITS: Final = Limits(0, None, None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One signal in words.

    title_*   its name
    text_*    how it is counted, in plain words
    unit      share, percentage_points, minutes, days, lessons, percent, subjects, passes, points, moves or yes_no
    limits    where level 1, 2 and 3 begin (percent for a share)
    source    where the definition comes from
    """

    title_sv: str
    title_en: str
    text_sv: str
    text_en: str
    unit: str
    limits: Limits
    source: str


def worded(entries: Mapping[str, Entry], rules: RuleSet) -> dict[str, Entry]:
    """The entries with the numbers of a rule set in their texts, and its limits.

    Takes   entries   by the signal's name; {min_days} in a text is that number of the rule set, {days} and {weeks} are
                      the window, {move_first} … {left_last} the days of the seasons
    """
    sv, en = _numbers(rules, SV), _numbers(rules, EN)
    return {
        name: replace(
            entry,
            title_sv=entry.title_sv.format_map(sv),
            title_en=entry.title_en.format_map(en),
            text_sv=entry.text_sv.format_map(sv),
            text_en=entry.text_en.format_map(en),
            source=entry.source.format_map(en),
            limits=getattr(rules, name),
        )
        for name, entry in entries.items()
    }


def _numbers(rules: RuleSet, language: str) -> dict[str, Any]:
    say = Wording(language)
    numbers = {field.name: getattr(rules, field.name) for field in fields(rules)}
    for name, season in (("move", rules.move_season), ("left", rules.left_season)):
        numbers[f"{name}_first"] = say.day(date(2001, *season.first))
        numbers[f"{name}_last"] = say.day(date(2001, *season.last))
    return numbers | {"days": rules.window_days, "weeks": WEEKS[language][rules.window_days // 7]}
