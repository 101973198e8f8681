"""Decoding SS 12000 files: whole documents at the decoder's speed, one item at a time when one of them is wrong."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from .collecting import no_collecting
from .refusals import Refusal
from .ss_objects import OBJECTS, Identified
from .text_files import read_bytes

MOST_BYTES: Final = 1024 * 2**20

# How the decoder says where an item is wrong: a path of field names, and which required one is missing.
_AT: Final = re.compile(r" - at `\$\.?([A-Za-z_.\[\]0-9]*)`$")
_MISSING: Final = re.compile(r"Object missing required field `([A-Za-z_]+)`")

_BOM: Final = b"\xef\xbb\xbf"
_MISSPELT: Final = {"activitites": "activities"}


@dataclass(frozen=True, slots=True)
class Items:
    """The items of one document.

    found     those that could be decoded
    numbers   the place of each in the file, from 1
    wrong     the places of those that don't follow the standard, each with the field that doesn't
    """

    found: list[Any]
    numbers: range | list[int]
    wrong: dict[int, str]


def items_of(path: Path, resource: str) -> Items:
    """The items of a file.

    Raises  Refusal 'not_json', 'file_too_large', 'no_list_of_objects', and those of `read_bytes`
    """
    content = _content(path)
    with no_collecting():
        try:
            page = _page(resource, _key(content, resource)).decode(content)
        except msgspec.ValidationError:
            return _one_by_one(content, resource, path.name)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise _not_json(path.name) from None
    found = page if isinstance(page, list) else page.data
    if found is None:
        raise _no_list(path.name)
    return Items(found, range(1, len(found) + 1), {})


def _content(path: Path) -> bytes:
    pieces, size = [], 0
    for piece in read_bytes(path, 64 * 2**20):
        size += len(piece)
        if size > MOST_BYTES:
            raise Refusal(
                "file_too_large",
                where=path.name,
                what=("JSON-filen är större än 1 GB.", "The JSON file is larger than 1 GB."),
                todo=(
                    f"Dela den, som {path.name.split('.')[0]}-0001.json.",
                    f"Split it, as {path.name.split('.')[0]}-0001.json.",
                ),
            )
        pieces.append(piece)
    content = pieces[0] if len(pieces) == 1 else b"".join(pieces)
    return content.removeprefix(_BOM)


def _key(content: bytes, resource: str) -> str:
    """Under which key the list stands: `data`, or the resource's own name as some servers have it."""
    start = content[:200].lstrip()
    if start.startswith(b"["):
        return ""
    return resource if f'"{resource}"'.encode() in start and b'"data"' not in start else "data"


@cache
def _page(resource: str, key: str, *, raw: bool = False) -> msgspec.json.Decoder[Any]:
    item: Any = msgspec.Raw if raw else OBJECTS[resource]
    if not key:
        return msgspec.json.Decoder(list[item])
    page = msgspec.defstruct("Page", [("data", list[item] | None, None)], rename={"data": key}, gc=False)
    return msgspec.json.Decoder(page)


def raw_items(path: Path, resource: str) -> list[msgspec.Raw]:
    """The items of a file as they stand in it, not decoded.

    Raises  those of `items_of`
    """
    content = _content(path)
    key = _key(content, resource)
    try:
        with no_collecting():
            page = _page(resource, key, raw=True).decode(content)
    except msgspec.ValidationError:
        raise _no_list(path.name) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _not_json(path.name) from None
    return list((page.data if key else page) or ())


def _one_by_one(content: bytes, resource: str, name: str) -> Items:
    """Each item by itself, so that a wrong one doesn't take the others with it."""
    key = _key(content, resource)
    try:
        page = _page(resource, key, raw=True).decode(content)
    except msgspec.ValidationError:
        raise _no_list(name) from None
    decoder = msgspec.json.Decoder(OBJECTS[resource])
    found: list[Identified] = []
    numbers: list[int] = []
    wrong: dict[int, str] = {}
    for number, raw in enumerate((page.data if key else page) or (), start=1):
        try:
            found.append(decoder.decode(raw))
            numbers.append(number)
        except msgspec.DecodeError as error:
            wrong[number] = _field_of(str(error))
    return Items(found, numbers, wrong)


def _field_of(error: str) -> str:
    """The field that an item's error is about: the standard's own names, never what stood there."""
    at, missing = _AT.search(error), _MISSING.match(error)
    named = (at[1] if at else "", missing[1] if missing else "")
    return ".".join(re.sub(r"\[[^\]]*\]", "", name) for name in named if name)


def deleted_ids(path: Path) -> dict[str, list[str]]:
    """The ids in a file of deletedEntities, per resource, under the standard's spellings and the correct ones.

    Raises  those of `items_of`
    """
    try:
        said = msgspec.json.decode(_content(path))
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _not_json(path.name) from None
    data = said.get("data", said) if isinstance(said, dict) else said
    found: dict[str, list[str]] = {}
    for part in data if isinstance(data, list) else [data]:
        if not isinstance(part, dict):
            raise _no_list(path.name)
        for resource, ids in part.items():
            if isinstance(ids, list):
                listed = [str(each) for each in ids if isinstance(each, str)]
                found.setdefault(_MISSPELT.get(str(resource), str(resource)), []).extend(listed)
    return found


def _not_json(name: str) -> Refusal:
    return Refusal(
        "not_json",
        where=name,
        what=("Filen är inte JSON, eller är avbruten.", "The file isn't JSON, or is cut off."),
        todo=("Hämta den igen.", "Fetch it again."),
    )


def _no_list(name: str) -> Refusal:
    return Refusal(
        "no_list_of_objects",
        where=name,
        what=('Filen har ingen lista under "data".', 'The file has no list under "data".'),
        todo=(
            'Väntade {"data": […], "pageToken": null} som i SS 12000.',
            'Expected {"data": […], "pageToken": null} as in SS 12000.',
        ),
    )
