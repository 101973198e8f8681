"""Figures that are counted beforehand, so that no page waits for the facts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0007_kept_as_written"),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolFigures",
            fields=[
                ("school", models.CharField(db_collation="C", max_length=16, primary_key=True, serialize=False)),
                ("as_of", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("document", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="GoalFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("document", models.JSONField()),
                (
                    "sub_project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goal_figures",
                        to="projects.subproject",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sub_project", "as_of"), name="goal_figures_once_a_day")
                ],
            },
        ),
    ]
