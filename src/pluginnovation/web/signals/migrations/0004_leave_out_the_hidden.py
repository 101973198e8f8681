"""Pictures of classes and schools don't count a pupil who is hidden after they were drawn.

What can be told from the remaining pupils' pictures is told again. What can't (the week, the subjects, the line) is
empty until the next run, and `retold` says so. The places in `figures` are those of `figures.PLACES`.
"""

from django.db import migrations, models

LEAVE_OUT = """
CREATE FUNCTION signals_leave_out(codes text[], places text[]) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    schools text[] := ARRAY(SELECT DISTINCT school FROM signals_pupilsnapshot WHERE pupil = ANY (codes));
BEGIN
    places := places || ARRAY(SELECT group_id FROM people_membership WHERE pupil_id = ANY (codes));
    DELETE FROM signals_pupilsnapshot WHERE pupil = ANY (codes);
    DELETE FROM signals_signalchange WHERE pupil = ANY (codes);
    DELETE FROM signals_answer WHERE pupil = ANY (codes);
    IF cardinality(schools) = 0 THEN
        RETURN schools;
    END IF;
    -- In the order of their codes, so that an answer at the same time never waits for this in a ring.
    PERFORM 1 FROM signals_groupsnapshot WHERE "group" = ANY (places) ORDER BY "group" FOR UPDATE;
    WITH told AS (
        SELECT g."group", count(p.pupil) AS pupils, count(p.share) AS known,
               count(*) FILTER (WHERE p.state = 2) AS signalled, count(*) FILTER (WHERE p.waits) AS waiting,
               coalesce(sum((f.said->>9)::bigint), 0) AS away, coalesce(sum((f.said->>10)::bigint), 0) AS reported,
               coalesce(sum((f.said->>12)::bigint), 0) AS offered
        FROM signals_groupsnapshot g JOIN signals_run r ON r.id = g.run_id
        LEFT JOIN LATERAL (
            SELECT DISTINCT m.pupil_id FROM people_membership m WHERE m.group_id = g."group"
            AND coalesce(m.start_date, '-infinity') <= r.as_of AND coalesce(m.end_date, 'infinity') >= r.as_of
        ) here ON true
        LEFT JOIN signals_pupilsnapshot p ON p.pupil = here.pupil_id
        LEFT JOIN LATERAL (
            SELECT said FROM jsonb_array_elements(p.figures::jsonb) AS one (said) WHERE said->>0 = 'absence_28d'
        ) f ON true
        WHERE g."group" = ANY (places) GROUP BY g."group"
    )
    UPDATE signals_groupsnapshot g SET
        pupils = told.pupils, known = told.known, signalled = told.signalled, waiting = told.waiting,
        share = CASE WHEN told.reported > 0 AND 100 * told.reported >= 80 * told.offered
                     THEN 100 * told.away / told.reported END,
        coverage = 100 * told.reported / nullif(told.offered, 0),
        shared = '[]', heat = '[]', subjects = '[]', line = '', dots = '', retold = true
    FROM told WHERE g."group" = told."group";
    schools := schools || ARRAY(SELECT school FROM signals_groupsnapshot WHERE "group" = ANY (places));
    DELETE FROM signals_groupsnapshot WHERE "group" = ANY (places) AND pupils = 0;
    PERFORM 1 FROM signals_schoolsnapshot WHERE school = ANY (schools) ORDER BY school FOR UPDATE;
    WITH told AS (
        SELECT s.school, count(p.pupil) AS pupils, count(p.share) AS known,
               count(*) FILTER (WHERE p.state = 2) AS signalled, count(*) FILTER (WHERE p.waits) AS waiting,
               count(*) FILTER (WHERE p.state = 1) AS unknown,
               coalesce(sum((f.said->>9)::bigint), 0) AS away, coalesce(sum((f.said->>10)::bigint), 0) AS reported,
               coalesce(sum((f.said->>12)::bigint), 0) AS offered
        FROM signals_schoolsnapshot s LEFT JOIN signals_pupilsnapshot p ON p.school = s.school
        LEFT JOIN LATERAL (
            SELECT said FROM jsonb_array_elements(p.figures::jsonb) AS one (said) WHERE said->>0 = 'absence_28d'
        ) f ON true
        WHERE s.school = ANY (schools) GROUP BY s.school
    ), classes AS (
        SELECT g.school, count(*) AS all, count(g.share) AS known FROM signals_groupsnapshot g
        JOIN people_group named ON named.code = g."group" AND named.group_type = 'Klass'
        WHERE g.school = ANY (schools) GROUP BY g.school
    )
    UPDATE signals_schoolsnapshot s SET
        pupils = told.pupils, known = told.known, signalled = told.signalled, waiting = told.waiting,
        unknown = told.unknown,
        share = CASE WHEN told.reported > 0 AND 100 * told.reported >= 80 * told.offered
                     THEN 100 * told.away / told.reported END,
        coverage = 100 * told.reported / nullif(told.offered, 0),
        classes = coalesce(classes.all, 0), classes_known = coalesce(classes.known, 0),
        shared = coalesce((SELECT jsonb_agg(said ORDER BY place)
            FROM jsonb_array_elements(s.shared) WITH ORDINALITY AS one (said, place)
            WHERE said->>0 <> ALL (places)), '[]'),
        line = '', retold = true
    FROM told LEFT JOIN classes ON classes.school = told.school WHERE s.school = told.school;
    DELETE FROM signals_schoolsnapshot WHERE school = ANY (schools) AND pupils = 0;
    RETURN places;
END $$;
CREATE OR REPLACE FUNCTION signals_forget_the_protected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM signals_leave_out(ARRAY[NEW.code]::text[], '{}');
    RETURN NULL;
END $$;
"""
UNDO = """
CREATE OR REPLACE FUNCTION signals_forget_the_protected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM signals_pupilsnapshot WHERE pupil = NEW.code;
    DELETE FROM signals_signalchange WHERE pupil = NEW.code;
    DELETE FROM signals_answer WHERE pupil = NEW.code;
    RETURN NULL;
END $$;
DROP FUNCTION signals_leave_out(text[], text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("signals", "0003_fewer_indexes"), ("people", "0003_duties_and_visits_kept")]

    operations = [
        migrations.AddField("groupsnapshot", "retold", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("schoolsnapshot", "retold", models.BooleanField(db_default=False, default=False)),
        migrations.RunSQL(LEAVE_OUT, UNDO),
    ]
