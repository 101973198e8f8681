"""Protected pupils whom a principal has let in: who sees the decision and the pupil, and that nothing outlives it.

A decision is seen by the principal who made it, by those named in it while they work at the school, and by the data
protection officer; what is kept of the pupil only by those named. When the decision ends, the database itself deletes
what was kept, whoever ended it.
"""

from typing import Final

from pluginnovation.privacy.grounds import REACH_OF_ROLE

from .words import ME, OFFICER, Rows

# The decisions in which the one who asks is named, that hold today, at a place where the chosen duty is.
NAMED: Final = """
CREATE FUNCTION fence.named_in() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT a.id FROM people_admission a JOIN people_admissionreader r ON r.admission_id = a.id
    WHERE r.user_id = fence.me() AND a.ended_at IS NULL AND a.until >= fence.day()
    AND fence.my_role() = ANY ({roles}) AND a.source = ANY (fence.mine('sources'))
    AND (a.school = ANY (fence.mine('places')) OR a.school = ANY (fence.mine('units'))) $$;
"""

# The decisions that the one who asks has made, as principal of the school.
DECIDED: Final = """
CREATE FUNCTION fence.decided_by_me() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT a.id FROM people_admission a WHERE a.by_id = fence.me() AND fence.my_role() = 'principal'
    AND a.school = ANY (fence.mine('units')) $$;
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
IS_NAMED: Final = "IN (SELECT fence.named_in())"
IS_MINE: Final = "IN (SELECT fence.decided_by_me())"

ADMITTED: Final[dict[str, Rows]] = {
    "people_admission": Rows(
        "code by", f"{MINE} OR {OFFICER} OR id {IS_NAMED}", f"{MINE} AND ended_at IS NULL", f"{MINE} OR {OFFICER}"
    ),
    "people_admissionreader": Rows(
        "user", f"{OFFICER} OR admission_id {IS_NAMED} OR admission_id {IS_MINE}", f"admission_id {IS_MINE}"
    ),
    "people_admittedrows": Rows("admission", f"admission_id {IS_NAMED}"),
}


def admitted_statements() -> tuple[str, ...]:
    """The functions and the trigger."""
    roles = "ARRAY[" + ", ".join(f"'{role}'" for role in REACH_OF_ROLE) + "]::text[]"
    return NAMED.format(roles=roles), DECIDED, PURGE, PURGES
