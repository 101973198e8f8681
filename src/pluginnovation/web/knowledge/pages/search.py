"""Search over everything, for whoever knows what they want to solve and not what it is called."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..search import Found
from ..search import search as pages_for
from ..words import language
from .chrome import tongues

MOST: Final = 40
KINDS: Final = {
    "method": _("Metod"), "case": _("Fall"), "research": _("Forskning"), "guide": _("Guide"),
    "event": _("Kalender"), "news": _("Nyhet"), "statistics": _("Statistik"), "plain": _("Om hubben"),
}  # fmt: skip


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The pages that answer a question, the best first. A long question is cut, and the page says so."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()
    found = pages_for(asked, language=language(), limit=MOST) if asked else Found("", (), 0)
    context = {
        "question": found.text,
        "cut": found.too_long,
        "read_as": found.read_as,
        "found": [(hit, KINDS.get(hit.kind, "")) for hit in found.hits],
        "total": found.total,
        "tongue": tongues(None, request),
    }
    return TemplateResponse(request, "knowledge/search.html", context)
