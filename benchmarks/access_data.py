"""A home whose database holds as many pupils as are promised, written straight into the tables.

One principal has 2,000 of them at one school; one coordinator answers for the municipality that all of them are of,
in which one in fifty has left school without a degree, as a signal tells of each; every second has been contacted.
"""

from datetime import date, datetime
from typing import Any, Final

TODAY: Final = date(2026, 4, 23)
SCHOOL_OF, CLASS_OF, LEFT = 2_000, 25, 50
PEOPLE: Final = ("principal", "mentor", "coordinator")

# A school for each 2,000, a class for each 25.
ROWS: Final = """
INSERT INTO people_organisation (code, source, source_id, display_name, sort_key, organisation_type, municipality,
school_unit_code, school_types) SELECT 's' || n, 'a', 's' || n, 'S' || n, 's' || n, 'Skolenhet', '1499', '', '' FROM
generate_series(0, %(schools)s) n UNION ALL SELECT 'town', 'a', 'town', 'T', 't', 'Huvudman', '1499', '', '';
INSERT INTO people_group (code, source, source_id, display_name, sort_key, group_type, organisation_id) SELECT 'g'
|| n, 'a', 'g' || n, 'G' || n, 'g' || n, 'Klass', 's' || n * %(class_of)s / %(school_of)s FROM generate_series(0,
%(classes)s) n;
INSERT INTO people_person (code, source, source_id, given_name, family_name, sort_key, security_marking, status,
in_source, is_pupil, birth_date, home_municipality) SELECT 'p' || lpad(n::text, 15, '0'), 'a', n::text, 'A',
n::text, n::text, 'Ingen', '', true, true, date '2008-01-01' + n %% 700, '1499' FROM generate_series(0, %(last)s) n;
INSERT INTO people_enrolment (pupil_id, organisation_id, school_type, school_year, programme, start_date, end_date,
leave_reason) SELECT 'p' || lpad(n::text, 15, '0'), 's' || n / %(school_of)s, 'GY', 1, '', date '2025-08-18', CASE
WHEN n %% %(left)s = 0 THEN date '2026-01-15' END, '' FROM generate_series(0, %(last)s) n;
INSERT INTO people_membership (group_id, pupil_id, start_date) SELECT 'g' || n / %(class_of)s, 'p' || lpad(n::text,
15, '0'), date '2025-08-18' FROM generate_series(0, %(last)s) n;
INSERT INTO signals_run (source, as_of, run_at, rule_set, shown, simulated, offered, reported, axis_sv, axis_en)
VALUES ('a', '2026-04-23', now(), 1, true, true, 1, 1, '', '');
INSERT INTO signals_pupilsnapshot (run_id, pupil, school, state, waits, level, "leading", share, school_days,
figures, weekdays, meters, bars, calendar, days) SELECT (SELECT max(id) FROM signals_run), 'p' || lpad(n::text, 15,
'0'), 's' || n / %(school_of)s, 2 * (n %% 5 = 0)::int, n %% 5 = 0, 0, '', n %% 30, 18, '[]', '[]', '[]', '', '', ''
FROM generate_series(0, %(last)s) n;
INSERT INTO signals_groupsnapshot (run_id, "group", school, pupils, known, signalled, waiting, share, coverage,
shared, heat, subjects, results, line, dots) SELECT (SELECT max(id) FROM signals_run), 'g' || n, 's' || n *
%(class_of)s / %(school_of)s, %(class_of)s, %(class_of)s, 5, 5, 8, 97, '[]', '[]', '[]', '[]', '', '' FROM
generate_series(0, %(classes)s) n;
"""
# What a run tells of the youths, and that every second has been contacted by the coordinator.
YOUTHS: Final = """
INSERT INTO signals_youthsnapshot (run_id, pupil, state, level, since, figures) SELECT (SELECT max(id) FROM
signals_run), 'p' || lpad(n::text, 15, '0'), 2, 1, date '2026-01-16', %(figures)s FROM
generate_series(0, %(last)s, %(left)s) n;
INSERT INTO signals_answer (pupil, school, signal, since, level, as_of, what, by_id, role, at) SELECT y.pupil, '',
'left_without_enrolment', y.since, 1, date '2026-04-01', 'contacted', %(by)s, 'youth_coordinator', timestamptz
'2026-04-02 09:00Z' FROM signals_youthsnapshot y WHERE substr(y.pupil, 15)::int / %(left)s %% 2 = 0;
"""
# The signal of a youth who left on 15 January, and what it rests on.
FIGURES: Final = '[["left_without_enrolment",97,1,true,20469,20468,20566,20566,20566]]'


def fill(pupils: int) -> dict[str, tuple[int, str]]:
    """Write everything; the user and the key of the role, of each of PEOPLE.

    Django must be set up, as the worker.
    """
    from django.db import connection, transaction

    words: dict[str, Any] = {
        "last": pupils - 1, "schools": (pupils - 1) // SCHOOL_OF, "classes": (pupils - 1) // CLASS_OF,
        "school_of": SCHOOL_OF, "class_of": CLASS_OF, "left": LEFT,
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        _write(cursor, ROWS, words)
        found = dict(zip(PEOPLE, map(_adult, PEOPLE, ("s0", "s0", "town"), (None, "g0", None)), strict=True))
        _write(cursor, YOUTHS, words | {"figures": FIGURES, "by": found["coordinator"][0]})
    return found


def _write(cursor: Any, rows: str, words: dict[str, Any]) -> None:
    for text in rows.strip().split(";\n"):
        cursor.execute(text.rstrip(";"), words)


def _adult(name: str, place: str, group: str | None) -> tuple[int, str]:
    from pluginnovation.web.people.models import Duty, User

    role = "youth_coordinator" if name == "coordinator" else name
    user = User.objects.create(login=name, name=name)
    Duty.objects.create(user=user, role=role, duty_role=role, organisation_id=place, group_id=group, source="a")
    return user.pk, f"{role}.{place}"


def clients(people: dict[str, tuple[int, str]]) -> dict[str, Any]:
    """A signed-in client of each."""
    from django.test import Client

    from pluginnovation.web.people.models import User

    found = {}
    for name, (user, key) in people.items():
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(User.objects.get(pk=user))
        session = client.session
        # As one who has shown two factors.
        shown = {"how": "local", "authority": "", "levels": ["own"], "factors": True}
        session.update({"role": key, "shown": shown, "seen": int(datetime(2100, 1, 1).timestamp())})
        session.save()
        found[name] = client
    return found
