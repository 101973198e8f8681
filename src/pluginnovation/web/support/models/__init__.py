"""What is done for pupils, groups and schools: measures, promises, cases, texts, decisions, follow-ups and notes.

Pupils, groups, schools and adults stand here as their codes. Every row says who wrote it (`by`) and when (`at`).
"""

from .case import Case, CaseStep, CaseText, Decision, Goal, Obstacle
from .case_file import CaseFile, CaseFileContent
from .follow_up import FollowUp
from .handing import HandedOver, HandOver
from .mapping import (
    AnalysisMeasure,
    ClassSheet,
    JointAnalysis,
    MappingRound,
    MappingTemplate,
    PupilMarks,
    PupilSheet,
)
from .measure import Dose, Measure, PointMark
from .meeting import Meeting, MeetingDecision, MeetingPoint
from .next_step import NextStep
from .note import Note, NoteText
from .places import Draw, PlacesSaid, QueuePlace
from .reminder import Reminded, ReminderChoice
from .transfer import CaseTransfer

__all__ = [
    "AnalysisMeasure",
    "Case",
    "CaseFile",
    "CaseFileContent",
    "CaseStep",
    "CaseText",
    "CaseTransfer",
    "ClassSheet",
    "Decision",
    "Dose",
    "Draw",
    "FollowUp",
    "Goal",
    "HandOver",
    "HandedOver",
    "JointAnalysis",
    "MappingRound",
    "MappingTemplate",
    "Measure",
    "Meeting",
    "MeetingDecision",
    "MeetingPoint",
    "NextStep",
    "Note",
    "NoteText",
    "Obstacle",
    "PlacesSaid",
    "PointMark",
    "PupilMarks",
    "PupilSheet",
    "QueuePlace",
    "Reminded",
    "ReminderChoice",
]
