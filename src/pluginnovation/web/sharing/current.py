"""The catalogue that stands at this node."""

from datetime import datetime
from functools import lru_cache

from pluginnovation.knowledge.catalogue import Catalogue, Method
from pluginnovation.knowledge.signing import reopened

from .models import TakenCatalogue


def catalogue_now() -> Catalogue | None:
    """The newest catalogue; none before the first was taken over. One query, and it is unpacked once a process."""
    digest = TakenCatalogue.objects.order_by("-version").values_list("digest", flat=True).first()
    return _unpacked(digest) if digest else None


def taken_at() -> datetime | None:
    """When the newest catalogue was taken over; none: never."""
    return TakenCatalogue.objects.order_by("-version").values_list("taken_at", flat=True).first()


@lru_cache(maxsize=2)
def _unpacked(digest: str) -> Catalogue:
    """The catalogue whose content has this digest, which therefore never changes."""
    row = TakenCatalogue.objects.filter(digest=digest).order_by("-version").values_list("signed", flat=True)
    return reopened(bytes(row[0])).catalogue


def method_here(key: str) -> Method | None:
    """The method with this key, withdrawn or not; none: there is no such method, or no catalogue."""
    catalogue = catalogue_now()
    return catalogue.find(key) if catalogue else None
