"""The two things that a page is told about somebody whom it may not see, each for one act that was written down.

Somebody who opened an emergency access has its readers told, at another school's addresses, which stay sealed on the
way. Somebody whom a principal has said yes to sees the name behind one code, once; never a protected one.
"""

from typing import Final

from .reach import SHOWN, texts_of

UNSEEN: Final = """
CREATE FUNCTION fence.readers_of(access bigint, today date) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT p.email FROM people_emergencyaccess a
    JOIN people_organisation o ON o.code = a.school
    JOIN people_duty d ON d.organisation_id IN (o.code, o.parent_id) AND d.role = 'principal' AND d.source = a.source
        AND coalesce(d.start_date, '-infinity') <= today AND coalesce(d.end_date, 'infinity') >= today
    JOIN people_person p ON p.code = d.person_id
    WHERE a.id = access AND a.by_id = fence.me() AND p.in_source AND p.email IS NOT NULL
    AND p.security_marking = '{not_protected}' $$;

CREATE FUNCTION fence.unmasked(number bigint) RETURNS TABLE (code text, given_name text, family_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.code::text, p.given_name, p.family_name FROM people_approval a
    JOIN people_person p ON p.code = a.pupil AND p.source = a.source
    WHERE a.id = number AND a.kind = 'unmasking' AND a.verdict = 'approved' AND a.used_at IS NULL
    AND a.expires_at > fence.moment() AND a.asked_by_id = fence.me()
    AND {shown} $$;
"""


def unseen_statement() -> str:
    """The functions."""
    from pluginnovation.web.people.models.person import GONE, NOT_PROTECTED

    shown = SHOWN.format(not_protected=f"'{NOT_PROTECTED}'", gone=texts_of(GONE))
    return UNSEEN.format(not_protected=NOT_PROTECTED, shown=shown)
