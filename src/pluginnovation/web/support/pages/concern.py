"""What to do with a worry about a child, at once. Nothing is reported, approved or delayed here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def concern(request: HttpRequest) -> HttpResponse:
    """The route of a concern report: straight to the social services, by the one who worries."""
    return render(request, "support/concern.html")
