"""The home, opened: its database running and of this version's shape, its keys in place, Django ready."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pluginnovation.web.config.migrate import SETTINGS, is_migrated, migrate_apart
from pluginnovation.web.config.postgres import WORKER, running
from pluginnovation.web.config.postgres.places import folder_missing
from pluginnovation.web.config.secret import make_secret_key

from .answers import Answer


def plug_home() -> Path:
    """Where everything lives."""
    return Path(os.environ.get("PLUG_HOME", "").strip() or "var").resolve()


@contextmanager
def database_of(home: Path) -> Iterator[None]:
    """The home's database while the block runs: reused if it runs, stopped by the last user. Makes a new home.

    With DATABASE_URL nothing is started; the home is made all the same, for the facts.

    Raises  ResourceMissing when folder or server cannot be had
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_secret_key(os.environ, home)
    except OSError as error:
        raise folder_missing(error) from error
    if os.environ.get("DATABASE_URL", "").strip():
        yield
        return
    with running(home):
        yield


@contextmanager
def opened(answer: Answer) -> Iterator[Path]:
    """The home with Django ready, as the worker: what every command but `plug up` stands on.

    Raises  ResourceMissing when something it needs is missing
    """
    home = plug_home()
    with database_of(home):
        start_django()
        migrate(answer)
        yield home


def start_django() -> None:
    """Django in this process, as the worker unless another role is said."""
    os.environ["PLUG_HOME"] = str(plug_home())
    os.environ.setdefault("PLUG_DATABASE_ROLE", WORKER)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()


def migrate(answer: Answer) -> None:
    """Bring the database to this version's shape, when it isn't there already."""
    if is_migrated():
        return
    answer.note("Databasens tabeller görs i ordning …", "Putting the database's tables in order …")
    migrate_apart(os.environ)
