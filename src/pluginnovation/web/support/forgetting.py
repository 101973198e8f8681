"""Pupils whose identity is now protected, or who are disposed of, leave every case, measure and promise at once."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Model

from .models import (
    Case,
    CaseFile,
    CaseFileContent,
    CaseStep,
    CaseText,
    CaseTransfer,
    Decision,
    Dose,
    FollowUp,
    Goal,
    HandedOver,
    Measure,
    MeetingDecision,
    MeetingPoint,
    NextStep,
    Note,
    NoteText,
    Obstacle,
    PointMark,
    PupilMarks,
    PupilSheet,
    QueuePlace,
)

# In an order in which no row goes before one that points at it.
HELD: Final[tuple[type[Model], ...]] = (
    CaseFileContent, CaseFile, NoteText, Note, MeetingDecision, MeetingPoint, QueuePlace, HandedOver, Dose, PointMark,
    FollowUp, NextStep, Measure, Goal, Obstacle, Decision, CaseText, CaseTransfer, CaseStep, Case, PupilMarks,
    PupilSheet,
)  # fmt: skip


def forget(codes: Sequence[str], **_: Any) -> None:
    """Delete every row about these pupils. What was done for their groups and schools stays: it names nobody."""
    for model in HELD:
        model._default_manager.filter(pupil__in=list(codes)).delete()
