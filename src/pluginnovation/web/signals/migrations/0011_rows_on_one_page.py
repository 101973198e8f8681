"""A pupil's picture lies whole on one page of the table: texts apart cost a third of the writing, and as much to read.

And the indexes for searching codes by their beginning go here too: see `0003_fewer_indexes`.
"""

from typing import ClassVar

from django.db import migrations

# All that a page holds. Longer pictures, which are few, have a text or two apart as before.
ON_ONE_PAGE = "ALTER TABLE signals_pupilsnapshot SET (toast_tuple_target = 8160)"
APART_AGAIN = "ALTER TABLE signals_pupilsnapshot RESET (toast_tuple_target)"
DROP = """
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()
        AND tablename IN ('signals_studysnapshot', 'signals_youthsnapshot') AND indexname LIKE '%\\_like'
    LOOP
        EXECUTE format('DROP INDEX %I', found.indexname);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signals", "0010_texts_as_they_are")]

    operations: ClassVar = [
        migrations.RunSQL(ON_ONE_PAGE, APART_AGAIN),
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
    ]
