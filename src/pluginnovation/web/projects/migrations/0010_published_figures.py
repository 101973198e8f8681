"""Figures that others publish, so that an analysis stands beside its municipality, region and nation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0009_what_was_held"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kpi", models.CharField(db_collation="C", max_length=16)),
                ("place", models.CharField(db_collation="C", max_length=12)),
                ("year", models.PositiveSmallIntegerField()),
                ("tenths", models.IntegerField(null=True)),
                ("is_region", models.BooleanField(default=False)),
                ("source", models.TextField()),
                ("read_on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["place"], name="published_place")],
                "constraints": [models.UniqueConstraint(fields=("kpi", "place", "year"), name="published_once_a_year")],
            },
        ),
    ]
