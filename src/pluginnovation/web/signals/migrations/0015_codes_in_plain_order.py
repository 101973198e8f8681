"""Codes stand in the same order everywhere, so that what is told of a person is looked up by the person's code.

PostgreSQL compares with `people_person.code`, which has the order of bytes; an index in another order couldn't be used.
"""

from typing import ClassVar

from django.db import migrations, models


def code(**options: bool) -> models.CharField:
    """A code of 16 characters, in the order of bytes."""
    return models.CharField(db_collation="C", max_length=16, **options)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signals", "0014_school_of_an_answer")]

    operations: ClassVar = [
        migrations.AlterField("answer", "pupil", code()),
        migrations.AlterField("signalchange", "pupil", code()),
        migrations.AlterField("pupilsnapshot", "pupil", code(primary_key=True, serialize=False)),
        migrations.AlterField("pupilsnapshot", "school", code(db_index=True)),
        migrations.AlterField("studysnapshot", "pupil", code(primary_key=True, serialize=False)),
        migrations.AlterField("youthsnapshot", "pupil", code(primary_key=True, serialize=False)),
        migrations.AlterField("groupsnapshot", "group", code(primary_key=True, serialize=False)),
        migrations.AlterField("groupsnapshot", "school", code(db_index=True)),
        migrations.AlterField("schoolsnapshot", "school", code(primary_key=True, serialize=False)),
    ]
