"""Writing a new version of an authority's rules: part by part, then compared with what holds, then saved."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.records.refusals import Refusal
from pluginnovation.signals.rule_changes import WrongRules, differences
from pluginnovation.signals.rule_fields import CALENDARS, PARTS
from pluginnovation.signals.rules import RuleSet
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.records.actions import opened_store

from .. import rule_compared, rule_forms
from ..rule_comparison import compare_rules
from ..rule_drafts import Writing, forget_writing, fresh, keep_writing, repaired, writing_of
from ..rule_refused import not_a_day
from ..rule_sets import LONGEST_WHY, Draft, rules_for, rules_numbered, save_rules, sources, versions_of
from ..rule_words import fault_label, part_about, part_title, told
from ..words import language
from .rules import EDITORS

WRITTEN = "utkast"
LONGEST_SHOWN = 60


def at(name: str, authority: str, *args: str) -> str:
    """The address of one of these pages."""
    return reverse(name, args=args) + (f"?{urlencode({'kalla': authority})}" if authority else "")


def asked_authority(request: HttpRequest) -> str:
    """The authority that the address names.

    Raises  Http404 when nothing was ever read in from it
    """
    name = request.GET.get("kalla", "")
    if name and name not in sources():
        raise Http404
    return name


def clean(text: str) -> str:
    """A field without what the database can't hold, in one line."""
    return " ".join(text.replace("\x00", "").split())


@for_roles(*EDITORS)
@require_http_methods(["GET", "POST"])
def rules_draft(request: HttpRequest) -> HttpResponse:
    """The rules as they are being written, part by part; and when they are to hold, and why."""
    authority = asked_authority(request)
    writing = writing_of(request, authority)
    if request.method != "POST":
        return _broken_page(request, writing) if writing.wrong else _draft_page(request, writing)
    do = request.POST.get("do", "")
    if do == "forget":
        forget_writing(request, authority)
        messages.success(request, _("Utkastet är borta. Inget har ändrats."))
        return redirect("rules")
    if do in ("begin", "default"):
        keep_writing(request, fresh(authority, {} if do == "default" else _changes_of(request)))
        return redirect(at("rules_draft", authority))
    if do == "repair":
        keep_writing(request, repaired(writing))
        return redirect(at("rules_draft", authority))
    if writing.wrong:
        return _broken_page(request, writing)
    writing.since, writing.why = clean(request.POST.get("since", ""))[:20], clean(request.POST.get("why", ""))
    keep_writing(request, writing)
    wrong = {
        "since": ""
        if writing.day and writing.day >= today()
        else _("Skriv i dag eller en senare dag, som 2026-08-18."),
        "why": "" if 0 < len(writing.why) <= LONGEST_WHY else _("Skriv varför, i högst 500 tecken."),
    }
    if any(wrong.values()):
        return _draft_page(request, writing, wrong, status=422)
    return redirect(at("rules_compare", authority) + ("&" if authority else "?") + f"till={WRITTEN}")


def _changes_of(request: HttpRequest) -> dict[str, Any]:
    """What the version differs in that is to be written from."""
    said = request.POST.get("from", "")
    try:
        return differences(rules_numbered(int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0))
    except Refusal:
        raise Http404 from None


def _broken_page(request: HttpRequest, writing: Writing) -> HttpResponse:
    """What of a draft that an earlier version kept can't be a rule set any more, and the two ways out."""
    faults = [
        (fault_label(one.field), _kept(writing, one.field), one.en if language() == "en" else one.sv)
        for one in writing.wrong
    ]
    context = {"writing": writing, "faults": faults, "here": at("rules_draft", writing.authority)}
    return render(request, "signals/rules_broken.html", context)


def _kept(writing: Writing, named: str) -> str:
    return json.dumps(writing.changes.get(named.partition(".")[0]), ensure_ascii=False)[:LONGEST_SHOWN]


def _draft_page(
    request: HttpRequest, writing: Writing, wrong: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    rules, held = writing.rules, rules_for(writing.authority, today())
    moved = set(differences(rules, held))
    parts = [
        (part, part_title(part, rules), rows, any(row.name in moved for row in rows))
        for part, rows in told(rules).items()
    ]
    context = {
        "writing": writing,
        "parts": parts,
        "changed": sum(changed for *_part, changed in parts),
        "is_default": not differences(rules),
        "wrong": wrong or {},
        "earliest": today().isoformat(),
        "newest": next(iter(versions_of(writing.authority)), None),
        "here": at("rules_draft", writing.authority),
    }
    return render(request, "signals/rules_draft.html", context, status=status)


@for_roles(*EDITORS)
@require_http_methods(["GET", "POST"])
def rules_part(request: HttpRequest, part: str) -> HttpResponse:
    """One part of the rules, to be written."""
    authority = asked_authority(request)
    if part not in PARTS:
        raise Http404
    writing = writing_of(request, authority)
    if writing.wrong:
        return redirect(at("rules_draft", authority))
    form = rule_forms.calendar_form if part == CALENDARS else rule_forms.part_form
    boxes = form(part, writing, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not boxes.wrong:
        writing.changes = boxes.changes
        keep_writing(request, writing)
        return redirect(at("rules_part", authority, part) if boxes.stay else at("rules_draft", authority))
    context = {
        "part": part,
        "title": part_title(part, writing.rules),
        "about": part_about(part, writing.rules),
        "boxes": boxes,
        "kinds": rule_forms.kinds(),
        "back": at("rules_draft", authority),
        "here": at("rules_part", authority, part),
    }
    template = "signals/rules_calendar.html" if part == CALENDARS else "signals/rules_part.html"
    return render(request, template, context, status=422 if boxes.wrong else 200)


@for_roles(*EDITORS)
@require_GET
def rules_compare(request: HttpRequest) -> HttpResponse:
    """Two rule sets on the pupils of the day: what holds and what is being written, or any two versions."""
    return _compare_page(request, asked_authority(request))


def _compare_page(request: HttpRequest, authority: str, refusal: str = "", status: int = 200) -> HttpResponse:
    writing = writing_of(request, authority) if request.GET.get("till") == WRITTEN or request.method == "POST" else None
    if writing and writing.wrong:
        return redirect(at("rules_draft", authority))
    held = rules_for(authority, today())
    before = _asked_rules(request, "fran") or held
    after = writing.rules if writing else _asked_rules(request, "till") or held
    context: dict[str, Any] = {"writing": writing, "before": before, "after": after, "authority": authority}
    context |= {"refusal": refusal, "save_at": at("rules_save", authority), "draft_at": at("rules_draft", authority)}
    context["changed"] = [
        (part_title(one.part, after), one.label, _said(before, one.part, one.name), one.said)
        for rows in told(after).values()
        for one in rows
        if one.name in differences(after, before)
    ]
    try:
        with opened_store(Path(settings.PLUG_HOME)) as store:
            found = compare_rules(store, authority, before, after)
        context |= {"found": found, "told": rule_compared.told(found, after)}
    except Refusal as why:
        context["not_compared"] = why.text(language())
    return render(request, "signals/rules_compare.html", context, status=status)


def _said(rules: RuleSet, part: str, name: str) -> str:
    return next(row.said for row in told(rules)[part] if row.name == name)


def _asked_rules(request: HttpRequest, name: str) -> RuleSet | None:
    """The version that the address names, if it names one."""
    said = request.GET.get(name, "")
    if not said or said == WRITTEN:
        return None
    try:
        return rules_numbered(int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0)
    except Refusal:
        raise Http404 from None


@for_roles(*EDITORS)
@require_POST
def rules_save(request: HttpRequest) -> HttpResponse:
    """Save what is written as a new version."""
    authority = asked_authority(request)
    writing = writing_of(request, authority)
    try:
        if writing.day is None:
            raise not_a_day()
        draft = Draft(authority, writing.changes, writing.day, writing.why, writing.after)
        saved = save_rules(draft=draft, by=request.user, at=now())  # type: ignore[arg-type]
    except Refusal as refusal:
        return _compare_page(request, authority, refusal.text(language()), status=422)
    except WrongRules:
        return redirect(at("rules_draft", authority))
    forget_writing(request, authority)
    messages.success(request, _saved(saved.number, saved.since))
    return redirect("rules_version", saved.number)


def _saved(number: int, since: date) -> str:
    if since == today():
        said = _("Version %(number)s är sparad. Siffror för i dag och senare räknas med den.")
    else:
        said = _("Version %(number)s är sparad och gäller från %(day)s.")
    return said % {"number": number, "day": since.isoformat()}
