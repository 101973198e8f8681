"""The checks of `plug doctor` that look at the methods: the node's catalogue, and the hub in the same home."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from pluginnovation.knowledge.signing import EXPORTED_AT, PUBLIC_AT, SECRET_AT, Opened, opened
from pluginnovation.records.refusals import Refusal

from .checks import Finding

OLD: Final = timedelta(days=90)
UPDATE: Final = ("Kör: plug methods update", "Run: plug methods update")


def methods_here(home: Path, now: datetime) -> Iterator[Finding]:
    """The node's catalogue: there, the hub's own, not old, not behind, and no withdrawn method in use."""
    from pluginnovation.web.sharing.hub import has_hub, trusted_key
    from pluginnovation.web.sharing.looked_at import held

    row = held()
    if row is None:
        if has_hub():
            said = ("Ingen metodkatalog är hämtad från hubben.", "No catalogue of methods is fetched from the hub.")
            yield Finding("methods", "note", said, UPDATE)
        return
    version, signed = row
    try:
        found = opened(signed, trusted=trusted_key())
    except Refusal as refusal:
        said = (f"Metodkatalog {version}: {refusal.text('sv')}", f"Catalogue {version}: {refusal.text('en')}")
        yield Finding("methods", "wrong", said)
        return
    yield _age(version, found, now)
    yield from _behind(home, version)
    yield from _withdrawn(found)


def _age(version: int, found: Opened, now: datetime) -> Finding:
    age, count = now - found.catalogue.made_at, len(found.catalogue.current)
    said = (
        f"Metodkatalog {version} har {count} metoder, är {age.days} dygn gammal och rätt underskriven.",
        f"Catalogue {version} has {count} methods, is {age.days} days old and rightly signed.",
    )
    ask = ("Fråga hubben om den lever.", "Ask whether the hub is alive.")
    return Finding("methods", "note", said, ask) if age > OLD else Finding("methods", "ok", said)


def _behind(home: Path, version: int) -> Iterator[Finding]:
    """A hub beside the node that has published a newer catalogue than the node has taken over."""
    beside = _exported(home)
    if isinstance(beside, Opened) and beside.catalogue.version > version:
        newer = beside.catalogue.version
        said = (
            f"Hubben har katalog {newer}, och noden har {version}.",
            f"The hub has catalogue {newer}, and this node has {version}.",
        )
        yield Finding("methods_behind", "note", said, UPDATE)


def _withdrawn(found: Opened) -> Iterator[Finding]:
    """How many measures that go on follow a method that nobody recommends any longer."""
    from pluginnovation.web.sharing.looked_at import in_use

    count, of, keys = in_use(method.key for method in found.catalogue.methods if method.withdrawn)
    if count:
        said = (
            f"{count} av {of} insatser som följer en metod har en som är återkallad: {', '.join(keys)}.",
            f"{count} of {of} measures that follow a method have one that is withdrawn: {', '.join(keys)}.",
        )
        todo = (
            "Deras sidor säger varför och vad som föreslås i stället. Ärendets ansvariga avgör.",
            "Their pages say why and what is suggested instead. Whoever has the case decides.",
        )
        yield Finding("methods_withdrawn", "note", said, todo)


def hub_beside(home: Path, env: Mapping[str, str]) -> Iterator[Finding]:
    """The hub in the same home, where there is one: its key, what it last published, and its own database."""
    if not (home / SECRET_AT).exists() and not (home / EXPORTED_AT).exists():
        return
    export = _exported(home)
    if not (home / SECRET_AT).exists():
        said = ("Hubbens nyckel för metodkatalogen saknas.", "The hub's key for the catalogue is missing.")
        todo = (
            "Återställ den från säkerhetskopia: med en ny nyckel tar ingen nod emot katalogen.",
            "Restore it from a backup: with a new key no node takes the catalogue.",
        )
        yield Finding("hub_key", "wrong", said, todo)
    if isinstance(export, Refusal):
        said = (
            f"Hubbens publicerade katalog går inte att lita på. {export.text('sv')}",
            f"The catalogue that the hub published can't be trusted. {export.text('en')}",
        )
        todo = ("Kör: plug hub catalogue export", "Run: plug hub catalogue export")
        yield Finding("hub_catalogue", "wrong", said, todo)
    elif export is not None:
        version, count = export.catalogue.version, len(export.catalogue.methods)
        said = (
            f"Hubben har publicerat katalog {version} med {count} metoder.",
            f"The hub has published catalogue {version} with {count} methods.",
        )
        yield Finding("hub_catalogue", "ok", said)
    yield from _asked_apart(home, env)


def _exported(home: Path) -> Opened | Refusal | None:
    """What the hub last published; the refusal that a node would meet; None: nothing is published."""
    try:
        raw = (home / EXPORTED_AT).read_bytes()
        shown = (home / PUBLIC_AT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    try:
        return opened(raw, trusted=shown)
    except Refusal as refusal:
        return refusal


def _asked_apart(home: Path, env: Mapping[str, str]) -> Iterator[Finding]:
    """The hub is a Django project of its own, so a process of its own asks it."""
    own = {name: value for name, value in env.items() if name not in ("DJANGO_SETTINGS_MODULE", "DATABASE_ROLE")}
    own["PLUG_HOME"] = str(home)
    command = [sys.executable, "-m", "pluginnovation.cli.hub_findings"]
    done = subprocess.run(command, env=own, capture_output=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr.decode(errors="replace"))
        said = ("Hubben går inte att fråga.", "The hub can't be asked.")
        yield Finding("hub", "wrong", said, ("Orsaken står ovanför.", "The reason stands above."))
        return
    yield from msgspec.json.decode(done.stdout, type=list[Finding])
