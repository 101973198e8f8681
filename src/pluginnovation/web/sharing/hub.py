"""The line to the hub: one file is fetched, and nothing but its address is sent.

Every question is the same for all nodes and all pupils; no need, no code and no search goes with it.
"""

from pathlib import Path
from typing import Final

from django.conf import settings

from pluginnovation.knowledge.signing import EXPORTED_AT, MOST_BYTES, PUBLIC_AT, SHOWN_AT
from pluginnovation.records.refusals import Refusal, Unavailable

SECONDS: Final = 20.0


def trusted_key() -> str:
    """The public key of this node's hub: the setting, or that of the hub in the same home; empty: none is known."""
    if settings.PLUG_HUB_KEY:
        return str(settings.PLUG_HUB_KEY)
    try:
        return (Path(settings.PLUG_HOME) / PUBLIC_AT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def hub_link(path: str) -> str:
    """The address of a page at the hub, for a reader to follow; empty when this node has no hub."""
    return f"{settings.PLUG_HUB_URL.rstrip('/')}{path}" if settings.PLUG_HUB_URL and path else ""


def has_hub() -> bool:
    """Whether there is anywhere to fetch a catalogue from."""
    return bool(settings.PLUG_HUB_URL) or (Path(settings.PLUG_HOME) / EXPORTED_AT).is_file()


def fetched() -> bytes:
    """The hub's catalogue: over the line, or the file that a hub in the same home has exported.

    Raises  Unavailable when neither is there; Refusal 'no_hub' without a hub
    """
    lying = Path(settings.PLUG_HOME) / EXPORTED_AT
    if lying.is_file() and not settings.PLUG_HUB_KEY:
        return read_file(lying)
    if not settings.PLUG_HUB_URL:
        raise Refusal(
            "no_hub",
            what=("Noden har ingen hubb.", "This node has no hub."),
            todo=("Sätt PLUG_HUB_URL, eller ange en fil.", "Set PLUG_HUB_URL, or give a file."),
        )
    return _asked(f"{settings.PLUG_HUB_URL.rstrip('/')}/{SHOWN_AT}")


def read_file(path: Path) -> bytes:
    """A catalogue from a file, no more of it than a catalogue can be.

    Raises  Unavailable 'catalogue_not_found'
    """
    try:
        with path.open("rb") as lying:
            return lying.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unavailable(
            "catalogue_not_found",
            what=("Katalogfilen går inte att läsa.", "The catalogue's file can't be read."),
            where=path.name,
            todo=("Kontrollera sökvägen och rättigheterna.", "Look at the path and its permissions."),
        ) from error


def _asked(address: str) -> bytes:
    import ssl

    from pluginnovation.records.server_address import address_of
    from pluginnovation.records.server_http import Line, Patience, Question

    place = address_of(address)
    patience = Patience(
        tries=2, seconds=SECONDS, answer_seconds=3 * SECONDS, all_seconds=5 * SECONDS, most_bytes=MOST_BYTES
    )
    answer = Line(place, ssl.create_default_context(), patience).ask(Question("GET", ""))
    if answer.status != 200:
        raise Unavailable(
            "hub_without_catalogue",
            what=(
                f"Hubben svarade {answer.status} i stället för en katalog.",
                f"The hub answered {answer.status} instead of a catalogue.",
            ),
            todo=("Den katalog som noden har gäller. Pröva senare.", "The node's own catalogue stands. Try later."),
        )
    return answer.content
