"""The hub, opened: its database running and of this version's shape, its keys in place, Django ready."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pluginnovation.web.config.hub.migrate import SETTINGS, is_migrated, migrate_apart
from pluginnovation.web.config.postgres import HUB_WORKER, running
from pluginnovation.web.config.postgres.places import folder_missing
from pluginnovation.web.config.secret import make_hub_secret_key

from .answers import Answer
from .home import plug_home


@contextmanager
def hub_database_of(home: Path) -> Iterator[None]:
    """The hub's database while the block runs, in the home's own server unless HUB_DATABASE_URL names another.

    Raises  ResourceMissing when folder or server cannot be had
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_hub_secret_key(os.environ, home)
    except OSError as error:
        raise folder_missing(error) from error
    if os.environ.get("HUB_DATABASE_URL", "").strip():
        yield
        return
    with running(home):
        yield


@contextmanager
def opened_hub(answer: Answer) -> Iterator[Path]:
    """The hub with Django ready, as its worker: what every command of `plug hub` stands on.

    Raises  ResourceMissing when something it needs is missing
    """
    home = plug_home()
    with hub_database_of(home):
        start_hub_django()
        migrate_hub(answer)
        yield home


def start_hub_django() -> None:
    """The hub's Django in this process, as the worker unless another role is said."""
    os.environ["PLUG_HOME"] = str(plug_home())
    os.environ.setdefault("HUB_DATABASE_ROLE", HUB_WORKER)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()


def migrate_hub(answer: Answer) -> None:
    """Bring the hub's database to this version's shape, and what every hub begins with, when it isn't there already."""
    if is_migrated():
        return
    answer.note("Hubbens tabeller görs i ordning …", "Putting the hub's tables in order …")
    migrate_apart(os.environ)
    from pluginnovation.web.knowledge.arranging import arrange

    arrange()
