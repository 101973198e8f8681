"""Pictures are kept as the text they were written in: neither taken apart nor packed, which took most of the writing."""

from django.db import migrations

from pluginnovation.web.signals.models.packed import PackedField as Packed

AS_THEY_COME = """
ALTER TABLE signals_pupilsnapshot ALTER figures SET STORAGE EXTERNAL, ALTER calendar SET STORAGE EXTERNAL
"""
PACKED_AGAIN = AS_THEY_COME.replace("EXTERNAL", "EXTENDED")


class Migration(migrations.Migration):
    dependencies = [("signals", "0004_leave_out_the_hidden")]

    operations = [
        migrations.AlterField("pupilsnapshot", "figures", Packed(default=list)),
        migrations.AlterField("pupilsnapshot", "weekdays", Packed(default=list)),
        migrations.AlterField("groupsnapshot", "shared", Packed(default=list)),
        migrations.AlterField("groupsnapshot", "heat", Packed(default=list)),
        migrations.AlterField("groupsnapshot", "subjects", Packed(default=list)),
        migrations.RunSQL(AS_THEY_COME, PACKED_AGAIN),
    ]
