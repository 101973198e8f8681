"""Youths without a school, found without reading a whole municipality.

`people_schooled` keeps, for each pupil who has an enrolment or stands in a municipality's register, the enrolment that
ends last. Whoever is within it has a school; only the others, a few in a hundred, are looked at one by one. Triggers
keep it, whoever writes the rows, and the fence fills it anew each time it is raised.
"""

from typing import Final

# A day before every other, for whoever has no enrolment.
NEVER: Final = "date '0001-01-01'"

ENDS_LAST: Final = """
CREATE VIEW fence.ends_last AS
SELECT DISTINCT ON (a.pupil_id) a.pupil_id, a.first, a.last FROM (
    SELECT e.pupil_id, e.start_date AS first, e.end_date AS last FROM people_enrolment e
    UNION ALL SELECT r.pupil_id, {never}, {never} FROM people_resident r) a
ORDER BY a.pupil_id, a.last DESC NULLS FIRST, a.first NULLS FIRST;
"""

# One at a time, so that nobody writes what the rows were before another's change.
NOTED: Final = """
CREATE FUNCTION fence.note_schooled() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE people_schooled IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM people_schooled s USING changed c WHERE s.pupil_id = c.pupil_id;
    INSERT INTO people_schooled (pupil_id, first, last)
        SELECT l.* FROM (SELECT DISTINCT pupil_id FROM changed) c
        CROSS JOIN LATERAL (SELECT * FROM fence.ends_last a WHERE a.pupil_id = c.pupil_id) l;
    RETURN NULL;
END $$;
"""

EMPTIED: Final = """
CREATE FUNCTION fence.forget_schooled() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM people_schooled;
    INSERT INTO people_schooled (pupil_id, first, last) SELECT * FROM fence.ends_last;
    RETURN NULL;
END $$;
"""

# When the policies are there, which show the owner the rows.
FILL: Final = """DELETE FROM people_schooled;
INSERT INTO people_schooled (pupil_id, first, last) SELECT * FROM fence.ends_last; ANALYZE people_schooled"""

TABLES: Final = ("people_enrolment", "people_resident")
# when, and which of the changed rows the trigger is told of
TOLD: Final = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))

# One look at each youth's enrolments, where the last has ended, and one at what registers tell of her. `OFFSET 0` keeps
# the order: from those who may have no school to who they are, and not the other way about.
YOUTHS: Final = """
CREATE VIEW fence.youths AS SELECT p.code, p.birth_date FROM people_schooled s
CROSS JOIN LATERAL (SELECT p.code, p.birth_date, p.home_municipality FROM people_person p
    WHERE p.code = s.pupil_id AND p.source = ANY ((SELECT fence.mine('sources'))::text[]) AND {shown}
    AND (p.degree_on IS NULL OR p.degree_on > (SELECT fence.day())) OFFSET 0) p
CROSS JOIN LATERAL (SELECT count(*) AS known, count(*) FILTER (WHERE r.municipality = (SELECT fence.my_town())) AS here,
        count(*) FILTER (WHERE r.enrolled_elsewhere) AS elsewhere
    FROM people_resident r WHERE r.pupil_id = p.code AND {resident}) told
WHERE (SELECT fence.my_town()) IS NOT NULL
AND (s.last < (SELECT fence.day()) OR s.first > (SELECT fence.day()))
AND (told.here > 0 OR (p.home_municipality = (SELECT fence.my_town()) AND told.known = 0))
AND told.elsewhere = 0
AND (s.last < (SELECT fence.day()) OR NOT EXISTS (SELECT FROM people_enrolment e
    WHERE e.pupil_id = p.code AND {enrolment}))
AND ((p.birth_date <= (SELECT fence.day('of_age')) AND told.here > 0) OR EXISTS (SELECT FROM people_enrolment e
    WHERE e.pupil_id = p.code AND (e.start_date IS NULL OR e.start_date <= (SELECT fence.day()))
    AND (e.school_type = ANY ({upper_secondary}) OR (e.school_type = ANY ({compulsory})
        AND e.school_year >= CASE WHEN e.end_date < {ten_years_since} THEN {last_year} ELSE {last_of_ten} END
        AND (extract(month FROM e.end_date) = ANY ({ends_in}) OR e.end_date < (SELECT fence.day('summer')))))));
"""


def trigger_statements() -> tuple[str, ...]:
    """The triggers of both tables."""
    return tuple(
        f"CREATE TRIGGER fence_{event.lower()}_{rows.lower()} AFTER {event} ON {table}"
        f" REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION fence.note_schooled()"
        for table in TABLES
        for event, rows in TOLD
    ) + tuple(
        f"CREATE TRIGGER fence_truncate AFTER TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION fence.forget_schooled()"
        for table in TABLES
    )
