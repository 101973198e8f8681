"""How far the participants' measures followed their methods, counted by the night."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0010_published_figures")]

    operations = [
        migrations.AddField("partcounts", name, models.PositiveIntegerField(null=True))
        for name in ("points", "points_known", "points_followed", "points_partly")
    ]
