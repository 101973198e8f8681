"""The acts that Wagtail's own log has no word for: what was done, by what, and never about whom."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

ACTS: Final = {
    "knowledge.receive_estimate": (_("Ta emot skattning"), _("En skattning togs emot")),
    "knowledge.register": (_("Anmälan"), _("Någon anmälde sig")),
    "knowledge.withdraw": (_("Avanmälan"), _("Någon avanmälde sig")),
    "knowledge.publish_refused": (
        _("Publicera det egna"),
        _("Publicerades inte: samma person skrev den senaste ändringen"),
    ),
    "knowledge.move_up": (_("Ur kön"), _("Någon i kön fick plats")),
}


@hooks.register("register_log_actions")
def register(actions: Any) -> None:
    """Let the log take them."""
    for name, (label, said) in ACTS.items():
        actions.register_action(name, label, said)
