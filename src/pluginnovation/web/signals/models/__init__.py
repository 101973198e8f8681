"""What the pages read: finished pictures of a day, and the adults' answers."""

from .answer import ACTS, NO_ANSWER, WRONG, Answer, SignalChange
from .picture import (
    GroupSnapshot,
    MunicipalitySnapshot,
    PupilSnapshot,
    Run,
    SchoolSnapshot,
    StudySnapshot,
    YouthSnapshot,
)
from .rule_version import RuleVersion

__all__ = [
    "ACTS",
    "NO_ANSWER",
    "WRONG",
    "Answer",
    "GroupSnapshot",
    "MunicipalitySnapshot",
    "PupilSnapshot",
    "RuleVersion",
    "Run",
    "SchoolSnapshot",
    "SignalChange",
    "StudySnapshot",
    "YouthSnapshot",
]
