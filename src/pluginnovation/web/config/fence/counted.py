"""What a page may cause or be told beyond its own rows: counts and drawings in which nobody can be told apart.

An answer changes how many wait in a school that the mentor may not open, so the database counts, and the page draws.
"""

from typing import Final

COUNTED: Final = """
CREATE FUNCTION fence.ageless() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce((fence.said() ->> 'ageless')::bigint, 0) $$;

-- The signals of those who have left a school of one's own, and what was done about them, while they were there.
-- Numbers in place of codes: which rows are of the same pupil, and not of whom.
CREATE FUNCTION fence.left_school(place text) RETURNS TABLE (who bigint, last date, kind text, signal text,
    on_day date, at timestamptz, before smallint, after smallint, what text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH gone AS (
        SELECT row_number() OVER (ORDER BY md5(e.pupil_id || random())) AS who, e.pupil_id AS code,
            max(e.end_date) AS last
        FROM people_enrolment e JOIN people_person p ON p.code = e.pupil_id
        WHERE e.organisation_id = place AND place = ANY (fence.mine('units')) AND p.security_marking = '{not_protected}'
        GROUP BY e.pupil_id HAVING max(coalesce(e.end_date, 'infinity')) < fence.day()
    )
    SELECT g.who, g.last, 'change', c.signal, c.as_of, NULL::timestamptz, c.before, c.after, ''
        FROM gone g JOIN signals_signalchange c ON c.pupil = g.code AND c.as_of <= g.last
    UNION ALL SELECT g.who, g.last, 'answer', a.signal, NULL, a.at, NULL, NULL, a.what
        FROM gone g JOIN signals_answer a ON a.pupil = g.code AND a.school IN ('', place)
    UNION ALL SELECT g.who, g.last, 'measure', m.signal, m.starts, NULL, NULL, NULL, ''
        FROM gone g JOIN support_measure m ON m.pupil = g.code AND m.school = place AND m.state IN ('running', 'ended')
    UNION ALL SELECT g.who, g.last, 'case', '', NULL, s.opened_at, NULL, NULL, ''
        FROM gone g JOIN support_case s ON s.pupil = g.code AND s.school = place
    ORDER BY 1, 3, 4, 6 $$;

CREATE FUNCTION fence.is_mine(pupil_code text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT coalesce(nullif(current_setting('role'), 'none'), session_user) <> '{web}'
        OR EXISTS (SELECT 1 FROM fence.pupils f WHERE f.code = pupil_code) $$;

CREATE FUNCTION fence.groups_with(pupil_code text, today date) RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT m.group_id FROM people_membership m WHERE m.pupil_id = pupil_code
    AND coalesce(m.start_date, '-infinity') <= today AND coalesce(m.end_date, 'infinity') >= today $$;

-- In the order of their codes, so that two answers at once never wait for each other in a ring.
CREATE FUNCTION fence.count_waiting(pupil_code text, today date)
RETURNS TABLE (group_code text, shares smallint[], waiting boolean[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    at_school text := (SELECT s.school FROM signals_pupilsnapshot s WHERE s.pupil = pupil_code);
BEGIN
    IF NOT fence.is_mine(pupil_code) THEN
        RETURN;
    END IF;
    PERFORM 1 FROM signals_groupsnapshot g WHERE g."group" IN (SELECT fence.groups_with(pupil_code, today))
        ORDER BY g."group" FOR UPDATE;
    PERFORM 1 FROM signals_schoolsnapshot s WHERE s.school = at_school FOR UPDATE;
    UPDATE signals_schoolsnapshot s SET waiting =
        (SELECT count(*) FROM signals_pupilsnapshot p WHERE p.school = at_school AND p.waits)
        WHERE s.school = at_school;
    RETURN QUERY
        WITH here AS (
            SELECT DISTINCT m.group_id, m.pupil_id FROM people_membership m
            WHERE m.group_id IN (SELECT fence.groups_with(pupil_code, today))
            AND coalesce(m.start_date, '-infinity') <= today AND coalesce(m.end_date, 'infinity') >= today
        ), told AS (
            SELECT h.group_id, array_agg(p.share) AS shares, array_agg(p.waits) AS waiting
            FROM here h JOIN signals_pupilsnapshot p ON p.pupil = h.pupil_id GROUP BY h.group_id
        ), written AS (
            UPDATE signals_groupsnapshot g SET waiting = cardinality(array_positions(told.waiting, true))
            FROM told WHERE g."group" = told.group_id RETURNING g."group"
        )
        SELECT told.group_id::text, told.shares, told.waiting FROM told JOIN written ON written."group" = told.group_id;
END $$;

CREATE FUNCTION fence.draw_dots(pupil_code text, today date, group_code text, drawn text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE signals_groupsnapshot g SET dots = drawn WHERE g."group" = group_code AND fence.is_mine(pupil_code)
    AND g."group" IN (SELECT fence.groups_with(pupil_code, today)) $$;

-- The number of a log's last row, once nobody is writing one: a lower number comes no more.
CREATE FUNCTION fence.last_row(log text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    found bigint;
BEGIN
    IF log <> ALL (ARRAY['people_visit', 'people_auditevent']) THEN
        RETURN NULL;
    END IF;
    EXECUTE format('LOCK TABLE %I IN SHARE MODE', log);
    EXECUTE format('SELECT max(id) FROM %I', log) INTO found;
    RETURN found;
END $$;

-- Whether this session has just added the row: what an act needs to be told its number.
CREATE FUNCTION fence.just_added(sequence text, number bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN number = currval(sequence::regclass);
EXCEPTION WHEN object_not_in_prerequisite_state THEN
    RETURN false;
END $$;
"""
