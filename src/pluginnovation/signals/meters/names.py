"""What subjects, programmes and forms of school are called in a sentence, in Swedish and in English."""

from typing import Final

from pluginnovation.reference.compulsory_subjects import BLOCKS, NAMES
from pluginnovation.signals.wording import SV, Wording

_ENGLISH: Final = {
    "SV": "Swedish", "SVA": "Swedish as a second language", "EN": "English", "MA": "mathematics", "BL": "art",
    "HKK": "home and consumer studies", "IDH": "physical education and health", "MU": "music", "BI": "biology",
    "FY": "physics", "KE": "chemistry", "GE": "geography", "HI": "history", "RE": "religion", "SH": "civics",
    "SL": "crafts", "TK": "technology", "M1": "modern languages, own choice", "M2": "modern languages",
    "ML": "mother tongue", "DA": "dance", "JU": "Jewish studies", "TN": "sign language", "SM": "Sami",
    "NO": "science (one grade)", "SO": "social studies (one grade)",
}  # fmt: skip
_SWEDISH: Final = {code: name[:1].lower() + name[1:] for code, name in NAMES.items()} | {
    "M1": "moderna språk, elevens val", "M2": "moderna språk",
    "NO": "naturorienterande ämnen (ett betyg)", "SO": "samhällsorienterande ämnen (ett betyg)",
}  # fmt: skip
# The subjects that a degree names, and the diploma project.
_COURSES: Final = {
    "SVE": ("svenska", "Swedish"),
    "SVA": ("svenska som andraspråk", "Swedish as a second language"),
    "ENG": ("engelska", "English"),
    "MAT": ("matematik", "mathematics"),
    "GYA": ("gymnasiearbetet", "the diploma project"),
}
_RULES: Final = {
    "YR": ("Yrkesprogram", "Vocational programmes"),
    "EK-HU-SA": ("Ekonomi, humaniora, samhälle", "Business, humanities, social science"),
    "NA-TE": ("Naturvetenskap, teknik", "Natural science, technology"),
    "ES": ("Estetiska programmet", "Arts programme"),
}
_RULES_INSIDE: Final = {
    "YR": ("yrkesprogram", "vocational programmes"),
    "EK-HU-SA": ("ekonomi-, humanistiska och samhällsvetenskapsprogrammen", "business, humanities and social science"),
    "NA-TE": ("naturvetenskaps- och teknikprogrammen", "natural science and technology"),
    "ES": ("estetiska programmet", "the arts programme"),
}
_FORMS: Final = {
    "GR": ("Grundskola", "Compulsory school"), "GRS": ("Anpassad grundskola", "Adapted compulsory school"),
    "SP": ("Specialskola", "Special school"), "SAM": ("Sameskola", "Sami school"),
    "GY": ("Gymnasieskola", "Upper secondary school"), "GYS": ("Anpassad gymnasieskola", "Adapted upper secondary"),
    "FKLASS": ("Förskoleklass", "Preschool class"),
}  # fmt: skip
SUBJECTS: Final = (*NAMES, *BLOCKS)


def subject_name(code: str, language: str) -> str:
    """A subject of compulsory school inside a sentence; a code that nobody knows stands for itself."""
    return (_SWEDISH if language == SV else _ENGLISH).get(code, code)


def course_name(subject: str, course: str, level: str, say: Wording) -> str:
    """A step of a named subject as `engelska 6`; the diploma project; or else the course's own code."""
    if subject not in _COURSES:
        return course or subject
    return " ".join(part for part in (say.pick(*_COURSES[subject]), level) if part)


def rule_name(name: str, say: Wording) -> str:
    """A kind of programme as a heading."""
    return say.pick(*_RULES.get(name, (name, name)))


def rule_inside(name: str, say: Wording) -> str:
    """A kind of programme inside a sentence."""
    return say.pick(*_RULES_INSIDE.get(name, (name, name)))


def form_name(school_type: str, say: Wording) -> str:
    """A form of school; a code that isn't one of these stands for itself."""
    return say.pick(*_FORMS.get(school_type, (school_type, school_type)))
