"""Which rows of programmes, calls and sub-projects the web's role sees, adds and changes.

The region and its process leaders read every document and no pupil. Whoever leads a sub-project reads that one and its
participants; a school reads its own. What a reviewer wrote is nobody else's until the last review is in.
"""

from typing import Final

from .words import MAPS_SCHOOL, ME, REGION, REGIONAL, Rows, pupil

LED: Final = "((SELECT fence.mine('projects'))::bigint[])"
# The coordinator's municipality; a school's own people, and whoever leads a sub-project there.
MY_TOWN: Final = "(municipality <> '' AND school = '' AND municipality = (SELECT fence.my_town()))"
AMONG_LED: Final = f"FROM projects_subproject l WHERE l.id = ANY {LED}"
LEADS_AT: Final = f"((school, municipality) IN (SELECT l.school, l.municipality {AMONG_LED}))"
# Draws at the school, or in the municipality, of a sub-project that one leads. They hold numbers of measures, no pupil.
_SCHOOLS_OF_LED: Final = (
    "SELECT o.code FROM people_organisation o LEFT JOIN people_organisation u ON u.code = o.parent_id"  # noqa: S608
    " JOIN projects_subproject l ON l.school = '' AND l.municipality <> ''"
    f" AND l.municipality IN (o.municipality, u.municipality) WHERE l.id = ANY {LED}"
)
DRAWN_AT_LED: Final = f"(school IN (SELECT l.school {AMONG_LED} AND l.school <> '') OR school IN ({_SCHOOLS_OF_LED}))"
APPLIES: Final = f"((school <> '' AND school = ANY ((SELECT fence.mine('units'))::text[])) OR {MY_TOWN} OR {LEADS_AT})"
SUB_PROJECT: Final = f"(id = ANY {LED} OR {MY_TOWN} OR (school <> '' AND {MAPS_SCHOOL}))"
# What belongs to a row is seen with it: the policy of that table decides.
OF_SUB_PROJECT: Final = "EXISTS (SELECT 1 FROM projects_subproject s WHERE s.id = sub_project_id)"
OF_ACTIVITY: Final = "EXISTS (SELECT 1 FROM projects_activity a WHERE a.id = activity_id)"
OF_NETWORK: Final = "EXISTS (SELECT 1 FROM projects_networkmember m WHERE m.network_id = projects_network.id)"
OF_REQUEST: Final = "EXISTS (SELECT 1 FROM projects_supportrequest q WHERE q.id = request_id)"
OF_GOAL: Final = "EXISTS (SELECT 1 FROM projects_goal g WHERE g.id = goal_id)"
OF_REPORT: Final = "EXISTS (SELECT 1 FROM projects_report r WHERE r.id = report_id)"
OF_APPLICATION: Final = "EXISTS (SELECT 1 FROM projects_application a WHERE a.id = application_id)"
REVIEWED: Final = (
    "EXISTS (SELECT 1 FROM projects_application a WHERE a.id = application_id AND a.reviewed_at IS NOT NULL)"
)
MY_REVIEW: Final = f"reviewer_id = {ME}"
MINE: Final = f"by_id = {ME}"
OF_SCHOOL: Final = f"({REGIONAL} OR {MINE} OR {APPLIES})"


def with_sub_project() -> Rows:
    """Rows that are seen with their sub-project, and written in the own name."""
    return Rows("by", OF_SUB_PROJECT, f"{MINE} AND {OF_SUB_PROJECT}", OF_SUB_PROJECT)


def with_application() -> Rows:
    """Rows that are seen with their application, and written in the own name."""
    return Rows("by", OF_APPLICATION, f"{MINE} AND {OF_APPLICATION}")


PROJECTS: Final[dict[str, Rows]] = {
    # An application is the applicant's until it is sent in.
    "projects_application": Rows(
        "by submitted_by closed_by",
        f"({REGIONAL} AND submitted_at IS NOT NULL) OR {APPLIES} OR {MINE}",
        f"{MINE} AND {APPLIES}",
        f"({REGIONAL} AND submitted_at IS NOT NULL) OR {APPLIES}",
    ),
    "projects_applicationanswer": with_application(),
    "projects_applicationbudget": with_application(),
    "projects_screening": Rows("by", OF_APPLICATION, f"{MINE} AND {REGIONAL}"),
    "projects_calldecision": Rows("by", OF_APPLICATION, f"{MINE} AND {REGION}"),
    "projects_review": Rows("reviewer by", f"{REGIONAL}", f"{MINE} AND {REGIONAL}", f"{MY_REVIEW} OR {REGION}"),
    "projects_reviewsheet": Rows(
        "reviewer by", f"{MY_REVIEW} OR ({REGIONAL} AND {REVIEWED})", f"{MINE} AND {MY_REVIEW}"
    ),
    "projects_subproject": Rows(
        "leader stand_in by",
        f"{REGIONAL} OR {SUB_PROJECT}",
        f"{MINE} AND {REGIONAL}",
        f"{REGIONAL} OR {SUB_PROJECT}",
    ),
    "projects_statemove": with_sub_project(),
    # Whom a duty reaches, and the sub-project too: never the region.
    "projects_participant": Rows(
        "pupil by", pupil("pupil"), f"{MINE} AND {pupil('pupil')} AND {OF_SUB_PROJECT}", pupil("pupil")
    ),
    "projects_goal": with_sub_project(),
    "projects_goalfigures": Rows("sub_project", OF_SUB_PROJECT),
    "projects_goalreading": Rows("by", OF_GOAL, f"{MINE} AND {OF_GOAL}"),
    "projects_analysis": Rows(
        "by",
        f"({REGIONAL} AND done_at IS NOT NULL) OR {MINE} OR {APPLIES} OR {OF_SUB_PROJECT}",
        f"{MINE} AND ({REGIONAL} OR {APPLIES} OR {OF_SUB_PROJECT})",
    ),
    "projects_activity": with_sub_project(),
    "projects_evaluationplan": with_sub_project(),
    "projects_ledgerentry": with_sub_project(),
    "projects_risk": with_sub_project(),
    "projects_deviation": with_sub_project(),
    "projects_document": with_sub_project(),
    # What a process leader notes of the own session is the region's; what was agreed is the sub-project's too.
    "projects_session": Rows(
        "by", f"{REGIONAL} OR {OF_SUB_PROJECT} OR {OF_REQUEST}", f"{MINE} AND {REGIONAL}", REGIONAL
    ),
    "projects_agreement": Rows("by", OF_SUB_PROJECT, f"{MINE} AND {REGIONAL}", OF_SUB_PROJECT),
    "projects_regiondecision": Rows("by", REGIONAL, f"{MINE} AND {REGIONAL}", REGIONAL),
    "projects_supportrequest": Rows("by", OF_SCHOOL, f"{MINE} AND ({REGIONAL} OR {APPLIES})", OF_SCHOOL),
    "projects_report": with_sub_project(),
    "projects_claim": Rows("by", OF_REPORT, f"{MINE} AND {OF_REPORT}", OF_REPORT),
    "projects_followupasked": with_sub_project(),
    "projects_activitytime": Rows("by", OF_ACTIVITY, f"{MINE} AND {OF_ACTIVITY}"),
    "projects_network": Rows("by ended_by", f"{REGIONAL} OR {OF_NETWORK}", f"{MINE} AND {REGIONAL}", REGIONAL),
    "projects_networkmember": Rows("by left_by", OF_SUB_PROJECT, f"{MINE} AND {REGIONAL}", REGIONAL),
    "projects_networkmeeting": Rows("by", REGIONAL, f"{MINE} AND {REGIONAL}"),
    "projects_handover": with_sub_project(),
}

OPEN: Final = "tells which adult of the region wrote what every school is invited to read"
ASKED: Final = "is read by whoever answers it, who is nobody to the database; it names the adult who asks"

EXCUSED_OF_PROJECTS: Final[dict[str, str]] = {
    "projects_programme": OPEN,
    "projects_programmegoal": OPEN,
    "projects_programmemunicipality": OPEN,
    "projects_call": OPEN,
    "projects_callquestion": OPEN,
    "projects_criterion": OPEN,
    "projects_survey": ASKED,
    "projects_offer": OPEN,
}
