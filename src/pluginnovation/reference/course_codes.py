"""Where a course or a level stands in its subject, read from its code; and which courses levels correspond to."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

SWEDISH: Final = ("SVE", "SVA")
ENGLISH, MATHEMATICS = "ENG", "MAT"
NAMED: Final = (*SWEDISH, ENGLISH, MATHEMATICS)
DIPLOMA_PROJECT: Final = "GYA"

# Gy25 writes a subject with four letters. The four that a degree names keep one code here, whichever writes them.
FOUR_LETTERS: Final = {"SVEN": "SVE", "SVEA": "SVA", "ENGE": ENGLISH, "MATE": MATHEMATICS}

# The highest level there is in each. A number above it is some other system's, and says nothing about levels.
HIGHEST_LEVEL: Final = {"SVE": 3, "SVA": 3, ENGLISH: 3, MATHEMATICS: 2}

# A course (Gy11) and the level (Gy25) that corresponds to it. The national agency decides the list (the ordinance
# 2023:654, transitional provision 8); it wasn't found in the open. These are the pairs that Komvux Örebro's table of
# examinations for the autumn of 2026 prints on one row. The degree's own demands agree with them. A course that isn't
# here corresponds to no level.
CORRESPONDING: Final = (
    ("SVESVE01", "SVEN1000X"), ("SVESVE02", "SVEN2000X"), ("SVESVE03", "SVEN3000X"),
    ("SVASVA01", "SVEA1000X"), ("SVASVA02", "SVEA2000X"), ("SVASVA03", "SVEA3000X"),
    ("ENGENG05", "ENGE1000X"), ("ENGENG06", "ENGE2000X"), ("ENGENG07", "ENGE3000X"),
    ("MATMAT01a", "MATE1A00X"), ("MATMAT01b", "MATE1B00X"), ("MATMAT01c", "MATE1C00X"),
    ("MATMAT02a", "MATE2A00X"), ("MATMAT02b", "MATE2B00X"), ("MATMAT02c", "MATE2C00X"),
    ("MATMAT03b", "MATO1B00X"), ("MATMAT03c", "MATO1C00X"), ("MATMAT04", "MATO2000X"), ("MATMAT05", "MATF1000X"),
    ("BIOBIO01", "BIOG1000X"), ("BIOBIO02", "BIOG2000X"), ("FYSFYS02", "FYSK2000X"),
    ("KEMKEM01", "KEMI1000X"), ("KEMKEM02", "KEMI2000X"),
    ("HISHIS01a1", "HIST1A10X"), ("HISHIS01a2", "HIST1A20X"), ("HISHIS01b", "HIST1B00X"),
    ("NAKNAK01a1", "NATU1A10X"), ("NAKNAK01a2", "NATU1A20X"), ("NAKNAK01b", "NATU1B00X"), ("NAKNAK02", "NATU2000X"),
    ("SAMSAM01a1", "SAMH1A10X"), ("SAMSAM01a2", "SAMH1A20X"), ("SAMSAM01b", "SAMH1B00X"),
    ("PSKPSY01", "PSYL1000X"), ("RELREL01", "RELI1000X"),
)  # fmt: skip

_COURSE: Final = re.compile(r"^([A-ZÅÄÖ]{3})([A-ZÅÄÖ]{3})0?(\d{1,2})([A-C]?)(\d?)$")
_LEVEL: Final = re.compile(r"^([A-ZÅÄÖ]{4})(\d)([A-C]?)(\d?)0*X$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a course or a level stands.

    subject  the subject's code; for courses outside the four named subjects all their letters, since a subject has
             several series of courses (Spanish and German are both modern languages)
    number   1 for the first, and so on; None when the code doesn't say
    track    a, b or c where the same step is given in several ways; empty when there is one, or the code doesn't say
    part     1 or 2 for half a step (1a1, 1a2); empty for a whole one
    gy25     whether it is a level of a subject (Gy25) and not a course (Gy11)
    """

    subject: str
    number: int | None
    track: str = ""
    part: str = ""
    gy25: bool = False

    @property
    def step(self) -> tuple[str, int | None, str]:
        """What counts once: its subject, number and part, whichever track was taken."""
        return self.subject, self.number, self.part


@lru_cache(maxsize=8192)
def place_of(code: str, subject: str = "") -> Place:
    """The place of a course or a level, read from its code.

    Takes   code      as the register writes it, `ENGENG05` or `ENGE1000X`; empty when the source has none
            subject   the subject's code in the same row, for sources that write other letters in the level's code
    Gives   a place of its own, without a number, for a code that no register writes
    """
    text, named = code.strip().upper(), subject.strip().upper()
    if text.startswith(DIPLOMA_PROJECT) or (not text and named.startswith(DIPLOMA_PROJECT)):
        return Place(DIPLOMA_PROJECT, None)
    if level := _LEVEL.match(text):
        letters, number, track, part = level.groups()
        own = FOUR_LETTERS.get(letters) or (named if named in NAMED else FOUR_LETTERS.get(named, letters))
        if int(number) > HIGHEST_LEVEL.get(own, int(number)):
            return Place(text, None, gy25=True)
        return Place(own, int(number), track.lower(), part.replace("0", ""), gy25=True)
    if course := _COURSE.match(text):
        first, second, number, track, part = course.groups()
        own = first if first == second and first in NAMED else first + second
        return Place(own, int(number), track.lower(), part)
    return Place(text or named, None)


@lru_cache(maxsize=8192)
def step_of(place: Place) -> tuple[str, int | None, str]:
    """The step a place stands on: a course stands on that of the level it corresponds to, where there is one."""
    return place.step if place.gy25 else _CORRESPONDING_STEPS.get(place.step, place.step)


def level_name(subject: str, number: int, *, gy25: bool) -> str:
    """How a step of a named subject is written: English begins with 5 in Gy11, and with 1 in Gy25."""
    return str(number + 4 if subject == ENGLISH and not gy25 else number)


_CORRESPONDING_STEPS: Final = {place_of(course).step: place_of(level).step for course, level in CORRESPONDING}
