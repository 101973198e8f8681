"""Platser: how many places there are, who waits, and how places were filled."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.records.refusals import Refusal
from pluginnovation.reference.calendar import term_of
from pluginnovation.support import catalogue
from pluginnovation.support.capacity import CAN_WAIT, FIRST, SOON, Places
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Organisation, Person
from pluginnovation.web.people.reach import pupils_in_reach, schools_in_reach
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.people.rights.forms import PageForm

from ..mapping.words import term_word
from ..measure_words import kind_word
from ..models import Draw, Measure, QueuePlace
from ..places import (
    BY_LOT,
    BY_LOT_IN_YEAR,
    LONGEST_WHY,
    MOST_PLACES,
    Filling,
    Prioritising,
    Saying,
    comes_out_the_same,
    fill_places,
    in_queue,
    places_at,
    queue_of,
    say_places,
    say_priority,
)

FILL: Final = ("principal", "pupil_health")


class PlacesForm(PageForm):
    """How many places; empty: no number."""

    places = forms.IntegerField(
        label=gettext_lazy("Antal platser den här terminen"),
        help_text=gettext_lazy("Tomt: inget antal är angivet, och ingen behöver vänta."),
        min_value=0, max_value=MOST_PLACES, required=False,
    )  # fmt: skip


class PriorityForm(PageForm):
    """Why one should come before another."""

    priority = forms.TypedChoiceField(
        label=gettext_lazy("Prioritet"),
        coerce=int,
        choices=(
            (FIRST, gettext_lazy("Först")),
            (SOON, gettext_lazy("Snart")),
            (CAN_WAIT, gettext_lazy("Kan vänta")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj ett av alternativen.")},
    )
    why = forms.CharField(
        label=gettext_lazy("Varför?"), max_length=LONGEST_WHY, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Skriv något här.")},
    )  # fmt: skip


def priority_words() -> dict[int, str]:
    """The priorities in words."""
    return {FIRST: _("Först"), SOON: _("Snart"), CAN_WAIT: _("Kan vänta")}


def way_words() -> dict[str, str]:
    """The ways of filling places, in words."""
    return {
        Draw.PRIORITY: _("Efter prioritet, sedan efter hur länge de väntat"),
        BY_LOT: _("Genom lottning bland alla som väntar"),
        BY_LOT_IN_YEAR: _("Genom lottning inom varje årskurs"),
    }


@for_roles(*FILL)
@require_GET
def places_page(request: HttpRequest) -> HttpResponse:
    """The measures that have places, run or are waited for, at one school."""
    schools = list(schools_in_reach(duty_of(request)).order_by("sort_key", "code"))
    asked = request.GET.get("skola", "")
    school = next((one for one in schools if one.code == asked), schools[0] if schools else None)
    places = places_at(school.code, today()) if school else {}
    rows = [(key, kind_word(key), one) for key, one in places.items()]
    others = [(key, kind_word(key)) for key in catalogue.BY_KEY if key not in places]
    drawn = Draw.objects.filter(school=school.code).order_by("-at")[:20] if school else []
    context = {
        "school": school,
        "schools": schools,
        "rows": rows,
        "others": others,
        "waiting": sum(one.waiting for one in places.values()),
        "free": sum(one.free or 0 for one in places.values()),
        "full": [kind_word(key) for key, one in places.items() if one.waiting and one.free == 0],
        "drawn": [(row, kind_word(row.kind), sum(lot[4] for lot in row.lots)) for row in drawn],
        "term": term_word(term_of(today()).name),
    }
    return render(request, "support/places.html", context)


@for_roles(*FILL)
@require_http_methods(["GET", "POST"])
def places_of_kind(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One measure's places and queue, and the form that says how many places there are."""
    school = _school(request, code)
    if kind not in catalogue.BY_KEY:
        raise Http404
    places = places_at(code, today()).get(kind, Places(None, 0, 0))
    form = PlacesForm(request.POST if request.method == "POST" else None, initial={"places": places.total})
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            saying = Saying(code, kind, form.cleaned_data["places"])
            say_places(saying=saying, by=user_of(request), at=now())
            messages.success(request, _("Antalet platser är sparat."))
            return redirect("places_of_kind", code=code, kind=kind)
        except Refusal as refused:
            refusal = refusal_text(refused)
    wrong = bool(refusal or form.errors)
    context = _queue(request, school, kind) | {"places": places, "form": form, "refusal": refusal}
    return render(request, "support/places_of_kind.html", context, status=422 if wrong else 200)


def _queue(request: HttpRequest, school: Organisation, kind: str) -> dict[str, Any]:
    waiting, said = queue_of(school.code, kind, _within(request))
    by_key = {str(one.pk): one for one in waiting}
    ordered = [by_key[one.key] for one in in_queue(waiting, said)]
    people = Person.objects.in_bulk([one.pupil for one in ordered if one.pupil])
    words = priority_words()
    return {
        "school": school,
        "kind": kind,
        "word": kind_word(kind),
        "queue": [_place(one, said.get(one.pk), people, words) for one in ordered],
        "ways": list(way_words().items()),
    }


def _place(one: Measure, said: QueuePlace | None, people: dict[str, Person], words: dict[int, str]) -> dict[str, Any]:
    return {
        "measure": one,
        "person": people.get(one.pupil),
        "priority": words[said.priority if said else SOON],
        "said": said,
    }  # fmt: skip


@for_roles(*FILL)
@require_http_methods(["GET", "POST"])
def priority_page(request: HttpRequest, number: int) -> HttpResponse:
    """Say why one that waits should come sooner or later."""
    schools = schools_in_reach(duty_of(request)).values("code")
    found = Measure.objects.filter(_within(request), school__in=schools, state=Measure.QUEUED)
    measure = get_object_or_404(found, pk=number)
    form, refusal = PriorityForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            say_priority(measure=measure, prioritising=Prioritising(**form.cleaned_data), by=user_of(request), at=now())
            messages.success(request, _("Prioriteten är sparad."))
            return redirect("places_of_kind", code=measure.school, kind=measure.kind)
        except Refusal as refused:
            refusal = refusal_text(refused)
    rows = measure.queue_places.select_related("by").order_by("-at")
    context = {
        "measure": measure,
        "word": kind_word(measure.kind),
        "person": Person.objects.filter(code=measure.pupil).first(),
        "form": form,
        "refusal": refusal,
        "said": [(row, priority_words()[row.priority]) for row in rows],
    }
    return render(request, "support/priority.html", context, status=422 if refusal or form.errors else 200)


@for_roles(*FILL)
@require_POST
def fill_page(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Fill the free places in the chosen way."""
    school = _school(request, code)
    if kind not in catalogue.BY_KEY:
        raise Http404
    seen = request.POST.get("seen", "")
    filling = Filling(school.code, kind, request.POST.get("way", ""), int(seen) if seen.isdecimal() else -1)
    try:
        row = fill_places(filling=filling, within=_within(request), by=user_of(request), at=now())
    except Refusal as refused:
        places = places_at(code, today()).get(kind, Places(None, 0, 0))
        form = PlacesForm(initial={"places": places.total})
        context = _queue(request, school, kind) | {"places": places, "form": form, "refusal": refusal_text(refused)}
        return render(request, "support/places_of_kind.html", context, status=422)
    n = sum(lot[4] for lot in row.lots)
    messages.success(request, ngettext("En insats började.", "%(n)s insatser började.", n) % {"n": n})
    return redirect("draw", number=row.pk)


@for_roles(*FILL)
@require_GET
def draw_page(request: HttpRequest, number: int) -> HttpResponse:
    """How places were filled: the list as it was, and whether it comes out the same when it is done again."""
    schools = schools_in_reach(duty_of(request))
    row = get_object_or_404(Draw.objects.select_related("by"), pk=number, school__in=schools.values("code"))
    keys = [int(lot[0]) for lot in row.lots]
    measures = Measure.objects.filter(_within(request), pk__in=keys).in_bulk()
    people = Person.objects.in_bulk([one.pupil for one in measures.values() if one.pupil])
    lots = [
        {"number": lot[0], "stratum": lot[1], "places": lot[2], "of": lot[3], "drawn": lot[4],
         "person": people.get(measures[int(lot[0])].pupil) if int(lot[0]) in measures else None}
        for lot in row.lots
    ]  # fmt: skip
    context = {
        "row": row,
        "word": kind_word(row.kind),
        "school": schools.get(code=row.school),
        "lots": lots,
        "won": sum(lot["drawn"] for lot in lots),
        "same": comes_out_the_same(row),
    }
    return render(request, "support/draw.html", context)


def _school(request: HttpRequest, code: str) -> Organisation:
    return get_object_or_404(schools_in_reach(duty_of(request)), code=code.replace("\x00", "?"))


def _within(request: HttpRequest) -> Q:
    return Q(pupil__in=pupils_in_reach(duty_of(request), today()).values("code")) | Q(pupil="")
