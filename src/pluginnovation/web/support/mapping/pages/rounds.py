"""The school's rounds: which there are, opening one, and how far one has come."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from pluginnovation.privacy.grounds import OWN_GROUP, REACH_OF_ROLE
from pluginnovation.records.refusals import Refusal
from pluginnovation.support.rounds import OPEN, Dates, number_in_term, term_of
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Group, Organisation, User
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.people.rights.forms import PageForm
from pluginnovation.web.records.exports import asked_for, export
from pluginnovation.web.signals.chrome import SEES_PUPILS

from ...models import ClassSheet, MappingRound
from ..answers import is_open
from ..asked import round_or_404
from ..reach import LEADS, TALKS, TEACHES, classes_in_reach, school_or_404, schools_of, teachers_of
from ..reading import ClassRow, class_rows, class_sheets
from ..rounds import dates_of, has_been_answered, move_last_day, open_round, renew_templates, rounds_of, withdraw_round
from ..shared import shared_statements
from ..sheets import round_sheet
from ..stored import template_on, templates_of
from ..words import STANDS, term_word


class RoundForm(PageForm):
    """The days of a round."""

    first = forms.DateField(
        label=gettext_lazy("Första dagen att svara"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("Sista dagen att svara"),
        help_text=gettext_lazy("Två veckor brukar räcka. Sista dagen går att flytta."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class LastDayForm(PageForm):
    """Another last day."""

    last = forms.DateField(
        label=gettext_lazy("Sista dagen att svara"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def told(found: MappingRound, others: list[MappingRound]) -> dict[str, Any]:
    """A round as the pages tell of it: its place in the term, and how it stands."""
    days = dates_of(found)
    rest = [dates_of(one) for one in others if one.pk != found.pk and one.school == found.school]
    stands = days.stands(today())
    return {
        "round": found, "number": number_in_term(days, rest), "term": term_word(term_of(found.first)),
        "stands": stands, "stands_word": STANDS[stands],
    }  # fmt: skip


@for_roles(*SEES_PUPILS)
@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of one's schools, and what one has to answer."""
    duty = duty_of(request)
    schools = list(schools_of(duty, today()).order_by("sort_key", "code"))
    every = rounds_of([one.code for one in schools])
    classes = list(classes_in_reach(duty, today()).order_by("sort_key", "code"))
    current = {one.school: one for one in reversed(every) if dates_of(one).stands(today()) == OPEN}
    answers = duty.role in TEACHES
    sheets = class_sheets(current.values(), [one.code for one in classes])
    mine = _own_work(user_of(request), classes, current, sheets) if answers else {}
    page = {
        "schools": [_school(one, every, classes, mine) for one in schools],
        "answers": answers,
        "leads": duty.role in LEADS,
        "remain": sum(not done for rows in mine.values() for _group, done in rows),
        "open": len(current),
        "done": len({one.group for one in sheets}),
        "asked": sum(one.organisation_id in current for one in classes),
    }
    return render(request, "support/mapping/rounds.html", page)


def _own_work(
    user: User, classes: list[Group], current: Mapping[str, MappingRound], sheets: list[ClassSheet]
) -> dict[str, list[tuple[Group, bool]]]:
    done = {one.group for one in sheets if one.by_id == user.pk}
    return {school: [(one, one.code in done) for one in classes if one.organisation_id == school] for school in current}


def _school(
    school: Organisation, every: list[MappingRound], classes: list[Group], mine: dict[str, list[tuple[Group, bool]]]
) -> dict[str, Any]:
    own = [told(one, every) for one in every if one.school == school.code]
    return {
        "school": school,
        "current": [one for one in own if one["stands"] == OPEN],
        "coming": [one for one in reversed(own) if one["stands"] == "coming"],
        "over": [one for one in own if one["stands"] == "over"],
        "mine": mine.get(school.code, []),
        "classes": sum(one.organisation_id == school.code for one in classes),
    }


@for_roles(*LEADS)
@require_http_methods(["GET", "POST"])
def new_round(request: HttpRequest, code: str) -> HttpResponse:
    """Open a round at a school."""
    duty = duty_of(request)
    school = school_or_404(duty, code, today())
    form = RoundForm(request.POST if request.method == "POST" else None, initial={"first": today()})
    refusal = ""
    if request.method == "POST" and form.is_valid():
        dates = Dates(form.cleaned_data["first"], form.cleaned_data["last"])
        try:
            made = open_round(school=school.code, dates=dates, by=user_of(request), role=duty.role, at=now())
        except Refusal as why:
            refusal = refusal_text(why)
        else:
            messages.success(request, _("Omgången är öppnad. Lärarna ser den på sin sida för kartläggning."))
            return redirect("mapping_round", made.pk)
    page = {
        "school": school, "form": form, "refusal": refusal,
        "templates": [template_on(school.code, kind, today()) for kind in ("class", "pupil")],
    }  # fmt: skip
    return render(request, "support/mapping/new_round.html", page, status=422 if refusal or form.errors else 200)


@for_roles(*SEES_PUPILS)
@require_http_methods(["GET", "POST"])
def one_round(request: HttpRequest, number: int) -> HttpResponse:
    """How far a round has come, class by class; who leads it moves its last day, renews or takes it back."""
    duty, found = duty_of(request), round_or_404(request, number)
    rows = _rows(request, found)
    if request.method == "GET" and asked_for(request):
        return export(request, round_sheet(request, found, rows))
    refusal = ""
    if request.method == "POST":
        if duty.role not in LEADS:
            raise Http404
        try:
            return _changed(request, found)
        except Refusal as why:
            refusal = refusal_text(why)
    return _round_page(request, found, rows, refusal)


def _rows(request: HttpRequest, found: MappingRound) -> list[ClassRow]:
    duty = duty_of(request)
    classes = list(classes_in_reach(duty, today()).filter(organisation=found.school).order_by("sort_key", "code"))
    teachers = teachers_of([one.code for one in classes], today()) if duty.role in TALKS else {}
    return class_rows(found, classes, teachers, user_of(request), tells_pupils=duty.role in TALKS)


def _changed(request: HttpRequest, found: MappingRound) -> HttpResponse:
    act, by = request.POST.get("do", ""), user_of(request)
    if act == "withdraw":
        withdraw_round(found=found, by=by, at=now())
        messages.success(request, _("Omgången är borttagen. Ingen hade svarat."))
        return redirect("mapping")
    if act == "renew":
        renew_templates(found=found, by=by, at=now())
        messages.success(request, _("Omgången har nu de mallar som gäller."))
        return redirect("mapping_round", found.pk)
    form = LastDayForm(request.POST)
    if act != "move" or not form.is_valid():
        return _round_page(request, found, _rows(request, found), _("Skriv en dag, som 2026-11-30."))
    move_last_day(found=found, last=form.cleaned_data["last"], by=by, at=now())
    messages.success(request, _("Sista dagen är flyttad."))
    return redirect("mapping_round", found.pk)


def _round_page(request: HttpRequest, found: MappingRound, rows: list[ClassRow], refusal: str) -> HttpResponse:
    duty = duty_of(request)
    leads = duty.role in LEADS
    templates = templates_of([found])[found.pk]
    page = told(found, rounds_of([found.school])) | {
        "school": Organisation.objects.get(code=found.school),
        "rows": rows,
        "done": sum(row.answered > 0 for row in rows),
        "open": is_open(found),
        "leads": leads,
        "talks": duty.role in TALKS,
        "own": REACH_OF_ROLE.get(duty.role) == OWN_GROUP,
        "templates": templates,
        "several": templates["class"].several,
        "shared": shared_statements(found, templates["class"], [row.group for row in rows]) if leads else [],
        "form": LastDayForm(initial={"last": found.last}) if leads else None,
        "untouched": leads and not has_been_answered(found),
        "refusal": refusal,
    }
    return render(request, "support/mapping/round.html", page, status=422 if refusal else 200)
