"""Worlds that are built once for the tests of a file: their files, their home and their rows in the database.

The rows stand in a transaction around the tests' own, each of which is rolled back to it; the home is copied for each
test. So every test has the world as it was built, and may change it.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings as own_settings
from django.db import connection, transaction
from django.test import override_settings

from pluginnovation.records.asked import Asked
from pluginnovation.records.importing import import_source
from pluginnovation.web.records.actions import identity_sink, opened_store
from pluginnovation.web.signals.views import lessons

Build = Callable[[Callable[[Path], Any]], Path]


@contextmanager
def world(folder: Path, build: Callable[[Path], Any]) -> Iterator[None]:
    """The rows of a world, until the block ends. `build` gets the folder for its files; the home lies beside it."""
    assert not connection.in_atomic_block, "A file has one world."
    files = folder / "files"
    files.mkdir()
    with transaction.atomic():
        with override_settings(PLUG_HOME=folder / "home"):
            build(files)
        yield
        transaction.set_rollback(True)


@contextmanager
def copied(built: Path, into: Path, settings: Any) -> Iterator[Path]:
    """The world's home and files for one test: the folder of the files. The pages read this home."""
    shutil.copytree(built, into, dirs_exist_ok=True)
    settings.PLUG_HOME = into / "home"
    lessons.store.cache_clear()
    yield into / "files"
    if lessons.store.cache_info().currsize:
        lessons.store().close()
    lessons.store.cache_clear()


def read(folder: Path, files: dict[str, str], at: datetime, source: str = "byn") -> Any:
    """Write the files, and read the folder into the home that the settings name; the import's summary."""
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    with time_machine.travel(at, tick=False), opened_store(own_settings.PLUG_HOME) as store:
        return import_source(store, folder, Asked(by="test", at=at, source=source, sink=identity_sink()))
