import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_seals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Schooled",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField(null=True)),
                ("last", models.DateField(null=True)),
                (
                    "pupil",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+", to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["last"], name="schooled_last"),
                    models.Index(fields=["first"], name="schooled_first"),
                ],
                "constraints": [models.UniqueConstraint(fields=("pupil",), name="schooled_once")],
            },
        ),
    ]  # fmt: skip
