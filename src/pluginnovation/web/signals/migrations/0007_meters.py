"""Meters beside a pupil's figures, what each signal says of a class, and a region that forgets the hidden at once.

A municipality's figures, and the whole region's, can't be told again from what the database holds without showing by
how much they changed. They are empty until the next run, and `retold` says so.
"""

from importlib import import_module

from django.db import migrations, models

from pluginnovation.web.signals.models.packed import PackedField as Packed

_BEFORE = import_module("pluginnovation.web.signals.migrations.0004_leave_out_the_hidden").LEAVE_OUT
LEAVE_OUT_BEFORE = _BEFORE[: _BEFORE.index("CREATE OR REPLACE FUNCTION")].replace("CREATE FUN", "CREATE OR REPLACE FUN")
TOWNS = """
    towns text[] := ARRAY(SELECT DISTINCT municipality FROM signals_schoolsnapshot WHERE school = ANY (schools));
BEGIN
"""
EMPTY_REGION = """    END IF;
    UPDATE signals_municipalitysnapshot SET
        pupils = NULL, signalled_share = NULL, share = NULL, coverage = NULL, line = '', retold = true
    WHERE municipality = '' OR municipality = ANY (towns);
"""
LEAVE_OUT = (
    LEAVE_OUT_BEFORE.replace("\nBEGIN\n", TOWNS, 1)
    .replace("    END IF;\n", EMPTY_REGION, 1)
    .replace("heat = '[]', subjects = '[]',", "heat = '[]', subjects = '[]', results = '[]',")
    .replace(
        "line = '', retold = true\n    FROM told LEFT", "results = '[]', line = '', retold = true\n    FROM told LEFT"
    )
)
AS_THEY_COME = "ALTER TABLE signals_pupilsnapshot ALTER meters SET STORAGE EXTERNAL"


class Migration(migrations.Migration):
    dependencies = [("signals", "0006_rule_versions")]

    operations = [
        migrations.AddField("pupilsnapshot", "meters", Packed(default=list, db_default="[]")),
        migrations.AddField("pupilsnapshot", "strip", models.TextField(default="", db_default="")),
        migrations.AddField("groupsnapshot", "results", Packed(default=list, db_default="[]")),
        migrations.AddField("schoolsnapshot", "results", Packed(default=list, db_default="[]")),
        migrations.AddField("municipalitysnapshot", "retold", models.BooleanField(db_default=False, default=False)),
        migrations.RunSQL(AS_THEY_COME, migrations.RunSQL.noop),
        migrations.RunSQL(LEAVE_OUT, LEAVE_OUT_BEFORE),
    ]
