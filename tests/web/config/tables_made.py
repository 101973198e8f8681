"""Make a node's tables in a new home, and print what the database says of them.

python -m tests.web.config.tables_made HOME quick|ordinary
"""

import os
import sys
from pathlib import Path
from unittest.mock import patch

ASKED = (
    """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity
       FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2""",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
    """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
       ORDER BY 1, 2""",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2",
    """SELECT attrelid::regclass::text, attname, attstorage FROM pg_attribute WHERE attnum > 0 AND attrelid IN
       (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r') ORDER BY 1, 2""",
)


def main(home: Path, how: str) -> None:
    """Migrate as a first start does, or as Django does by itself."""
    os.environ |= {"PLUG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "pluginnovation.web.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    from pluginnovation.cli.home import database_of
    from pluginnovation.web.config import first_tables, migrate
    from pluginnovation.web.config.postgres import OWNER

    with database_of(home):
        os.environ["PLUG_DATABASE_ROLE"] = OWNER
        with patch.object(first_tables, "is_empty", return_value=how == "quick"):
            migrate.main()
        from django.db import connection

        with connection.cursor() as cursor:
            for query in ASKED:
                cursor.execute(query)
                sys.stdout.writelines(f"{row}\n" for row in cursor.fetchall())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
