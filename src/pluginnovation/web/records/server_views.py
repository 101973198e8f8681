"""The administrator's page about servers, and the door where a server tells that something changed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.records.refusals import Refusal
from pluginnovation.records.server_news import news_of
from pluginnovation.web.people.duties import for_roles

from .server_actions import servers
from .server_lines import server_line
from .subscription_actions import known_to, let_in, note_news

MOST_BYTES = 64 * 1024


@require_GET
@for_roles("administrator")
def servers_page(request: HttpRequest) -> HttpResponse:
    """Every server: what it gives, when it last did, and what went wrong, in words."""
    english = (get_language() or "").startswith("en")
    lines = [server_line(one, english=english) for one in servers()]
    context = {"lines": lines, "failing": sum(bool(one.errors) for one in lines)}
    return render(request, "records/servers.html", context)


# A server has no session and no form's token: the secret in the address is what it shows.
@csrf_exempt
@require_POST
def changed(request: HttpRequest, number: int, secret: str) -> HttpResponse:
    """A server tells that something changed. It is only noted: nothing that the message says is read in."""
    server = known_to(number, secret)
    if server is None:
        raise Http404
    if not _short(request):
        return HttpResponse(status=413)
    at = timezone.now()
    if not let_in(server, at=at):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    try:
        note_news(server, news_of(request.body), at=at)
    except Refusal:
        return HttpResponse(status=400)
    return HttpResponse(status=204)


def _short(request: HttpRequest) -> bool:
    """Whether the message is short, by what it says of itself: a longer one isn't read at all."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return said.isascii() and said.isdigit() and len(said) < 9 and int(said) <= MOST_BYTES
