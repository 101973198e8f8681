"""Youths without a school, found without reading a whole municipality.

`people_schooled` keeps, for each pupil who has an enrolment or stands in a municipality's register, the enrolment that
ends last, and the day from which her enrolments show that compulsory school is done. Whoever is within the last one has
a school; only the others, a few in a hundred, are looked at one by one. Triggers keep it, whoever writes the rows, and
the fence fills it anew each time it is raised.
"""

from typing import Final

# A day before every other, for whoever has no enrolment.
NEVER: Final = "date '0001-01-01'"

# What `privacy.youths.is_past_school` says of each day, as the first one: an enrolment that shows it shows it for ever.
# An enrolment of the last year that doesn't end with a term shows it when the next spring term is over.
ENDS_LAST: Final = """
CREATE VIEW fence.ends_last AS
SELECT DISTINCT ON (a.pupil_id) a.pupil_id, a.first, a.last, min(a.past) OVER (PARTITION BY a.pupil_id) AS past_from
FROM (
    SELECT e.pupil_id, e.start_date AS first, e.end_date AS last, CASE
        WHEN e.school_type = ANY ({upper_secondary}) THEN coalesce(e.start_date, {never})
        WHEN e.school_type <> ALL ({compulsory}) OR e.end_date IS NULL THEN NULL
        WHEN e.school_year >= CASE WHEN e.end_date < {ten_years_since} THEN {last_year} ELSE {last_of_ten} END
        THEN greatest(e.start_date, CASE WHEN extract(month FROM e.end_date) = ANY ({ends_in}) THEN {never}
            ELSE make_date(y.ended + (e.end_date >= make_date(y.ended, {over_month}, {over_day}))::int,
                {over_month}, {over_day}) END)
        END AS past
    FROM people_enrolment e CROSS JOIN LATERAL (SELECT extract(year FROM e.end_date)::int AS ended) y
    UNION ALL SELECT r.pupil_id, {never}, {never}, NULL FROM people_resident r) a
ORDER BY a.pupil_id, a.last DESC NULLS FIRST, a.first NULLS FIRST;
"""

# One at a time, so that nobody writes what the rows were before another's change.
NOTED: Final = """
CREATE FUNCTION fence.note_schooled() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE people_schooled IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM people_schooled s USING changed c WHERE s.pupil_id = c.pupil_id;
    INSERT INTO people_schooled (pupil_id, first, last, past_from)
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
    INSERT INTO people_schooled (pupil_id, first, last, past_from) SELECT * FROM fence.ends_last;
    RETURN NULL;
END $$;
"""

# When the policies are there, which show the owner the rows.
FILL: Final = """DELETE FROM people_schooled;
INSERT INTO people_schooled (pupil_id, first, last, past_from) SELECT * FROM fence.ends_last; ANALYZE people_schooled"""

TABLES: Final = ("people_enrolment", "people_resident")
# when, and which of the changed rows the trigger is told of
TOLD: Final = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))

# Who they are is looked up at once, of those who may have no school, and what registers tell of each once. Who is not
# past compulsory school is looked up only where she is told to live here, and is one only when she is too old for it.
YOUTHS: Final = """
CREATE VIEW fence.youths AS SELECT p.code, p.birth_date FROM people_person p
CROSS JOIN LATERAL (SELECT count(*) AS known, count(*) FILTER (WHERE r.municipality = (SELECT fence.my_town())) AS here,
        count(*) FILTER (WHERE r.enrolled_elsewhere) AS elsewhere
    FROM people_resident r WHERE r.pupil_id = p.code AND {resident}) told
WHERE (SELECT fence.my_town()) IS NOT NULL
AND p.code = ANY (ARRAY(SELECT s.pupil_id FROM people_schooled s
    WHERE (s.last < (SELECT fence.day()) OR s.first > (SELECT fence.day()))
    AND (s.last < (SELECT fence.day()) OR (SELECT true FROM people_enrolment e
        WHERE e.pupil_id = s.pupil_id AND {enrolment} LIMIT 1) IS NULL)
    AND (s.past_from <= (SELECT fence.day()) OR (SELECT true FROM people_resident r
        WHERE r.pupil_id = s.pupil_id AND {resident} AND r.municipality = (SELECT fence.my_town()) LIMIT 1))))
AND p.source = ANY ((SELECT fence.mine('sources'))::text[]) AND {shown}
AND (p.degree_on IS NULL OR p.degree_on > (SELECT fence.day()))
AND (told.here > 0 OR (p.home_municipality = (SELECT fence.my_town()) AND told.known = 0))
AND told.elsewhere = 0
AND (p.birth_date <= (SELECT fence.day('of_age')) OR (SELECT s.past_from <= (SELECT fence.day())
    FROM people_schooled s WHERE s.pupil_id = p.code));
"""

# Who may be one, for a query that finds out of each by itself: where the fence holds the one who asks, those whom the
# duties reach.
MAYBE: Final = """
CREATE FUNCTION fence.maybe_youths(today date) RETURNS text[] LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN coalesce(nullif(current_setting('role'), 'none'), session_user) = '{web}' THEN fence.my_pupils()
    ELSE ARRAY(SELECT s.pupil_id::text FROM people_schooled s WHERE s.last < today OR s.first > today) END $$;
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
