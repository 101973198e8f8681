"""The words that policies are made of: who asks, in which role, and whom that reaches."""

from dataclasses import dataclass
from typing import Final

from pluginnovation.privacy.approvals import DECIDED_BY
from pluginnovation.privacy.secrecy import IN_CASES, READ_BY
from pluginnovation.support.case_states import LEADERS


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table that the web's role may see, add and change; empty: none.

    drop    the rows that it may delete: nearly always none
    whose   the columns that say who a row is about, as the models call them
    """

    whose: str
    see: str = ""
    add: str = ""
    change: str = ""
    drop: str = ""


ADMINISTRATOR: Final = "(SELECT fence.my_role()) = 'administrator'"
OFFICER: Final = "(SELECT fence.my_role()) = 'data_protection_officer'"
# Jobs that look, answer and plan for a question: of those who ask questions and read their answers.
OF_EFFECTS: Final = (
    "(kind IN ('evidence_look', 'evidence_answer', 'evidence_spread') AND (SELECT fence.my_role()) IN"
    " ('evaluator', 'sub_project_leader', 'process_leader', 'regional_lead'))"
)
KEEPERS: Final = "(SELECT fence.my_role()) IN ('administrator', 'data_protection_officer')"
DECIDES: Final = (
    "("
    + " OR ".join(
        f"(kind = '{kind}' AND (SELECT fence.my_role()) IN ({', '.join(repr(role) for role in roles)}))"
        for kind, roles in DECIDED_BY.items()
    )
    + ")"
)
REGION: Final = "(SELECT fence.my_role()) = 'regional_lead'"
ME: Final = "(SELECT fence.me())"
REGIONAL: Final = "(SELECT fence.my_role()) IN ('regional_lead', 'process_leader')"
# The region knows its own, who are asked to review.
OF_REGION: Final = f"({REGIONAL} AND role IN ('regional_lead', 'process_leader'))"
# The only duty that a page gives and ends: who leads a sub-project, dated, and by those who lead the programme.
LEADERSHIP: Final = f"({REGIONAL} AND role = 'sub_project_leader' AND sub_project IS NOT NULL)"


# Always true, as the first half says, and counted by PostgreSQL as if `is_dear` were asked of each.
DEAR: Final = "(people_person.code <> '' OR fence.is_dear(people_person.code))"
ADULT: Final = "people_person.code IN (SELECT fence.my_adults())"


def pupil(column: str) -> str:
    """Rows about a pupil within reach."""
    return f"{column} IN (SELECT f.code FROM fence.pupils f)"  # noqa: S608 - our own words


def of_school(school: str = "school", case: str = "NULL::bigint", pupil: str = "pupil") -> str:
    """Rows written at one's own school, at none, or at the school that the pupil goes to today."""
    return f"({school} = ANY ((SELECT fence.my_schools())::text[]) OR fence.of_school({pupil}, {school}, {case}))"


def just_added(table: str) -> str:
    """The row that this session has added last."""
    return f"fence.just_added('{table}_id_seq', id)"


MY_SCHOOL: Final = "school = ANY ((SELECT fence.mine('units'))::text[])"
# What is done for a group or a school, in the table that has columns called so.
AROUND: Final = (
    "(pupil = '' AND (\"group\" IN (SELECT f.code FROM fence.groups f)"
    " OR (\"group\" = '' AND (school = ANY ((SELECT fence.mine('units'))::text[])"
    " OR school = ANY ((SELECT fence.mine('places'))::text[])))))"
)
IN_CASE: Final = f"(SELECT fence.my_role()) IN ({', '.join(repr(role) for role in IN_CASES)})"
READS: Final = (
    "("
    + " OR ".join(
        f"(secrecy = '{name}' AND (SELECT fence.my_role()) IN ({', '.join(repr(role) for role in roles)}))"
        for name, roles in READ_BY.items()
    )
    + f" OR by_id = {ME})"
)


def left(column: str) -> str:
    """Rows of an open case at one's own school whose pupil goes there no longer, for those who lead it."""
    return f"{column} IN (SELECT fence.my_left_cases())"


# A case that goes from one school to another is the leaders' of the one, and theirs who have the pupil at the other.
GIVES: Final = (
    f"(school = ANY ((SELECT fence.mine('units'))::text[])"
    f" AND (SELECT fence.my_role()) IN ({', '.join(repr(role) for role in LEADERS)}))"
)
RECEIVES: Final = (
    f"({pupil('pupil')} AND {IN_CASE} AND (receiver = ANY ((SELECT fence.mine('units'))::text[])"
    f" OR receiver = ANY ((SELECT fence.mine('places'))::text[])))"
)
UNITS: Final = "school = ANY ((SELECT fence.mine('units'))::text[])"
LEADS: Final = f"({UNITS} AND (SELECT fence.my_role()) = 'principal')"
OF_SCHOOL: Final = f"({LEADS} AND (pupil = '' OR {pupil('pupil')}))"

LEADS_SCHOOL: Final = "school = ANY ((SELECT fence.mine('units'))::text[])"
# A teacher's school is the place of the duty, or where one's group is when the duty is at the unit above.
MY_GROUPS_SCHOOLS: Final = (
    "(SELECT g.organisation_id FROM people_group g WHERE g.code = ANY ((SELECT fence.mine('groups'))::text[]))"
)
MAPS_SCHOOL: Final = (
    f"({LEADS_SCHOOL} OR school = ANY ((SELECT fence.mine('places'))::text[]) OR school IN {MY_GROUPS_SCHOOLS})"
)
OPENS_CLASS: Final = '"group" IN (SELECT f.code FROM fence.groups f)'
# Whoever teaches somebody in a class maps it too; the memberships have a fence of their own.
MEETS_CLASS: Final = '"group" IN (SELECT m.group_id FROM people_membership m)'
MAPS_CLASS: Final = f"({OPENS_CLASS} OR {MEETS_CLASS})"


def of_measure(column: str) -> str:
    """Rows of a group's or a school's measure, which the measure's own fence decides about."""
    return f"(pupil = '' AND EXISTS (SELECT 1 FROM support_measure m WHERE m.id = {column}))"  # noqa: S608 - our own words
