"""Every signal in words: what it is called, how it is counted, whom it is about. Swedish first, English beside.

Numbers come from the rule set, so that a changed limit changes the text.
"""

from functools import cache
from typing import Final

from pluginnovation.signals.catalogue_enrolments import ENROLMENTS
from pluginnovation.signals.catalogue_grades import GRADES
from pluginnovation.signals.entry import NO_LIMITS, Entry, worded
from pluginnovation.signals.rules import RULE_SET_1, RuleSet

# What adults do at each level. Level 0 asks nothing of anyone.
LEVEL_WORDS: Final = {
    1: {"sv": "Fråga", "en": "Ask"},
    2: {"sv": "Följ upp", "en": "Follow up"},
    3: {"sv": "Utred", "en": "Investigate"},
}


OURS_SHARE: Final = (
    "10 and 20 % are common yardsticks and 15 % that of the national survey of 2019; no limit is law. The window, 80 % "
    "and the least number of days are ours."
)


UNKNOWN_SV: Final = (
    "Okänt om mindre än {min_reported_pct} % av lektionstiden är rapporterad eller om skoldagarna är färre än "
)
UNKNOWN_EN: Final = "Unknown when less than {min_reported_pct} % of lesson time is reported, or with fewer than "

# The attendance signals by name, in the order they are shown; the rule set fills in the numbers.
_ATTENDANCE: Final[dict[str, Entry]] = {
    "absence_28d": Entry(
        "Frånvaro, {weeks}",
        "Absence, {weeks}",
        "Giltig och ogiltig frånvaro i minuter, delat med alla rapporterade minuter, de senaste {days} dagarna. "
        + UNKNOWN_SV
        + "{min_days}.",
        "Excused and unexcused minutes, divided by all reported minutes, over the last {days} days. "
        + UNKNOWN_EN
        + "{min_days} school days.",
        "share",
        NO_LIMITS,
        OURS_SHARE,
    ),
    "absence_term": Entry(
        "Frånvaro, terminen",
        "Absence, this term",
        "Giltig och ogiltig frånvaro i minuter, delat med alla rapporterade minuter, sedan terminen började. "
        + UNKNOWN_SV
        + "{min_term_days}.",
        "Excused and unexcused minutes, divided by all reported minutes, since the term began. "
        + UNKNOWN_EN
        + "{min_term_days} school days.",
        "share",
        NO_LIMITS,
        OURS_SHARE,
    ),
    "unexcused_28d": Entry(
        "Ogiltig frånvaro, {weeks}",
        "Unexcused absence, {weeks}",
        "Ogiltig frånvaro i minuter, delat med alla rapporterade minuter, de senaste {days} dagarna. "
        + UNKNOWN_SV
        + "{min_days}.",
        "Unexcused minutes, divided by all reported minutes, over the last {days} days. "
        + UNKNOWN_EN
        + "{min_days} school days.",
        "share",
        NO_LIMITS,
        "The limits are ours.",
    ),
    "unexcused_month": Entry(
        "Ogiltig frånvaro, månaden",
        "Unexcused absence, this month",
        "Minuter ogiltig frånvaro sedan den första i månaden. Räknas för elever i gymnasieskolan, där upprepad "
        "ogiltig frånvaro från fyra timmar på en månad kan påverka studiebidraget.",
        "Minutes of unexcused absence since the first of the month. Counted in upper secondary school, where "
        "repeated unexcused absence from four hours in a month may affect the study grant.",
        "minutes",
        NO_LIMITS,
        "Four hours: practice of CSN, the board of student finance. Eight and sixteen hours are ours.",
    ),
    "repeated_absence_28d": Entry(
        "Upprepad frånvaro",
        "Repeated absence",
        "Skoldagar de senaste {days} dagarna med frånvaro, en lektion eller hela dagen, giltig eller ogiltig. En "
        "dag med bara sen ankomst räknas inte.",
        "School days in the last {days} days with absence, for a lesson or all day, excused or not. A day with "
        "lateness only doesn't count.",
        "days",
        NO_LIMITS,
        "Skollagen 7 kap. 19 a § speaks of repeated or long absence and gives no limit; the days are ours.",
    ),
    "rising_absence": Entry(
        "Ökande frånvaro",
        "Rising absence",
        "Frånvaron de senaste {days} dagarna minus frånvaron de {days} dagarna innan, i procentenheter. Okänt "
        "om någon av dem är okänd.",
        "The absence of the last {days} days minus that of the {days} days before, in percentage points. "
        "Unknown when either is.",
        "percentage_points",
        NO_LIMITS,
        "The limits are ours.",
    ),
    "absence_streak": Entry(
        "Borta flera dagar i rad",
        "Away several days in a row",
        "Skoldagar i rad, räknat bakåt från den senaste, då all rapporterad tid är frånvaro. Noll om eleven var på "
        "plats någon del av den senaste skoldagen.",
        "School days in a row, counted back from the last one, on which all reported time is absence. Zero when the "
        "pupil was there for any part of the last school day.",
        "days",
        NO_LIMITS,
        "The limits are ours.",
    ),
    "subject_avoidance": Entry(
        "Borta från ett ämne",
        "Away from one subject",
        "Frånvaron i det ämne där den är störst minus frånvaron i allt annat, i procentenheter, de senaste {days} "
        "dagarna. Räknas när ämnet har minst {avoided_min_minutes} rapporterade minuter, när frånvaron där är "
        "minst {avoided_pct} % och när den i allt annat är under {elsewhere_pct} %; annars noll. Okänt "
        "med färre än två ämnen, eller när frånvaron i allt annat är okänd.",
        "The absence in the subject where it is largest minus that in everything else, in percentage points, over "
        "the last {days} days. Counted when the subject has {avoided_min_minutes} reported minutes or more, "
        "with absence of at least {avoided_pct} % there and under {elsewhere_pct} % elsewhere; "
        "otherwise zero. Unknown with fewer than two subjects, or when the absence elsewhere is unknown.",
        "percentage_points",
        NO_LIMITS,
        "The limits are ours.",
    ),
    "lateness_28d": Entry(
        "Sena ankomster",
        "Lateness",
        "Lektioner de senaste {days} dagarna som eleven kom för sent till.",
        "Lessons in the last {days} days that the pupil came late to.",
        "lessons",
        NO_LIMITS,
        "The limits are ours.",
    ),
    "coverage_28d": Entry(
        "Rapporterad undervisning",
        "Reported teaching",
        "Rapporterade minuter i procent av alla lektionsminuter de senaste {days} dagarna. Signalen säger något om "
        "rapporteringen, inte om eleven, och ges när värdet är under gränsen.",
        "Reported minutes as percent of all lesson minutes of the last {days} days. It is about the reporting, not "
        "about the pupil, and is raised when the value is below the limit.",
        "percent",
        NO_LIMITS,
        "At {min_reported_pct} % this platform stops believing a share; the lower limits are ours.",
    ),
}

ATTENDANCE: Final[dict[str, Entry]] = worded(_ATTENDANCE, RULE_SET_1)


@cache
def catalogue_of(rules: RuleSet) -> dict[str, Entry]:
    """Every signal by name, in the order they are shown, with the numbers of a rule set."""
    return worded(_ATTENDANCE | GRADES | ENROLMENTS, rules)


CATALOGUE: Final[dict[str, Entry]] = catalogue_of(RULE_SET_1)
