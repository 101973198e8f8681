"""How a youth's signal stands, beside its words, so that the list of youths is searched and put in order by the database.

What earlier versions wrote is told again from the packed figure: see `figures.PLACES`.
"""

from typing import ClassVar

from django.db import migrations, models

FILL = """
UPDATE signals_youthsnapshot s SET
    state = CASE WHEN (t.said->>3)::boolean THEN 2 WHEN t.said->>2 IS NULL THEN 1 ELSE 0 END,
    level = (t.said->>2)::smallint,
    since = CASE jsonb_typeof(t.said->4)
        WHEN 'number' THEN date '1970-01-01' + (t.said->>4)::integer
        WHEN 'string' THEN (t.said->>4)::date END
FROM (SELECT pupil, jsonb_array_elements(figures::jsonb) AS said FROM signals_youthsnapshot) t
WHERE t.pupil = s.pupil AND t.said->>0 = 'left_without_enrolment';
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signals", "0012_more_answers")]

    operations: ClassVar = [
        migrations.AddField("youthsnapshot", "state", models.SmallIntegerField(default=1, db_default=1)),
        migrations.AddField("youthsnapshot", "level", models.SmallIntegerField(null=True)),
        migrations.AddField("youthsnapshot", "since", models.DateField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
