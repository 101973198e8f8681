"""An event that is called off stays in the calendar and says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0009_two_people_in_the_database")]

    operations = [migrations.AddField("eventpage", "called_off", models.BooleanField(default=False))]
