"""How many pages of pupils, and how many files, one person may ask for in an hour: a brake on taking everything out.

An asked-for page counts whether there is a pupil or not, so nobody learns from it who exists.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, cast

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from pluginnovation.privacy.anomalies import LIMIT
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.duties import AskedByDuty
from pluginnovation.web.people.models import User
from pluginnovation.web.records.exports import asked_for

from .models import Anomaly, Taken

PUPIL, FILE = "pupil", "file"
# Every address below this one is about one pupil.
OF_A_PUPIL: Final = "elev/<"
# A document of a case, opened.
OF_A_CASE: Final = "arende/<row:number>/filer/<row:row>/"
ONE_MORE: Final = (
    "INSERT INTO protection_taken (viewer_id, kind, hour, n) VALUES (%s, %s, %s, 1)"
    " ON CONFLICT (viewer_id, kind, hour) DO UPDATE SET n = protection_taken.n + 1 RETURNING n"
)
KEPT: Final = timedelta(days=2)


class LimitMiddleware:
    """Counts what a signed-in person asks for, and answers 429 when it is too much."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; the counting happens when its address is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: Any) -> HttpResponse | None:
        """The page that says stop, once there is no more to take this hour; nothing otherwise."""
        user = request.user
        kind = kind_of(request)
        if kind is None or not isinstance(user, User):
            return None
        at = now()
        taken, most = one_more(user, kind, at), most_of(kind)
        if taken <= most:
            return None
        if taken == most + 1:
            note_limit(user, kind, request, at)
        answer = render(request, "protection/limit.html", {"kind": kind, "most": most}, status=429)
        answer["Retry-After"] = str(_seconds_left(at))
        return answer


def kind_of(request: HttpRequest) -> str | None:
    """What an address gives, if it is limited: a file, or a page of a pupil. Nobody is told who asks about health."""
    route = request.resolver_match.route if request.resolver_match else ""
    if route == settings.HEALTH_PATH:
        return None
    if asked_for(request) or route == OF_A_CASE:
        return FILE
    return PUPIL if route.startswith(OF_A_PUPIL) else None


def most_of(kind: str) -> int:
    """How many of them an hour, as the installation has it."""
    return int(settings.PLUG_FILES_AN_HOUR if kind == FILE else settings.PLUG_PUPILS_AN_HOUR)


def one_more(user: User, kind: str, at: datetime) -> int:
    """Count one more; how many it is this hour. One statement, so two at once are two."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_MORE, [user.pk, kind, at.replace(minute=0, second=0, microsecond=0)])
        return int(cursor.fetchone()[0])


def note_limit(user: User, kind: str, request: HttpRequest, at: datetime) -> None:
    """Tell the data protection officer: a finding a day, and an act for each hour and kind."""
    duty = cast(AskedByDuty, request).duty
    role = duty.role if duty else ""
    finding = Anomaly(rule=LIMIT, viewer=user, role=role, day=localdate(at), n=most_of(kind), found_at=at)
    with recorded("limit_reached", by=user, at=at, about=kind, most=most_of(kind)):
        # Once a day is enough, and the one it is about may not read it.
        Anomaly.objects.bulk_create([finding], ignore_conflicts=True)


def forget_taken(*, at: datetime) -> int:
    """Delete the counts of hours that are long over; how many."""
    gone, _ = Taken.objects.filter(hour__lt=at - KEPT).delete()
    return gone


def _seconds_left(at: datetime) -> int:
    return int((at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1) - at).total_seconds()) + 1
