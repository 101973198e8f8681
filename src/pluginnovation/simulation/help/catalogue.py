"""The measures that the made-up region's adults know: some of those that a school can choose from."""

from typing import Final

from pluginnovation.support.catalogue import (
    ABSENCE,
    GRADES,
    GROUP,
    INDIVIDUAL,
    INTENSIVE,
    ORGANISATION,
    PREVENTIVE,
    PROMOTIVE,
    REMEDIAL,
    TARGETED,
    UNIVERSAL,
    WITHOUT_SCHOOL,
)
from pluginnovation.support.catalogue import (
    BY_KEY as EVERY_KIND,
)

# In the order in which the random numbers choose among them: a new one stands last, or every region changes.
KEYS: Final = (
    "mentor_talk",
    "guardian_contact",
    "attendance_team",
    "adapted_teaching",
    "homework_help",
    "study_coach",
    "language_support",
    "class_climate",
    "timetable_change",
    "outreach",
    "way_back",
)
METHODS: Final = tuple(EVERY_KIND[key] for key in KEYS)
BY_KEY: Final = {method.key: method for method in METHODS}

__all__ = [
    "ABSENCE",
    "BY_KEY",
    "GRADES",
    "GROUP",
    "INDIVIDUAL",
    "INTENSIVE",
    "KEYS",
    "METHODS",
    "ORGANISATION",
    "PREVENTIVE",
    "PROMOTIVE",
    "REMEDIAL",
    "TARGETED",
    "UNIVERSAL",
    "WITHOUT_SCHOOL",
    "answering",
]


def answering(need: str) -> tuple[int, ...]:
    """The places in METHODS of those that answer a kind of signal."""
    return tuple(place for place, method in enumerate(METHODS) if need in method.needs)
