"""Every signal in words: what it is called, how it is counted, whom it is about. Swedish first, English beside.

Numbers come from the rule set, so that a changed limit changes the text.
"""

from typing import Final

from pluginnovation.signals.catalogue_enrolments import ENROLMENTS
from pluginnovation.signals.catalogue_grades import GRADES
from pluginnovation.signals.entry import Entry
from pluginnovation.signals.rules import RULE_SET_1

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


_RULES: Final = RULE_SET_1
_WINDOW, _PCT = _RULES.window_days, _RULES.min_reported_pct
UNKNOWN_SV: Final = (
    f"Okänt om mindre än {_PCT} % av lektionstiden är rapporterad eller om skoldagarna är färre än {{}}."
)
UNKNOWN_EN: Final = f"Unknown when less than {_PCT} % of lesson time is reported, or with fewer than {{}} school days."

# The attendance signals by name, in the order they are shown.
ATTENDANCE: Final[dict[str, Entry]] = {
    "absence_28d": Entry(
        "Frånvaro, fyra veckor",
        "Absence, four weeks",
        f"Giltig och ogiltig frånvaro i minuter, delat med alla rapporterade minuter, de senaste {_WINDOW} dagarna. "
        + UNKNOWN_SV.format(_RULES.min_days),
        f"Excused and unexcused minutes, divided by all reported minutes, over the last {_WINDOW} days. "
        + UNKNOWN_EN.format(_RULES.min_days),
        "share",
        _RULES.absence_28d,
        OURS_SHARE,
    ),
    "absence_term": Entry(
        "Frånvaro, terminen",
        "Absence, this term",
        "Giltig och ogiltig frånvaro i minuter, delat med alla rapporterade minuter, sedan terminen började. "
        + UNKNOWN_SV.format(_RULES.min_term_days),
        "Excused and unexcused minutes, divided by all reported minutes, since the term began. "
        + UNKNOWN_EN.format(_RULES.min_term_days),
        "share",
        _RULES.absence_term,
        OURS_SHARE,
    ),
    "unexcused_28d": Entry(
        "Ogiltig frånvaro, fyra veckor",
        "Unexcused absence, four weeks",
        f"Ogiltig frånvaro i minuter, delat med alla rapporterade minuter, de senaste {_WINDOW} dagarna. "
        + UNKNOWN_SV.format(_RULES.min_days),
        f"Unexcused minutes, divided by all reported minutes, over the last {_WINDOW} days. "
        + UNKNOWN_EN.format(_RULES.min_days),
        "share",
        _RULES.unexcused_28d,
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
        _RULES.unexcused_month,
        "Four hours: practice of CSN, the board of student finance. Eight and sixteen hours are ours.",
    ),
    "repeated_absence_28d": Entry(
        "Upprepad frånvaro",
        "Repeated absence",
        f"Skoldagar de senaste {_WINDOW} dagarna med frånvaro, en lektion eller hela dagen, giltig eller ogiltig. En "
        "dag med bara sen ankomst räknas inte.",
        f"School days in the last {_WINDOW} days with absence, for a lesson or all day, excused or not. A day with "
        "lateness only doesn't count.",
        "days",
        _RULES.repeated_absence_28d,
        "Skollagen 7 kap. 19 a § speaks of repeated or long absence and gives no limit; the days are ours.",
    ),
    "rising_absence": Entry(
        "Ökande frånvaro",
        "Rising absence",
        f"Frånvaron de senaste {_WINDOW} dagarna minus frånvaron de {_WINDOW} dagarna innan, i procentenheter. Okänt "
        "om någon av dem är okänd.",
        f"The absence of the last {_WINDOW} days minus that of the {_WINDOW} days before, in percentage points. "
        "Unknown when either is.",
        "percentage_points",
        _RULES.rising_absence,
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
        _RULES.absence_streak,
        "The limits are ours.",
    ),
    "subject_avoidance": Entry(
        "Borta från ett ämne",
        "Away from one subject",
        f"Frånvaron i det ämne där den är störst minus frånvaron i allt annat, i procentenheter, de senaste {_WINDOW} "
        f"dagarna. Räknas när ämnet har minst {_RULES.avoided_min_minutes} rapporterade minuter, när frånvaron där är "
        f"minst {_RULES.avoided_pct} % och när den i allt annat är under {_RULES.elsewhere_pct} %; annars noll. Okänt "
        "med färre än två ämnen, eller när frånvaron i allt annat är okänd.",
        f"The absence in the subject where it is largest minus that in everything else, in percentage points, over "
        f"the last {_WINDOW} days. Counted when the subject has {_RULES.avoided_min_minutes} reported minutes or more, "
        f"with absence of at least {_RULES.avoided_pct} % there and under {_RULES.elsewhere_pct} % elsewhere; "
        "otherwise zero. Unknown with fewer than two subjects, or when the absence elsewhere is unknown.",
        "percentage_points",
        _RULES.subject_avoidance,
        "The limits are ours.",
    ),
    "lateness_28d": Entry(
        "Sena ankomster",
        "Lateness",
        f"Lektioner de senaste {_WINDOW} dagarna som eleven kom för sent till.",
        f"Lessons in the last {_WINDOW} days that the pupil came late to.",
        "lessons",
        _RULES.lateness_28d,
        "The limits are ours.",
    ),
    "coverage_28d": Entry(
        "Rapporterad undervisning",
        "Reported teaching",
        f"Rapporterade minuter i procent av alla lektionsminuter de senaste {_WINDOW} dagarna. Signalen säger något om "
        "rapporteringen, inte om eleven, och ges när värdet är under gränsen.",
        f"Reported minutes as percent of all lesson minutes of the last {_WINDOW} days. It is about the reporting, not "
        "about the pupil, and is raised when the value is below the limit.",
        "percent",
        _RULES.coverage_28d,
        f"At {_PCT} % this platform stops believing a share; the lower limits are ours.",
    ),
}

# Every signal by name, in the order they are shown.
CATALOGUE: Final[dict[str, Entry]] = ATTENDANCE | GRADES | ENROLMENTS
