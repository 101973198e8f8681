"""Bring the hub's database to this version's shape. Run as a program, since only it may read the owner's password."""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import nullcontext

from pluginnovation.web.config.missing import ResourceMissing
from pluginnovation.web.config.postgres import HUB_OWNER

SETTINGS = "pluginnovation.web.config.hub.settings"
# Two commands on one new home both see work to do; the second waits for the first and finds nothing left.
LOCK = 7_104_712


def is_migrated() -> bool:
    """Whether the database has this version's tables and rights."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from .rights import rights_are_given

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes()) and rights_are_given()


def migrate_apart(env: Mapping[str, str]) -> None:
    """Migrate in a process of its own, as the hub's owner.

    Raises  ResourceMissing when it fails; the reason has gone to standard error
    """
    own = {**env, "DJANGO_SETTINGS_MODULE": SETTINGS, "HUB_DATABASE_ROLE": HUB_OWNER}
    done = subprocess.run([sys.executable, "-m", __name__], env=own, stdout=sys.stderr, check=False)
    if done.returncode:
        raise ResourceMissing(
            "hub_not_migrated",
            what=("Hubbens databas gick inte att uppdatera.", "The hub's database could not be updated."),
            todo=("Orsaken står ovanför. Inget är halvt gjort.", "The reason stands above. Nothing is half done."),
        )


def main() -> None:
    """Migrate, make the table of the cache, and give rights, once at a time."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    make_tables(call_command)


def make_tables(call_command: object) -> None:
    """Every table of the hub, and the rights on them."""
    from pluginnovation.web.config.first_tables import is_empty, one_model_at_a_time

    from .rights import give_rights

    assert callable(call_command)
    with one_model_at_a_time() if is_empty() else nullcontext():
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    give_rights()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    main()
