"""The open API: what the pages show, for programs. Only reading, no key, no person."""

# ruff: noqa: ARG001 the framework gives every operation the request
from typing import Annotated, Any, Final, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from msgspec import to_builtins
from ninja import NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError
from pydantic import StringConstraints

from pluginnovation.knowledge import vocabulary
from pluginnovation.knowledge.filters import Filter
from pluginnovation.knowledge.panel import panels_from

from . import api_schemas as out
from .as_catalogue import methods
from .finding import keys_of
from .models import CasePage, GuidePage, NewsPage, PooledEvidence, ResearchPage
from .pages.open_data import estimate_rows, event_rows

MOST: Final = 200
KINDS: Final[dict[str, Any]] = {"cases": CasePage, "research": ResearchPage, "guides": GuidePage, "news": NewsPage}
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,199}$")]

api = NinjaAPI(
    title="PlugInnovation",
    version="1.0",
    description=(
        "Methods against school drop-out and what is known of them. Open data, CC0. Figures are of at least ten pupils "
        "on each side and rounded to five; null means unknown, never nought."
    ),
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 with what was wrong, without repeating what was sent."""
    parts = [{"where": [str(each) for each in one.get("loc", ())], "what": one.get("msg", "")} for one in error.errors]
    return api.create_response(request, {"detail": parts}, status=422)


@api.get("/", response=out.Index, summary="What there is")
def index(request: HttpRequest) -> dict[str, Any]:
    """The addresses of the API, and whether its figures are made up."""
    lists = ("methods", "methods/{key}", "evidence", "estimates", "pages/{kind}", "events", "vocabulary")
    return {
        "name": settings.HUB_NAME, "licence": "CC0-1.0", "made_up": settings.HUB_DEMO,
        "addresses": [f"{settings.HUB_ADDRESS}/api/{name}" for name in (*lists, "openapi.json")],
    }  # fmt: skip


@api.get("/methods", response={200: out.MethodList, 422: out.Wrong}, summary="Methods, filtered")
def list_methods(request: HttpRequest, asked: Query[out.MethodQuestion]) -> dict[str, Any]:
    """Several values of one filter widen it; several filters narrow the list. By key."""
    chosen = Filter.read(
        {"problem": asked.problem, "obstacle": asked.obstacle, "year": asked.year, "certainty": asked.certainty}
    )
    found = [one for one in methods() if (asked.withdrawn or not one.withdrawn) and chosen.fits(keys_of(one))]
    return {
        "count": len(found), "made_up": settings.HUB_DEMO,
        "methods": [
            {"key": one.key, "title_sv": one.sv.title, "title_en": one.en.title if one.en else None,
             "lead_sv": one.sv.lead, "lead_en": one.en.lead if one.en else None, "problems": one.problems,
             "years": one.years, "intent": one.intent, "reach": one.reach, "level": one.level,
             "external_locks": one.external_locks, "local": to_builtins(one.local), "withdrawn_on": one.withdrawn_on,
             "path": one.path}
            for one in found
        ],
    }  # fmt: skip


@api.get("/methods/{key}", response={200: out.MethodOut, 404: out.Error, 422: out.Wrong}, summary="One method")
def one_method(request: HttpRequest, key: Annotated[Key, Path()]) -> Any:
    """Everything of a method, both languages."""
    found = next((one for one in methods() if one.key == key), None)
    if found is None:
        raise HttpError(404, "no such method")
    return to_builtins(found)


@api.get("/evidence", response={200: out.EvidenceList, 422: out.Wrong}, summary="What is known")
def evidence(request: HttpRequest, method: Annotated[Key | None, Query()] = None) -> dict[str, Any]:
    """The sites' estimates put together, by method and outcome; of one method, when it is named."""
    rows = PooledEvidence.objects.order_by("method", "outcome")
    rows = rows.filter(method=method) if method else rows
    return {
        "made_up": settings.HUB_DEMO,
        "evidence": [
            {"method": row.method, "horizon": panel.horizon, "subgroup": panel.subgroup, "version": row.version,
             "known": to_builtins(panel.known)}
            for row in rows for panel in panels_from(row.document)
        ],
    }  # fmt: skip


@api.get("/estimates", response={200: out.EstimateList, 422: out.Wrong}, summary="Every site's estimate")
def estimates(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """Also those that found nothing, or harm, and those that aren't finished."""
    rows = estimate_rows()
    return {"count": len(rows), "made_up": settings.HUB_DEMO, "estimates": rows[offset : offset + limit]}


@api.get("/pages/{kind}", response={200: out.PageList, 422: out.Wrong}, summary="Pages of a kind")
def pages(request: HttpRequest, kind: Literal["cases", "research", "guides", "news"]) -> dict[str, Any]:
    """Cases, research summaries, guides or news, in every language they are in."""
    found = KINDS[kind].objects.live().public().select_related("locale").order_by("path")
    listed = [
        {"title": page.title, "lead": page.lead, "language": page.locale.language_code, "path": page.url or "",
         "published": page.first_published_at}
        for page in found
    ]  # fmt: skip
    return {"count": len(listed), "pages": listed}


@api.get("/events", response=out.EventList, summary="The calendar")
def events(request: HttpRequest) -> dict[str, Any]:
    """Every published event, also those that were."""
    return {"events": event_rows()}


@api.get("/vocabulary", response=out.Vocabulary, summary="Keys and their words")
def words(request: HttpRequest) -> dict[str, Any]:
    """Every list that methods are sorted by."""
    return {
        "lists": {
            name: [{"key": key, "sv": both[0], "en": both[1]} for key, both in listed.items()]
            for name, listed in vocabulary.LISTS.items()
        }
    }
