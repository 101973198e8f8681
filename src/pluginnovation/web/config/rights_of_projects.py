"""What the web's and the worker's roles may do with the tables of what is tried together."""

from typing import Final

from .rights_words import ADD, CHANGE, READ, WRITE

# Programmes and calls are set up by the region; what is written in them is added, and what is dated is dated once. A
# survey is answered by nobody in particular.
RIGHTS_OF_PROJECTS: Final[dict[str, tuple[str, str]]] = {
    "projects_programme": ("SELECT, INSERT, UPDATE (ended_at, ended_by_id)", WRITE),
    "projects_programmegoal": ("SELECT, INSERT, UPDATE (ended_at, ended_by_id)", WRITE),
    "projects_programmemunicipality": ("SELECT, INSERT, UPDATE (left_on, left_why, left_by_id, left_at)", WRITE),
    "projects_call": (CHANGE, WRITE),
    # As long as the call is a draft.
    "projects_callquestion": (WRITE, WRITE),
    "projects_criterion": (WRITE, WRITE),
    "projects_application": (
        (
            "SELECT, INSERT, UPDATE (name, state, submitted_at, submitted_by_id, reviewed_at, closed_at, closed_by_id,"
            " why_closed)"
        ),
        WRITE,
    ),
    "projects_applicationanswer": (ADD, WRITE),
    "projects_applicationbudget": (ADD, WRITE),
    "projects_screening": (ADD, WRITE),
    "projects_calldecision": (ADD, WRITE),
    "projects_review": (
        "SELECT, INSERT, UPDATE (conflict, conflict_what, declared_at, submitted_at, withdrawn_at)",
        WRITE,
    ),
    "projects_reviewsheet": (ADD, WRITE),
    "projects_subproject": (CHANGE, WRITE),
    "projects_statemove": (ADD, WRITE),
    "projects_participant": (
        "SELECT, INSERT, UPDATE (case_id, measure_id, end_date, why_ended, ended_by_id, ended_at)",
        WRITE,
    ),
    "projects_goal": ("SELECT, INSERT, UPDATE (ended_at, ended_by_id)", WRITE),
    "projects_goalreading": (ADD, WRITE),
    "projects_analysis": (ADD, WRITE),
    "projects_activity": ("SELECT, INSERT, UPDATE (ended_at, ended_by_id)", WRITE),
    "projects_evaluationplan": (ADD, ADD),
    "projects_ledgerentry": (ADD, WRITE),
    "projects_risk": (
        "SELECT, INSERT, UPDATE (likely, serious, done_about, closed_at, closed_by_id, why_closed)",
        WRITE,
    ),
    "projects_deviation": (ADD, WRITE),
    "projects_document": (ADD, WRITE),
    "projects_session": (CHANGE, WRITE),
    "projects_agreement": ("SELECT, INSERT, UPDATE (done_at, done_by_id)", WRITE),
    "projects_regiondecision": ("SELECT, INSERT, UPDATE (done_at, done_by_id, outcome)", WRITE),
    "projects_supportrequest": (CHANGE, WRITE),
    "projects_report": (CHANGE, WRITE),
    "projects_claim": (WRITE, WRITE),
    "projects_followupasked": (CHANGE, WRITE),
    "projects_survey": ("SELECT, INSERT, UPDATE (closed_at, closed_by_id)", WRITE),
    "projects_surveyanswer": (ADD, WRITE),
    # Counted by the worker; small numbers are hidden in them already.
    "projects_schoolfigures": (READ, WRITE),
    "projects_goalfigures": (READ, WRITE),
    # What others publish, read in by the operator.
    "projects_publishedfigure": (READ, WRITE),
    # What was held is added; what the registers say of participants is the night's to write.
    "projects_activitytime": (ADD, WRITE),
    "projects_registerfigure": (READ, WRITE),
    "projects_partcounts": (READ, WRITE),
    "projects_network": ("SELECT, INSERT, UPDATE (ended_at, ended_by_id)", WRITE),
    "projects_networkmember": ("SELECT, INSERT, UPDATE (left_at, left_by_id)", WRITE),
    "projects_networkmeeting": (ADD, WRITE),
    "projects_offer": ("SELECT, INSERT, UPDATE (taken_away_at, taken_away_by_id)", WRITE),
    "projects_handover": (ADD, WRITE),
}
