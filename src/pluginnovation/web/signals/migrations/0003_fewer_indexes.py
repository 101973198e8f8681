"""Codes are only ever looked up whole: the indexes that Django adds for searching by their beginning go unused.

They made a night's writing of the pictures a fifth slower.
"""

from django.db import migrations

DROP = """
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT indexname FROM pg_indexes
        WHERE schemaname = current_schema() AND tablename LIKE 'signals\\_%snapshot' AND indexname LIKE '%\\_like'
    LOOP
        EXECUTE format('DROP INDEX %I', found.indexname);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("signals", "0002_forget_the_protected")]

    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
