"""What kind of thing each stored field is: what is kept, what is erased with a person, what never leaves.

A test demands a line for every field of every table of the web, so that nobody adds one without deciding.
History tables follow the table that they are the history of.
"""

from typing import Final

from .field_kinds import ERASE, KEEP, NEVER_EXPORT
from .fields_of_projects import FIELDS_OF_PROJECTS

__all__ = ["ERASE", "FIELDS", "KEEP", "NEVER_EXPORT", "SENSITIVE", "kind_of"]

FIELDS: Final[dict[str, dict[str, str]]] = {
    "people.Person": {
        ERASE: "code given_name family_name sort_key birth_date status gone_on degree_on home_municipality in_source"
        " is_pupil source",
        NEVER_EXPORT: "source_id civic_no civic_no_lookup email eppn security_marking",
    },
    "people.FormerIdentity": {KEEP: "id of_import table at", ERASE: "code", NEVER_EXPORT: "row"},
    "people.Responsible": {ERASE: "id pupil responsible relation_type"},
    "people.Organisation": {
        KEEP: "code source source_id display_name sort_key organisation_type parent school_unit_code municipality"
        " school_types",
    },
    "people.Group": {
        KEEP: "code source source_id display_name sort_key group_type organisation start_date end_date",
    },
    "people.Membership": {ERASE: "id group pupil start_date end_date"},
    "people.Enrolment": {
        ERASE: "id pupil organisation school_type school_year programme start_date end_date leave_reason",
    },
    "people.Resident": {ERASE: "id pupil municipality enrolled_elsewhere start_date end_date"},
    "people.Schooled": {ERASE: "id pupil first last past_from"},
    "people.Duty": {
        KEEP: "id source user role duty_role assignment_type organisation group sub_project start_date end_date",
        ERASE: "person",
    },
    "people.User": {KEEP: "id last_login is_active", ERASE: "name person", NEVER_EXPORT: "login password"},
    "people.Visit": {KEEP: "id at viewer role reach through pupil page"},
    "people.Seal": {KEEP: "id log number first last rows head at"},
    "people.AuditEvent": {KEEP: "id at by action about details"},
    "people.Installation": {KEEP: "id first_simulated_at first_real_import_at first_real_source"},
    "people.DemoRole": {KEEP: "role user"},
    # A key of a session is as good as the session; what is sealed or hashed in the rest leads into an account.
    "signin.SignedIn": {KEEP: "user began_at how authority", NEVER_EXPORT: "session_key"},
    "signin.Try": {KEEP: "id at", NEVER_EXPORT: "key"},
    "signin.KnownAs": {KEEP: "id user source authority", NEVER_EXPORT: "lookup"},
    "mfa.Authenticator": {KEEP: "id user type created_at last_used_at", NEVER_EXPORT: "data"},
    "socialaccount.SocialAccount": {
        KEEP: "id user provider last_login date_joined",
        NEVER_EXPORT: "uid extra_data",
    },
    "socialaccount.SocialApp": {KEEP: "id provider provider_id name client_id", NEVER_EXPORT: "secret key settings"},
    "socialaccount.SocialToken": {KEEP: "id app account expires_at", NEVER_EXPORT: "token token_secret"},
    "account.EmailAddress": {KEEP: "id user verified primary", NEVER_EXPORT: "email"},
    "account.EmailConfirmation": {KEEP: "id email_address created sent", NEVER_EXPORT: "key"},
    "people.SignInLink": {KEEP: "id user made_at expires_at used_at", NEVER_EXPORT: "token_hash"},
    "people.AccessRule": {KEEP: "id authority roles minutes least_reason alone at by why"},
    "people.EmergencyAccess": {
        KEEP: "id source school by role opened_at ends_at ended_at ended_by principal_at principal_by officer_at"
        " officer_by",
        ERASE: "pupil reason",
    },
    "people.EmergencyTry": {KEEP: "id by at"},
    "people.Extract": {
        KEEP: "id source place for_whom identity language withheld state asked_by asked_role asked_at decided_by"
        " decided_role decided_at expires_at json_at pdf_at",
        ERASE: "pupil",
        NEVER_EXPORT: "content",
    },
    "people.Statement": {
        KEEP: "id source said_by kind said_on by role at",
        ERASE: "pupil about text",
    },
    "people.StatementAnswer": {KEEP: "id statement outcome by role at", ERASE: "pupil text"},
    "people.Approval": {
        KEEP: "id kind source pupils asked_by asked_role asked_at expires_at verdict decided_by decided_role decided_at"
        " decided_why used_at reason",
        ERASE: "pupil",
        NEVER_EXPORT: "what",
    },
    "people.Admission": {
        KEEP: "id source school by at until ended_at ended_by ended_why",
        ERASE: "code",
        NEVER_EXPORT: "source_id weighed",
    },
    "people.AdmissionReader": {KEEP: "id admission user at by removed_at removed_by"},
    "people.ProtectionNotice": {KEEP: "id kind role source school number at read_at read_by"},
    "people.AdmittedRows": {KEEP: "id admission of_import at", NEVER_EXPORT: "content"},
    "records.Import": {
        KEEP: "id source place by at finished_at status simulated lateness_is_absence profile profile_version files"
        " counts because limits decided_by why undone_at undoable",
        NEVER_EXPORT: "fingerprints",
    },
    # Where the files of an upload lie is nobody's concern, and they are gone when it is read in.
    "records.Upload": {KEEP: "id by at source kind files bytes thrown_at", NEVER_EXPORT: "once"},
    "records.Job": {
        KEEP: "id kind upload about why by at state started_at finished_at tries step rows step_at result of_import"
        " code said_sv said_en",
    },
    "records.SetAside": {KEEP: "id job resource file line column rule value_class"},
    "records.Quarantined": {KEEP: "id of_import resource file line column rule value_class"},
    "records.ProfileVersion": {KEEP: "id authority name version text since at by why"},
    "records.Head": {KEEP: "table version"},
    # Where a secret lies is for those who run the machine.
    "records.Server": {
        KEEP: "id name address token since added_at added_by paused_at tried_at fetched_at skew_seconds error_code"
        " error_sv error_en",
        NEVER_EXPORT: "secret token_address client scope certificate key authority",
    },
    "records.ServerResource": {
        KEEP: "id server resource gives mark fetched_at objects_last changed_at error_sv error_en",
    },
    "records.Subscription": {
        KEEP: "id server made_at expires_at heard_at minute heard_in_minute",
        NEVER_EXPORT: "remote_id secret_hash",
    },
    # The codes say who was disposed of, which nobody may ask the other way round.
    "records.DisposalRow": {KEEP: "id at by purged", NEVER_EXPORT: "codes"},
    # Who a pupil is to somebody goes with the pupil; that something was found stays until it is old.
    "protection.Anomaly": {
        KEEP: "id rule viewer role day n usual of found_at why judged_by judged_at",
        ERASE: "pupil",
    },
    "protection.RetentionRule": {KEEP: "id name months since by at why"},
    "protection.LegalHold": {KEEP: "id why by at until lifted_by lifted_at lifted_why", ERASE: "pupil"},
    "protection.DisposalProtocol": {
        KEEP: "id at by dry_run finished_at rules counts pupils held unknown",
    },
    "protection.Incident": {
        KEEP: "id title what aware_at affected by at to_report decided_why decided_by decided_at reported_at closed_at"
        " closed_by",
    },
    "protection.IncidentStep": {KEEP: "id incident text by at"},
    "protection.Taken": {KEEP: "id viewer kind hour n"},
    "signals.Run": {
        KEEP: "id source as_of known_at run_at rule_set rules_since shown simulated first_day last_day offered reported"
        " coverage axis_sv axis_en",
    },
    "signals.RuleVersion": {KEEP: "id authority number since changes at by why"},
    "signals.Answer": {ERASE: "id pupil school signal since level as_of what by role at"},
    "signals.SignalChange": {ERASE: "id source pupil signal as_of before after"},
    "signals.PupilSnapshot": {
        ERASE: "run pupil school state waits level leading share unexcused coverage school_days last_true figures"
        " weekdays bars calendar days meters strip",
    },
    "signals.StudySnapshot": {ERASE: "pupil key document strip"},
    "signals.YouthSnapshot": {ERASE: "run pupil state level since figures"},
    "signals.GroupSnapshot": {
        KEEP: "run group school year pupils known signalled waiting share coverage shared heat subjects results"
        " line dots retold",
    },
    "signals.SchoolSnapshot": {
        KEEP: "run school municipality pupils known signalled waiting unknown classes classes_known share coverage"
        " years shared results line retold",
    },
    "signals.MunicipalitySnapshot": {
        KEEP: "run municipality name sort_key schools pupils signalled_share share coverage hidden line retold",
    },
    # About a pupil they go with the pupil; about a group or a school they name nobody, and stay.
    "support.Measure": {
        KEEP: "group school kind level intent reach method fidelity owner_role starts planned_end planned_dose"
        " how_often state ended_on end_reason ended_by ended_at outside_id by at",
        ERASE: "id pupil case signal goal owner",
    },
    "support.Dose": {ERASE: "id measure pupil on times by at"},
    "support.PointMark": {ERASE: "id measure pupil point followed by at"},
    "support.NextStep": {
        KEEP: "group school owner_role due done_at done_by taken_back_at taken_back_by by at",
        ERASE: "id pupil case measure what then owner",
    },
    "support.Case": {
        ERASE: "id pupil school kind state owner owner_role opened_at version closed_at outcome reopened by at",
    },
    "support.CaseStep": {ERASE: "id case pupil step due done_on done_by done_at by at"},
    "support.CaseText": {ERASE: "id case pupil section text version beside by at"},
    "support.Obstacle": {ERASE: "id case pupil key gone_at gone_by by at"},
    "support.Goal": {
        ERASE: "id case pupil text indicator baseline baseline_on baseline_n target by_when ended_at ended_by by at",
    },
    "support.FollowUp": {ERASE: "id case measure pupil school kind due done_at done_by result text by at"},
    "support.Decision": {ERASE: "id case pupil kind number verdict text told_on by role at"},
    "support.CaseTransfer": {
        ERASE: "id case pupil school receiver outside ground ground_text parts copied by role at opened taken_by"
        " taken_at back_by back_at",
    },
    "support.Note": {ERASE: "id pupil case secrecy by role at"},
    # What is sealed is read in place, by those whom its class of secrecy lets.
    "support.NoteText": {ERASE: "note pupil secrecy by", NEVER_EXPORT: "sealed"},
    "support.CaseFile": {
        ERASE: "id case pupil school kind secrecy size by role at removed_at removed_by removed_why",
    },
    "support.CaseFileContent": {
        ERASE: "file pupil school secrecy media_type by",
        NEVER_EXPORT: "sealed_title sealed_name sealed",
    },
    # What is said of a class names nobody; what is said of and with a pupil goes with the pupil.
    "support.MappingTemplate": {KEEP: "id school kind number since statements several why by role at"},
    "support.MappingRound": {
        KEEP: "id school first last class_template pupil_template withdrawn_at withdrawn_by by role at",
    },
    "support.ClassSheet": {KEEP: "id round group school answers text by role at"},
    "support.PupilMarks": {ERASE: "id round pupil group marks by role at"},
    "support.PupilSheet": {ERASE: "id round pupil school answers own_words together version by role at"},
    "support.JointAnalysis": {KEEP: "id round group school seen why present version by role at"},
    "support.AnalysisMeasure": {KEEP: "id round group school measure statements by at"},
    # A catalogue holds methods, and nobody.
    "sharing.TakenCatalogue": {KEEP: "id hub version made_at digest methods withdrawn signed taken_at"},
    # Places are counted, and a draw holds numbers of measures: whom they were for goes with the measure.
    "support.Meeting": {KEEP: "id school on begins started_at started_by ended_at ended_by by at"},
    "support.MeetingPoint": {ERASE: "id meeting number part pupil group school why since reasons by at"},
    "support.MeetingDecision": {
        ERASE: "id point number pupil group school what text owner owner_role due step measure case by role at",
    },
    "support.PlacesSaid": {KEEP: "id school kind term places by at"},
    "support.QueuePlace": {ERASE: "id measure pupil school priority why by at"},
    "support.Draw": {KEEP: "id school kind term way within seed places lots by at"},
    "support.HandOver": {KEEP: "id school receiver role by at undone_by undone_at", ERASE: "giver why"},
    "support.HandedOver": {ERASE: "id hand_over pupil school kind item role"},
    "support.ReminderChoice": {KEEP: "id user daily weekly at"},
    "support.Reminded": {KEEP: "id user kind day at"},
    # A plan and its answers hold counts of ten or more and no person; the list behind one goes with each pupil.
    "evidence.StoredPlan": {
        KEEP: "id name content looked checksum sub_project locked_at locked_by thrown_at by at",
    },
    "evidence.Assigned": {
        NEVER_EXPORT: "id plan source pupil offered stratum decided_on taken_up hours score",
    },
    "evidence.HandedIn": {KEEP: "id plan draw drawn_at seed listed offered by at"},
    "evidence.Departure": {KEEP: "id plan what why by at"},
    "evidence.Estimate": {
        KEEP: "id plan as_of result warning grade said_sv said_en not_enrolled disposed engine by at",
    },
    "evidence.Lowering": {KEEP: "id estimate locks reason said_sv said_en by at"},
    "evidence.Together": {KEEP: "id method outcome forest grade said_sv said_en at"},
    "evidence.Spread": {KEEP: "id asked found by at"},
    "evidence.SentMessage": {KEEP: "id plan content treated compared by at"},
    **FIELDS_OF_PROJECTS,
}


# Tells of health, threat, origin or belief, or may: nobody selects, sorts or exports people by it. A test holds every
# filter, index, order and parameter of the web against this. The school types for pupils with an intellectual
# disability, and why somebody left a school, are such data too.
SENSITIVE: Final[dict[str, str]] = {
    "people.Person": "security_marking civic_no civic_no_lookup",
    "people.Enrolment": "school_type leave_reason",
    "people.EmergencyAccess": "reason",
    "people.Admission": "weighed",
    "people.Statement": "text",
    "people.StatementAnswer": "text",
    "support.CaseText": "text",
    "support.CaseTransfer": "copied ground_text",
    "support.Decision": "text",
    "support.FollowUp": "text",
    "support.Goal": "text",
    "support.Obstacle": "key",
    "support.MeetingDecision": "text",
    "support.Note": "secrecy",
    "support.NoteText": "sealed secrecy",
    "support.CaseFile": "secrecy",
    "support.CaseFileContent": "sealed secrecy",
    "support.PupilMarks": "marks",
    "support.PupilSheet": "answers own_words",
}


def kind_of(table: str, field: str) -> str | None:
    """KEEP, ERASE or NEVER_EXPORT; none for a field that nobody has decided about."""
    return next((kind for kind, fields in FIELDS.get(table, {}).items() if field in fields.split()), None)
