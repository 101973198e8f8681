"""Youths of a municipality who have no school: the list, and its print."""

from collections.abc import Callable, Iterable
from typing import Any, Final, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pluginnovation.privacy.grounds import MUNICIPALITY
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty, AskedByDuty, for_roles
from pluginnovation.web.people.reach import pupils_in_reach, youths_of_unknown_age
from pluginnovation.web.records.exports import asked_for, export

from ..chrome import roles_reaching, show_source
from ..models import Run
from ..reading import ANSWERED, OTHER, UNKNOWN, WAITS
from ..rule_sets import rules_of
from ..youth_sheet import youth_sheet
from ..youths import YouthRow, rows_of
from .asked_day import other_day
from .pupils import LONGEST_SEARCH, PAGE

PLACES: Final = {"vantar": WAITS, "besvarad": ANSWERED, "okant": UNKNOWN, "ovriga": OTHER}
# Days since the last one enrolled: from, up to and with; none: not known.
SPANS: Final[dict[str, tuple[int, int] | None]] = {
    "kort": (0, 29), "lagom": (30, 89), "lang": (90, 20 * 366), "okant": None,
}  # fmt: skip
ORDERS: Final[dict[str, Callable[[YouthRow], Any]]] = {
    "senast": lambda row: (row.days is None, row.days or 0),
    "tidigast": lambda row: (row.days is None, -(row.days or 0)),
}
COLUMNS: Final = ("code", "given_name", "family_name", "birth_date", "source")


@for_roles(*roles_reaching(MUNICIPALITY))
@require_GET
def youths(request: HttpRequest) -> HttpResponse:
    """The youths without a school whose home is in the viewer's municipality."""
    duty = _duty(request)
    run = show_source(request, duty.source)
    if (other := other_day(request, run)) is not None:
        return other
    asked = _asked(request)
    everyone = _everyone(duty, run)
    rows = _chosen(everyone, asked)
    if asked_for(request):
        return export(request, youth_sheet(request, run, rows))
    shown = Paginator(rows, PAGE).get_page(request.GET.get("sida"))
    counts = {place: sum(row.place == place for row in everyone) for place in PLACES.values()}
    page = {
        "rows": list(shown.object_list),
        "shown": shown,
        "run": run,
        "rules": rules_of(run),
        "duty": duty,
        "total": len(everyone),
        "waiting": counts[WAITS],
        "unknown": counts[UNKNOWN],
        "ageless": youths_of_unknown_age(),
        **asked,
    }
    return render(request, "signals/youths.html", page)


@for_roles(*roles_reaching(MUNICIPALITY))
@require_GET
def youths_meeting(request: HttpRequest) -> HttpResponse:
    """The list on paper for a meeting, as it was chosen, with names or initials."""
    duty = _duty(request)
    run = show_source(request, duty.source)
    rows = _chosen(_everyone(duty, run), _asked(request))
    initials = request.GET.get("namn") != "hela"
    return render(
        request, "signals/youths_meeting.html", {"rows": rows, "run": run, "duty": duty, "initials": initials}
    )


def _duty(request: HttpRequest) -> ActiveDuty:
    return cast(ActiveDuty, cast(AskedByDuty, request).duty)


def _everyone(duty: ActiveDuty, run: Run | None) -> list[YouthRow]:
    """Every youth that the duty reaches, by name."""
    people = pupils_in_reach(duty, today()).only(*COLUMNS).order_by("sort_key", "code")
    return rows_of(list(people), run.as_of if run else today())


def _asked(request: HttpRequest) -> dict[str, str]:
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_SEARCH]
    offered = {"visa": frozenset(PLACES), "sedan": frozenset(SPANS), "ordning": frozenset(ORDERS)}
    chosen = {name: request.GET.get(name, "") for name in offered}
    return {"q": query} | {name: value if value in offered[name] else "" for name, value in chosen.items()}


def _chosen(rows: Iterable[YouthRow], asked: dict[str, str]) -> list[YouthRow]:
    words = asked["q"].casefold().split()
    found = [row for row in rows if all(word in row.person.name.casefold() for word in words)]
    if asked["visa"]:
        found = [row for row in found if row.place == PLACES[asked["visa"]]]
    if asked["sedan"]:
        found = [row for row in found if _within(row.days, SPANS[asked["sedan"]])]
    return sorted(found, key=ORDERS[asked["ordning"]]) if asked["ordning"] else found


def _within(days: int | None, span: tuple[int, int] | None) -> bool:
    if days is None or span is None:
        return days is None and span is None
    return span[0] <= days <= span[1]
