"""Who looked at whom, and what was done: the two logs, searched by the data protection officer. Logs, not contents."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import AuditEvent, User, Visit
from pluginnovation.web.records.exports import Cell, Sheet, asked_for, export
from pluginnovation.web.signals.chrome import Chrome

from .act_words import act_word
from .asking import MOST_IN_A_FILE, between, day_said, page_of, said
from .words import page_words, reach_words, role_text

OFFICER = "data_protection_officer"


@for_roles(OFFICER)
@require_GET
def visits_page(request: HttpRequest) -> HttpResponse:
    """Every time somebody opened a pupil, newest first."""
    asked = _asked_visits(request)
    found = _visits(asked).select_related("viewer").order_by("-at", "-id")
    if asked_for(request):
        return export(request, _sheet_of_visits(request, found[:MOST_IN_A_FILE]))
    page = page_of(request, found)
    counts = _visits(asked)
    context = {
        "shown": page,
        "rows": visit_rows(page.object_list),
        "pupils": counts.values("pupil").distinct().count(),
        "people": counts.values("viewer").distinct().count(),
        "reaches": reach_words(),
        "pages": page_words(),
        "export": True,
        "chosen": any(asked.values()),
        **asked,
    }
    return render(request, "protection/visits.html", context)


def _asked_visits(request: HttpRequest) -> dict[str, Any]:
    return {
        "vem": said(request, "vem"),
        "elev": said(request, "elev"),
        "vy": said(request, "vy"),
        "grund": said(request, "grund"),
        "fran": day_said(request, "fran"),
        "till": day_said(request, "till"),
    }


def _visits(asked: dict[str, Any]) -> QuerySet[Visit]:
    rows = between(Visit.objects.all(), asked["fran"], asked["till"])
    if asked["vem"]:
        rows = rows.filter(viewer__in=_people_called(asked["vem"]))
    for name, column in (("elev", "pupil"), ("vy", "page"), ("grund", "reach")):
        if asked[name]:
            rows = rows.filter(**{column: asked[name]})
    return rows


def _people_called(text: str) -> QuerySet[User]:
    """Staff whose name has the words in it, or whose login or code it is."""
    named = Q()
    for word in text.split():
        named &= Q(name__icontains=word)
    return User.objects.filter(named | Q(login=text) | Q(person=text))


def visit_rows(visits: Iterable[Visit]) -> list[dict[str, Any]]:
    """Visits as the page shows them. Through which class or school isn't told: a protected pupil leaves no place."""
    reaches, pages = reach_words(), page_words()
    return [
        {
            "at": one.at,
            "who": one.viewer.name if one.viewer else _("kommandoraden"),
            "viewer": one.viewer,
            "role": role_text(one.role),
            "pupil": one.pupil,
            "page": pages.get(one.page, one.page),
            "ground": reaches.get(one.reach, one.reach),
        }
        for one in visits
    ]


def first_line(request: HttpRequest, title: str) -> str:
    """What a file is: made up or not, who took it out and when."""
    chrome = Chrome(request)
    made_up = _("Påhittade uppgifter.") if chrome.simulated else ""
    taken = _("Uttaget %(day)s.") % {"day": today().isoformat()}
    return " ".join(part for part in (made_up, f"{title}.", chrome.ground, taken) if part)


def _sheet_of_visits(request: HttpRequest, found: Iterable[Visit]) -> Sheet:
    heads = (_("När"), _("Vem"), _("Roll"), _("Elevens kod"), _("Sida"), _("Grund"))
    rows: list[list[Cell]] = [
        [f"{localtime(one['at']):%Y-%m-%d %H:%M:%S}", one["who"], one["role"], one["pupil"], one["page"], one["ground"]]
        for one in visit_rows(found)
    ]  # fmt: skip
    return Sheet("besok", first_line(request, _("Besök")), heads, rows)


@for_roles(OFFICER)
@require_GET
def acts_page(request: HttpRequest) -> HttpResponse:
    """Every change that somebody made, newest first."""
    asked = {"vem": said(request, "vem"), "vad": said(request, "vad"), "om": said(request, "om")}
    days = {"fran": day_said(request, "fran"), "till": day_said(request, "till")}
    rows = between(AuditEvent.objects.all(), days["fran"], days["till"])
    if asked["vem"]:
        rows = rows.filter(by__in=_people_called(asked["vem"]))
    if asked["vad"]:
        rows = rows.filter(action=asked["vad"])
    if asked["om"]:
        rows = rows.filter(about=asked["om"])
    found = rows.select_related("by").order_by("-at", "-id")
    if asked_for(request):
        return export(request, _sheet_of_acts(request, found[:MOST_IN_A_FILE]))
    context = {
        "shown": page_of(request, found),
        "actions": _actions(),
        "export": True,
        **asked,
        **days,
    }
    return render(request, "protection/acts.html", context)


def _actions() -> list[tuple[str, str]]:
    """Each act that somebody has done, and its word, in the words' order."""
    done = AuditEvent.objects.order_by().values_list("action", flat=True).distinct()
    return sorted(((one, act_word(one)) for one in done), key=lambda told: told[1])


def _sheet_of_acts(request: HttpRequest, found: Iterable[AuditEvent]) -> Sheet:
    heads = (_("När"), _("Vem"), _("Åtgärd"), _("Åtgärdens kod"), _("Om"), _("Uppgifter"))
    rows: list[list[Cell]] = [
        [
            f"{localtime(one.at):%Y-%m-%d %H:%M:%S}",
            one.by.name if one.by else _("kommandoraden"),
            act_word(one.action),
            one.action,
            one.about,
            ", ".join(f"{name} {value}" for name, value in sorted(one.details.items())),
        ]
        for one in found
    ]
    return Sheet("atgarder", first_line(request, _("Åtgärder")), heads, rows)
