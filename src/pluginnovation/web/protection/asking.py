"""What an address asks a list for, read once and safely: texts cut, days that are none left out."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import get_current_timezone

PAGE = 50
MOST_IN_A_FILE = 10_000
LONGEST = 100


def said(request: HttpRequest, name: str) -> str:
    """What the address says under a name, without white space around it and without what no text can hold."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]


def day_said(request: HttpRequest, name: str) -> date | None:
    """The day under a name; none for what is no day."""
    try:
        return date.fromisoformat(said(request, name))
    except ValueError:
        return None


def between(rows: QuerySet[Any, Any], first: date | None, last: date | None) -> QuerySet[Any, Any]:
    """The rows whose `at` lies in the days from first to last, both counted; an empty end is open."""
    zone = get_current_timezone()
    if first is not None:
        rows = rows.filter(at__gte=datetime.combine(first, time.min, zone))
    if last is not None and last < date.max:
        rows = rows.filter(at__lt=datetime.combine(last + timedelta(days=1), time.min, zone))
    return rows


def page_of(request: HttpRequest, rows: QuerySet[Any, Any]) -> Page[Any]:
    """The page of rows that the address asks for."""
    return Paginator(rows, PAGE).get_page(request.GET.get("sida"))


def written_day(text: str) -> date | None:
    """The day that somebody wrote in a form; none for what is no day."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def written_time(text: str) -> datetime | None:
    """The local time that somebody wrote in a form; none for what is no time."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=get_current_timezone())
