"""Versions of profiles, and which version an import was read with."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("import", "profile_version", models.IntegerField(default=1)),
        migrations.CreateModel(
            name="ProfileVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority", models.TextField(blank=True)),
                ("name", models.TextField()),
                ("version", models.IntegerField()),
                ("text", models.TextField()),
                ("since", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("why", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "name", "version"), name="profile_counts_up")
                ]
            },
        ),
    ]
