"""Long texts of the pictures lie as they are too: packing took a third of the database's time for groups."""

from typing import ClassVar

from django.db import migrations

COLUMNS = {
    "signals_pupilsnapshot": ("bars",),
    "signals_groupsnapshot": ("heat", "subjects", "results", "dots"),
}


def _kept(table: str, storage: str) -> str:
    columns = ", ".join(f"ALTER COLUMN {column} SET STORAGE {storage}" for column in COLUMNS[table])
    return f"ALTER TABLE {table} {columns}"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signals", "0009_youths")]

    operations: ClassVar = [migrations.RunSQL(_kept(table, "EXTERNAL"), _kept(table, "EXTENDED")) for table in COLUMNS]
