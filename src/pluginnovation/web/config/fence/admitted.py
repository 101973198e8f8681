"""Protected pupils whom a principal has let in: who sees the decision and the pupil, and that nothing outlives it.

A decision is seen by the principal who made it, or who leads the school after that one, by those named in it while they
work at the school, and by the data protection officer; what is kept of the pupil only by those named. When the decision
ends, the database itself deletes what was kept, whoever ended it.
"""

from typing import Final

from pluginnovation.privacy.grounds import REACH_OF_ROLE

from .words import ME, OFFICER, Rows

# The decisions in which the one who asks is named, that hold today, at a place where the chosen duty is.
NAMED: Final = """
CREATE FUNCTION fence.named_in() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT a.id FROM people_admission a JOIN people_admissionreader r ON r.admission_id = a.id
    WHERE r.user_id = fence.me() AND r.removed_at IS NULL AND a.ended_at IS NULL AND a.until >= fence.day()
    AND fence.my_role() = ANY ({roles}) AND a.source = ANY (fence.mine('sources'))
    AND (a.school = ANY (fence.mine('places')) OR a.school = ANY (fence.mine('units'))) $$;
"""

# Whether somebody leads a school on a day: a principal's duty at it, or at the unit above.
STILL_LEADS: Final = """
CREATE FUNCTION fence.leads(who bigint, led text, of_source text, on_day date) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people_user u JOIN people_duty d ON d.user_id = u.id OR d.person_id = u.person_id
    WHERE u.id = who AND u.is_active AND d.role = 'principal' AND d.source = of_source
    AND (d.organisation_id = led OR d.organisation_id = (SELECT o.parent_id FROM people_organisation o
        WHERE o.code = led))
    AND (d.start_date IS NULL OR d.start_date <= on_day) AND (d.end_date IS NULL OR d.end_date >= on_day)) $$;
"""

# The decisions that are the asker's as principal of the school: one's own, and those of who led it before.
DECIDED: Final = """
CREATE FUNCTION fence.mine_to_decide() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT a.id FROM people_admission a WHERE fence.my_role() = 'principal' AND a.source = ANY (fence.mine('sources'))
    AND a.school = ANY (fence.mine('units'))
    AND (a.by_id = fence.me() OR NOT fence.leads(a.by_id, a.school, a.source, fence.day())) $$;
"""

PURGE: Final = """
CREATE FUNCTION fence.purge_admitted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.ended_at IS NOT NULL THEN
        DELETE FROM people_admittedrows WHERE admission_id = NEW.id;
        UPDATE people_admission SET source_id = '', code = ''
            WHERE id = NEW.id AND (source_id <> '' OR code <> '');
    END IF;
    RETURN NULL;
END $$;
"""
PURGES: Final = """
CREATE TRIGGER fence_purge AFTER UPDATE ON people_admission
    FOR EACH ROW EXECUTE FUNCTION fence.purge_admitted();
"""

LEADS: Final = "((SELECT fence.my_role()) = 'principal' AND school = ANY ((SELECT fence.mine('units'))::text[]))"
MINE: Final = f"(by_id = {ME} AND {LEADS})"
TO_READ: Final = (
    f"(({OFFICER} AND role = 'data_protection_officer') OR ({LEADS} AND role = 'principal'"
    " AND source = ANY ((SELECT fence.mine('sources'))::text[])))"
)
IS_NAMED: Final = "IN (SELECT fence.named_in())"
IS_MINE: Final = "IN (SELECT fence.mine_to_decide())"

ADMITTED: Final[dict[str, Rows]] = {
    "people_admission": Rows(
        "code by",
        f"{MINE} OR {OFFICER} OR id {IS_MINE} OR id {IS_NAMED}",
        f"{MINE} AND ended_at IS NULL",
        f"{OFFICER} OR id {IS_MINE}",
    ),
    "people_admissionreader": Rows(
        "user",
        f"{OFFICER} OR admission_id {IS_NAMED} OR admission_id {IS_MINE}",
        f"admission_id {IS_MINE}",
        f"admission_id {IS_MINE}",
    ),
    "people_admittedrows": Rows("admission", f"admission_id {IS_NAMED}"),
    "people_protectionnotice": Rows("read_by", TO_READ, "", TO_READ),
}


def admitted_statements() -> tuple[str, ...]:
    """The functions and the trigger."""
    roles = "ARRAY[" + ", ".join(f"'{role}'" for role in REACH_OF_ROLE) + "]::text[]"
    return NAMED.format(roles=roles), STILL_LEADS, DECIDED, PURGE, PURGES
