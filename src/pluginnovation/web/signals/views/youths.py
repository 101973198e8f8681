"""Youths of a municipality who have no school: the list, and its print."""

from collections import Counter
from typing import Final, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pluginnovation.privacy.grounds import MUNICIPALITY
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty, AskedByDuty, for_roles
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.reach import pupils_in_reach, youths_of_unknown_age
from pluginnovation.web.records.exports import asked_for, export

from ..chrome import roles_reaching, show_source
from ..rule_sets import rules_of
from ..youth_choice import FEWER, asked_of, chosen, counted, counts_of, with_standing
from ..youth_sheet import youth_sheet
from ..youths import rows_of
from .asked_day import other_day
from .pupils import PAGE

COLUMNS: Final = ("code", "given_name", "family_name", "birth_date", "source")


@for_roles(*roles_reaching(MUNICIPALITY))
@require_GET
def youths(request: HttpRequest) -> HttpResponse:
    """The youths without a school whose home is in the viewer's municipality."""
    duty = _duty(request)
    run = show_source(request, duty.source)
    if (other := other_day(request, run)) is not None:
        return other
    day = run.as_of if run else today()
    asked = asked_of(request.GET)
    everyone = with_standing(pupils_in_reach(duty, today()), day)
    found = chosen(everyone, asked, day)
    if asked_for(request):
        return export(request, youth_sheet(request, run, rows_of(list(found.only(*COLUMNS)), day)))
    # Whom the duty reaches takes long to find in a large municipality: their codes, and their places to count, at once.
    places = dict(found.values_list("code", "place"))
    fewer = any(asked[name] for name in FEWER)
    shown = Paginator(list(places), PAGE).get_page(request.GET.get("sida"))
    people = Person.objects.only(*COLUMNS).in_bulk(shown.object_list)
    page = {
        "rows": rows_of([people[code] for code in shown.object_list if code in people], day),
        "shown": shown,
        "run": run,
        "rules": rules_of(run),
        "duty": duty,
        "ageless": youths_of_unknown_age(),
        **(counted(everyone) if fewer else counts_of(Counter(places.values()))),
        **asked,
    }
    return render(request, "signals/youths.html", page)


@for_roles(*roles_reaching(MUNICIPALITY))
@require_GET
def youths_meeting(request: HttpRequest) -> HttpResponse:
    """The list on paper for a meeting, as it was chosen, with names or initials."""
    duty = _duty(request)
    run = show_source(request, duty.source)
    day = run.as_of if run else today()
    everyone = with_standing(pupils_in_reach(duty, today()), day)
    rows = rows_of(list(chosen(everyone, asked_of(request.GET), day).only(*COLUMNS)), day)
    initials = request.GET.get("namn") != "hela"
    return render(
        request, "signals/youths_meeting.html", {"rows": rows, "run": run, "duty": duty, "initials": initials}
    )


def _duty(request: HttpRequest) -> ActiveDuty:
    return cast(ActiveDuty, cast(AskedByDuty, request).duty)
