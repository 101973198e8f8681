"""Bring the hub's database to this version's shape. Run as a program, since only it may read the owner's password."""

import os
from collections.abc import Mapping

from pluginnovation.web.config import migrating
from pluginnovation.web.config.postgres import HUB_OWNER

SETTINGS = "pluginnovation.web.config.hub.settings"
LOCK = 7_104_712


def is_migrated() -> bool:
    """Whether the database has this version's tables and rights."""
    from .rights import rights_are_given

    return migrating.is_current(rights_are_given)


def migrate_apart(env: Mapping[str, str]) -> None:
    """Migrate in a process of its own, as the hub's owner.

    Raises  ResourceMissing when it fails; the reason has gone to standard error
    """
    own = {**env, "DJANGO_SETTINGS_MODULE": SETTINGS, "HUB_DATABASE_ROLE": HUB_OWNER}
    what = "Hubbens databas gick inte att uppdatera.", "The hub's database could not be updated."
    migrating.run_apart(__name__, own, code="hub_not_migrated", what=what)


def main() -> None:
    """Migrate, make the table of the cache, and give rights, once at a time."""
    migrating.wait_for_turn(LOCK)
    make_tables()


def make_tables() -> None:
    """Every table of the hub, and the rights on them."""
    from django.core.management import call_command

    from .rights import give_rights

    migrating.make_tables()
    call_command("createcachetable", verbosity=0)
    give_rights()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    main()
