"""Whose a row about a pupil is who has changed school: a school's own, until it is handed over.

A row is seen where it was written, and where the pupil goes today. Two acts open more, each for the rest of one request
and each once it has been written down who asked: taking a case over that another school hands over opens that case, and
an extract opens what the same school authority holds, which the person has a right to have from it as one.
"""

from typing import Final

from pluginnovation.privacy.extract import MAKERS

# The case that is being taken over, and the pupil whose extract is being put together; both empty nearly always.
TAKING: Final = "plug.taking"
EXTRACT: Final = "plug.extract"

SCHOOLS: Final = """
-- Where one's duty is; rows of no school are everybody's who reaches the pupil.
CREATE FUNCTION fence.my_schools() RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY['']::text[] || fence.mine('units') || fence.mine('places') $$;

-- The school authority that a place belongs to: what stands at the top.
CREATE FUNCTION fence.authority_of(place text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    here text := place;
    above text;
BEGIN
    FOR step IN 1..{most_levels} LOOP
        SELECT o.parent_id INTO above FROM people_organisation o WHERE o.code = here;
        EXIT WHEN above IS NULL;
        here := above;
    END LOOP;
    RETURN here;
END $$;

CREATE FUNCTION fence.my_authority(place text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT fence.authority_of(place) = ANY (ARRAY(SELECT fence.authority_of(p) FROM unnest(fence.mine('places')) p)) $$;

CREATE FUNCTION fence.gathers(of_pupil text, place text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT of_pupil = current_setting('{extract}', true) AND fence.my_authority(place) $$;

-- Whether the pupil goes to the school today; or the row is of what was opened by an act.
CREATE FUNCTION fence.of_school(of_pupil text, place text, of_case bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM people_enrolment e
            WHERE e.pupil_id = of_pupil AND e.organisation_id = place AND {enrolment})
        OR of_case::text = current_setting('{taking}', true)
        OR fence.gathers(of_pupil, place);
END $$;

CREATE FUNCTION fence.of_case(number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 SET search_path = public, pg_temp AS $$
DECLARE
    found support_case;
BEGIN
    SELECT * INTO found FROM support_case c WHERE c.id = number;
    RETURN found.school = ANY (fence.my_schools()) OR fence.of_school(found.pupil, found.school, number);
END $$;

CREATE FUNCTION fence.of_measure(number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 SET search_path = public, pg_temp AS $$
DECLARE
    found support_measure;
BEGIN
    SELECT * INTO found FROM support_measure m WHERE m.id = number;
    RETURN found.school = ANY (fence.my_schools()) OR fence.of_school(found.pupil, found.school, found.case_id);
END $$;

CREATE FUNCTION fence.of_round(of_pupil text, number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 SET search_path = public, pg_temp AS $$
DECLARE
    place text := (SELECT r.school FROM support_mappinground r WHERE r.id = number);
BEGIN
    RETURN place = ANY (fence.my_schools()) OR fence.of_school(of_pupil, place, NULL);
END $$;

-- A note has no school: it is the case's, or else where the pupil went on its day. Coordinators tell one another.
CREATE FUNCTION fence.of_note(of_pupil text, of_case bigint, as_role text, written timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 SET search_path = public, pg_temp AS $$
BEGIN
    IF as_role = 'youth_coordinator' AND fence.my_role() = as_role THEN
        RETURN true;
    ELSIF of_case IS NOT NULL THEN
        RETURN fence.of_school(of_pupil, (SELECT c.school FROM support_case c WHERE c.id = of_case), NULL);
    END IF;
    RETURN EXISTS (SELECT 1 FROM people_enrolment e WHERE e.pupil_id = of_pupil
        AND coalesce(e.start_date, '-infinity') <= (written AT TIME ZONE '{zone}')::date
        AND coalesce(e.end_date, 'infinity') >= (written AT TIME ZONE '{zone}')::date
        AND fence.of_school(of_pupil, e.organisation_id, NULL));
END $$;

CREATE FUNCTION fence.of_words(number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 SET search_path = public, pg_temp AS $$
DECLARE
    found support_note;
BEGIN
    SELECT * INTO found FROM support_note n WHERE n.id = number;
    RETURN fence.of_note(found.pupil, found.case_id, found.role, found.at);
END $$;

-- The case that another school hands over to one's own is open to whoever takes it, until the request ends.
CREATE FUNCTION fence.take(transfer bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    number bigint := (SELECT t.case_id FROM support_casetransfer t WHERE t.id = transfer AND t.taken_at IS NULL
        AND t.back_at IS NULL AND t.receiver = ANY (fence.mine('units')) AND t.pupil = ANY (fence.my_pupils()));
BEGIN
    IF number IS NOT NULL AND fence.my_role() = ANY ({leaders}) THEN
        PERFORM set_config('{taking}', number::text, false);
    END IF;
END $$;

-- Whoever has ordered an extract puts it together: until it is, all that the authority holds of the pupil is open.
CREATE FUNCTION fence.gather(number bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    found text := (SELECT x.pupil FROM people_extract x WHERE x.id = number AND x.content IS NULL
        AND x.state = 'review' AND x.expires_at > fence.moment()
        AND x.asked_by_id = fence.me() AND x.pupil = ANY (fence.my_pupils()));
BEGIN
    IF fence.my_role() = ANY ({makers}) THEN
        PERFORM set_config('{extract}', coalesce(found, ''), false);
    END IF;
END $$;

CREATE FUNCTION fence.gathered() RETURNS void LANGUAGE sql AS $$ SELECT set_config('{extract}', '', false) $$;

-- The measures of cases left at one's own school: how much was given is handed over with them.
CREATE FUNCTION fence.my_left_measures() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT m.id FROM support_measure m WHERE m.case_id IN (SELECT f.number FROM fence.left_cases() f) $$;
"""


def schools_statement() -> str:
    """The functions."""
    from django.conf import settings

    from pluginnovation.support.case_states import LEADERS
    from pluginnovation.web.people.places import MOST_LEVELS

    from .reach import COVERS, texts_of

    return SCHOOLS.format(
        enrolment=COVERS.format("e"), taking=TAKING, extract=EXTRACT, zone=settings.TIME_ZONE,
        leaders=texts_of(LEADERS), makers=texts_of(MAKERS), most_levels=MOST_LEVELS,
    )  # fmt: skip
