"""The subjects of compulsory school: one code each, whatever register it comes from, and the two block grades."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: its short code, its name in Swedish, its code in the curriculum's register without `GRGR`."""

    code: str
    name: str
    register: str


# Short codes as the grade register has them; three letters as in Skolverket's register (GRGRBIL01).
SUBJECTS: Final = (
    Subject("SV", "Svenska", "SVE"),
    Subject("SVA", "Svenska som andraspråk", "SVA"),
    Subject("EN", "Engelska", "ENG"),
    Subject("MA", "Matematik", "MAT"),
    Subject("BL", "Bild", "BIL"),
    Subject("HKK", "Hem- och konsumentkunskap", "HKK"),
    Subject("IDH", "Idrott och hälsa", "IDR"),
    Subject("MU", "Musik", "MUS"),
    Subject("BI", "Biologi", "BIO"),
    Subject("FY", "Fysik", "FYS"),
    Subject("KE", "Kemi", "KEM"),
    Subject("GE", "Geografi", "GEO"),
    Subject("HI", "Historia", "HIS"),
    Subject("RE", "Religionskunskap", "REL"),
    Subject("SH", "Samhällskunskap", "SAM"),
    Subject("SL", "Slöjd", "SLJ"),
    Subject("TK", "Teknik", "TEK"),
    Subject("M1", "Moderna språk, elevens val", ""),
    Subject("M2", "Moderna språk, språkval", "MSP"),
    Subject("ML", "Modersmål", "MOD"),
    Subject("DA", "Dans", "DAN"),
    Subject("JU", "Judiska studier", "JUD"),
    Subject("TN", "Teckenspråk", ""),
    Subject("SM", "Samiska", ""),
)

NAMES: Final = {subject.code: subject.name for subject in SUBJECTS}
CODE_OF: Final = {subject.register: subject.code for subject in SUBJECTS if subject.register}
# Every way the subjects above are written, with the short code: to be joined with a table of many pupils.
WRITTEN: Final = {name: name for name in NAMES} | {
    f"{prefix}{register}{edition}": code
    for register, code in CODE_OF.items()
    for prefix, edition in (("", ""), ("GRGR", ""), ("GRGR", "01"))
}
_REGISTER: Final = re.compile(r"^(?:GRGR)?([A-ZÅÄÖ]{3})(?:\d{2})?$")

SWEDISH: Final = ("SV", "SVA")
ENGLISH: Final = "EN"
MATHEMATICS: Final = "MA"
# Taken as the pupil's own choice, and as språkval.
MODERN_LANGUAGES: Final = ("M1", "M2")

# A block grade stands for the subjects in it that have no grade of their own. Today it is set in the first years with
# grades only (the Education Act 10 chap. 15-16 §§); admission counts it as each of its subjects.
BLOCKS: Final = {"NO": ("BI", "FY", "KE"), "SO": ("GE", "HI", "RE", "SH")}


def subject_of(code: str) -> str:
    """The short code of a subject, from that code or the curriculum's (`GRGRSVE01`, `GRGRSVE`, `SVE`).

    Gives   the code as it came when no register here has it: it is still a subject, of its own
    """
    text = code.strip().upper()
    if text in NAMES or text in BLOCKS:
        return text
    found = _REGISTER.match(text)
    return CODE_OF.get(found[1], text) if found else text
