"""An Atom feed: what is new, for a reader's program to fetch (RFC 4287)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM: Final = "http://www.w3.org/2005/Atom"
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML cannot hold at all, whoever wrote it into a title.
UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new.

    key       stays the same for as long as it is the same thing, such as a `tag:` address
    link      where it is read
    updated   with its zone
    kind      a word for readers that sort, such as 'method' or 'evidence'
    """

    key: str
    title: str
    link: str
    updated: datetime
    summary: str
    kind: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What the entries have in common.

    key       stable;  own: the feed's own address;  link: the page for people
    language  'sv' or 'en'
    updated   used when there is no entry at all
    """

    key: str
    title: str
    own: str
    link: str
    language: str
    author: str
    updated: datetime


def atom(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """The feed as XML, the newest entry first. Texts are text: markup in a title stays visible as such."""
    register_namespace("", ATOM)
    ordered = sorted(entries, key=lambda entry: (entry.updated, entry.key), reverse=True)
    root = Element(f"{{{ATOM}}}feed", {LANGUAGE: feed.language})
    _text(root, "id", feed.key)
    _text(root, "title", feed.title)
    _text(root, "updated", (ordered[0].updated if ordered else feed.updated).isoformat())
    _link(root, "self", feed.own, "application/atom+xml")
    _link(root, "alternate", feed.link, "text/html")
    _text(SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    for entry in ordered:
        _add(root, entry)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add(root: Element, entry: Entry) -> None:
    found = SubElement(root, f"{{{ATOM}}}entry")
    _text(found, "id", entry.key)
    _text(found, "title", entry.title)
    _text(found, "updated", entry.updated.isoformat())
    _link(found, "alternate", entry.link, "text/html")
    SubElement(found, f"{{{ATOM}}}category", {"term": entry.kind})
    _text(found, "summary", entry.summary)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = UNWRITABLE.sub("", text)


def _link(parent: Element, rel: str, href: str, kind: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, "type": kind})
