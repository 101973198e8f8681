"""Opening what somebody sent: plain or gzipped text, a block of whole lines at a time, within bounds."""

import codecs
import csv
import gzip
import io
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import numpy as np

from .refusals import Refusal

BLOCK_BYTES: Final = 48 * 2**20
LINE_BYTES: Final = 32 * 2**20

# A gzipped file may grow this many times; schedules compress well, bombs a thousand times better.
GROWTH: Final = 250
ALWAYS_ALLOWED: Final = 64 * 2**20

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a file.

    content   UTF-8, ends with a line break
    line      the number of its first line in the file, from 1
    lines     how many line breaks it has
    """

    content: bytes
    line: int
    lines: int


def read_bytes(path: Path, size: int) -> Iterator[bytes]:
    """The content of a file in pieces, unpacked when its name ends with .gz.

    Raises  Refusal 'unpacks_too_large' for what grows like a bomb, 'file_broken' for what can't be unpacked
    """
    packed = path.suffix == ".gz"
    bound = ALWAYS_ALLOWED + GROWTH * path.stat().st_size
    seen = 0
    with path.open("rb") as raw:
        file: IO[bytes] | gzip.GzipFile = gzip.GzipFile(fileobj=raw) if packed else raw
        while piece := _piece(file, size, path.name):
            seen += len(piece)
            if packed and seen > bound:
                raise _too_large(path.name)
            yield piece


def _piece(file: IO[bytes] | gzip.GzipFile, size: int, name: str) -> bytes:
    try:
        return file.read(size)
    except (gzip.BadGzipFile, zlib.error, EOFError):
        raise Refusal(
            "file_broken",
            where=name,
            what=("Filen går inte att packa upp; den är trasig eller avbruten.", "The file can't be unpacked."),
            todo=("Skicka den igen.", "Send it again."),
        ) from None


def _too_large(name: str) -> Refusal:
    return Refusal(
        "unpacks_too_large",
        where=name,
        what=("Filen blir orimligt stor när den packas upp.", "The file grows beyond all bounds when unpacked."),
        todo=("Skicka den uppackad.", "Send it unpacked."),
    )


def blocks(path: Path, *, encoding: str = "utf-8", size: int = BLOCK_BYTES) -> Iterator[Block]:
    """The lines of a text file, in blocks that never cut a record.

    Raises  Refusal 'encoding_unknown', 'line_too_long' or 'quote_never_closed', and those of `read_bytes`
    """
    plain = path.suffix != ".gz" and encoding == "utf-8"
    line = 1
    for content in _plain_pieces(path, size) if plain else _pieces(path, encoding, size):
        lines = count(content, b"\n")
        yield Block(content, line, lines)
        line += lines


def count(content: bytes, byte: bytes) -> int:
    """How often a byte occurs; a quarter of the time that `bytes.count` takes for a common one."""
    view = np.frombuffer(content, dtype=np.uint8)
    wanted = byte[0]
    return sum(int(np.count_nonzero(view[start : start + 2**18] == wanted)) for start in range(0, len(view), 2**18))


def _plain_pieces(path: Path, size: int) -> Iterator[bytes]:
    """Whole records of a plain UTF-8 file, each byte read once and copied never."""
    with path.open("rb", buffering=0) as file:
        handle, at, end = file.fileno(), 0, path.stat().st_size
        start = os.pread(handle, 4, 0)
        if start.startswith(_WIDE):
            raise wrong_encoding(path.name)
        at = len(codecs.BOM_UTF8) if start.startswith(codecs.BOM_UTF8) else 0
        while at < end:
            stop = _line_end(handle, at + size, end)
            content = os.pread(handle, stop - at, at)
            if len(content) - size > LINE_BYTES:
                raise _endless(path.name)
            cut = _last_record(content) if stop < end else len(content)
            if cut == 0:
                # A quoted cell goes on beyond this block: read more at once, within bounds.
                if size > BLOCK_BYTES + LINE_BYTES:
                    raise _unclosed(path.name)
                size *= 2
                continue
            at += cut
            yield _whole(content[:cut] if cut < len(content) else content, path.name, last=at == end)


def _line_end(handle: int, at: int, end: int) -> int:
    """Just behind the first line break at or after a place, or the end of the file."""
    while at < end:
        found = os.pread(handle, 2**16, at).find(b"\n")
        if found >= 0:
            return at + found + 1
        at += 2**16
    return end


def _whole(content: bytes, name: str, *, last: bool) -> bytes:
    """The last piece of a file with a line break at its end."""
    if not last:
        return content
    if content.count(b'"') % 2 and _is_unclosed(content):
        raise _unclosed(name)
    return content if content.endswith(b"\n") else content + b"\n"


def _is_unclosed(content: bytes) -> bool:
    """Whether a quoted cell has no end. A quotation mark inside a plain cell is a character like any other."""
    csv.field_size_limit(2 * LINE_BYTES)
    try:
        for _ in csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline=""), strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _pieces(path: Path, encoding: str, size: int) -> Iterator[bytes]:
    """Whole records of a packed file, or of one in another encoding."""
    rest = b""
    for content in _as_utf8(path, encoding, size):
        whole = rest + content
        cut = _last_record(whole)
        if cut == 0 and len(whole) > size + LINE_BYTES:
            raise _endless(path.name)
        ready, rest = whole[:cut], whole[cut:]
        if ready:
            yield ready
    if rest:
        yield _whole(rest, path.name, last=True)


def _last_record(content: bytes) -> int:
    """Where the last whole record ends: after a line break that is not inside quotes."""
    cut = content.rfind(b"\n") + 1
    if b'"' not in content:
        return cut
    odd = content.count(b'"', 0, cut) % 2
    while cut and odd:
        before = content.rfind(b"\n", 0, cut - 1) + 1
        odd = (odd - content.count(b'"', before, cut)) % 2
        cut = before
    return cut


def _as_utf8(path: Path, encoding: str, size: int) -> Iterator[bytes]:
    """The pieces of a file as UTF-8, without its byte order mark."""
    decoder = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)("strict")
    first, wide = True, encoding.startswith("utf-16")
    for piece in read_bytes(path, size):
        # A byte order mark tells what a file is: read as something else, its letters would come out as others.
        if first and piece.startswith(() if wide else _WIDE if decoder is None else (*_WIDE, codecs.BOM_UTF8)):
            raise wrong_encoding(path.name, encoding)
        try:
            content = piece if decoder is None else decoder.decode(piece).encode("utf-8")
        except UnicodeError:
            raise wrong_encoding(path.name, encoding) from None
        yield content.removeprefix(codecs.BOM_UTF8) if first else content
        first = False
    if decoder is not None and decoder.getstate()[0]:
        raise wrong_encoding(path.name, encoding)


def wrong_encoding(name: str, encoding: str = "utf-8") -> Refusal:
    """A file that isn't text in the expected encoding."""
    said = encoding.upper()
    return Refusal(
        "encoding_unknown",
        where=name,
        what=(f"Filen är inte text i {said}.", f"The file isn't text in {said}."),
        todo=(
            "Spara den som UTF-8, eller välj en profil med rätt teckenkodning.",
            "Save it as UTF-8, or choose a profile with the right encoding.",
        ),
    )


def _endless(name: str) -> Refusal:
    return Refusal(
        "line_too_long",
        where=name,
        what=("En rad är längre än 32 MB.", "A line is longer than 32 MB."),
        todo=("Kontrollera att filen är CSV med en post per rad.", "Check that the file is CSV, one record a line."),
    )


def _unclosed(name: str) -> Refusal:
    return Refusal(
        "quote_never_closed",
        where=name,
        what=("Ett citattecken öppnas men stängs aldrig.", "A quotation mark is opened and never closed."),
        todo=("Rätta raden eller exportera filen igen.", "Correct the line or export the file again."),
    )
