"""Subject codes that the platform understands; `plug doctor` lists the others, so that they can be put right.

Compulsory school: the short codes of the grade register, and GRGR with three letters in the curriculum's own register.
Upper secondary: three letters (Gy11) or four (Gy25), which course and level codes begin with.
"""

import re
from typing import Final

from .course_codes import DIPLOMA_PROJECT, place_of

# fmt: off
COMPULSORY: Final = frozenset((
    "BI", "BL", "DA", "EN", "FY", "GE", "HI", "HKK", "IDH", "JU", "KE", "MA", "ML", "M1", "M2", "MU", "NO", "RE",
    "SH", "SL", "SM", "SO", "SV", "SVA", "TK", "TN",
))
# fmt: on
_REGISTER: Final = re.compile(r"^(?!GRGR$)(GRGR[A-ZÅÄÖ]{3}([0-9]{2})?|[A-ZÅÄÖ]{3,4})$")


def subject_is_known(code: str) -> bool:
    """Whether a subject code is one that signals can place."""
    return code in COMPULSORY or bool(_REGISTER.match(code))


def course_is_known(course: str, subject: str = "") -> bool:
    """Whether a course's or a level's code is one that says where it stands; an empty one says nothing wrong.

    A subject of compulsory school that stands in the column of courses is known too.
    """
    text = course.strip().upper()
    if not text or text.startswith(DIPLOMA_PROJECT):
        return True
    return place_of(course, subject).number is not None or subject_is_known(text)
