"""At which school a signal was answered: the next one doesn't see it. What is there is told from where the pupil went."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models

# An answer is never changed, and this is the one time.
FILL = """
ALTER TABLE signals_answer DISABLE TRIGGER USER;
UPDATE signals_answer a SET school = coalesce((
    SELECT e.organisation_id FROM people_enrolment e WHERE e.pupil_id = a.pupil
    AND coalesce(e.start_date, '-infinity') <= (a.at AT TIME ZONE '{zone}')::date
    AND coalesce(e.end_date, 'infinity') >= (a.at AT TIME ZONE '{zone}')::date
    ORDER BY e.start_date DESC NULLS LAST LIMIT 1), '') WHERE a.role <> 'youth_coordinator';
ALTER TABLE signals_answer ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signals", "0013_youths_in_columns"), ("people", "0012_place_of_an_extract")]

    operations: ClassVar = [
        migrations.AddField(
            "answer", "school", models.CharField(db_collation="C", db_default="", default="", max_length=16)
        ),
        migrations.RunSQL(FILL.format(zone=settings.TIME_ZONE), migrations.RunSQL.noop),
    ]
