"""Every switch of a scenario: what it turns, between which ends, and what it is when nothing is said.

Defaults are dated, so that a scenario which says `defaults_of` means next year what it means today. To change one, add
a pair with its day; never change one that is there.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

Value = bool | int | float | str | date | tuple[int, ...]

TEXT, DATE, WORD, WHOLE, WHOLES, SHARE, NUMBER = "text", "date", "word", "whole", "wholes", "share", "number"

FIRST: Final = date(2026, 11, 1)
NEVER: Final = -1
LAST_TERM: Final = 19

LOTTERY, SCHOOL_DRAW, THRESHOLD = "lottery", "school_draw", "threshold"
STAGGERED, STAFF_CHOICE, ONE_MUNICIPALITY = "staggered", "staff_choice", "one_municipality"
ASSIGNMENTS: Final = (LOTTERY, SCHOOL_DRAW, THRESHOLD, STAGGERED, STAFF_CHOICE, ONE_MUNICIPALITY)
BY_SITE: Final = (SCHOOL_DRAW, STAGGERED, ONE_MUNICIPALITY)
SCORES: Final = ("absence", "failed", "not_passed")
IN_SCHOOL, OUT_OF_SCHOOL = "in_school", "out_of_school"


@dataclass(frozen=True, slots=True)
class Switch:
    """One switch.

    name      its key
    kind      text, date, word (one of `words`), whole, wholes (a list of them), share (0 to 1) or number
    about     one line, for the reference
    defaults  (first day it holds, value), oldest first; empty when it has to be said
    ends      least and most, for whole, wholes and number
    words     what a word may be
    only      the assignments that it belongs to; empty for all
    """

    name: str
    kind: str
    about: str
    defaults: tuple[tuple[date, Value], ...] = ()
    ends: tuple[float, float] = (0, 1)
    words: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def default(self, day: date) -> Value:
        """What it is on a day when nothing is said. The switch has a default that is at least as old."""
        return [value for since, value in self.defaults if since <= day][-1]


def _since_first(value: Value) -> tuple[tuple[date, Value], ...]:
    return ((FIRST, value),)


def _share(name: str, default: float, about: str, *only: str) -> Switch:
    return Switch(name, SHARE, about, _since_first(default), only=only)


def _number(name: str, default: float, ends: tuple[float, float], about: str, *only: str) -> Switch:
    return Switch(name, NUMBER, about, _since_first(default), ends, only=only)


def _whole(name: str, default: int, ends: tuple[int, int], about: str, *only: str) -> Switch:
    return Switch(name, WHOLE, about, _since_first(default), ends, only=only)


TOP: Final = (
    Switch("name", TEXT, "what the scenario is called, 1 to 60 signs"),
    Switch("about", TEXT, "what it is for, in words", _since_first("")),
    Switch("defaults_of", DATE, "the day whose defaults fill in what isn't said", _since_first(FIRST)),
)
NOTICING: Final = (
    _share("absence_from", 0.15, "share of last term's teaching missed that gives a signal"),
    _whole("failed_from", 2, (1, 40), "F and dashes last term that give a signal"),
    _share("notice_chance", 0.6, "chance that somebody notices a signal in the term it is given"),
    _whole("given_days", 0, (0, 115), "the signal is given on one of so many first days of the term; 0: on the first"),
    _number("delay_days", 21.0, (0, 365), "mean days that a noticed signal waits for an answer"),
    _share("judged_wrong", 0.06, "share of answers that say the signal was wrong"),
    _share("only_seen", 0.0, "share of the other answers that say that nothing more is needed now"),
    _share("weekly_chance", 0.0, "in the year with lessons: chance that somebody notices what the weeks show"),
    _share("weekly_from", 0.1, "share of the last four weeks' teaching missed that shows"),
    _whole("weekly_failed_from", 1, (1, 40), "F and dashes last term that show beside it"),
    _number("weekly_delay_days", 2.5, (0, 365), "mean days that who is noticed by it waits, at an ordinary school"),
    _number("schools_differ", 0.8, (0, 3), "standard deviation between schools of the logarithm of those days"),
)
EVERYDAY: Final = (
    _share("measure_chance", 0.5, "chance that an answer leads to a measure; 0 for a region without everyday help"),
    _share("take_up", 0.85, "chance that a measure that is offered begins"),
    _share("delivered", 0.75, "mean share of the planned dose that is delivered"),
    _share("drop_out", 0.15, "chance in a term that the pupil leaves the measure"),
)
RECORDS: Final = (
    _share("attrition", 0.0, "chance that an outcome is missing, whoever it is about"),
    _share("attrition_by_outcome", 0.0, "added chance for those whose outcome is worse than the median"),
    _share("attrition_by_arm", 0.0, "added chance for those who weren't offered help"),
    _whole("recording_change_term", NEVER, (NEVER, LAST_TERM), "first term of another way to record; -1 for none"),
    _number("recording_change", 1.5, (0.1, 10), "recorded absence after it, as a multiple of what was missed"),
    _share("recording_change_sites", 1.0, "share of schools that change their way to record"),
    _share("silent_sites", 0.0, "share of sites that never report"),
    _share("fabricating_sites", 0.0, "share of sites whose reported outcomes are made up"),
    _share("resending_sites", 0.0, "share of sites that report the same pupils twice"),
)
WORLD: Final = (
    _share("icc", 0.0, "variance between schools added to absence and passing, as a share (0.99 at most)"),
    _share("movers", 0.0, "chance in a term that somebody in a measure moves away from the site"),
    _share("tiny_sites", 0.0, "share of sites with hardly any participants"),
    _whole("tiny_size", 6, (1, 1000), "most participants at such a site"),
)
EFFECT: Final = tuple(
    _number(name, 0.0, (-5, 5), f"log-odds of {what} added at full dose")
    for name, what in (
        ("absence", "missing a lesson"),
        ("passing", "passing a subject"),
        ("leaving", "leaving school"),
        ("returning", "coming back"),
    )
)
EVERYDAY_EFFECT: Final = tuple(
    _number(switch.name, value, (-5, 5), switch.about)
    for switch, value in zip(EFFECT, (-0.2, 0.15, -0.2, 0.3), strict=True)
)
BETWEEN_SITES: Final = tuple(
    _number(switch.name, 0.0, (0, 5), f"standard deviation between sites of the effect on {switch.name}")
    for switch in EFFECT
)
BY_ABSENCE: Final = tuple(
    _number(name, 1.0, (-5, 5), f"the effect as a multiple, for those who missed {who} before it was decided")
    for name, who in (
        ("under_10", "under 10 %, or about whom nothing was recorded"),
        ("from_10", "10 to 15 %"),
        ("from_15", "15 to 20 %"),
        ("from_20", "20 % or more"),
    )
)
SUB_PROJECT: Final = (
    Switch("method", WORD, "the measure that is tried", words=()),
    Switch("assignment", WORD, "how it is decided who gets it", words=ASSIGNMENTS),
    _whole("start", 6, (0, LAST_TERM), "the term it begins: 0 is autumn of year 5, 10 autumn of the first upper "
           "secondary year", LOTTERY, SCHOOL_DRAW, THRESHOLD, STAFF_CHOICE, ONE_MUNICIPALITY),
    Switch("starts", WHOLES, "the terms in which schools begin; the schools are dealt out evenly",
           _since_first((6, 8)), (0, LAST_TERM), only=(STAGGERED,)),
    _whole("terms", 2, (1, 20), "how many terms the measure lasts"),
    _share("share", 0.5, "share who are offered it: of pupils (lottery, staff choice) or of schools",
           LOTTERY, SCHOOL_DRAW, STAGGERED, STAFF_CHOICE),
    Switch("municipalities", WHOLES, "numbers of those taking part; empty for all", _since_first(()), (1, 290),
           only=(LOTTERY, SCHOOL_DRAW, THRESHOLD, STAGGERED, STAFF_CHOICE)),
    _whole("municipality", 1, (1, 290), "number of the one that does it; the others are compared with",
           ONE_MUNICIPALITY),
    Switch("who", WORD, "whom it is for", _since_first(IN_SCHOOL), words=(IN_SCHOOL, OUT_OF_SCHOOL)),
    _share("absence_from", 0.0, "only those who missed at least this share of last term"),
    _whole("failed_from", 0, (0, 40), "only those with at least so many F and dashes last term"),
    Switch("score", WORD, "what the line is drawn in: absence, failed or not_passed (1 less the share passed)",
           _since_first("absence"), words=SCORES, only=(THRESHOLD,)),
    _number("cutoff", 0.15, (0, 40), "at this score or over, help is given", THRESHOLD),
    _share("fuzz", 0.0, "chance that the rule isn't followed, on either side", THRESHOLD),
    _share("heaping", 0.0, "chance that somebody just under the line is written down as just over", THRESHOLD),
    _number("heaping_width", 0.02, (0, 10), "how far under the line that happens", THRESHOLD),
    _number("strength", 1.0, (-5, 5), "how strongly staff choose by recorded absence and grades", STAFF_CHOICE),
    _number("gamma", 0.0, (-5, 5), "how strongly they choose by lack of motivation, which no record has", STAFF_CHOICE),
    _share("take_up", 1.0, "chance that somebody who is offered it begins"),
    _whole("planned_dose", 10, (1, 200), "times in a term"),
    _share("delivered", 1.0, "mean share of the planned dose that is delivered; the effect goes with it"),
    _share("drop_out", 0.0, "chance in a term that the pupil leaves the measure"),
    _share("spill_over", 0.0, "share of the effect that reaches a classmate when the whole class has it"),
    _share("anticipation", 0.0, "share of the effect already in the term before it begins"),
    _number("pre_trend", 0.0, (-1, 1), "log-odds of absence that the chosen schools drift each term, help or not",
            *BY_SITE),
    _whole("delay_terms", 0, (0, 19), "terms before anything is felt"),
    _whole("build_up_terms", 1, (1, 20), "terms until the effect is whole; it grows evenly"),
    _whole("lock_in_terms", 0, (0, 19), "terms at the beginning in which it does the opposite"),
    _number("lock_in", 0.0, (0, 5), "how much of the opposite, as a multiple of the effect"),
    _whole("lasts_terms", 0, (0, 20), "terms that the effect stays after the measure has ended"),
)  # fmt: skip

SECTIONS: Final[dict[str, tuple[Switch, ...]]] = {
    "": TOP,
    "noticing": NOTICING,
    "everyday": EVERYDAY,
    "everyday.effect": EVERYDAY_EFFECT,
    "records": RECORDS,
    "world": WORLD,
    "sub_projects.NAME": SUB_PROJECT,
    "sub_projects.NAME.effect": EFFECT,
    "sub_projects.NAME.between_sites": BETWEEN_SITES,
    "sub_projects.NAME.by_absence": BY_ABSENCE,
}
