"""Made-up estimates as nodes send them, of one of the methods that come along."""

from dataclasses import replace
from typing import Any

from pluginnovation.evidence.message import SiteEstimate, bytes_of
from tests.unit.evidence.sites import ONE

METHOD = "morgonstart-med-en-vuxen"
PAGE = f"/metoder/{METHOD}/"


def message(site: str, estimate: float | None = -4.0, se: float = 0.8, **more: Any) -> SiteEstimate:
    """One site's message; what isn't a field of the message is what it is about."""
    about = {
        name: more.pop(name) for name in list(more) if name in ("running", "external", "detail", "outcome", "method")
    }
    told = replace(
        ONE.about, **{"site": site, "project": "Morgnar", "method": METHOD, "horizon": "våren 2026", **about}
    )
    return replace(ONE, about=told, estimate=estimate, se=None if estimate is None else se, **more)


def raw(*messages: SiteEstimate) -> list[bytes]:
    """As they travel."""
    return [bytes_of(each) for each in messages]


SIX = (
    message("Ängholm", -5.0), message("Björkvik", -4.4, design="school_draw"), message("Sundby", -4.1),
    message("Grytö", 0.3, 0.9), message("Näs", -9.0, running=True), message("Oslo", -12.0, external=True),
)  # fmt: skip
