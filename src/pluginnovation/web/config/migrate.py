"""Bring the database to this version's shape. Run as a program, since only it may read the owner's password."""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import nullcontext

from .missing import ResourceMissing
from .postgres import OWNER

SETTINGS = "pluginnovation.web.config.settings"
# Two commands on one new home both see work to do; the second waits for the first and finds nothing left.
LOCK = 7_104_711


def is_migrated() -> bool:
    """Whether the database has this version's tables and rights. Cheap: three questions to the database."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from .rights import rights_are_given

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes()) and rights_are_given()


def migrate_apart(env: Mapping[str, str]) -> None:
    """Migrate in a process of its own, as the owner.

    Raises  ResourceMissing when it fails; the reason has gone to standard error
    """
    own = {**env, "DJANGO_SETTINGS_MODULE": SETTINGS, "PLUG_DATABASE_ROLE": OWNER}
    done = subprocess.run([sys.executable, "-m", __name__], env=own, stdout=sys.stderr, check=False)
    if done.returncode:
        raise ResourceMissing(
            "database_not_migrated",
            what=("Databasen gick inte att uppdatera.", "The database could not be updated."),
            todo=("Orsaken står ovanför. Inget är halvt gjort.", "The reason stands above. Nothing is half done."),
        )


def main() -> None:
    """Migrate and give rights, once at a time."""
    import django
    from django.core.management import call_command
    from django.db import connection

    from .fence import lower_fence
    from .first_tables import is_empty, one_model_at_a_time
    from .rights import give_rights

    django.setup()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    with one_model_at_a_time() if is_empty() else nullcontext():
        lower_fence()
        call_command("migrate", interactive=False, verbosity=0)
    give_rights()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    main()
