"""A pupil's code stands in the same order here as in `people_person`, so that rows are looked up by it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("protection", "0001_initial")]

    operations: ClassVar = [
        migrations.AlterField(
            "anomaly", "pupil", models.CharField(db_collation="C", db_index=True, default="", max_length=16)
        ),
        migrations.AlterField("legalhold", "pupil", models.CharField(db_collation="C", db_index=True, max_length=16)),
    ]
