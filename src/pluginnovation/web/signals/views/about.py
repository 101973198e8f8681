"""Pages about the pages: how things are counted, accessibility, personal data; and the smallest page there is."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ..definitions import all_definitions


@require_GET
def me(request: HttpRequest) -> HttpResponse | HttpResponseRedirect:
    """Who is signed in, as plain text: session and user, nothing else. What other pages are timed against."""
    if not request.user.is_authenticated:
        return redirect("start")
    return HttpResponse(request.user.name, content_type="text/plain; charset=utf-8")


@require_GET
def definitions(request: HttpRequest) -> HttpResponse:
    """Every signal: what it is, its levels, and where it comes from."""
    return render(request, "signals/definitions.html", {"definitions": all_definitions()})


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is done for those who see, hear, move or read in another way, and what isn't done yet."""
    return render(request, "signals/accessibility.html")


@require_GET
def personal_data(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, and who sees it."""
    return render(request, "signals/personal_data.html")
