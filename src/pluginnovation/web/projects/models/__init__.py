"""What is tried together: programmes, calls, applications, sub-projects, process support, reports and surveys.

Pupils and schools stand here as their codes. Every row says who wrote it (`by`) and when (`at`), but a survey's answer.
"""

from .after import HandOver
from .application import Application, ApplicationAnswer, ApplicationBudget, CallDecision
from .call import Call, CallQuestion, Criterion, Screening
from .delivered import ActivityTime, PartCounts, RegisterFigure
from .figures import GoalFigures, PublishedFigure, SchoolFigures
from .goal import Analysis, Goal, GoalReading
from .joint import Network, NetworkMeeting, NetworkMember, Offer
from .process import Agreement, RegionDecision, Session, SupportRequest
from .programme import Programme, ProgrammeGoal, ProgrammeMunicipality
from .report import Claim, FollowUpAsked, Report
from .review import Review, ReviewSheet
from .sub_project import Participant, StateMove, SubProject
from .survey import Survey, SurveyAnswer
from .work import Activity, Deviation, Document, EvaluationPlan, LedgerEntry, Risk

__all__ = [
    "Activity",
    "ActivityTime",
    "Agreement",
    "Analysis",
    "Application",
    "ApplicationAnswer",
    "ApplicationBudget",
    "Call",
    "CallDecision",
    "CallQuestion",
    "Claim",
    "Criterion",
    "Deviation",
    "Document",
    "EvaluationPlan",
    "FollowUpAsked",
    "Goal",
    "GoalFigures",
    "GoalReading",
    "HandOver",
    "LedgerEntry",
    "Network",
    "NetworkMeeting",
    "NetworkMember",
    "Offer",
    "PartCounts",
    "Participant",
    "Programme",
    "ProgrammeGoal",
    "ProgrammeMunicipality",
    "PublishedFigure",
    "RegionDecision",
    "RegisterFigure",
    "Report",
    "Review",
    "ReviewSheet",
    "Risk",
    "SchoolFigures",
    "Screening",
    "Session",
    "StateMove",
    "SubProject",
    "SupportRequest",
    "Survey",
    "SurveyAnswer",
]
