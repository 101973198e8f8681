"""What is done with the records of an installation. The command calls these, and so may a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pluginnovation.records.ledger import ImportRow
from pluginnovation.records.store import Store
from pluginnovation.web.people.sink import PeopleSink

from .ledger import DatabaseLedger


def known_imports() -> list[ImportRow]:
    """Every import that this installation remembers, by number."""
    return DatabaseLedger().imports()


def turned_away(number: int) -> list[dict[str, Any]]:
    """The records that an import turned away: resource, file, line, rule and class of value, never the value."""
    return DatabaseLedger().quarantine(number).to_dicts()


def identity_sink() -> PeopleSink:
    """Where the identities of an import go."""
    return PeopleSink()


@contextmanager
def opened_store(home: Path, *, memory: str = "2GB", threads: int = 2) -> Iterator[Store]:
    """The store of this installation, its ledger in the database."""
    with Store.open(home, DatabaseLedger(), memory=memory, threads=threads) as store:
        yield store
