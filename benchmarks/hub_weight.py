"""What a page weighs: everything that a browser fetches to show it the first time, as it comes over the line."""

from collections.abc import Sequence
from html.parser import HTMLParser
from re import findall
from urllib.parse import urljoin
from urllib.request import Request, urlopen


class Loads(HTMLParser):
    """What a page loads by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note styles, icons and images; feeds and other languages are only pointed at."""
        facts = dict(attrs)
        if tag == "link" and facts.get("rel") in ("stylesheet", "icon"):
            self.found.append(facts["href"] or "")
        if tag == "img":
            self.found.append(facts["src"] or "")


def heaviest(address: str, paths: Sequence[str]) -> float:
    """Kilobytes (of 1,000) of the heaviest page, on the first visit and with a typeface for each cut it may use."""
    return max(_weight(address, path) for path in paths) / 1000


def _weight(address: str, path: str) -> int:
    size, body = _fetched(address + path)
    total, styles = size, []
    for load in Loads(body).found:
        size, text = _fetched(urljoin(address + path, load))
        total += size
        styles += [(urljoin(address + path, load), text)] if load.endswith(".css") else []
    two_cuts = 'data-cuts="two"' in body
    for place, text in styles:
        for face in findall(r"@font-face\s*{[^}]*}", text):
            # The hub's pages leave the serif to the reader's machine.
            if two_cuts and "Source Serif" in face:
                continue
            for font in findall(r"url\([\"']?([^\"')]+)", face):
                total += _fetched(urljoin(place, font))[0]
    return total


def _fetched(address: str) -> tuple[int, str]:
    """How many bytes came over the line, and the text of what isn't binary."""
    import brotli

    asked = Request(address, headers={"Accept-Encoding": "br, gzip"})
    with urlopen(asked, timeout=30) as answer:
        raw = answer.read()
        packed = answer.headers.get("Content-Encoding", "")
        if "text" not in answer.headers.get("Content-Type", ""):
            return len(raw), ""
        from gzip import decompress

        plain = brotli.decompress(raw) if packed == "br" else decompress(raw) if packed == "gzip" else raw
        return len(raw), plain.decode()
