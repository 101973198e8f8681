"""Telling cheaply that the same content has come again: in another order or split otherwise, it is still the same.

A resource's print is the sum of its lines' hashes, so it doesn't depend on their order; a second sum does. Twenty
times faster than reading the rows, and used only where the same lines can't mean anything else than last time.
"""

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from .profiles import Profile
from .ss_files import raw_items
from .ss_objects import OBJECTS
from .text_files import Block, blocks

# Raised whenever the same lines could be read differently than before.
READING: Final = "1"

# Where in a print the number of bytes stands: after READING and polars' version with its two dots, and the profile.
_SIZE: Final = 5
_SLACK: Final = 4


@dataclass(frozen=True, slots=True)
class Print:
    """The print of one resource.

    content   what its lines are, in any order and however split into files
    order     also where each of them stands
    exact     the bytes of its files, one after another; empty where nobody looks at them
    """

    content: str
    order: str
    exact: str = ""

    def told(self, superseded: int) -> str:
        """As an import's row keeps it: with the order when the order decided which of two rows counted."""
        return f"{self.content}/{self.order if superseded else ''}/{self.exact}"

    def same(self, kept: str) -> bool:
        """Whether the content that was kept is this."""
        content, order, _ = kept.split("/")
        return content == self.content and (not order or order == self.order)


class Printer:
    """Makes the print of one resource's CSV, a block at a time, in the order of its files."""

    def __init__(self, profile: Profile) -> None:
        self._profile, self._seed, self._quoted = profile.mark, 0, False
        self._lines = self._bytes = self._total = self._ordered = 0

    def see(self, block: Block) -> None:
        """Take a block in; the first of a file begins with its header."""
        content = block.content
        if block.line == 1:
            cut = content.index(b"\n") + 1
            self._seed, content = _seed(content[:cut]), content[cut:]
        if not content:
            return
        hashes = _hashes(content, self._seed)
        self._quoted = self._quoted or b'"' in content
        # Whole numbers of 64 bits wrap around; odd factors lose nothing.
        places = np.arange(2 * self._lines + 1, 2 * (self._lines + len(hashes)) + 1, 2, dtype=np.uint64)
        self._total += int(hashes.sum(dtype=np.uint64))
        self._ordered += int((hashes * places).sum(dtype=np.uint64))
        self._lines += len(hashes)
        self._bytes += len(content)

    def result(self) -> Print:
        """The print of all that was seen."""
        name = f"{READING}.{pl.__version__}.{self._profile}.{self._bytes}.{self._lines}.{self._total % 2**64:016x}"
        order = f"{self._ordered % 2**64:016x}"
        # With quoted cells a line need not be a row: the same lines in another order could be other rows.
        return Print(f"{name}.{order}" if self._quoted else name, order)


def print_of(paths: Iterable[Path], profile: Profile) -> Print:
    """The print of a resource's CSV files.

    Raises  the refusals of `blocks`
    """
    printer = Printer(profile)
    for path in paths:
        for block in blocks(path, encoding=profile.encoding):
            printer.see(block)
    return printer.result()


def may_be(kept: str, paths: Sequence[Path], profile: Profile) -> bool:
    """Whether files have the size of what was kept; False means that they need not be read to tell."""
    if any(path.suffix == ".gz" for path in paths) or profile.encoding != "utf-8":
        return True
    try:
        said = int(kept.split(".")[_SIZE])
    except (IndexError, ValueError):
        return True
    size = sum(path.stat().st_size - _header_bytes(path) for path in paths)
    # A byte order mark, or a line break missing at the end, is not content.
    return abs(size - said) <= _SLACK * len(paths)


def _header_bytes(path: Path) -> int:
    with path.open("rb") as file:
        return len(file.readline(2**20))


def is_same_json(kept: str, paths: Sequence[Path], resource: str) -> bool:
    """Whether a resource's JSON files hold what was kept: to the byte, which is quick to tell, or else item by item.

    Raises  the refusals of `raw_items`
    """
    return kept.endswith(f"/{_exact(paths)}") or print_of_items(paths, resource).same(kept)


def _exact(paths: Sequence[Path]) -> str:
    """A digest of the bytes of files, in their order. Digesting lets go of the interpreter: two cores share it."""
    with ThreadPoolExecutor(2) as readers:
        digests = readers.map(_digest, paths)
        whole = hashlib.sha256(b"".join([READING.encode(), *digests]))
    return whole.hexdigest()[:32]


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def print_of_items(paths: Sequence[Path], resource: str) -> Print:
    """The print of a resource's JSON files: of their items, each as it is written.

    Raises  the refusals of `raw_items`
    """
    items, total, ordered = 0, 0, 0
    for path in paths:
        raw = [bytes(item) for item in raw_items(path, resource)] if resource in OBJECTS else [path.read_bytes()]
        hashes = pl.Series(raw, dtype=pl.Binary).hash(seed=0).to_numpy()
        places = np.arange(2 * items + 1, 2 * (items + len(hashes)) + 1, 2, dtype=np.uint64)
        total += int(hashes.sum(dtype=np.uint64))
        ordered += int((hashes * places).sum(dtype=np.uint64))
        items += len(hashes)
    content = f"{READING}.{pl.__version__}.json.{items}.{total % 2**64:016x}"
    return Print(content, f"{ordered % 2**64:016x}", _exact(paths))


def _seed(head: bytes) -> int:
    """The header counts too: the same cells under other names are other content."""
    return int.from_bytes(hashlib.blake2b(head.strip(b"\r\n"), digest_size=7).digest())


def _hashes(content: bytes, seed: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """One hash per line."""
    if b"\x1f" in content:
        lines = pl.Series(content.split(b"\n")[:-1]).cast(pl.Binary)
    else:
        lines = pl.read_csv(
            content,
            has_header=False,
            separator="\x1f",
            quote_char=None,
            encoding="utf8-lossy",
            schema={"line": pl.String},
        )["line"]
    if b"\r" in content and lines.dtype == pl.String:
        lines = lines.str.strip_chars_end("\r")
    return lines.hash(seed=seed).to_numpy()
