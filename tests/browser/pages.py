"""Which pages there are: found by following links, as a person would, one or two of each kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from playwright.sync_api import APIRequestContext

LINK = re.compile(rb"""<a\b[^>]*?\bhref\s*=\s*["']([^"'#]+)""", re.IGNORECASE)
# The word after these is a code or a number: one page, many addresses.
FOLDERS = ("skola", "klass", "elev", "inlasningar", "profiler", "signal", "regler", "utkast", "arbete",
           "avvikelser", "regel", "undantag", "protokoll", "incidenter", "utdrag",
           "tillstand", "arende", "insats", "text", "mote", "punkt", "steg",
           "kartlaggning", "insatser", "elever", "mallar", "a", "b",
           "program", "utlysningar", "ansokningar", "svar", "kommuner", "delprojekt",
           "mal", "version", "enkat", "dokument",
           "overlamning", "gjord", "platser", "ko", "fyllda", "metoder", "effekt", "storlek", "sammanvagt")  # fmt: skip
# Words that are pages of their own also after one of them.
NAMED = ("profiler", "servrar", "ny", "nytt", "arbete", "jamfor", "utkast", "namn", "protokoll",
         "elev", "skola", "insatser", "a", "b", "skriv",
         "gjord", "ko", "fyllda", "storlek", "sammanvagt")  # fmt: skip
SAME_PAGE = ("datum", "sida", "q", "klass", "signal", "elev", "vem", "fran", "till", "skola", "metod", "m")


def kind_of(path: str) -> str:
    """The kind of page that an address leads to: codes and chosen values left out."""
    parts = urlsplit(path)
    words = parts.path.split("/")
    for place, word in enumerate(words[:-1]):
        if word in FOLDERS and words[place + 1] and words[place + 1] not in NAMED:
            words[place + 1] = "*"
    if words[1] == "platser" and len(words) > 4:
        words[3] = "*"  # the measure, after its school
    asked = sorted(name if name in SAME_PAGE else f"{name}={value}" for name, value in parse_qsl(parts.query))
    return "/".join(words) + ("?" + "&".join(asked) if asked else "")


@dataclass
class Found:
    """One page that was fetched."""

    path: str
    status: int
    type: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def walk(request: APIRequestContext, address: str, *, of_a_kind: int, most: int = 2_000) -> Iterator[Found]:
    """Fetch pages from the start page on, at most `of_a_kind` of each kind."""
    waiting, seen, kinds = ["/"], {"/"}, {}
    while waiting and most:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kinds.get(kind, 0) >= of_a_kind:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        most -= 1
        answer = request.get(address + path)
        body = answer.body()
        yield Found(path, answer.status, answer.headers.get("content-type", ""), body, answer.headers)
        if "html" not in answer.headers.get("content-type", ""):
            continue
        here = urlsplit(answer.url)
        for link in LINK.findall(body):
            whole = urlsplit(urljoin(answer.url, unescape(link.decode())))
            target = whole.path + (f"?{whole.query}" if whole.query else "")
            if whole.netloc == here.netloc and target not in seen:
                seen.add(target)
                waiting.append(target)


def is_page(found: Found) -> bool:
    """Whether a browser shows it: not a file to save."""
    return "html" in found.type
