"""Taking over a catalogue from the hub: its signature is seen first, and when it is refused the node's own stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pluginnovation.knowledge.signing import Opened, opened, reopened
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from .models import TakenCatalogue

KEPT: Final = 3


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file.

    new         methods that weren't there before; gone: keys that no longer are; withdrawn: keys withdrawn since then
    unchanged   the node had this catalogue already, and nothing was done
    """

    version: int
    methods: int
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    unchanged: bool = False


def take_over_catalogue(*, raw: bytes, trusted: str, by: User | None, at: datetime) -> Taken:
    """Take over a signed catalogue, and keep the last few.

    Takes   trusted   the public key of this node's hub, base64
            by        None: the operator at the command line, or the night
    Raises  Refusal as `knowledge.signing.opened` does; then nothing is changed
    """
    row = TakenCatalogue.objects.order_by("-version").first()
    has = reopened(bytes(row.signed)) if row else None
    found = opened(raw, trusted=trusted, has=has)
    if has is not None and found.digest == has.digest:
        return Taken(has.catalogue.version, len(has.catalogue.methods), unchanged=True)
    taken = _compared(found, has)
    catalogue = found.catalogue
    with recorded("take_over_catalogue", by=by, at=at, about=catalogue.hub, version=catalogue.version,
                  methods=len(catalogue.methods), digest=found.digest):  # fmt: skip
        TakenCatalogue.objects.create(
            hub=catalogue.hub, version=catalogue.version, made_at=catalogue.made_at, digest=found.digest,
            methods=len(catalogue.methods), withdrawn=len(catalogue.methods) - len(catalogue.current), signed=raw,
            taken_at=at,
        )  # fmt: skip
        kept = TakenCatalogue.objects.order_by("-version").values_list("pk", flat=True)[:KEPT]
        TakenCatalogue.objects.exclude(pk__in=list(kept)).delete()
    return taken


def _compared(found: Opened, has: Opened | None) -> Taken:
    now = {method.key: method for method in found.catalogue.methods}
    before = {method.key: method for method in has.catalogue.methods} if has else {}
    withdrawn = (key for key, method in now.items() if method.withdrawn and key in before)
    return Taken(
        found.catalogue.version, len(now), new=tuple(sorted(now.keys() - before.keys())),
        gone=tuple(sorted(before.keys() - now.keys())),
        withdrawn=tuple(sorted(key for key in withdrawn if not before[key].withdrawn)),
    )  # fmt: skip
