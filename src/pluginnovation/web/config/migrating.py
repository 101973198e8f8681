"""What the migrations of the node's database and of the hub's have in common. Each is run as a program of its own."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext

from .missing import ResourceMissing


def is_current(rights_are_given: Callable[[], bool]) -> bool:
    """Whether the database has this version's tables and rights. Cheap: three questions to the database."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes()) and rights_are_given()


def run_apart(module: str, env: Mapping[str, str], *, code: str, what: tuple[str, str]) -> None:
    """Run a module that migrates in a process of its own.

    code, what   of the refusal when it fails

    Raises  ResourceMissing when it fails; the reason has gone to standard error
    """
    done = subprocess.run([sys.executable, "-m", module], env=env, stdout=sys.stderr, check=False)
    if done.returncode:
        todo = "Orsaken står ovanför. Inget är halvt gjort.", "The reason stands above. Nothing is half done."
        raise ResourceMissing(code, what=what, todo=todo)


def wait_for_turn(lock: int) -> None:
    """Set up Django and take the lock that whoever migrates this database holds until its process ends.

    Two commands on one new home both see work to do; the second waits for the first and finds nothing left.
    """
    import django
    from django.db import connection

    django.setup()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock])


def make_tables(before: Callable[[], None] | None = None) -> None:
    """Every migration that is left; on an empty database one model at a time.

    before   what comes first, if anything
    """
    from django.core.management import call_command

    from .first_tables import is_empty, one_model_at_a_time

    with one_model_at_a_time() if is_empty() else nullcontext():
        if before:
            before()
        call_command("migrate", interactive=False, verbosity=0)
