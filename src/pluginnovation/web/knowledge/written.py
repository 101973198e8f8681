"""The pages that come along with the hub, as they are written: a TOML file each, in both languages where there are two.

Markup of a body: `## ` begins a heading, `- ` a point, `= ` a published figure (what | value | of what | when |
source; of what may be empty), anything else is a paragraph. `[words](slug)` leads to another page. Nothing else is
markup. Numbers are kept on one line with their thousands and their unit.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from re import Match
from re import compile as pattern
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

CONTENT: Final = Path(__file__).parent / "content"
# Folders of pages, in the order that they may refer to one another.
FOLDERS: Final = ("methods", "research", "guides", "cases", "news", "events", "plain")
SINGLE: Final = ("home", "statistics")
LANGUAGES: Final[tuple[str, ...]] = ("sv", "en")
FIGURE: Final = ("label", "value", "of", "year", "source")
_LINK: Final = pattern(r"\[([^\]]+)\]\(([a-z0-9-]+)\)")
_NUMBER: Final = pattern(r"(?<=\d) (?=\d{3}(?!\d))|(?<=\d) (?=(?:procent|per cent|kr\b|kronor|percentage))")
NBSP: Final = "\u00a0"
Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """One file.

    folder, slug   such as 'methods' and 'studiecoach'; folder is the slug's own for pages that there is one of
    facts          what is the same in every language
    texts          by language
    print          of the file's text
    """

    folder: str
    slug: str
    facts: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, Any]]
    print: str


def every() -> Iterator[Written]:
    """Every page, in the order that they may refer to one another."""
    for name in SINGLE:
        yield _read(CONTENT / f"{name}.toml", name)
    for folder in FOLDERS:
        for path in sorted((CONTENT / folder).glob("*.toml")):
            yield _read(path, folder)


def links_in(body: str) -> list[str]:
    """The slugs that a body leads to."""
    return [slug for _words, slug in _LINK.findall(body)]


def body_of(body: str, pages: Mapping[str, int]) -> list[Block]:
    """A body as blocks.

    Takes   body    in the markup above
            pages   the number of each page that may be led to, by its slug; words of a link to another stay plain
    Raises  ValueError for a figure that lacks one of its five parts
    """
    blocks: list[Block] = []
    points: list[str] = []
    for line in [*body.strip().splitlines(), ""]:
        mark, _, text = line.strip().partition(" ")
        if mark == "-":
            points.append(text.strip())
            continue
        if points:
            blocks.append(_points(points, pages))
            points = []
        if mark == "##":
            blocks.append(block("heading", text))
        elif mark == "=":
            blocks.append(block("figure", _figure(text)))
        elif line.strip():
            blocks.append(block("text", f"<p>{_linked(line.strip(), pages)}</p>"))
    return numbered(blocks)


def block(kind: str, value: Any) -> Block:
    """One block, as Wagtail keeps it."""
    return {"type": kind, "value": value}


def listed(kind: str, values: list[str]) -> list[Block]:
    """One block of a kind that holds several values; none when there are none."""
    return [block(kind, list(values))] if values else []


def numbered(blocks: list[Block]) -> list[Block]:
    """The blocks with names of their own that are the same every time, so that a page seeded anew is no other page."""
    return [{**one, "id": str(uuid5(NAMESPACE_URL, f"{place}:{one['type']}"))} for place, one in enumerate(blocks)]


def _read(path: Path, folder: str) -> Written:
    text = path.read_text(encoding="utf-8")
    facts = _together(tomllib.loads(text))
    texts = {language: facts.pop(language) for language in LANGUAGES if language in facts}
    return Written(folder, path.stem, facts, texts, hashlib.sha256(text.encode()).hexdigest())


def _together(value: Any) -> Any:
    """The value with spaces that don't break in its numbers and before their units."""
    if isinstance(value, str):
        return _NUMBER.sub(NBSP, value)
    if isinstance(value, list):
        return [_together(one) for one in value]
    return {name: _together(one) for name, one in value.items()} if isinstance(value, dict) else value


def _points(points: list[str], pages: Mapping[str, int]) -> Block:
    """Points, as a list of blocks; with links they are a paragraph of a list."""
    if not any(_LINK.search(point) for point in points):
        return block("points", points)
    return block("text", f"<ul>{''.join(f'<li>{_linked(point, pages)}</li>' for point in points)}</ul>")


def _figure(text: str) -> dict[str, str]:
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != len(FIGURE):
        raise ValueError(f"a figure has {len(FIGURE)} parts, not {len(parts)}: {text}")
    return {**dict(zip(FIGURE, parts, strict=True)), "url": ""}


def _linked(text: str, pages: Mapping[str, int]) -> str:
    def link(found: Match[str]) -> str:
        words, slug = found.groups()
        return f'<a linktype="page" id="{pages[slug]}">{words}</a>' if slug in pages else words

    return _LINK.sub(link, escape(text, quote=False))
