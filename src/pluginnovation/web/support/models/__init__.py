"""What is done for pupils, groups and schools: measures, promises, cases, texts, decisions, follow-ups and notes.

Pupils, groups, schools and adults stand here as their codes. Every row says who wrote it (`by`) and when (`at`).
"""

from .case import Case, CaseStep, CaseText, Decision, Goal, Obstacle
from .follow_up import FollowUp
from .measure import Dose, Measure
from .next_step import NextStep
from .note import Note, NoteText

__all__ = [
    "Case",
    "CaseStep",
    "CaseText",
    "Decision",
    "Dose",
    "FollowUp",
    "Goal",
    "Measure",
    "NextStep",
    "Note",
    "NoteText",
    "Obstacle",
]
