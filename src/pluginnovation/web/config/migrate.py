"""Bring the database to this version's shape. Run as a program, since only it may read the owner's password."""

import os
from collections.abc import Mapping

from .migrating import is_current, make_tables, run_apart, wait_for_turn
from .postgres import OWNER

SETTINGS = "pluginnovation.web.config.settings"
LOCK = 7_104_711


def is_migrated() -> bool:
    """Whether the database has this version's tables and rights."""
    from .rights import rights_are_given

    return is_current(rights_are_given)


def migrate_apart(env: Mapping[str, str]) -> None:
    """Migrate in a process of its own, as the owner.

    Raises  ResourceMissing when it fails; the reason has gone to standard error
    """
    own = {**env, "DJANGO_SETTINGS_MODULE": SETTINGS, "PLUG_DATABASE_ROLE": OWNER}
    what = "Databasen gick inte att uppdatera.", "The database could not be updated."
    run_apart(__name__, own, code="database_not_migrated", what=what)


def main() -> None:
    """Migrate and give rights, once at a time."""
    wait_for_turn(LOCK)
    from .fence import lower_fence
    from .rights import give_rights

    make_tables(lower_fence)
    give_rights()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    main()
