"""Classes of secrecy: who may read what a note says, and who takes part in cases. The decision alone.

Information doesn't flow between classes by itself: everyone with a ground sees that a note exists and of which class,
and only these roles read it. Whoever wrote a note reads it.

Source  offentlighets- och sekretesslagen (2009:400) 23 kap. 2 §; for independent schools skollagen (2010:800) 29 kap.
        14 §. Records of health care (patientdatalagen) are no notes, and have no place here
"""

from typing import Final

PUPIL_HEALTH, SPECIAL_SUPPORT, PERSONAL = "pupil_health", "special_support", "personal"

# A class -> the roles that read its notes, strictest first.
READ_BY: Final[dict[str, tuple[str, ...]]] = {
    PUPIL_HEALTH: ("pupil_health",),
    SPECIAL_SUPPORT: ("mentor", "principal", "pupil_health"),
    PERSONAL: ("mentor", "teacher", "principal", "pupil_health", "youth_coordinator"),
}
CLASSES: Final = tuple(READ_BY)
# Their texts are never kept in a browser before they are sent.
CLASSED: Final = (PUPIL_HEALTH, SPECIAL_SUPPORT)

# Who opens a case at all.
IN_CASES: Final = ("mentor", "principal", "pupil_health")


def reads(role: str, secrecy: str, *, own: bool = False) -> bool:
    """Whether somebody with this role reads a note of this class; one's own is always read."""
    return own or role in READ_BY.get(secrecy, ())


def writes(role: str, secrecy: str) -> bool:
    """Whether somebody with this role may write a note of this class: only what the role may read."""
    return role in READ_BY.get(secrecy, ())
