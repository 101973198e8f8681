"""Of an object that comes several times in a source, the version that was changed last: the whole of it counts."""

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from .ss_files import Items
from .ss_frames import modified, times
from .taking import Place


def all_of_each(documents: Iterable[tuple[Items, Place]]) -> Iterator[tuple[Items, Place, int]]:
    """The documents as they are, for objects that are one row each: the row's key tells which version counts."""
    return ((items, place, 0) for items, place in documents)


def latest_of_each(documents: Sequence[tuple[Items, Place]]) -> Iterator[tuple[Items, Place, int]]:
    """The documents without objects of which there is a later version, and how many each of them lost.

    What stood inside an earlier version (a membership, an enrolment) must not outlive it.
    """
    ids = [item.id for items, _ in documents for item in items.found]
    known = [identity for identity in ids if identity is not None]
    if len(set(known)) == len(known):
        yield from all_of_each(documents)
        return
    stamps = times(pl.Series([modified(item) for items, _ in documents for item in items.found], dtype=pl.String))
    every = pl.DataFrame({"at": range(len(ids)), "id": ids, "modified": stamps}, schema_overrides={"id": pl.String})
    last = every.drop_nulls("id").sort("modified", maintain_order=True).unique("id", keep="last")
    kept = set(last["at"].to_list()) | set(every.filter(pl.col("id").is_null())["at"].to_list())
    first = 0
    for items, place in documents:
        mine = [number for number in range(len(items.found)) if first + number in kept]
        first += len(items.found)
        numbers = [items.numbers[number] for number in mine]
        yield Items([items.found[number] for number in mine], numbers, items.wrong), place, len(items.found) - len(mine)
