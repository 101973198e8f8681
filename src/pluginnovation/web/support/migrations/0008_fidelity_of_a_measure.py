"""What must be true for a measure to be the method that it follows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("support", "0007_meetings")]

    operations = [
        migrations.AddField("measure", "fidelity", models.TextField(default="")),
    ]
