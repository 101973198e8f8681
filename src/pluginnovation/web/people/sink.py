"""Identities and working copies from an import into the database: what `records/sink.py` promises.

Everything happens inside the transaction of the ledger, in statements over whole frames.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl
from django.db import transaction
from django.utils.timezone import now

from pluginnovation.privacy.grounds import role_of_duty
from pluginnovation.records.admitted import LetIn
from pluginnovation.records.sink import IdentityChanges

from . import copies
from .bulk import run, stage
from .events import pupils_hidden
from .former import as_found, remembered
from .models import Duty, Membership, Person
from .models.person import NOT_PROTECTED
from .names import sort_key
from .rights.admitted import let_in, take_admitted
from .rights.mail import tell_of_marking
from .rights.notices import schools_of, tell_of_marked
from .sealed import identity_seal
from .signin.eppns import know_staff_of

HELD_BY_CODE: Final = (
    ("people_membership", "pupil_id"),
    ("people_enrolment", "pupil_id"),
    ("people_resident", "pupil_id"),
    ("people_responsible", "pupil_id"),
    ("people_responsible", "responsible_id"),
    ("people_duty", "person_id"),
    ("people_person", "code"),
    ("people_personevent", "code"),
    ("people_dutyevent", "person_id"),
    ("people_formeridentity", "code"),
    ("people_emergencyaccess", "pupil"),
    ("people_extract", "pupil"),
    ("people_statementanswer", "pupil"),
    ("people_statement", "pupil"),
    ("people_approval", "pupil"),
)

TIES: Final[tuple[str, ...]] = ("memberships", "enrolments", "residents", "duties")

PERSON_COLUMNS: Final = (
    "code", "source", "source_id", "given_name", "family_name", "sort_key", "civic_no", "civic_no_lookup", "email",
    "eppn", "birth_date", "home_municipality", "security_marking", "status", "is_pupil", "in_source",
)  # fmt: skip
PERSON: Final = copies.Copy("people_person", {column: column for column in PERSON_COLUMNS}, ("code",))


class PeopleSink:
    """Takes the identities of an import into this database."""

    def lets_in(self, source: str) -> LetIn:
        """The protected pupils whom principals have let in."""
        return let_in(source)

    def take(self, changes: IdentityChanges) -> None:
        """Write these changes; any failure undoes the whole import."""
        with transaction.atomic():
            if changes.takes_back:
                as_found(changes.takes_back)
            persons = changes.persons
            hidden = sorted({*changes.protected, *_marked(persons)})
            # Asked before the working copies change: the import no longer knows the groups of a protected pupil.
            groups = _groups_of(hidden)
            marked = set(Person.objects.filter(code__in=hidden).values_list("code", flat=True))
            schools = schools_of(marked)
            with remembered(changes.number, changes.source):
                if persons is not None and persons.height:
                    _take_persons(persons.filter(~pl.col("code").is_in(hidden)), changes.source)
                # What is taken back has its places and persons as they were found; only their ties are in the frames.
                ties = {name: changes.work[name] for name in TIES if name in changes.work}
                copies.take(changes.source, ties if changes.takes_back else changes.work)
                _know_as_pupils(changes.pupils)
            if changes.responsibles is not None and changes.responsibles.height:
                _take_responsibles(changes.responsibles)
            if hidden:
                hide(hidden, groups)
            if marked:
                tell_of_marking()
                tell_of_marked(changes.source, schools, at=now())
            take_admitted(changes, marked=marked, free=_free(persons, hidden), at=now())
            _name_the_roles(changes.source)
            _make_users(changes.source)
            know_staff_of(changes.source)


def _groups_of(codes: Sequence[str]) -> list[str]:
    if not codes:
        return []
    return sorted(set(Membership.objects.filter(pupil__in=codes).values_list("group", flat=True)))


def hide(codes: Sequence[str], groups: Sequence[str] = ()) -> None:
    """Delete every trace of these people here, and have the other apps do the same; visits keep the code only.

    Takes   groups   codes of groups that they were in until just now
    """
    groups = sorted({*groups, *_groups_of(codes)})
    stage("hidden_people", pl.DataFrame({"code": list(codes)}, schema={"code": pl.String}))
    for table, column in HELD_BY_CODE:
        run(f"DELETE FROM {table} WHERE {column} IN (SELECT code FROM hidden_people)")  # noqa: S608 - fixed words
    for table in (
        "people_signinlink",
        "people_demorole",
        "signin_knownas",
        "mfa_authenticator",
        "socialaccount_socialaccount",
    ):
        run(
            f"DELETE FROM {table} l USING people_user u, hidden_people h"  # noqa: S608 - fixed words
            " WHERE l.user_id = u.id AND u.person_id = h.code"
        )
    # Visits and audit rows still point at the user, so the row stays; without a name, and it ends every session.
    run(
        "UPDATE people_user u SET is_active = false, name = '', person_id = NULL, login = 'hidden:' || u.id"
        " FROM hidden_people h WHERE u.person_id = h.code"
    )
    pupils_hidden.send(sender=hide, codes=tuple(codes), groups=tuple(groups))


def _know_as_pupils(codes: Sequence[str]) -> None:
    """People described by an earlier import whom this one speaks of as pupils."""
    if codes:
        stage("pupils_now", pl.DataFrame({"code": list(codes)}, schema={"code": pl.String}))
        run("UPDATE people_person SET is_pupil = true WHERE NOT is_pupil AND code IN (SELECT code FROM pupils_now)")


def _marked(persons: pl.DataFrame | None) -> list[str]:
    """A protected person who got past the readers after all."""
    if persons is None:
        return []
    marked = pl.col("security_marking").fill_null(NOT_PROTECTED) != NOT_PROTECTED
    return persons.filter(marked)["code"].to_list()


def _free(persons: pl.DataFrame | None, hidden: Sequence[str]) -> set[str]:
    """Codes of those whom the source gives as not protected."""
    if persons is None:
        return set()
    given = persons.filter(~pl.col("ended")) if "ended" in persons.columns else persons
    return set(given["code"].to_list()) - set(hidden)


def _take_persons(persons: pl.DataFrame, source: str) -> None:
    ended = persons.filter(pl.col("ended")) if "ended" in persons.columns else persons.clear()
    stage("ended_people", ended.select("code"))
    run("UPDATE people_person SET in_source = false WHERE code IN (SELECT code FROM ended_people)")
    named = persons.join(ended.select("code"), on="code", how="anti")
    stage("new_people", _sealed(named, source))
    copies.merge("new_people", PERSON)


def _sealed(persons: pl.DataFrame, source: str) -> pl.DataFrame:
    """The rows as stored: contacts sealed, the lookup hash and the Swedish order worked out."""
    seal = identity_seal()
    if "status" not in persons.columns:
        persons = persons.with_columns(status=pl.lit(""))
    if "home_municipality" not in persons.columns:
        persons = persons.with_columns(home_municipality=pl.lit(None, pl.String))
    close = {
        name: [seal.close(text) if text else None for text in persons[name]] for name in ("civic_no", "email", "eppn")
    }
    return persons.with_columns(
        pl.lit(source).alias("source"),
        pl.lit(value=True).alias("in_source"),
        pl.col("source_id", "given_name", "family_name", "status").fill_null(""),
        pl.col("security_marking").fill_null(NOT_PROTECTED),
        pl.col("is_pupil").fill_null(value=False),
        pl.Series("civic_no_lookup", [seal.lookup(text) if text else None for text in persons["civic_no"]], pl.String),
        pl.Series(
            "sort_key",
            [sort_key(*names) for names in persons.select("family_name", "given_name").fill_null("").iter_rows()],
            pl.String,
        ),
        *(pl.Series(name, texts, pl.String) for name, texts in close.items()),
    ).select(*PERSON_COLUMNS, pl.lit(value=False).alias("ended"))


def _take_responsibles(frame: pl.DataFrame) -> None:
    stage("new_responsibles", frame.with_columns(pl.col("relation_type").fill_null("")))
    run(
        "DELETE FROM people_responsible r USING new_responsibles n"
        " WHERE n.ended AND r.pupil_id = n.person AND r.responsible_id = n.responsible"
    )
    run(
        "INSERT INTO people_responsible (pupil_id, responsible_id, relation_type)"
        " SELECT person, responsible, relation_type FROM new_responsibles WHERE NOT ended"
        " ON CONFLICT (pupil_id, responsible_id) DO UPDATE SET relation_type = EXCLUDED.relation_type"
    )


def _name_the_roles(source: str) -> None:
    """Give each duty the role that `role_of_duty` says: asked once per combination, so the decision stays in Python."""
    kinds = pl.DataFrame(_kinds(source), schema=["duty_role", "assignment_type", "group_type"], orient="row")
    if not kinds.height:
        return
    roles = [role_of_duty(*kind) or "" for kind in kinds.iter_rows()]
    stage("named_roles", kinds.cast(pl.String).with_columns(pl.Series("role", roles, pl.String)))
    run(
        "UPDATE people_duty d SET role = n.role FROM named_roles n WHERE d.source = %s"
        " AND d.duty_role = n.duty_role AND d.assignment_type = n.assignment_type AND d.role <> n.role"
        " AND coalesce((SELECT group_type FROM people_group g WHERE g.code = d.group_id), '') = n.group_type",
        source,
    )


def _kinds(source: str) -> list[tuple[str, str, str]]:
    rows = Duty.objects.filter(source=source).values_list("duty_role", "assignment_type", "group__group_type")
    return sorted({(role, assignment, group_type or "") for role, assignment, group_type in rows.distinct()})


def _make_users(source: str) -> None:
    """Staff whose duties give a role can be signed in. Whoever loses the last duty just sees nothing."""
    run(
        "INSERT INTO people_user (login, name, person_id, password, is_active)"
        " SELECT p.code, trim(p.given_name || ' ' || p.family_name), p.code, '!', true FROM people_person p"
        " WHERE p.source = %s AND EXISTS (SELECT 1 FROM people_duty d WHERE d.person_id = p.code AND d.role <> '')"
        " ON CONFLICT (person_id) DO UPDATE SET name = EXCLUDED.name WHERE people_user.name <> EXCLUDED.name",
        source,
    )
