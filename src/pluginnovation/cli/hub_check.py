"""`plug hub check`: follow every link of the hub's own pages, and tell which lead nowhere."""

from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

import click

from .answers import Answer, Command, words
from .hub_home import opened_hub

MOST: Final = 5_000
# What isn't read without an account, or is a file of somebody's.
OUTSIDE: Final = ("/redigera/", "/konto/", "/logga-in/", "/media/", "/dokument/", "/static/", "/anmalan/")


class _Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a link leads."""
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


@click.command(
    "check",
    cls=Command,
    help=words(
        "Följ länkarna mellan hubbens sidor och säg vilka som inte leder någonstans. Slutar med 1 om någon finns.",
        "Follow the links between the hub's pages and tell which lead nowhere. Ends with 1 if there are any.",
    ),
)
@click.pass_obj
def check_hub(answer: Answer) -> None:
    """Every page from the first one on, asked for inside this process."""
    with opened_hub(answer), answer.busy("Följer länkarna", "Following the links"):
        looked, dead = _walked()
    lines = [f"{status} {path} ← {page}" for path, status, page in dead]
    summary = words(
        f"{looked} adresser, {len(dead)} leder ingenstans.", f"{looked} addresses, {len(dead)} lead nowhere."
    )
    found = [{"path": path, "status": status, "page": page} for path, status, page in dead]
    answer.give({"looked": looked, "dead": found}, [*lines, summary])
    if dead:
        raise SystemExit(1)


def _walked() -> tuple[int, list[tuple[str, int, str]]]:
    """How many addresses were asked for, and those that weren't there: address, status, and the page with the link."""
    from django.conf import settings
    from django.test import Client

    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    client = Client(headers={"host": host}, raise_request_exception=False)
    waits, seen, dead = [("/", ""), ("/en/", "")], {"/", "/en/"}, []
    looked = 0
    while waits and looked < MOST:
        path, page = waits.pop(0)
        looked += 1
        response = client.get(path, secure=bool(settings.HTTPS))
        if response.status_code >= 400:
            dead.append((path, response.status_code, page))
        elif "html" in response.headers.get("Content-Type", ""):
            for target in _within(path, response.content.decode(), host):
                if target not in seen:
                    seen.add(target)
                    waits.append((target, path))
    return looked, dead


def _within(path: str, body: str, host: str) -> list[str]:
    """Where a page leads inside the hub."""
    whole = [urlsplit(urljoin(f"http://{host}{path}", link)) for link in _Links(body).found]
    return [
        each.path + (f"?{each.query}" if each.query else "")
        for each in whole
        if each.netloc == host and each.scheme in ("http", "https") and not each.path.startswith(OUTSIDE)
    ]
