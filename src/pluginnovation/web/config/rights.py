"""What the web's and the worker's roles may do with each table: given anew by the owner after every migration.

The web shows and asks; the worker imports and computes. Neither owns a table, so neither can change one's shape.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from .fence import fence_print, raise_fence
from .postgres import WEB, WORKER
from .rights_of_projects import RIGHTS_OF_PROJECTS
from .rights_words import ADD, ADD_AND_PURGE, CHANGE, NOTHING, READ, WRITE

# table: what the web may do, what the worker may do. A table that is not here is out of reach for both; a test
# demands that each is sorted.
RIGHTS: Final[dict[str, tuple[str, str]]] = {
    # What was looked at and what was done is added and never changed, by anyone.
    "people_visit": (ADD, ADD),
    "people_auditevent": (ADD, ADD),
    "people_seal": (NOTHING, ADD),
    # History too; but an identity that is protected from now on leaves it, and so does a disposed one.
    "people_personevent": (ADD, ADD_AND_PURGE),
    "people_dutyevent": (ADD, ADD_AND_PURGE),
    "pghistory_context": (CHANGE, CHANGE),
    # Who people are and where they belong comes with an import; pages only read it.
    "people_person": (READ, WRITE),
    "people_responsible": (READ, WRITE),
    "people_formeridentity": (NOTHING, WRITE),
    "people_organisation": (READ, WRITE),
    "people_group": (READ, WRITE),
    "people_membership": (READ, WRITE),
    "people_enrolment": (READ, WRITE),
    "people_resident": (READ, WRITE),
    # Written by triggers alone.
    "people_schooled": (READ, READ),
    # A page says who leads a sub-project and until when; every other duty comes with an import or an operator.
    "people_duty": ("SELECT, INSERT, UPDATE (end_date)", WRITE),
    "people_demorole": (READ, WRITE),
    # Locked by a page that lets somebody into the demo; to lock takes the right to change one column.
    "people_installation": ("SELECT, UPDATE (id)", WRITE),
    # Ways in: a page notes a sign-in, makes and spends a link, and closes an account.
    "people_user": ("SELECT, UPDATE", WRITE),
    "people_signinlink": (WRITE, WRITE),
    "django_session": (WRITE, WRITE),
    # Second factors and sessions are made, used and ended on pages, and ended at the command line; tries are counted.
    # The worker writes a factor only when it seals it with a new key.
    "mfa_authenticator": (WRITE, "SELECT, DELETE, UPDATE (data)"),
    "signin_signedin": (WRITE, "SELECT, DELETE"),
    "signin_try": ("SELECT, INSERT, DELETE", "SELECT, DELETE"),
    # Under which name an authority knows somebody comes with an import or an operator; a page ties the two.
    "signin_knownas": (READ, WRITE),
    "socialaccount_socialaccount": ("SELECT, INSERT, UPDATE (last_login)", WRITE),
    # Allauth's own that nothing here uses.
    "socialaccount_socialapp": (NOTHING, NOTHING),
    "socialaccount_socialtoken": (NOTHING, NOTHING),
    "account_emailaddress": (NOTHING, NOTHING),
    "account_emailconfirmation": (NOTHING, NOTHING),
    # What people have a right to, and what two decide together: a page adds a row and dates what is done with it; what
    # was said is never changed (triggers see to that too). The worker deletes with a person, and what is too old.
    "people_accessrule": (ADD, READ),
    "people_emergencyaccess": (
        "SELECT, INSERT, UPDATE (ended_at, ended_by_id, principal_at, principal_by_id, officer_at, officer_by_id)",
        WRITE,
    ),
    "people_emergencytry": (ADD, WRITE),
    "people_extract": (
        (
            "SELECT, INSERT, UPDATE (content, withheld, state, decided_by_id, decided_role, decided_at, expires_at,"
            " json_at, pdf_at)"
        ),
        WRITE,
    ),
    "people_statement": (ADD, WRITE),
    "people_statementanswer": (ADD, WRITE),
    "people_approval": (
        "SELECT, INSERT, UPDATE (verdict, decided_by_id, decided_role, decided_at, decided_why, used_at)",
        WRITE,
    ),
    # A principal lets a protected pupil in, and takes it back; the worker keeps what an import hands over of her.
    "people_admission": ("SELECT, INSERT, UPDATE (ended_at, ended_by_id, ended_why)", WRITE),
    "people_admissionreader": ("SELECT, INSERT, UPDATE (removed_at, removed_by_id)", READ),
    "people_admittedrows": (READ, WRITE),
    "people_protectionnotice": ("SELECT, UPDATE (read_at, read_by_id)", WRITE),
    # The account of imports.
    "records_head": (READ, WRITE),
    "records_import": (READ, WRITE),
    # A profile's version is added by an administrator's page, and never changed.
    "records_profileversion": (ADD, ADD),
    "records_quarantined": (READ, WRITE),
    # A page takes files and asks for something to be done with them; the worker does it.
    "records_upload": ("SELECT, INSERT, UPDATE (thrown_at)", WRITE),
    "records_job": (ADD, WRITE),
    "records_setaside": (READ, WRITE),
    "records_disposalrow": (READ, WRITE),
    # A page adds a server and pauses it; the worker fetches from it and forgets it. A server's message leaves a time,
    # and nothing else.
    "records_server": ("SELECT, INSERT, UPDATE (paused_at)", WRITE),
    "records_serverresource": ("SELECT, INSERT, UPDATE (changed_at)", WRITE),
    "records_subscription": ("SELECT, UPDATE (heard_at, minute, heard_in_minute)", WRITE),
    # Pictures are drawn by the worker; adults answer on the pages.
    "signals_run": (READ, WRITE),
    # After an answer the page tells the picture whether the pupil still waits; groups and schools the fence counts.
    "signals_pupilsnapshot": ("SELECT, UPDATE (waits)", WRITE),
    "signals_studysnapshot": (READ, WRITE),
    "signals_youthsnapshot": (READ, WRITE),
    "signals_groupsnapshot": (READ, WRITE),
    "signals_schoolsnapshot": (READ, WRITE),
    "signals_municipalitysnapshot": (READ, WRITE),
    "signals_signalchange": (READ, WRITE),
    "signals_answer": (ADD, WRITE),
    # An administrator's page adds a version of the rules, and none is ever changed.
    "signals_ruleversion": (ADD, ADD),
    # A page adds what is done and promised, and dates what becomes of it; what was planned, said and decided stands.
    "support_measure": (
        "SELECT, INSERT, UPDATE (owner, owner_role, starts, state, ended_on, end_reason, ended_by_id, ended_at)",
        WRITE,
    ),
    "support_dose": (ADD, WRITE),
    "support_pointmark": (ADD, WRITE),
    "support_nextstep": (
        "SELECT, INSERT, UPDATE (owner, owner_role, done_at, done_by_id, taken_back_at, taken_back_by_id)",
        WRITE,
    ),
    "support_case": (
        "SELECT, INSERT, UPDATE (state, owner, owner_role, version, closed_at, outcome)",
        WRITE,
    ),
    "support_casestep": ("SELECT, INSERT, UPDATE (due, done_on, done_by_id, done_at)", WRITE),
    "support_casetext": (ADD, WRITE),
    "support_obstacle": ("SELECT, INSERT, UPDATE (gone_at, gone_by_id)", WRITE),
    "support_goal": ("SELECT, INSERT, UPDATE (ended_at, ended_by_id)", WRITE),
    "support_followup": ("SELECT, INSERT, UPDATE (done_at, done_by_id, result, text)", WRITE),
    "support_decision": ("SELECT, INSERT, UPDATE (told_on)", WRITE),
    # What was handed over stands; who took it or took it back is added.
    "support_casetransfer": (
        "SELECT, INSERT, UPDATE (opened_id, taken_by_id, taken_at, back_by_id, back_at)",
        WRITE,
    ),
    # A meeting is dated as it begins and ends; its points and decisions are added, and never changed.
    "support_meeting": ("SELECT, INSERT, UPDATE (started_at, started_by_id, ended_at, ended_by_id)", WRITE),
    "support_meetingpoint": (ADD, WRITE),
    "support_meetingdecision": (ADD, WRITE),
    "support_note": (ADD, WRITE),
    "support_notetext": (ADD, WRITE),
    # That a file was there stays; what it held goes when it is removed.
    "support_casefile": ("SELECT, INSERT, UPDATE (removed_at, removed_by_id, removed_why)", WRITE),
    "support_casefilecontent": (ADD_AND_PURGE, WRITE),
    # Mapping is added, never rewritten; a round gets other days and templates until somebody has answered.
    "support_mappingtemplate": (ADD, READ),
    # The worker adds the demo's rounds and what its teachers answer.
    "support_mappinground": (
        "SELECT, INSERT, UPDATE (last, class_template, pupil_template, withdrawn_at, withdrawn_by_id)",
        ADD,
    ),
    "support_classsheet": (ADD, ADD),
    "support_pupilmarks": (ADD, WRITE),
    "support_pupilsheet": (ADD, WRITE),
    "support_jointanalysis": (ADD, ADD),
    "support_analysismeasure": (ADD, WRITE),
    # What is said of places and queues stands; a draw is kept as it was drawn. The night hands over, and reminds.
    "support_placessaid": (ADD, READ),
    "support_queueplace": (ADD, WRITE),
    "support_draw": (ADD, READ),
    "support_handover": ("SELECT, INSERT, UPDATE (undone_by_id, undone_at)", WRITE),
    "support_handedover": (ADD, WRITE),
    "support_reminderchoice": (CHANGE, WRITE),
    "support_reminded": (NOTHING, ADD_AND_PURGE),
    **RIGHTS_OF_PROJECTS,
    # A page drafts a plan and locks it; from then on triggers hold it. Only the worker estimates, and reads who was in.
    "evidence_storedplan": (CHANGE, CHANGE),
    "evidence_assigned": (NOTHING, WRITE),
    "evidence_handedin": (ADD, ADD),
    "evidence_departure": (ADD, ADD),
    "evidence_estimate": (READ, ADD),
    "evidence_lowering": (ADD, READ),
    "evidence_together": (READ, ADD),
    "evidence_spread": (ADD, CHANGE),
    "evidence_sentmessage": (ADD, ADD),
    # The night and the operator take over a catalogue of methods; pages read it.
    "sharing_takencatalogue": (READ, WRITE),
    # The night finds and disposes; the officer judges, an administrator decides, and neither rewrites what was written.
    "protection_anomaly": ("SELECT, INSERT, UPDATE (n, why, judged_by_id, judged_at)", WRITE),
    "protection_retentionrule": (ADD, READ),
    "protection_legalhold": ("SELECT, INSERT, UPDATE (lifted_by_id, lifted_at, lifted_why)", READ),
    "protection_disposalprotocol": (READ, CHANGE),
    "protection_incident": (
        (
            "SELECT, INSERT, UPDATE (to_report, decided_why, decided_by_id, decided_at, reported_at, closed_at,"
            " closed_by_id)"
        ),
        READ,
    ),
    "protection_incidentstep": (ADD, READ),
    "protection_taken": (CHANGE, WRITE),
    # Django's own: only migrations write these, and groups of users are not used.
    "django_migrations": (READ, READ),
    "django_content_type": (READ, READ),
    "auth_permission": (READ, READ),
    "auth_group": (NOTHING, NOTHING),
    "auth_group_permissions": (NOTHING, NOTHING),
}


def rights_on(table: str) -> tuple[str, str]:
    """What the web and the worker may do with a table."""
    return RIGHTS.get(table, (NOTHING, NOTHING))


def print_of(tables: Iterable[str], *, roles: bool = True) -> str:
    """A short print of all rights and of the fence: when it differs from the database's, they are given anew."""
    text = "\n".join((f"{roles}", *(f"{table} {rights_on(table)}" for table in sorted(tables)), fence_print()))
    return f"rights {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def rights_are_given() -> bool:
    """Whether the database has these rights and this fence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        return cursor.fetchone()[0] == print_of(_tables(cursor), roles=_has_roles(cursor))


def give_rights() -> None:
    """Give the web and the worker their rights on every table, and nothing else; put up the fence around the rows.

    The owner runs this, also beside a server that is up: whoever asks meanwhile has the rights of before, never none.
    Where the roles are not there, one role does everything.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        roles, tables = _has_roles(cursor), _tables(cursor)
        if roles:
            _give(cursor, tables)
        raise_fence(roles=roles)
        cursor.execute("COMMENT ON SCHEMA public IS %s", [print_of(tables, roles=roles)])


def _give(cursor: CursorWrapper, tables: Iterable[str]) -> None:
    quote = connection.ops.quote_name
    for role in (WEB, WORKER):
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
    for table in tables:
        for role, rights in zip((WEB, WORKER), rights_on(table), strict=True):
            if rights:
                cursor.execute(f"GRANT {rights} ON {quote(table)} TO {role}")


def _has_roles(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname IN (%s, %s)", [WEB, WORKER])
    return cursor.fetchone()[0] == 2


def _tables(cursor: CursorWrapper) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return [name for (name,) in cursor.fetchall()]
