"""A pupil's code stands in the same order in a visit as in `people_person`, so that visits are looked up by it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0012_place_of_an_extract")]

    operations: ClassVar = [
        migrations.AlterField("visit", "pupil", models.CharField(db_collation="C", db_index=True, max_length=16)),
    ]
