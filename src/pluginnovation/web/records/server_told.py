"""The servers as the command lists them."""

from typing import Any

from .server_actions import servers


def servers_as_rows(language: str) -> list[dict[str, Any]]:
    """One row a server: name, address, kind of token, when paused and when all last came, what it gives, last error."""
    return [
        {
            "server": one.name,
            "address": one.address,
            "token": one.token,
            "since": one.since,
            "paused_at": one.paused_at,
            "fetched_at": one.fetched_at,
            "tried_at": one.tried_at,
            "skew_seconds": one.skew_seconds,
            "listens_until": one.subscription.expires_at if hasattr(one, "subscription") else None,
            "gives": sorted(line.resource for line in one.resources.all() if line.gives),
            "changed": sorted(line.resource for line in one.resources.all() if line.changed_at),
            "error": one.error_sv if language == "sv" else one.error_en,
        }
        for one in servers()
    ]


def where_secrets_lie() -> list[tuple[str, str]]:
    """Each server's name and the place of its secret, for those that have one."""
    return [(one.name, one.secret) for one in servers() if one.secret]


def names_at(address: str) -> list[str]:
    """The names of the servers with this address, a last slash or not."""
    return [one.name for one in servers() if one.address.rstrip("/") == address.strip().rstrip("/")]
