"""Whom the one who asks may see: the rule of `privacy/grounds.py`, as functions and views of the schema `fence`.

`fence.ask` finds the duties of the one who asks and writes what they reach into the session; the rest reads that.
Functions that take no row are asked in `(SELECT …)`, so that PostgreSQL works them out once in a query.
"""

from typing import Final

from pluginnovation.privacy.emergency import MAY_BE_LET
from pluginnovation.privacy.grounds import MUNICIPALITY, OWN_GROUP, REACH_OF_ROLE, SCHOOL, SUB_PROJECT
from pluginnovation.privacy.youths import (
    COMPULSORY,
    ENDS_IN,
    GROWN_AT,
    LAST_OF_TEN,
    LAST_YEAR,
    OF_AGE_AT,
    TEN_YEARS_SINCE,
    TERM_OVER,
    UPPER_SECONDARY,
)
from pluginnovation.support.case_states import LEADERS

from .schools import EXTRACT, TAKING
from .youths import EMPTIED, ENDS_LAST, NEVER, NOTED, YOUTHS, trigger_statements

# Few are reached of many, and each once: PostgreSQL shall look them up, not read through all nor keep what it found;
# and plan it once in a connection.
BY_INDEX: Final = """SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off
SET enable_memoize = off SET plan_cache_mode = force_generic_plan"""

# The session's word of who asks, and what the duties reach today.
ASKER: Final = "plug.asker"
# And its list of the pupils whom they reach.
PUPILS_OF_ASKER: Final = "plug.pupils"

ASK: Final = """
CREATE FUNCTION fence.ask(asker bigint, as_role text, at_place text, today date, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp {by_index} AS $$
DECLARE
    me people_user;
    reach text := {reaches} ->> as_role;
    summer date := make_date(extract(year FROM today)::int, {over_month}, {over_day});
    told jsonb;
    pupils text := '';
    ageless bigint := 0;
BEGIN
    PERFORM set_config('{taking}', '', false), set_config('{extract}', '', false);
    SELECT * INTO me FROM people_user WHERE id = asker AND is_active;
    IF NOT FOUND OR today IS NULL THEN
        PERFORM set_config('{asker}', '', false), set_config('{pupils}', '', false);
        RETURN;
    END IF;
    IF summer > today THEN
        summer := (summer - interval '1 year')::date;
    END IF;
    SELECT jsonb_build_object(
        'role', max(d.role),
        'places', jsonb_agg(DISTINCT d.organisation_id) FILTER (WHERE d.organisation_id IS NOT NULL),
        'groups', jsonb_agg(DISTINCT d.group_id) FILTER (WHERE reach = '{own_group}' AND d.group_id IS NOT NULL),
        'units', (SELECT jsonb_agg(DISTINCT u.code) FROM people_organisation u
            WHERE reach = '{school}' AND u.organisation_type = ANY ({school_types})
            AND (u.code = ANY (array_agg(o.code) FILTER (WHERE o.organisation_type = ANY ({school_types})))
              OR u.parent_id = ANY (array_agg(o.code) FILTER (WHERE o.organisation_type = ANY ({school_types}))))),
        'town', max(coalesce(nullif(o.municipality, ''), nullif(above.municipality, '')))
            FILTER (WHERE reach = '{municipality}' AND o.organisation_type <> ALL ({school_types})),
        'projects', jsonb_agg(DISTINCT d.sub_project)
            FILTER (WHERE reach = '{sub_project}' AND d.sub_project IS NOT NULL),
        'sources', jsonb_agg(DISTINCT d.source))
    INTO told FROM people_duty d
    LEFT JOIN people_organisation o ON o.code = d.organisation_id
    LEFT JOIN people_organisation above ON above.code = o.parent_id
    WHERE (d.user_id = me.id OR d.person_id = me.person_id) AND d.role = as_role AND d.role <> ''
    AND coalesce(d.organisation_id, '') = at_place
    AND coalesce(d.start_date, '-infinity') <= today AND coalesce(d.end_date, 'infinity') >= today;
    told := jsonb_strip_nulls(told || jsonb_build_object(
        'user', me.id, 'person', me.person_id, 'day', today, 'moment', moment, 'summer', summer,
        'under_age', (today - interval '{grown_at} years')::date,
        'of_age', make_date(extract(year FROM summer)::int - {of_age_at}, 12, 31)));
    PERFORM set_config('{asker}', told::text, false);
    IF reach IS NOT NULL THEN
        SELECT coalesce(string_agg(r.code, ' ') FILTER (WHERE NOT r.ageless), ''), count(*) FILTER (WHERE r.ageless)
        INTO pupils, ageless FROM fence.reached r;
    END IF;
    PERFORM set_config('{pupils}', pupils, false);
    PERFORM set_config('{asker}', (told || jsonb_build_object('ageless', ageless))::text, false);
END $$;
"""

# By the duty that was chosen, `role.place`, if it is held today; else by the only one there is; else by none.
ASK_BY: Final = """
CREATE FUNCTION fence.ask_by(asker bigint, chosen text, today date, moment timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp {by_index} AS $$
DECLARE
    held text[] := ARRAY(SELECT DISTINCT concat(d.role, '.', d.organisation_id) FROM people_user me
        JOIN people_duty d ON d.user_id = me.id OR d.person_id = me.person_id WHERE me.id = asker AND d.role <> ''
        AND coalesce(d.start_date, '-infinity') <= today AND coalesce(d.end_date, 'infinity') >= today);
    taken text := CASE WHEN chosen = ANY (held) THEN chosen WHEN cardinality(held) = 1 THEN held[1] ELSE '' END;
BEGIN
    PERFORM fence.ask(asker, split_part(taken, '.', 1), substr(taken, strpos(taken, '.') + 1), today, moment);
    RETURN taken;
END $$;
"""

SAID: Final = """
CREATE FUNCTION fence.said() RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('{asker}', true), ''), '{{}}')::jsonb $$;
CREATE FUNCTION fence.me() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT (fence.said() ->> 'user')::bigint $$;
CREATE FUNCTION fence.my_person() RETURNS text LANGUAGE sql STABLE AS $$ SELECT fence.said() ->> 'person' $$;
CREATE FUNCTION fence.my_role() RETURNS text LANGUAGE sql STABLE AS $$ SELECT fence.said() ->> 'role' $$;
CREATE FUNCTION fence.my_town() RETURNS text LANGUAGE sql STABLE AS $$ SELECT fence.said() ->> 'town' $$;
CREATE FUNCTION fence.day(which text DEFAULT 'day') RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (fence.said() ->> which)::date $$;
CREATE FUNCTION fence.moment() RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT (fence.said() ->> 'moment')::timestamptz $$;
CREATE FUNCTION fence.mine(what text) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY(SELECT jsonb_array_elements_text(fence.said() -> what)) $$;
"""

# Rows whose period holds the day of the one who asks: both ends count, an empty end is open.
COVERS: Final = (
    "({0}.start_date IS NULL OR {0}.start_date <= (SELECT fence.day()))"
    " AND ({0}.end_date IS NULL OR {0}.end_date >= (SELECT fence.day()))"
)

# Never a protected identity, nor one who has died or moved abroad.
SHOWN: Final = """p.is_pupil AND p.in_source AND p.security_marking = {not_protected} AND p.status <> ALL ({gone})
    AND (p.gone_on IS NULL OR p.gone_on > (SELECT fence.day()))"""

# The ageless are counted and never shown: nobody can say that they are under age.
REACHED: Final = """
CREATE VIEW fence.reached AS
SELECT m.pupil_id AS code, false AS ageless FROM people_membership m
    JOIN people_group g ON g.code = m.group_id JOIN people_person p ON p.code = m.pupil_id
    WHERE m.group_id = ANY ((SELECT fence.mine('groups'))::text[]) AND {membership}
    AND g.code = ANY ((SELECT fence.mine('groups'))::text[]) AND {group} AND {shown}
UNION ALL
SELECT e.pupil_id, false FROM people_enrolment e JOIN people_person p ON p.code = e.pupil_id
    WHERE e.organisation_id = ANY ((SELECT fence.mine('units'))::text[]) AND {enrolment} AND {shown}
UNION ALL
SELECT y.code, y.birth_date IS NULL FROM fence.youths y
    WHERE y.birth_date > (SELECT fence.day('under_age')) OR y.birth_date IS NULL
UNION ALL
SELECT t.pupil, false FROM projects_participant t JOIN people_person p ON p.code = t.pupil
    WHERE t.sub_project_id = ANY ((SELECT fence.mine('projects'))::bigint[]) AND {participant} AND {shown}
UNION ALL
SELECT a.pupil, false FROM people_emergencyaccess a JOIN people_person p ON p.code = a.pupil AND p.source = a.source
    WHERE a.by_id = (SELECT fence.me()) AND a.ended_at IS NULL AND a.opened_at <= (SELECT fence.moment())
    AND a.ends_at > (SELECT fence.moment()) AND a.role = (SELECT fence.my_role())
    AND a.source = ANY ((SELECT fence.mine('sources'))::text[]) AND {shown};
"""

# Found once, when it is said who asks, and looked up by every query of the request: worked out in each, it made pages
# four times as slow.
PUPILS: Final = """
CREATE FUNCTION fence.my_pupils() RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT string_to_array(nullif(current_setting('{pupils}', true), ''), ' ') $$;
CREATE VIEW fence.pupils AS
SELECT unnest(fence.my_pupils()) COLLATE "C" AS code;
"""

# Emergency access begins with a pupil whom no duty reaches: named whole, of one's own authority, and for the rest of
# this request only. Nobody is found who is protected.
LOOK: Final = """
CREATE FUNCTION fence.look(who text, lookup text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    found text;
BEGIN
    IF coalesce(fence.my_role(), '') <> ALL ({may_be_let}) THEN
        RETURN;
    END IF;
    SELECT p.code INTO found FROM people_person p WHERE (p.code = who OR p.civic_no_lookup = lookup)
        AND p.source = ANY (fence.mine('sources')) AND {shown} LIMIT 1;
    IF found IS NOT NULL THEN
        PERFORM set_config('{pupils}', concat_ws(' ', nullif(current_setting('{pupils}', true), ''), found), false);
    END IF;
END $$;
"""

# One's own row, the adults of one's own schools, whoever is responsible for a pupil within reach and, for who keeps the
# roles, every adult with a duty.
ADULTS: Final = """
CREATE VIEW fence.adults AS
SELECT d.person_id AS code FROM people_duty d
    WHERE d.person_id IS NOT NULL AND d.organisation_id = ANY ((SELECT fence.mine('places'))::text[])
UNION ALL
SELECT r.responsible_id FROM people_responsible r JOIN fence.pupils f ON f.code = r.pupil_id
UNION ALL
SELECT d.person_id FROM people_duty d WHERE d.person_id IS NOT NULL
    AND (SELECT fence.my_role()) IN ('administrator', 'data_protection_officer')
UNION ALL
SELECT p.code FROM people_person p WHERE p.code = (SELECT fence.my_person());

-- So that every question about a person doesn't begin with planning four others.
CREATE FUNCTION fence.my_adults() RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
SET search_path = public, pg_temp {by_index} AS $$ BEGIN RETURN QUERY SELECT f.code::text FROM fence.adults f; END $$;

-- Always true, said to cost, and never asked (`words.DEAR`): or PostgreSQL, which thinks that a list holds every second
-- person, reads through all persons of a region for the few of a class instead of looking those up.
CREATE FUNCTION fence.is_dear(code text) RETURNS boolean LANGUAGE plpgsql STABLE COST 1000 AS $$
BEGIN RETURN true; END $$;
"""

GROUPS: Final = """
CREATE VIEW fence.groups AS SELECT g.code FROM people_group g
WHERE (g.code = ANY ((SELECT fence.mine('groups'))::text[])
    OR g.organisation_id = ANY ((SELECT fence.mine('units'))::text[])) AND {group};
"""


# Open cases of one's own school whose pupil goes there no longer: whoever leads it answers for them until they are
# handed over or closed, and is told whose they are; nothing else of the pupil is opened by it.
LEFT_CASES: Final = """
CREATE FUNCTION fence.left_cases() RETURNS TABLE (number bigint, pupil text, given text, family text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(fence.my_role(), '') <> ALL ({leaders}) THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT c.id, c.pupil::text, p.given_name::text, p.family_name::text
        FROM support_case c JOIN people_person p ON p.code = c.pupil
        WHERE c.school = ANY (fence.mine('units')) AND c.closed_at IS NULL AND {shown}
        AND c.pupil <> ALL (coalesce(fence.my_pupils(), ARRAY[]::text[])) AND NOT EXISTS (
            SELECT 1 FROM people_enrolment e
            WHERE e.pupil_id = c.pupil AND e.organisation_id = c.school AND {enrolment});
END $$;
CREATE FUNCTION fence.my_left_cases() RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT f.number FROM fence.left_cases() f $$;

-- How many of those nobody has handed over yet, and how many wait to be taken at one's own school.
CREATE FUNCTION fence.between_schools() RETURNS TABLE (to_give bigint, to_take bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (SELECT count(*) FROM fence.left_cases() f WHERE NOT EXISTS (SELECT 1 FROM support_casetransfer t
            WHERE t.case_id = f.number AND t.back_at IS NULL)),
        (SELECT count(*) FROM support_casetransfer t WHERE t.receiver = ANY (fence.mine('units'))
            AND t.taken_at IS NULL AND t.back_at IS NULL AND t.pupil = ANY (fence.my_pupils())) $$;
"""


def reach_statements() -> tuple[str, ...]:
    """The functions and views, in the order in which one stands on another."""
    from pluginnovation.web.people.duties import SCHOOL_TYPES
    from pluginnovation.web.people.models.person import GONE, NOT_PROTECTED

    words = {
        "asker": ASKER,
        "extract": EXTRACT,
        "taking": TAKING,
        "by_index": BY_INDEX,
        "never": NEVER,
        "pupils": PUPILS_OF_ASKER,
        "reaches": "jsonb_build_object(" + ", ".join(f"'{r}', '{how}'" for r, how in REACH_OF_ROLE.items()) + ")",
        "own_group": OWN_GROUP,
        "school": SCHOOL,
        "municipality": MUNICIPALITY,
        "sub_project": SUB_PROJECT,
        "school_types": texts_of(SCHOOL_TYPES),
        "grown_at": GROWN_AT,
        "of_age_at": OF_AGE_AT,
        "over_month": TERM_OVER[0],
        "over_day": TERM_OVER[1],
        "shown": SHOWN.format(not_protected=f"'{NOT_PROTECTED}'", gone=texts_of(GONE)),
        "membership": COVERS.format("m"),
        "group": COVERS.format("g"),
        "enrolment": COVERS.format("e"),
        "resident": COVERS.format("r"),
        "participant": COVERS.format("t"),
        "upper_secondary": texts_of(UPPER_SECONDARY),
        "compulsory": texts_of(COMPULSORY),
        "ten_years_since": f"date '{TEN_YEARS_SINCE}'",
        "last_year": LAST_YEAR,
        "last_of_ten": LAST_OF_TEN,
        "may_be_let": texts_of(MAY_BE_LET),
        "leaders": texts_of(LEADERS),
        "ends_in": "ARRAY[" + ", ".join(map(str, ENDS_IN)) + "]",
    }
    texts = (ENDS_LAST, NOTED, EMPTIED, ASK, ASK_BY, SAID, YOUTHS, REACHED, PUPILS, LOOK, ADULTS, GROUPS, LEFT_CASES)
    return (*(text.format(**words) for text in texts), *trigger_statements())


def texts_of(words: tuple[str, ...]) -> str:
    """The words as an array of SQL."""
    return "ARRAY[" + ", ".join(f"'{word}'" for word in words) + "]::text[]"
