"""From which day a pupil's enrolments show that compulsory school is done. It is filled in when the fence is raised."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0013_codes_in_plain_order")]

    operations: ClassVar = [migrations.AddField("schooled", "past_from", models.DateField(null=True))]
