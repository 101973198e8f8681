"""The catalogue of methods as nodes fetch it: the published methods, numbered, and signed with the hub's own key."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from pluginnovation.knowledge.catalogue import Catalogue
from pluginnovation.knowledge.signing import (
    EXPORTED_AT,
    PUBLIC_AT,
    SECRET_AT,
    next_catalogue,
    public_key_of,
    reopened,
    signed,
    without_numbers_unsure,
)
from pluginnovation.privacy.sealing import key_in

from .as_catalogue import as_they_stand


@dataclass(frozen=True, slots=True)
class Exported:
    """What was published. unchanged: nothing differed from the last time, and the file stands as it was."""

    path: Path
    key: str
    catalogue: Catalogue
    unchanged: bool


def export_catalogue(home: Path, *, at: datetime) -> Exported:
    """Publish the catalogue for nodes, the next version if anything differs.

    Takes   home   where the hub's keys and its last export are
    Raises  Refusal 'catalogue_unreadable' when the last export is damaged, or a page is what no node would take;
            KeyUnusable when others may read the key
    """
    path = home / EXPORTED_AT
    earlier = reopened(path.read_bytes()).catalogue if path.exists() else None
    secret = key_in(home / SECRET_AT)
    public = public_key_of(secret)
    bare = [without_numbers_unsure(method) for method in as_they_stand()]
    catalogue = next_catalogue(settings.HUB_NAME, bare, at=at, earlier=earlier)
    raw = signed(catalogue, secret)
    shown = (home / PUBLIC_AT).read_text(encoding="ascii").strip() if (home / PUBLIC_AT).exists() else ""
    unchanged = earlier == catalogue and shown == public
    if not unchanged:
        _write(home / PUBLIC_AT, f"{public}\n".encode())
        _write(path, raw)
    return Exported(path, public, catalogue, unchanged)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, so that no node ever fetches half a file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)
