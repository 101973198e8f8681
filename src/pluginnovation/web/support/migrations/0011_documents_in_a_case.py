"""Documents of a case: that they are there, and apart from it what they hold, sealed."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import pluginnovation.web.people.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0010_how_far_points_were_followed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pupil", models.CharField(db_collation="C", db_index=True, default="", max_length=16)),
                ("school", models.CharField(db_collation="C", default="", max_length=16)),
                ("kind", models.TextField()),
                ("secrecy", models.TextField()),
                ("size", models.PositiveIntegerField()),
                ("role", models.TextField()),
                ("at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("removed_why", models.TextField(default="")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="support.case"
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseFileContent",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="held",
                        serialize=False,
                        to="support.casefile",
                    ),
                ),
                ("pupil", models.CharField(db_collation="C", default="", max_length=16)),
                ("school", models.CharField(db_collation="C", default="", max_length=16)),
                ("secrecy", models.TextField()),
                ("sealed_title", pluginnovation.web.people.sealed.SealedText()),
                ("sealed_name", pluginnovation.web.people.sealed.SealedText()),
                ("media_type", models.TextField()),
                ("sealed", pluginnovation.web.people.sealed.SealedBytes()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at", None), ("removed_by", None), ("removed_why", "")),
                    models.Q(
                        ("removed_at__isnull", False),
                        ("removed_by__isnull", False),
                        models.Q(("removed_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="file_removed_with_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casefile",
            trigger=pgtrigger.compiler.Trigger(
                name="file_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."pupil" IS DISTINCT FROM (NEW."pupil") OR OLD."school" IS DISTINCT FROM (NEW."school") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."secrecy" IS DISTINCT FROM (NEW."secrecy") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="95a93e76a99b04949734cb1c76f0e46f2810f21b",
                    operation="UPDATE",
                    pgid="pgtrigger_file_stands_20158",
                    table="support_casefile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casefilecontent",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="eb0a06d39db7ae94a29690a58274926fe89d5d52",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_1793b",
                    table="support_casefilecontent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
