"""What the pages read: finished pictures of a day, and the adults' answers."""

from .answer import Answer, SignalChange
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
