"""Where identities go: the promise that the web keeps, stated where the import can see it.

Facts know people by opaque codes. Who a code is, and the copies of organisations, groups, memberships, enrolments,
residents and duties that pages filter their lists by, are handed over through this protocol, inside the same database
transaction that commits the import.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from .admitted import LetIn, Told


@dataclass(frozen=True, slots=True)
class IdentityChanges:
    """What one import changes outside the facts. Only changed rows; every frame may be missing.

    source           the name of the source (the authority the rows belong to)
    persons          code, source, source_id, given_name, family_name, civic_no, email, eppn, birth_date (date),
                     home_municipality (its code, pupils' only; null: not told), security_marking, status,
                     is_pupil (bool), ended (bool: the source no longer has the person)
    responsibles     person, responsible (codes), relation_type, ended (bool)
    work             organisations, groups, memberships, enrolments, residents, duties, outcome_events: name -> frame
                     with the columns of the fact table and `ended` (bool)
    pupils           codes of people whom the source speaks of as pupils from now on
    protected        codes to hide at once and purge everywhere: their identity is now protected
    number           the import's number, under which the sink keeps what it changes; 0: it need not be kept
    admitted         what came of protected pupils whom the sink's decisions let in
    late             an older import that is released after newer ones: what they told of those stands
    takes_back       the number of the import that is taken back: persons and places are again as it found them
    """

    source: str
    persons: pl.DataFrame | None = None
    responsibles: pl.DataFrame | None = None
    work: dict[str, pl.DataFrame] = field(default_factory=dict)
    pupils: Sequence[str] = ()
    protected: Sequence[str] = ()
    number: int = 0
    takes_back: int = 0
    admitted: Sequence[Told] = ()
    late: bool = False


class IdentitySink(Protocol):
    """Takes the identities of an import. Called inside the transaction of the ledger."""

    def take(self, changes: IdentityChanges) -> None:
        """Write these changes; raise to undo the whole import."""

    def lets_in(self, source: str) -> LetIn:
        """The protected pupils of a source whose rows are to be handed over instead of just refused."""


class NoSink:
    """Forgets identities: for an installation, or a test, that only keeps pseudonymous facts."""

    def take(self, changes: IdentityChanges) -> None:
        """Do nothing."""

    def lets_in(self, source: str) -> LetIn:  # noqa: ARG002 - the protocol's
        """Nobody."""
        return LetIn()
