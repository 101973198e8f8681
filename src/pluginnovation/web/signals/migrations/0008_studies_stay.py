"""What is told of a pupil's studies lies apart from the day's picture: it is made anew only when something changed."""

from importlib import import_module

from django.db import migrations, models

from pluginnovation.web.signals.models.packed import PackedField as Packed

LEAVE_OUT_BEFORE = import_module("pluginnovation.web.signals.migrations.0007_meters").LEAVE_OUT
OF_PICTURES = "    DELETE FROM signals_pupilsnapshot WHERE pupil = ANY (codes);\n"
OF_STUDIES = "    DELETE FROM signals_studysnapshot WHERE pupil = ANY (codes);\n"
LEAVE_OUT = LEAVE_OUT_BEFORE.replace(OF_PICTURES, OF_PICTURES + OF_STUDIES, 1)
AS_THEY_COME = "ALTER TABLE signals_studysnapshot ALTER document SET STORAGE EXTERNAL"
# Until the next run a picture from before has no meters.
NOT_YET = "UPDATE signals_pupilsnapshot SET meters = '[]'"


class Migration(migrations.Migration):
    dependencies = [("signals", "0007_meters")]

    operations = [
        migrations.CreateModel(
            name="StudySnapshot",
            fields=[
                ("pupil", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=24)),
                ("document", Packed()),
                ("strip", models.TextField(default="", db_default="")),
            ],
        ),
        migrations.RunSQL(AS_THEY_COME, migrations.RunSQL.noop),
        migrations.RunSQL(NOT_YET, migrations.RunSQL.noop),
        migrations.RunSQL(LEAVE_OUT, LEAVE_OUT_BEFORE),
    ]
