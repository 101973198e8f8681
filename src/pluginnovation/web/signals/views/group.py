"""Classes: the list, one class, and its meeting print."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.privacy.grounds import REACH_OF_ROLE, SCHOOL
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.door import open_group_or_404
from pluginnovation.web.people.duties import ActiveDuty, AskedByDuty, for_roles
from pluginnovation.web.people.models import Group, Person
from pluginnovation.web.people.reach import groups_in_reach, members_today
from pluginnovation.web.records.exports import Sheet, asked_for, export

from ..chrome import SEES_PUPILS, role_word, show_source, written_down
from ..models import GroupSnapshot, Run, SchoolSnapshot
from ..panels import panels_of_group
from ..reading import ANSWERED, OTHER, SUPPORTED, UNKNOWN, WAITS, PupilRow, mentors_of, rows_of
from ..results import unpacked_results
from ..rule_sets import rules_of
from ..sheets import group_sheet, pattern_sheet, pupil_sheet, result_sheet
from ..words import SHORT_WEEKDAYS, language
from .asked_day import other_day

NAMES = ("code", "given_name", "family_name")
SHOWN = {"vantar": (WAITS,), "stod": (SUPPORTED,), "okant": (UNKNOWN,)}
CLASS = "Klass"


def _duty(request: HttpRequest) -> ActiveDuty:
    return cast(ActiveDuty, cast(AskedByDuty, request).duty)


@for_roles(*SEES_PUPILS)
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """The classes that the viewer reaches, by name."""
    found: QuerySet[Group] = groups_in_reach(_duty(request), today()).select_related("organisation")
    classes = list(found.order_by("organisation__sort_key", "sort_key", "code"))
    pictures = GroupSnapshot.objects.in_bulk([group.code for group in classes])
    mentors = mentors_of(pictures)
    rows = [(group, pictures.get(group.code), mentors.get(group.code, "")) for group in classes]
    run = show_source(request, classes[0].source) if classes else None
    if asked_for(request):
        return export(request, group_sheet(request, run, rows))
    waiting = sum(picture.waiting for picture in pictures.values())
    return render(
        request, "signals/groups.html", {"rows": rows, "run": run, "rules": rules_of(run), "waiting": waiting}
    )


@for_roles(*SEES_PUPILS)
@require_GET
def group(request: HttpRequest, code: str) -> HttpResponse:
    """One class: what is shared first, then who waits."""
    found = open_group_or_404(request, code)
    run = show_source(request, found.source)
    if (other := other_day(request, run)) is not None:
        return other
    if asked_for(request) and (sheet := sheet_asked(request, run, _picture(found), found.display_name)) is not None:
        return export(request, sheet)
    rows = _rows(request, found)
    if asked_for(request):
        return export(request, pupil_sheet(request, run, rows, name="klass", title=found.display_name))
    return render(request, "signals/group.html", _class_page(request, found, run, rows))


@for_roles(*SEES_PUPILS)
@require_GET
def meeting(request: HttpRequest, code: str) -> HttpResponse:
    """The class on paper for a meeting: those who wait, with names or initials."""
    found = open_group_or_404(request, code)
    run = show_source(request, found.source)
    rows = [row for row in _rows(request, found) if row.place in (WAITS, SUPPORTED, ANSWERED, UNKNOWN)]
    initials = request.GET.get("namn") != "hela"
    page = {"group": found, "run": run, "rows": rows, "initials": initials, "today": today()}
    return render(request, "signals/meeting.html", page | {"rules": rules_of(run)})


def sheet_asked(
    request: HttpRequest, run: Run | None, picture: GroupSnapshot | SchoolSnapshot | None, title: str
) -> Sheet | None:
    """The file that `?blad=` asks for: `signaler` or `monster`; none when it asks for neither."""
    asked = request.GET.get("blad", "")
    if asked == "signaler":
        return result_sheet(request, run, unpacked_results(picture.results if picture else ()), title=title)
    if asked == "monster":
        return pattern_sheet(request, run, picture.patterns if picture else (), title=title)
    return None


def _picture(group: Group) -> GroupSnapshot | None:
    return GroupSnapshot.objects.filter(group=group.code).first()


def _rows(request: HttpRequest, group: Group) -> list[PupilRow]:
    members: QuerySet[Person] = members_today(group, _duty(request), today())
    return rows_of(list(members.only(*NAMES).order_by("sort_key", "code")))


def _class_page(request: HttpRequest, group: Group, run: Run | None, rows: list[PupilRow]) -> dict[str, Any]:
    asked = request.GET.get("visa", "")
    places = {
        place: [row for row in rows if row.place == place] for place in (WAITS, SUPPORTED, ANSWERED, UNKNOWN, OTHER)
    }
    wanted = SHOWN.get(asked, tuple(places))
    titles = {
        WAITS: _("Väntar på någon"),
        SUPPORTED: _("Har stöd på plats"),
        ANSWERED: _("Signal – besvarad"),
        UNKNOWN: _("Okänt"),
    }
    picture = _picture(group)
    return {
        "group": group,
        "run": run,
        "rules": rules_of(run),
        "picture": picture,
        "results": unpacked_results(picture.results if picture else ()),
        "mentor": mentors_of([group.code]).get(group.code, ""),
        "total": len(rows),
        "waiting": len(places[WAITS]),
        "supported": len(places[SUPPORTED]),
        "steps": any(row.beside.step for row in rows),
        "unknown": len(places[UNKNOWN]),
        "asked": asked if asked in SHOWN else "",
        "sections": [
            (place, title, places[place]) for place, title in titles.items() if place in wanted and places[place]
        ],
        "others": places[OTHER] if OTHER in wanted else [],
        "weekdays": SHORT_WEEKDAYS[language()],
        "at_school": REACH_OF_ROLE.get(_duty(request).role) == SCHOOL,
        "panels": panels_of_group(request, group),
        "ground": ground_of(request, group),
    }


def ground_of(request: HttpRequest, group: Group) -> str:
    """Why the viewer sees this class, in words."""
    text = _("Du ser %(place)s som %(role)s.") % {"place": group.display_name, "role": role_word(_duty(request).role)}
    return f"{text} {written_down()}"
