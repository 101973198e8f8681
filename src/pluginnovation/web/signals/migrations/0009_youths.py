"""What a municipality's coordinator is told of youths without a school, and answers about them."""

from importlib import import_module

from django.db import migrations, models

from pluginnovation.web.signals.models.answer import Answer
from pluginnovation.web.signals.models.packed import PackedField as Packed

LEAVE_OUT_BEFORE = import_module("pluginnovation.web.signals.migrations.0008_studies_stay").LEAVE_OUT
OF_PICTURES = "    DELETE FROM signals_pupilsnapshot WHERE pupil = ANY (codes);\n"
OF_YOUTHS = "    DELETE FROM signals_youthsnapshot WHERE pupil = ANY (codes);\n"
LEAVE_OUT = LEAVE_OUT_BEFORE.replace(OF_PICTURES, OF_PICTURES + OF_YOUTHS, 1)


class Migration(migrations.Migration):
    dependencies = [("signals", "0008_studies_stay")]

    operations = [
        migrations.CreateModel(
            name="YouthSnapshot",
            fields=[
                ("pupil", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("figures", Packed(default=list)),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.deletion.DO_NOTHING,
                        related_name="+",
                        to="signals.run",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AlterField("answer", "what", models.TextField(choices=Answer.What.choices)),
        migrations.RunSQL(LEAVE_OUT, LEAVE_OUT_BEFORE),
    ]
