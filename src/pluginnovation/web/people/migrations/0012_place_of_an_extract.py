"""Where an extract was ordered: it holds what one school authority has, and is handed out by that one."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0011_named_and_told")]

    operations: ClassVar = [
        migrations.AddField(
            "extract", "place", models.CharField(db_collation="C", default="", max_length=16), preserve_default=True
        ),
    ]
