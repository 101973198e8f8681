"""The list of pupils: search by name, filter by class and by what waits; always in the order of names."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty, AskedByDuty, for_roles
from pluginnovation.web.people.models import Membership, Person
from pluginnovation.web.people.reach import covering, groups_in_reach, pupils_in_reach
from pluginnovation.web.people.searching import asked_name, called
from pluginnovation.web.records.exports import asked_for, export, too_long

from ..chrome import SEES_PUPILS, show_source
from ..models import PupilSnapshot
from ..reading import rows_of
from ..rule_sets import rules_of
from ..sheets import pupil_sheet
from .asked_day import other_day

PAGE = 50
KINDS = ("vantar", "besvarad", "okant", "ovriga")


@for_roles(*SEES_PUPILS)
@require_GET
def pupils(request: HttpRequest) -> HttpResponse:
    """The pupils that the viewer reaches."""
    duty = cast(ActiveDuty, cast(AskedByDuty, request).duty)
    groups = list(groups_in_reach(duty, today()).order_by("sort_key", "code").only("code", "display_name", "source"))
    run = show_source(request, groups[0].source) if groups else None
    if (other := other_day(request, run)) is not None:
        return other
    asked = _asked(request, {group.code for group in groups})
    found = _found(pupils_in_reach(duty, today()), asked).only("code", "given_name", "family_name", "source")
    ordered = found.order_by("sort_key", "code")
    pages = Paginator(ordered, PAGE)
    too_many = too_long(request, pages.count)
    if asked_for(request) and not too_many:
        return export(request, pupil_sheet(request, run, rows_of(list(ordered)), name="elever", title=_("Elever")))
    shown = pages.get_page(request.GET.get("sida"))
    return render(
        request,
        "signals/pupils.html",
        {
            "rows": rows_of(list(shown.object_list)),
            "rules": rules_of(run),
            "shown": shown,
            "groups": groups,
            "run": run,
            "too_many": too_many,
            **asked,
        },
        status=422 if too_many else 200,
    )


def _asked(request: HttpRequest, groups: set[str]) -> dict[str, Any]:
    group, kind = request.GET.get("klass", ""), request.GET.get("visa", "")
    return {
        "q": asked_name(request.GET),
        "klass": group if group in groups else "",
        "visa": kind if kind in KINDS else "",
    }


def _found(people: QuerySet[Person], asked: dict[str, Any]) -> QuerySet[Person]:
    people = called(people, asked["q"])
    if asked["klass"]:
        stays = Membership.objects.filter(covering(today()), group=asked["klass"], pupil=OuterRef("code"))
        people = people.filter(Exists(stays))
    pictures = PupilSnapshot.objects.filter(pupil=OuterRef("code"))
    if asked["visa"] == "vantar":
        people = people.filter(Exists(pictures.filter(waits=True)))
    elif asked["visa"] == "besvarad":
        people = people.filter(Exists(pictures.filter(state=2, waits=False)))
    elif asked["visa"] == "ovriga":
        people = people.filter(Exists(pictures.filter(state=0)))
    elif asked["visa"] == "okant":
        people = people.exclude(Exists(pictures.exclude(state=1)))
    return people
