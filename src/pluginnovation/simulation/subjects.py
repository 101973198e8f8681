"""What is taught: subjects of the compulsory school, courses of the upper secondary programmes.

Gy11 courses for those in their second and third year; for those who began after 30 June 2025 the same plan as Gy25
subjects in levels. Programme codes and points follow Skolverket's structure (2,500 points); the profile courses are
four per programme and simplified. Level codes of Swedish, English and mathematics are those of the register; the
others repeat their first letter, since no public table of them was found.
"""

from dataclasses import dataclass
from functools import cache

from pluginnovation.reference.course_codes import ENGLISH, FOUR_LETTERS


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject or course as a class has it: codes, name, points (0 in compulsory school), lessons a week.

    Subjects of the same block take turns: their lessons are the block's. A modern language other than the one that
    most read is a group of its own beside it.
    """

    code: str
    name: str
    lessons: int
    course: str = ""
    points: int = 0
    block: str = ""
    language: int = 0

    @property
    def key(self) -> str:
        """What tells it apart within a class."""
        return (self.course or self.code) + (f"-{LANGUAGES[self.language][0]}" if self.language else "")


# Modern languages in years 7-9: code, name, share of pupils. The shares are ours, Spanish being the commonest.
MODERN = "ML"
LANGUAGES = (("SPA", "Spanska", 0.5), ("TYS", "Tyska", 0.28), ("FRA", "Franska", 0.22))


def _plain(*rows: tuple[str, str, int] | tuple[str, str, int, str]) -> tuple[Subject, ...]:
    return tuple(Subject(row[0], row[1], row[2], block=row[3] if len(row) > 3 else "") for row in rows)


# Small subjects are read in blocks: the hours are there all year, the subject changes with the period.
_BLOCKS: tuple[tuple[str, str, int, str], ...] = (
    ("BI", "Biologi", 4, "NO"), ("FY", "Fysik", 4, "NO"), ("KE", "Kemi", 4, "NO"), ("TK", "Teknik", 4, "NO"),
    ("GE", "Geografi", 4, "SO"), ("HI", "Historia", 4, "SO"), ("RE", "Religionskunskap", 4, "SO"),
    ("SH", "Samhällskunskap", 4, "SO"), ("BL", "Bild", 3, "ES"), ("MU", "Musik", 3, "ES"),
)  # fmt: skip

YEARS_7_9 = _plain(
    ("SV", "Svenska", 4), ("MA", "Matematik", 4), ("EN", "Engelska", 3), (MODERN, LANGUAGES[0][1], 3),
    ("IDH", "Idrott och hälsa", 3), *_BLOCKS, ("SL", "Slöjd", 3, "PR"), ("HKK", "Hem- och konsumentkunskap", 3, "PR"),
)  # fmt: skip

YEARS_5_6 = _plain(
    ("SV", "Svenska", 6), ("MA", "Matematik", 5), ("EN", "Engelska", 3), ("IDH", "Idrott och hälsa", 3), *_BLOCKS,
    ("SL", "Slöjd", 3),
)  # fmt: skip

INTRODUCTORY = _plain(
    ("SV", "Svenska", 5), ("MA", "Matematik", 5), ("EN", "Engelska", 4), ("IDH", "Idrott och hälsa", 3),
    ("SH", "Samhällskunskap", 3, "SO"), ("RE", "Religionskunskap", 3, "SO"), ("BI", "Biologi", 3, "NO"),
    ("HKK", "Hem- och konsumentkunskap", 3, "NO"), ("BL", "Bild", 2),
)  # fmt: skip

HIGHER, VOCATIONAL, INTRODUCTION = "HF", "YR", "IM"


@dataclass(frozen=True, slots=True)
class Programme:
    """An upper secondary programme: its code, its kind, its share of pupils in per mille, four profile subjects."""

    code: str
    kind: str
    weight: int
    profile: str = ""

    @property
    def profile_courses(self) -> tuple[tuple[str, str], ...]:
        """Code and name of each profile subject."""
        return tuple((each[:3], each[4:]) for each in self.profile.split(", ") if each)


# Shares of pupils 2023/24: higher education preparatory 61 %, vocational 29 %, introductory 10 % (Skolverket,
# 2 November 2023). How each kind divides into programmes is ours.
PROGRAMMES = (
    Programme("SA", HIGHER, 170, "PSK Psykologi, GEO Geografi, FIL Filosofi, JUR Rättskunskap"),
    Programme("NA", HIGHER, 145, "BIO Biologi, FYS Fysik, KEM Kemi, MOD Moderna språk"),
    Programme("EK", HIGHER, 145, "FOR Företagsekonomi, JUR Juridik, ENT Entreprenörskap, PSK Psykologi"),
    Programme("TE", HIGHER, 90, "TEK Teknik, FYS Fysik, PRR Programmering, KOS Konstruktion"),
    Programme("ES", HIGHER, 50, "EST Estetisk kommunikation, MUS Musik, BIL Bild, KOT Konstarterna"),
    Programme("HU", HIGHER, 10, "MAI Människans språk, FIL Filosofi, MOD Moderna språk, LAT Latin"),
    Programme("EE", VOCATIONAL, 60, "ELL Ellära, PRA Praktisk ellära, DAO Datorteknik, MEK Mekatronik"),
    Programme("BA", VOCATIONAL, 55, "BYG Bygg och anläggning, HUS Husbyggnad, RIT Ritteknik, TRA Träteknik"),
    Programme("FT", VOCATIONAL, 50, "FOD Fordonsteknik, PER Personbilar, TRN Transport, VER Verkstad"),
    Programme("VO", VOCATIONAL, 40, "VAR Vård och omsorg, MED Medicin, VPS Vårdpsykologi, ETI Etik"),
    Programme("BF", VOCATIONAL, 35, "PED Pedagogik, HAL Hälsopedagogik, LED Ledarskap, NAU Naturliv"),
    Programme("RL", VOCATIONAL, 25, "MAA Matlagning, SER Servering, HYG Hygien, LIV Livsmedel"),
    Programme("FS", VOCATIONAL, 25, "HAD Handel, INK Inköp, SEC Service, AFF Affärsutveckling"),
    Programme("IMV", INTRODUCTION, 28),
    Programme("IMY", INTRODUCTION, 22),
    Programme("IMA", INTRODUCTION, 24),
    Programme("IMS", INTRODUCTION, 26),
)  # fmt: skip

BY_CODE = {programme.code: programme for programme in PROGRAMMES}

_CORE: dict[tuple[str, int], tuple[tuple[str, str, int, int], ...]] = {
    (HIGHER, 1): (("SVE", "Svenska", 1, 100), ("ENG", "Engelska", 5, 100), ("MAT", "Matematik", 1, 100),
                  ("SAM", "Samhällskunskap", 1, 100), ("IDR", "Idrott och hälsa", 1, 50)),
    (HIGHER, 2): (("SVE", "Svenska", 2, 100), ("ENG", "Engelska", 6, 100), ("MAT", "Matematik", 2, 100),
                  ("REL", "Religionskunskap", 1, 50), ("IDR", "Idrott och hälsa", 2, 50),
                  ("KUL", "Kulturhistoria", 1, 50)),
    (HIGHER, 3): (("SVE", "Svenska", 3, 100), ("HIS", "Historia", 1, 100), ("NAK", "Naturkunskap", 1, 100),
                  ("GYA", "Gymnasiearbete", 1, 100)),
    (VOCATIONAL, 1): (("SVE", "Svenska", 1, 100), ("ENG", "Engelska", 5, 100), ("MAT", "Matematik", 1, 100),
                      ("SAM", "Samhällskunskap", 1, 50), ("NAK", "Naturkunskap", 1, 50),
                      ("IDR", "Idrott och hälsa", 1, 50)),
    (VOCATIONAL, 2): (("SVE", "Svenska", 2, 100), ("ENG", "Engelska", 6, 100), ("HIS", "Historia", 1, 50),
                      ("REL", "Religionskunskap", 1, 50), ("IDR", "Idrott och hälsa", 2, 50)),
    (VOCATIONAL, 3): (("GYA", "Gymnasiearbete", 1, 100), ("IND", "Individuellt val", 1, 100)),
}  # fmt: skip

_PROFILE_POINTS = {(VOCATIONAL, 2): 125, (VOCATIONAL, 3): 150}
LESSONS_A_WEEK = 29
_FOUR_LETTERS = {three: four for four, three in FOUR_LETTERS.items()}


def gy25_level(subject: str, number: int) -> int:
    """The level (Gy25) that a course's number (Gy11) stands for: English begins with 5 in Gy11, and with 1 in Gy25."""
    return number - 4 if subject == ENGLISH else number


def level_code(subject: str, number: int) -> str:
    """The code of the level that a course's number stands for: `ENGE1000X` for English 5."""
    letters = _FOUR_LETTERS.get(subject, subject + subject[0])
    return f"{letters}{gy25_level(subject, number)}000X"


def _course(subject: str, name: str, level: int, year: int) -> tuple[str, str]:
    """Code and name of a course, or of a level for those who began under Gy25."""
    if year == 1:
        return level_code(subject, level), f"{name} nivå {gy25_level(subject, level)}"
    return f"{subject}{subject}{level:02d}", f"{name} {level}"


@cache
def courses(programme: str, year: int) -> tuple[Subject, ...]:
    """What a class of an upper secondary programme has in one year, with about 29 lessons a week shared by points."""
    plan = BY_CODE[programme]
    if plan.kind == INTRODUCTION:
        return INTRODUCTORY
    points = _PROFILE_POINTS.get((plan.kind, year), 100)
    rows = [*_CORE[plan.kind, year], *((code, name, year, points) for code, name in plan.profile_courses)]
    total = sum(row[3] for row in rows)
    found = []
    for subject, name, level, worth in rows:
        course, title = _course(subject, name, level, year)
        found.append(Subject(subject, title, max(1, round(worth * LESSONS_A_WEEK / total)), course, worth))
    return tuple(found)


def taught(school_type: str, year: int, programme: str) -> tuple[Subject, ...]:
    """What a class has."""
    if school_type == "GY":
        return courses(programme, year)
    return YEARS_7_9 if year >= 7 else YEARS_5_6
