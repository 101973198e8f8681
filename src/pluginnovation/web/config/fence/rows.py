"""Which rows of each table the web's role sees, adds and changes. A table is here, or in `EXCUSED` with its reason.

Each text is a condition of SQL. `rights.py` says which commands a role has at all; these say on which rows.
"""

from typing import Final

from .admitted import ADMITTED
from .projects import DRAWN_AT_LED, EXCUSED_OF_PROJECTS, PROJECTS
from .words import (
    ADMINISTRATOR,
    ADULT,
    AROUND,
    DEAR,
    DECIDES,
    GIVES,
    IN_CASE,
    KEEPERS,
    LEADERSHIP,
    LEADS,
    LEADS_SCHOOL,
    MAPS_CLASS,
    MAPS_SCHOOL,
    ME,
    MY_SCHOOL,
    OF_EFFECTS,
    OF_REGION,
    OF_SCHOOL,
    OFFICER,
    OPENS_CLASS,
    READS,
    RECEIVES,
    REGION,
    UNITS,
    Rows,
    just_added,
    left,
    of_measure,
    of_school,
    pupil,
)

# What follows up a case is for those who take part in it; what follows up a measure for all who see that.
FOLLOWED: Final = f"({pupil('pupil')} AND (case_id IS NULL OR {IN_CASE}) AND {of_school(case='case_id')})"
# What another school has done, promised and decided is its own until it is handed over.
HERE: Final = f"({pupil('pupil')} AND {of_school()})"
HERE_OR_CASE: Final = f"({pupil('pupil')} AND {of_school(case='case_id')})"
# An extract holds what one school authority has: it is handed out by that one.
ORDERED: Final = f"({pupil('pupil')} AND (place = '' OR fence.my_authority(place)))"
GIVEN: Final = (
    f"(({pupil('pupil')} AND fence.of_measure(measure_id)) OR {of_measure('measure_id')}"
    " OR measure_id IN (SELECT fence.my_left_measures()))"
)
NOTED: Final = f"({pupil('pupil')} AND (by_id = {ME} OR fence.of_note(pupil, case_id, role, at)))"
MARKED: Final = f"({pupil('pupil')} AND fence.of_round(pupil, round_id))"
WORDS: Final = f"({pupil('pupil')} AND {READS} AND (by_id = {ME} OR fence.of_words(note_id)))"


# A file is its school's, also when the pupil goes to another; an extract tells that it is there.
FILES: Final = (
    f"({pupil('pupil')} AND {IN_CASE} AND ({MY_SCHOOL} OR school = ANY ((SELECT fence.mine('places'))::text[])))"
)
TOLD_FILES: Final = f"({FILES} OR ({pupil('pupil')} AND {IN_CASE} AND fence.gathers(pupil, school)))"


def in_case(number: str = "case_id") -> Rows:
    """Rows of a case: a pupil within reach, and somebody who takes part in cases; or a case left at one's school.

    Takes   number   the column with the case's number
    """
    here = of_school(case="id") if number == "id" else f"fence.of_case({number})"
    mine = f"(({pupil('pupil')} AND {IN_CASE} AND {here}) OR {left(number)})"
    return Rows("pupil by", mine, f"by_id = {ME} AND {mine}", mine)


FENCED: Final[dict[str, Rows]] = {
    "people_person": Rows(
        "code",
        f"({pupil('people_person.code')} OR {ADULT}) AND {DEAR}",
    ),
    "people_enrolment": Rows("pupil", pupil("pupil_id")),
    "people_membership": Rows("pupil", pupil("pupil_id")),
    "people_resident": Rows("pupil", pupil("pupil_id")),
    "people_schooled": Rows("pupil", pupil("pupil_id")),
    "people_responsible": Rows("pupil responsible", f"{pupil('pupil_id')} OR {OFFICER}"),
    "people_formeridentity": Rows("code"),
    # Who was in a comparison: the worker counts them, and no page reads them.
    "evidence_assigned": Rows("pupil"),
    "people_duty": Rows(
        "person user",
        f"user_id = {ME} OR person_id = (SELECT fence.my_person())"
        f" OR organisation_id = ANY ((SELECT fence.mine('places'))::text[]) OR {KEEPERS} OR {LEADERSHIP}"
        f" OR {OF_REGION}",
        LEADERSHIP,
        LEADERSHIP,
    ),
    "people_personevent": Rows("code", pupil("people_personevent.code")),
    "people_dutyevent": Rows("person user", KEEPERS, LEADERSHIP),
    # Whoever opens a pupil writes the visit in the own name, and is told its number.
    "people_visit": Rows("viewer pupil", f"viewer_id = {ME} OR {OFFICER} OR {pupil('pupil')}", f"viewer_id = {ME}"),
    # What people have a right to, and what two decide together.
    "people_emergencyaccess": Rows(
        "pupil by",
        f"by_id = {ME} OR {pupil('pupil')} OR {OFFICER} OR school = ANY ((SELECT fence.mine('units'))::text[])",
        f"by_id = {ME} AND {pupil('pupil')}",
        f"by_id = {ME} OR {OFFICER} OR school = ANY ((SELECT fence.mine('units'))::text[])",
    ),
    "people_emergencytry": Rows("by", f"by_id = {ME} OR {OFFICER}", f"by_id = {ME}"),
    "people_extract": Rows("pupil", ORDERED, f"asked_by_id = {ME} AND {ORDERED}", ORDERED),
    "people_statement": Rows("pupil", pupil("pupil"), f"by_id = {ME} AND {pupil('pupil')}"),
    "people_statementanswer": Rows("pupil", pupil("pupil"), f"by_id = {ME} AND {pupil('pupil')}"),
    "people_approval": Rows(
        "pupil asked_by", f"asked_by_id = {ME} OR {DECIDES}", f"asked_by_id = {ME}", f"asked_by_id = {ME} OR {DECIDES}"
    ),
    # What is found about visits, and who may not be disposed of.
    # Whoever reaches a limit leaves a finding for the officer, without seeing it.
    "protection_anomaly": Rows("viewer pupil", OFFICER, f"{OFFICER} OR (viewer_id = {ME} AND rule = 'limit')", OFFICER),
    "protection_legalhold": Rows("pupil", KEEPERS, KEEPERS, KEEPERS),
    "protection_incident": Rows("by", KEEPERS, KEEPERS, KEEPERS),
    "protection_incidentstep": Rows("by", KEEPERS, KEEPERS),
    "protection_taken": Rows("viewer", f"viewer_id = {ME} OR {OFFICER}", f"viewer_id = {ME}", f"viewer_id = {ME}"),
    # Someone who is just coming in isn't anybody yet.
    "people_auditevent": Rows(
        "by",
        f"by_id = {ME} OR {KEEPERS} OR ((by_id IS NULL OR {ME} IS NULL) AND {just_added('people_auditevent')})",
        f"{ME} IS NULL OR by_id IS NULL OR by_id = {ME}",
    ),
    "records_upload": Rows("by", ADMINISTRATOR, f"{ADMINISTRATOR} AND by_id = {ME}", ADMINISTRATOR),
    # The officer asks for one thing only: to have counted what would be disposed of. Evaluators ask for answers.
    "records_job": Rows(
        "by",
        f"{ADMINISTRATOR} OR ({OFFICER} AND kind = 'try_disposal') OR {OF_EFFECTS}",
        f"({ADMINISTRATOR} OR ({OFFICER} AND kind = 'try_disposal') OR {OF_EFFECTS}) AND by_id = {ME}",
    ),
    # Where a record stood that was turned away: a line of a file, and so perhaps a person.
    "records_quarantined": Rows("line", ADMINISTRATOR),
    "records_setaside": Rows("line", ADMINISTRATOR),
    "signals_pupilsnapshot": Rows("pupil", pupil("pupil"), "", pupil("pupil")),
    "signals_studysnapshot": Rows("pupil", pupil("pupil")),
    "signals_youthsnapshot": Rows("pupil", pupil("pupil")),
    "signals_signalchange": Rows("pupil", pupil("pupil")),
    "signals_answer": Rows("pupil by", HERE, f"by_id = {ME} AND {HERE}"),
    # What is done. Measures and promises are everybody's who may see the pupil or open the group; cases are for those
    # who take part in them, and what a note says for those whom its class of secrecy lets.
    "support_measure": Rows(
        "pupil owner by",
        f"{HERE_OR_CASE} OR {AROUND} OR {left('case_id')}",
        f"by_id = {ME} AND ({HERE_OR_CASE} OR {AROUND})",
        f"{HERE_OR_CASE} OR {AROUND} OR {left('case_id')}",
    ),
    "support_dose": Rows(
        "pupil by",
        GIVEN,
        f"by_id = {ME} AND {GIVEN}",
    ),
    "support_pointmark": Rows(
        "pupil by",
        GIVEN,
        f"by_id = {ME} AND {GIVEN}",
    ),
    "support_nextstep": Rows(
        "pupil owner by",
        f"{HERE_OR_CASE} OR {AROUND} OR {left('case_id')}",
        f"by_id = {ME} AND ({HERE_OR_CASE} OR {AROUND})",
        f"{HERE_OR_CASE} OR {AROUND} OR {left('case_id')}",
    ),
    "support_followup": Rows(
        "pupil by",
        f"{FOLLOWED} OR {of_measure('measure_id')}",
        f"by_id = {ME} AND ({FOLLOWED} OR {of_measure('measure_id')})",
        f"{FOLLOWED} OR {of_measure('measure_id')}",
    ),
    "support_case": in_case("id"),
    "support_casestep": in_case(),
    "support_casetext": in_case(),
    "support_obstacle": in_case(),
    "support_goal": in_case(),
    "support_decision": in_case(),
    "support_casetransfer": Rows(
        "pupil by taken_by back_by", f"{GIVES} OR {RECEIVES}", f"by_id = {ME} AND {GIVES}", f"{GIVES} OR {RECEIVES}"
    ),
    "support_meeting": Rows(
        "by started_by ended_by",
        f"{MY_SCHOOL} OR school = ANY ((SELECT fence.mine('places'))::text[])",
        f"by_id = {ME} AND {MY_SCHOOL}",
        MY_SCHOOL,
    ),
    "support_meetingpoint": Rows("pupil by", f"{HERE} OR {AROUND}", f"by_id = {ME} AND ({HERE} OR {AROUND})"),
    "support_meetingdecision": Rows("pupil owner by", f"{HERE} OR {AROUND}", f"by_id = {ME} AND ({HERE} OR {AROUND})"),
    "support_note": Rows("pupil by", NOTED, f"by_id = {ME} AND {pupil('pupil')}"),
    "support_notetext": Rows("pupil by", WORDS, f"by_id = {ME} AND {pupil('pupil')}"),
    "support_casefile": Rows("pupil by removed_by", TOLD_FILES, f"by_id = {ME} AND {FILES}", FILES),
    "support_casefilecontent": Rows(
        "pupil by", f"{FILES} AND {READS}", f"by_id = {ME} AND {FILES}", drop=f"{FILES} AND {READS}"
    ),
    # Places are a school's; who waits is told of within reach. What went from hand to hand is the principal's to see.
    "support_queueplace": Rows("pupil by", HERE, f"by_id = {ME} AND {HERE}"),
    "support_placessaid": Rows("school", UNITS, f"by_id = {ME} AND {UNITS}"),
    "support_draw": Rows("school", f"({UNITS} OR {DRAWN_AT_LED})", f"by_id = {ME} AND {UNITS}"),
    "support_handover": Rows("giver receiver by", LEADS, f"by_id = {ME} AND {LEADS}", LEADS),
    "support_handedover": Rows("pupil", OF_SCHOOL, OF_SCHOOL),
    "support_reminderchoice": Rows("user", f"user_id = {ME}", f"user_id = {ME}", f"user_id = {ME}"),
    "support_reminded": Rows("user"),
    # Mapping: what is said of a class is read by those who map it, and what is said of a pupil by ground.
    "support_mappingtemplate": Rows("by", MAPS_SCHOOL, f"by_id = {ME} AND {LEADS_SCHOOL}"),
    "support_mappinground": Rows("by", MAPS_SCHOOL, f"by_id = {ME} AND {LEADS_SCHOOL}", LEADS_SCHOOL),
    "support_classsheet": Rows("by", MAPS_CLASS, f"by_id = {ME} AND {MAPS_CLASS}"),
    "support_pupilmarks": Rows("pupil by", MARKED, f"by_id = {ME} AND {MARKED}"),
    "support_pupilsheet": Rows("pupil by", HERE, f"by_id = {ME} AND {HERE}"),
    "support_jointanalysis": Rows("by", OPENS_CLASS, f"by_id = {ME} AND {OPENS_CLASS}"),
    "support_analysismeasure": Rows("by", OPENS_CLASS, f"by_id = {ME} AND {OPENS_CLASS}"),
    # Counts, but of few: only who may open the group, the school, the region.
    "signals_groupsnapshot": Rows("group", 'EXISTS (SELECT 1 FROM fence.groups f WHERE f.code = "group")'),
    "signals_schoolsnapshot": Rows("school", "school = ANY ((SELECT fence.mine('units'))::text[])"),
    "signals_municipalitysnapshot": Rows("municipality", REGION),
    **ADMITTED,
    **PROJECTS,
}

RULE: Final = "tells which adult wrote a rule that everyone signed in may read"
SIGNS_IN: Final = "belongs to signing in, which happens before anybody is known to ask; about adults only"

# Tables that name a person and stand outside the fence, and why.
EXCUSED: Final[dict[str, str]] = {
    "people_accessrule": RULE,
    "protection_retentionrule": RULE,
    "people_user": SIGNS_IN,
    "people_signinlink": SIGNS_IN,
    "signin_signedin": SIGNS_IN,
    "signin_knownas": SIGNS_IN,
    "mfa_authenticator": SIGNS_IN,
    "socialaccount_socialaccount": SIGNS_IN,
    "account_emailaddress": SIGNS_IN,
    "people_demorole": "the buttons of the demo stand on the start page, and name made-up adults",
    "records_profileversion": RULE,
    "signals_ruleversion": RULE,
    "records_disposalrow": "the facts leave out whoever stands here: hidden rows would show them again; only codes"
    " of people whom no table names any more",
    **EXCUSED_OF_PROJECTS,
    **dict.fromkeys(
        (
            "evidence_storedplan",
            "evidence_handedin",
            "evidence_departure",
            "evidence_estimate",
            "evidence_lowering",
            "evidence_sentmessage",
            "evidence_spread",
        ),
        "questions and answers about many, with the account of the adult who wrote them; who was counted stands apart",
    ),
}
