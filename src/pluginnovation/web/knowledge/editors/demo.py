"""The demo's one-click roles at the hub: on this machine only, and never again once there is a real editor."""

import ipaddress
from pathlib import Path
from typing import Final

from django.conf import settings

from .models import CONTRIBUTOR, EDITOR, PEER_REVIEWER, ROLES, Editor

DEMO_LOGIN: Final = "demo:"
# The node beside puts this file in the home when something real is read in.
REAL: Final = "real"
# A second editor, since nobody publishes what they wrote themselves.
SECOND_EDITOR: Final = "second_editor"
# The demo's accounts, each with its role.
ACCOUNTS: Final = {**{role: role for role in ROLES}, SECOND_EDITOR: EDITOR}
# The contributor and the reviewer work at different schools, so that a review is one.
SCHOOLS: Final = {
    CONTRIBUTOR: "Ekbackens gymnasium",
    PEER_REVIEWER: "Strandskolan",
    EDITOR: "Regionens redaktion",
    SECOND_EDITOR: "Regionens redaktion",
}


def bound_to_this_machine() -> bool:
    """Whether the server listens on the loopback address only. Unknown counts as no."""
    try:
        return ipaddress.ip_address(settings.PLUG_BIND).is_loopback
    except ValueError:
        return False


def demo_is_open() -> bool:
    """Whether the demo's buttons may be used: everything is made up, here and at the node beside. One query."""
    if not settings.HUB_DEMO or not bound_to_this_machine() or (Path(settings.PLUG_HOME) / REAL).exists():
        return False
    return not Editor.objects.filter(demo=False).exists()


def demo_editor(account: str) -> Editor | None:
    """The demo's editor of this name, a key of ACCOUNTS; None: there is none."""
    return Editor.objects.filter(login=f"{DEMO_LOGIN}{account}", demo=True, is_active=True).first()
