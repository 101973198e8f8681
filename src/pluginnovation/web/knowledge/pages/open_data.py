"""Open data: every set as a file, and their description to the national data portal."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe
from msgspec import to_builtins

from pluginnovation.knowledge.dcat import Dataset, File, Publisher, catalogue
from pluginnovation.knowledge.panel import panels_from

from ..as_catalogue import methods
from ..models import EventPage, MethodPage, PooledEvidence, SiteEstimateRow
from ..words import language
from .chrome import tongues
from .places import url_of
from .tree import published

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Set:
    """One set of data. about: what it holds; made: its rows; changed: when it last did, None: never."""

    key: str
    title: tuple[str, str]
    about: tuple[str, str]
    words: tuple[tuple[str, str], ...]
    often: str
    made: Callable[[], Rows]
    changed: Callable[[], date | None]


def method_rows() -> Rows:
    """A row for each published method: its texts in both languages, its keys, and how sure anybody is."""
    return [
        {
            "key": one.key, "title_sv": one.sv.title, "title_en": one.en.title if one.en else "",
            "lead_sv": one.sv.lead, "lead_en": one.en.lead if one.en else "",
            **{name: " ".join(getattr(one, name)) for name in
               ("problems", "obstacles", "years", "target_groups", "settings", "factors")},
            "intent": one.intent, "reach": one.reach, "level": one.level,
            "cost_low_sek": one.cost_low, "cost_high_sek": one.cost_high, "cost_unit": one.cost_unit,
            "external_locks": one.external_locks, "local_locks": max((k.locks for k in one.local), default=None),
            "reviewed_on": one.reviewed_on, "withdrawn_on": one.withdrawn_on, "version": one.version,
            "path": one.path,
        }
        for one in methods()
    ]  # fmt: skip


def evidence_rows() -> Rows:
    """A row for each method and outcome: what the sites say together. Empty cells: it can't be told."""
    found = []
    for row in PooledEvidence.objects.order_by("method", "outcome"):
        for panel in panels_from(row.document):
            known = to_builtins(panel.known)
            known["why"] = " ".join(known["why"])
            found.append({"method": row.method, "horizon": panel.horizon, "subgroup": panel.subgroup, **known,
                          "version": row.version})  # fmt: skip
    return found


ESTIMATE: Final = (
    "design", "estimand", "unit", "benefit", "cap", "treated", "compared", "schools_treated", "schools_compared",
    "estimate", "se", "df", "log_odds", "log_odds_se", "compared_mean", "cannot_tell", "plan", "engine",
)  # fmt: skip
ABOUT: Final = (
    "site", "project", "method", "outcome", "horizon", "subgroup", "detail", "evaluator", "external", "running",
)  # fmt: skip


def estimate_rows() -> Rows:
    """A row for each site's estimate as it stands: counts rounded to five, nothing under ten."""
    found = []
    for row in SiteEstimateRow.objects.filter(current=True).order_by("method", "outcome", "key"):
        about = row.document["about"]
        found.append({name: about.get(name) for name in ABOUT} | {name: row.document.get(name) for name in ESTIMATE})
    return found


def event_rows() -> Rows:
    """A row for each published event."""
    pages = published(EventPage).select_related("locale").order_by("starts", "pk")
    return [
        {"title": page.title, "language": page.locale.language_code, "kind": page.kind,
         "starts": page.starts.isoformat(), "ends": page.ends.isoformat() if page.ends else None,
         "place": page.place, "online": page.online, "called_off": page.called_off, "path": page.url}
        for page in pages
    ]  # fmt: skip


def _day_of(newest: Any) -> date | None:
    return localtime(newest).date() if newest else None


def _published(kind: Any) -> date | None:
    return _day_of(
        kind.objects.live().order_by("-last_published_at").values_list("last_published_at", flat=True).first()
    )


SETS: Final = (
    Set(
        "metoder", ("Metoder", "Methods"),
        ("Metoder mot skolavhopp: vad, för vem, kostnad och hur säkert det är.",
         "Methods against school drop-out: what, for whom, cost and how sure anybody is."),
        (("skolavhopp", "school drop-out"), ("metoder", "methods")), "irregular", method_rows,
        lambda: _published(MethodPage),
    ),
    Set(
        "underlag", ("Vad vi vet", "What is known"),
        ("Ställenas skattningar sammanvägda, per metod och utfall, med intervall och säkerhet.",
         "The sites' estimates pooled, by method and outcome, with intervals and certainty."),
        (("utvärdering", "evaluation"), ("skolavhopp", "school drop-out")), "continuous", evidence_rows,
        lambda: _day_of(PooledEvidence.objects.order_by("-made_at").values_list("made_at", flat=True).first()),
    ),
    Set(
        "skattningar", ("Skattningar", "Estimates"),
        ("Varje ställes egen skattning, också de som inte fann något. Minst tio elever på var sida.",
         "Each site's own estimate, also those that found nothing. At least ten pupils on each side."),
        (("utvärdering", "evaluation"),), "continuous", estimate_rows,
        lambda: _day_of(SiteEstimateRow.objects.order_by("-received_at").values_list("received_at", flat=True).first()),
    ),
    Set(
        "kalender", ("Kalender", "Calendar"),
        ("Konferenser, seminarier och nätverksträffar.", "Conferences, seminars and network meetings."),
        (("konferens", "conference"),), "irregular", event_rows, lambda: _published(EventPage),
    ),
)  # fmt: skip


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is to have, and how."""
    spoken = language() == "en"
    sets = [
        {"key": one.key, "title": one.title[spoken], "about": one.about[spoken], "changed": one.changed(),
         "csv": url_of("data_file", one.key, "csv"), "json": url_of("data_file", one.key, "json")}
        for one in SETS
    ]  # fmt: skip
    context = {"sets": sets, "feed_url": url_of("feed"), "calendar_url": url_of("calendar"),
               "dcat_url": url_of("dcat"), "tongue": tongues(None, request)}  # fmt: skip
    return TemplateResponse(request, "knowledge/open_data.html", context)


@require_safe
def data_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:  # noqa: ARG001 a view takes it
    """A set as a file. Raises Http404 for one that there isn't."""
    one = next((each for each in SETS if each.key == key), None)
    if one is None:
        raise Http404
    return file_of(one.made(), f"{key}.{kind}")


def file_of(rows: Rows, name: str) -> HttpResponse:
    """Rows as CSV or JSON, by the name's ending."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*",
               "Cross-Origin-Resource-Policy": "cross-origin"}  # fmt: skip
    if name.endswith(".json"):
        document = {"licence": "CC0-1.0", "source": settings.HUB_NAME, "made_up": settings.HUB_DEMO, "rows": rows}
        body = json.dumps(document, ensure_ascii=False, default=str, indent=1)
        return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)
    return HttpResponse(csv_of(rows), content_type="text/csv; charset=utf-8", headers=headers)


def csv_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV with a heading; text that a spreadsheet would run is text. Made-up figures say so in each row."""
    made_up = {"made_up": "påhittade uppgifter"} if settings.HUB_DEMO else {}
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, [*rows[0], *made_up], lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({**{name: cell(value) for name, value in row.items()}, **made_up} for row in rows)
    return f"\ufeff{out.getvalue()}"


def cell(value: Any) -> Any:
    """A value as a table holds it: a text that a spreadsheet would run gets a quote before it."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value


@require_safe
def dcat(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 a view takes it
    """The description of the open data, DCAT-AP-SE as JSON-LD."""
    publisher = Publisher(settings.HUB_NAME, settings.HUB_ADDRESS, settings.DEFAULT_FROM_EMAIL)
    body = json.dumps(catalogue(publisher, list(described())), ensure_ascii=False, indent=1)
    headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(body, content_type="application/ld+json; charset=utf-8", headers=headers)


def described() -> Iterable[Dataset]:
    """The sets as the description has them."""
    for one in SETS:
        files = tuple(
            File(url_of("data_file", one.key, ending, language="sv"), kind, (f"{one.title[0]}, {ending.upper()}",
                 f"{one.title[1]}, {ending.upper()}"))
            for ending, kind in (("csv", "text/csv"), ("json", "application/json"))
        )  # fmt: skip
        yield Dataset(one.key, one.title, one.about, one.words, files, one.often, one.changed())
