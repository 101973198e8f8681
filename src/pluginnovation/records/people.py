"""The people a source speaks of: their codes, who is refused, who is known.

Source ids live here, in memory, for as long as an import lasts. What leaves this file is codes.
"""

from dataclasses import dataclass

import polars as pl

from pluginnovation.privacy.pseudonyms import Pseudonymiser


@dataclass(frozen=True, slots=True)
class Looked:
    """A column of source ids, looked up.

    codes     the opaque codes, null where the id is
    refused   true where the person's identity is protected
    unknown   true where no such person is known, although persons are
    """

    codes: pl.Series
    refused: pl.Series
    unknown: pl.Series


class People:
    """Source ids and what an import knows of them."""

    def __init__(self, source: str, pseudonymiser: Pseudonymiser) -> None:
        self._source, self._pseudonymiser = source, pseudonymiser
        self._numbers: dict[str, int] = {}
        self._codes = pl.Series("code", [], dtype=pl.String)
        self._known_before: pl.Series | None = None
        self._refused = pl.Series("code", [], dtype=pl.String)
        self._accepted: pl.Series | None = None
        self._flags: pl.DataFrame | None = None

    def remember(self, known: pl.Series | None, refused: pl.Series) -> None:
        """What the store knows already: codes of known people (None: it has no persons) and of refused ones."""
        self._known_before, self._refused, self._flags = known, refused, None

    def accept(self, codes: pl.Series) -> None:
        """People this source describes."""
        self._accepted = codes if self._accepted is None else self._accepted.append(codes)
        self._flags = None

    def refuse(self, codes: pl.Series, released: pl.Series | None = None) -> None:
        """People this source marks as protected; `released` ones are marked no longer."""
        kept = self._refused if released is None else self._refused.filter(~self._refused.is_in(released.to_list()))
        self._refused = pl.concat([kept, codes]).unique()
        self._flags = None

    @property
    def refused(self) -> pl.Series:
        """Codes of everybody whose rows are refused."""
        return self._refused

    def codes(self, ids: pl.Series) -> pl.Series:
        """The codes of a column of ids."""
        distinct = ids.unique().drop_nulls()
        numbers = self._number(distinct)
        return ids.replace_strict(distinct, self._codes.gather(numbers), default=None, return_dtype=pl.String)

    def look_up(self, ids: pl.Series) -> Looked:
        """The codes of a column of ids, and whom to refuse or not to know."""
        distinct = ids.unique().drop_nulls()
        numbers = self._number(distinct)
        if self._flags is None or self._flags.height < self._codes.len():
            self._flags = self._flagged()
        mine = self._flags[numbers.to_list()] if numbers.len() else self._flags.clear()
        codes = ids.replace_strict(distinct, mine["code"], default=None, return_dtype=pl.String)
        return Looked(
            codes.alias(ids.name), _where(ids, distinct, mine["refused"]), _where(ids, distinct, mine["unknown"])
        )

    def _flagged(self) -> pl.DataFrame:
        known = [series for series in (self._known_before, self._accepted) if series is not None]
        unknown = (
            ~self._codes.is_in(pl.concat(known).unique().to_list())
            if known
            else pl.repeat(False, self._codes.len(), eager=True, dtype=pl.Boolean)
        )
        refused = self._codes.is_in(self._refused.to_list())
        return pl.DataFrame({"code": self._codes, "refused": refused, "unknown": unknown & ~refused})

    def _number(self, distinct: pl.Series) -> pl.Series:
        ids = distinct.to_list()
        new = [source_id for source_id in ids if source_id not in self._numbers]
        if new:
            first = self._codes.len()
            self._numbers.update((source_id, first + place) for place, source_id in enumerate(new))
            made = self._pseudonymiser.codes(self._source, pl.Series("code", new, dtype=pl.String))
            self._codes = pl.concat([self._codes, made])
        return pl.Series("number", [self._numbers[source_id] for source_id in ids], dtype=pl.UInt32)


def _where(ids: pl.Series, distinct: pl.Series, flags: pl.Series) -> pl.Series:
    """True on the rows whose id has the flag."""
    if not flags.any():
        return pl.repeat(False, ids.len(), eager=True, dtype=pl.Boolean)
    return ids.is_in(distinct.filter(flags).to_list()).fill_null(value=False)
