"""The words that every page of the knowledge hub is sorted by: a key, and its name in Swedish and in English.

Keys are stable and travel between hub and node; words may be improved. They describe methods, never a pupil: a target
group is text on a method, and no field of a person is ever compared with it. Obstacles and the three axes are those
of `support`, so that a case and a method speak of the same thing.

Source  success factors and the three axes: the method book of Plug In GR (2018); kinds of problem: the reports of the
        workshops, and the indicators of fullfoljdastudier.se. The keys are ours.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from pluginnovation.support import catalogue
from pluginnovation.support.obstacles import OBSTACLES as _OBSTACLES

Words = Mapping[str, tuple[str, str]]

# What somebody comes looking for help with.
PROBLEMS: Final[Words] = {
    "absence": ("Frånvaro", "Absence"),
    "unexcused": ("Ogiltig frånvaro", "Unexcused absence"),
    "long_absence": ("Lång frånvaro", "Long absence"),
    "lateness": ("Sena ankomster", "Lateness"),
    "grades": ("Underkända betyg", "Failed grades"),
    "mathematics": ("Matematik", "Mathematics"),
    "language": ("Språket i undervisningen", "The language of teaching"),
    "eligibility": ("Behörighet till gymnasiet", "Eligibility for upper secondary school"),
    "motivation": ("Motivation", "Motivation"),
    "well_being": ("Trivsel och oro", "Well-being and worry"),
    "relations": ("Relationer i skolan", "Relations at school"),
    "classroom": ("Studiero i klassrummet", "Calm in the classroom"),
    "home": ("Samverkan med hemmet", "Working with the home"),
    "transitions": ("Övergångar mellan skolor och stadier", "Moves between schools and stages"),
    "choice": ("Val av program och byten", "Choice of programme, and changes"),
    "left_school": ("Har lämnat skolan", "Has left school"),
    "follow_up": ("Koll och uppföljning", "Noticing and following up"),
}

OBSTACLES: Final[Words] = {one.key: (one.sv, one.en) for one in _OBSTACLES}

YEARS: Final[Words] = {
    "f_3": ("Förskoleklass till årskurs 3", "Preschool class to year 3"),
    "4_6": ("Årskurs 4-6", "Years 4-6"),
    "7_9": ("Årskurs 7-9", "Years 7-9"),
    "upper": ("Gymnasieskolan", "Upper secondary school"),
    "introductory": ("Introduktionsprogram", "Introductory programmes"),
    "after": ("Efter gymnasiet eller utan skola", "After upper secondary, or without a school"),
}

# Whom a method was made for: text on a method, and never a field on a pupil.
TARGET_GROUPS: Final[Words] = {
    "all_pupils": ("Alla elever", "All pupils"),
    "years_5_9": ("Årskurs 5-9", "Years 5-9"),
    "at_risk": ("Riskerar att inte fullfölja", "At risk of not completing"),
    "has_left": ("Har lämnat skolan", "Has left school"),
    "newly_arrived": ("Nyanlända", "Newly arrived"),
    "guardians": ("Vårdnadshavare", "Guardians"),
    "staff": ("Personal", "Staff"),
}

SETTINGS: Final[Words] = {
    "lesson": ("I undervisningen", "In lessons"),
    "school": ("På skolan", "At school"),
    "after_school": ("Efter skoldagen", "After the school day"),
    "home": ("Hemma", "At home"),
    "municipality": ("I kommunen", "In the municipality"),
    "workplace": ("På en arbetsplats", "At a workplace"),
    "remote": ("På distans", "At a distance"),
}

FACTORS: Final[Words] = {
    "treatment": ("Bemötande", "How pupils are met"),
    "collaboration": ("Samverkan", "Collaboration"),
    "tracking": ("Koll och uppföljning", "Tracking and follow-up"),
    "flexibility": ("Flexibilitet", "Flexibility"),
    "individual": ("Individcentrerat arbetssätt", "Working from the individual"),
}

INTENTS: Final[Words] = catalogue.INTENTS
REACHES: Final[Words] = catalogue.REACHES
LEVELS: Final[Words] = catalogue.LEVELS

# What a cost is counted for.
COST_UNITS: Final[Words] = {
    "pupil_term": ("per elev och termin", "per pupil and term"),
    "class_term": ("per klass och termin", "per class and term"),
    "school_year": ("per skola och läsår", "per school and school year"),
    "once": ("en gång", "once"),
}

# How a study from outside was made, the strongest first.
STUDIES: Final[Words] = {
    "pooled": ("Sammanvägning av flera studier", "Several studies pooled"),
    "draw": ("Lottning", "Draw"),
    "threshold": ("Gräns", "Threshold"),
    "comparison": ("Jämförda grupper", "Groups compared"),
    "before_after": ("Före och efter, utan jämförelse", "Before and after, with nothing compared"),
    "experience": ("Beskriven erfarenhet", "Experience described"),
}

# Which way an effect from outside points, as its source says.
DIRECTIONS: Final[Words] = {
    "better": ("Bättre", "Better"),
    "no_difference": ("Ingen säker skillnad", "No sure difference"),
    "worse": ("Sämre", "Worse"),
    "unknown": ("Går inte att avgöra", "Can't be decided"),
}

# Every list by the name of the field that takes its keys.
LISTS: Final[Mapping[str, Words]] = {
    "problems": PROBLEMS,
    "obstacles": OBSTACLES,
    "years": YEARS,
    "target_groups": TARGET_GROUPS,
    "settings": SETTINGS,
    "factors": FACTORS,
    "intent": INTENTS,
    "reach": REACHES,
    "level": LEVELS,
    "cost_unit": COST_UNITS,
    "design": STUDIES,
    "direction": DIRECTIONS,
}


def word(words: Words, key: str, language: str = "sv") -> str:
    """The name of a key in 'sv' or 'en'; a key that isn't in the list is shown as it is, never hidden."""
    return words[key][language == "en"] if key in words else key


def choices(words: Words, language: str = "sv") -> list[tuple[str, str]]:
    """Keys and names as a form wants them, in the order of the list."""
    return [(key, both[language == "en"]) for key, both in words.items()]


def unknown(words: Words, keys: Iterable[str]) -> list[str]:
    """The keys that aren't in the list, in the order given; empty when all are."""
    return [key for key in keys if key not in words]
