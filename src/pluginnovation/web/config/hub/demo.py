"""Whether this hub belongs to a demo: then the one-click roles are made, and may be used on this very machine."""

import os

from pluginnovation.web.config.environment import yes_or_no


def is_demo() -> bool:
    """What `plug up` says of the hub beside it."""
    return yes_or_no(os.environ, "HUB_DEMO")
