"""The school: is anyone missed, and is it the environment?"""

from itertools import groupby
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty, AskedByDuty, for_roles
from pluginnovation.web.people.models import Group, Organisation
from pluginnovation.web.people.reach import groups_in_reach, schools_in_reach
from pluginnovation.web.records.exports import asked_for, export

from ..chrome import role_word, show_source, written_down
from ..models import GroupSnapshot, Run, SchoolSnapshot
from ..reading import mentors_of
from ..results import by_subject, unpacked_results
from ..rule_sets import rules_of
from ..sheets import group_sheet
from ..words import joined
from .asked_day import other_day
from .group import CLASS, sheet_asked

Tile = tuple[Group, GroupSnapshot | None, str]


def _duty(request: HttpRequest) -> ActiveDuty:
    return cast(ActiveDuty, cast(AskedByDuty, request).duty)


@for_roles("principal", "pupil_health")
@require_GET
def own_school(request: HttpRequest) -> HttpResponse:
    """The viewer's school; a choice when the duty is at several."""
    schools = list(schools_in_reach(_duty(request)).order_by("sort_key", "code"))
    codes = [school.code for school in schools]
    pictures = SchoolSnapshot.objects.in_bulk(codes)
    seen = [school for school in schools if school.code in pictures] or schools
    if len(seen) == 1:
        return redirect(reverse("school", args=[seen[0].code], query=request.GET))
    return render(request, "signals/schools.html", {"rows": [(school, pictures.get(school.code)) for school in seen]})


@for_roles("principal", "pupil_health")
@require_GET
def school(request: HttpRequest, code: str) -> HttpResponse:
    """One school: class tiles first, then the patterns that concern more than one."""
    found = schools_in_reach(_duty(request)).filter(code=code).first()
    if found is None:
        raise Http404
    run = show_source(request, found.source)
    if (other := other_day(request, run)) is not None:
        return other
    if asked_for(request) and (sheet := sheet_asked(request, run, _picture(found), found.display_name)) is not None:
        return export(request, sheet)
    tiles = _tiles(request, found)
    if asked_for(request):
        return export(request, group_sheet(request, run, tiles))
    return render(request, "signals/school.html", _page(request, found, run, tiles))


def _tiles(request: HttpRequest, school: Organisation) -> list[Tile]:
    groups = groups_in_reach(_duty(request), today()).filter(organisation=school.code, group_type=CLASS)
    classes = list(groups.select_related("organisation").order_by("sort_key", "code"))
    codes = [group.code for group in classes]
    pictures = GroupSnapshot.objects.defer("heat", "results").in_bulk(codes)
    mentors = mentors_of(codes)
    return [(group, pictures.get(group.code), mentors.get(group.code, "")) for group in classes]


def _page(request: HttpRequest, school: Organisation, run: Run | None, tiles: list[Tile]) -> dict[str, Any]:
    by_year = sorted(tiles, key=lambda tile: _year(tile[1]))
    years = [
        (year if year < UNKNOWN_YEAR else None, *_with_subjects(list(found)))
        for year, found in groupby(by_year, key=lambda tile: _year(tile[1]))
    ]
    text = _("Du ser %(place)s som %(role)s.") % {"place": school.display_name, "role": role_word(_duty(request).role)}
    picture = _picture(school)
    return {
        "school": school,
        "run": run,
        "rules": rules_of(run),
        "picture": picture,
        "years": years,
        "results": unpacked_results(picture.results if picture else ()),
        "shared_places": joined(dict.fromkeys(pattern.name for pattern in picture.patterns)) if picture else "",
        "ground": f"{text} {written_down()}",
    }


UNKNOWN_YEAR = 99


def _with_subjects(tiles: list[Tile]) -> tuple[list[Tile], list[str], list[Any]]:
    """A year's tiles, the names of those classes that have lessons, and their absence subject by class."""
    held = [(group.display_name, picture.subjects) for group, picture, _mentor in tiles if picture and picture.subjects]
    return tiles, [name for name, _subjects in held], by_subject(held) if len(held) > 1 else []


def _picture(school: Organisation) -> SchoolSnapshot | None:
    return SchoolSnapshot.objects.filter(school=school.code).first()


def _year(picture: GroupSnapshot | None) -> int:
    return picture.year if picture is not None and picture.year is not None else UNKNOWN_YEAR
