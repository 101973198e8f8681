"""A day asked for in the address (`?datum=`): the picture's own day, or a clear page."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import Run


def other_day(request: HttpRequest, run: Run | None) -> HttpResponse | None:
    """A page that says what there is instead, when the address asks for a day that has no picture; else none."""
    asked = request.GET.get("datum")
    if asked is None or (run is not None and asked == run.as_of.isoformat()):
        return None
    return no_picture(request, run, asked)


def no_picture(request: HttpRequest, run: Run | None, asked: str) -> HttpResponse:
    """404: no picture of that day, and the day that there is one of."""
    return render(request, "signals/no_picture.html", {"run": run, "asked": day_asked(asked)}, status=404)


def day_asked(text: str) -> date | None:
    """The day, or none when it isn't a day at all."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
