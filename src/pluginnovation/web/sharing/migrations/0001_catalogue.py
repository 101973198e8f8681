"""The catalogues that this node took over from its hub."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="TakenCatalogue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hub", models.TextField()),
                ("version", models.PositiveIntegerField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("digest", models.TextField()),
                ("methods", models.PositiveIntegerField()),
                ("withdrawn", models.PositiveIntegerField()),
                ("signed", models.BinaryField()),
                ("taken_at", models.DateTimeField()),
            ],
        ),
    ]
