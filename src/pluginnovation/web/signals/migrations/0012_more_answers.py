"""What adults can answer: what they did, that they raise it to the pupil health team, and why a signal is wrong."""

from typing import ClassVar

from django.db import migrations, models

from pluginnovation.web.signals.models.answer import Answer


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signals", "0011_rows_on_one_page")]

    operations: ClassVar = [
        migrations.AlterField("answer", "what", models.TextField(choices=Answer.What.choices)),
    ]
