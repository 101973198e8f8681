"""What is done with the records of an installation. The command calls these, and so may a page."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pluginnovation.privacy.pseudonyms import pseudonymiser
from pluginnovation.records.facts import Facts
from pluginnovation.records.ledger import ImportRow
from pluginnovation.records.store import Store
from pluginnovation.web.people.actions import note_codes_shown
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


def show_codes(home: Path, source_ids: Sequence[str], *, source: str | None, at: datetime) -> dict[str, str | None]:
    """The opaque code of each of a source's person ids; none for an id that no source has. The visit log says so.

    Takes   source   the source that the ids belong to; none: the first, by name, that has each
    """
    coder = pseudonymiser(home)
    sources = sorted({row.source for row in known_imports() if source in (None, row.source)})
    found: dict[str, str | None] = dict.fromkeys(source_ids)
    with opened_store(home) as store:
        facts = store.facts()
        for named in reversed(sources):
            codes = {one: coder.code(named, one) for one in source_ids}
            known = _known_codes(store, facts, named, list(codes.values()))
            note_codes_shown(codes=sorted(known), source=named, at=at)
            found |= {one: code for one, code in codes.items() if code in known}
    return found


def _known_codes(store: Store, facts: Facts, source: str, codes: list[str]) -> set[str]:
    """Those of the codes that are somebody in the source."""
    known: set[str] = set()
    for table in (facts.persons.rename(code="person"), facts.pupils.rename(code="pupil")):
        asked = table.filter(table.source == source, table.code.isin(codes)).select("code")
        known |= set(store.frame(asked)["code"].to_list())
    return known
