"""The minutes of a meeting: every point and decision with its owner and day, in initials unless names are asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of

from ..meeting_words import DECIDED, by_part, is_shared, points_told
from ..models import Meeting
from ..owners import staff_of
from .meeting import TAKE_PART, opened_meeting


@for_roles(*TAKE_PART)
@require_GET
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """The minutes, to read and to print."""
    meeting, school = opened_meeting(request, number)
    whole = request.GET.get("namn") == "hela" and not is_shared(request)
    rows = meeting.points.order_by("number").prefetch_related("decisions", "decisions__by", "decisions__measure")
    points = points_told(rows, duty_of(request), initials=not whole)
    following = Meeting.objects.filter(school=school.code, on__gt=meeting.on).order_by("on").first()
    page = {
        "school": school,
        "meeting": meeting,
        "points": points,
        "parts": by_part(points),
        "initials": not whole,
        "shared": is_shared(request),
        "staff": staff_of([school.code]),
        "decided": DECIDED,
        "following": following,
        "made": sum(point.decision is not None for point in points),
        "today": today(),
    }
    return render(request, "support/minutes.html", page)
