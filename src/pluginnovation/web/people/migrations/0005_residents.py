"""Where a pupil is at home and has a degree, so that a municipality's coordinator reaches those without a school."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_former")]

    operations = [
        migrations.AddField("person", "degree_on", models.DateField(null=True)),
        migrations.AddField("person", "home_municipality", models.TextField(null=True)),
        migrations.CreateModel(
            name="Resident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.TextField()),
                ("enrolled_elsewhere", models.BooleanField(null=True)),
                ("start_date", models.DateField(null=True)),
                ("end_date", models.DateField(null=True)),
                (
                    "pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pupil", "municipality", "start_date"), name="resident_once", nulls_distinct=False
                    )
                ],
            },
        ),
    ]
