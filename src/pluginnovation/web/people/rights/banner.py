"""What the session remembers of an emergency access, so that every page can say it while it lasts.

It opens nothing: the door asks the database.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest

from pluginnovation.web.people.models import EmergencyAccess

KEY: Final = "emergency"


@dataclass(frozen=True, slots=True)
class Banner:
    """An access that lasts: its number, whose page it opens, and until when."""

    number: int
    code: str
    until: datetime


def show_banner(request: HttpRequest, access: EmergencyAccess) -> None:
    """Let every page of this session tell of the access."""
    request.session[KEY] = [access.pk, access.pupil, access.ends_at.isoformat(), access.role]


def hide_banner(request: HttpRequest) -> None:
    """Tell of it no longer."""
    request.session.pop(KEY, None)


def banner_of(request: HttpRequest, at: datetime) -> Banner | None:
    """What the page is to tell: none when it has ended, or another role is chosen. No query beside the session's."""
    kept = request.session.get(KEY) if hasattr(request, "session") else None
    duty = getattr(request, "duty", None)
    if not kept or duty is None or duty.role != kept[3]:
        return None
    until = datetime.fromisoformat(kept[2])
    return Banner(kept[0], kept[1], until) if at < until else None
