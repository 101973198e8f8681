"""One method to take home: its text, what is known of it, and its forest plot as a picture."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from msgspec import to_builtins

from ..as_catalogue import methods
from ..models import MethodPage
from ..words import language
from .open_data import estimate_rows, file_of
from .panel_shown import Outcome, Row, outcomes_of
from .places import method_with

WIDE, LEFT, TOP, TALL = 760, 280, 40, 30
STYLE = (
    "text{font:14px 'Source Sans 3','Source Sans Pro',system-ui,sans-serif;fill:#15202B}.head{font-weight:600}"
    ".number{text-anchor:end}.tag{text-anchor:middle;font-size:13px;fill:#5A6874}"
    ".forest-line,.forest-next{fill:none;stroke:#26336F;stroke-width:1.5}.forest-next{stroke-dasharray:2 3}"
    ".forest-site,.forest-mean{fill:#26336F}.forest-hollow{fill:#FFF;stroke:#26336F;stroke-width:1.5}"
    ".forest-zero{stroke:#7A8791}"
)


@require_safe
def method_file(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 a view takes it
    """The method as JSON, both languages. Raises Http404 for one that there isn't."""
    found = next((one for one in methods() if one.key == slug), None)
    if found is None:
        raise Http404
    body = json.dumps(to_builtins(found), ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": f'attachment; filename="{slug}.json"'}
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)


@require_safe
def evidence_file(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 a view takes it
    """Every estimate of the method as CSV; only a heading's worth of nothing when nobody has measured it."""
    _page(slug)
    return file_of([row for row in estimate_rows() if row["method"] == slug], f"{slug}.csv")


@require_safe
def forest_file(request: HttpRequest, slug: str, outcome: str) -> HttpResponse:  # noqa: ARG001 a view takes it
    """The forest plot of one outcome as a picture of its own. Raises Http404 where nobody has measured it."""
    page = _page(slug)
    found = next((one for one in outcomes_of(page) if one.panel.known.outcome == outcome), None)
    if found is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{outcome}.svg"'}
    return HttpResponse(picture_of(page.title, found), content_type="image/svg+xml", headers=headers)


def _page(slug: str) -> MethodPage:
    page = method_with(slug, language())
    if page is None:
        raise Http404
    return page


def picture_of(title: str, found: Outcome) -> str:
    """The plot with its own colours, every number as text."""
    rows = [*found.own, *found.outside]
    tall = TOP + TALL * len(rows) + 28
    zero = LEFT + float(found.zero)
    said = escape(f"{title}. {found.title}. {found.caption}")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {tall}" role="img" lang="{language()}">',
        f"<title>{said}</title><style>{STYLE}</style>",
        f'<text class="head" x="8" y="20">{said}</text>',
        f'<path class="forest-zero" d="M{zero:.1f} {TOP - 8}V{TOP + TALL * len(rows)}"/>',
        *(_line(row, TOP + TALL * place) for place, row in enumerate(rows)),
        f'<g transform="translate({LEFT} {TOP + TALL * len(rows)})">{found.scale}</g>',
    ]
    return "".join([*parts, "</svg>"])


def _line(row: Row, y: float) -> str:
    value = f"{row.value} ({row.interval})" if row.interval else row.value or _("Okänt")
    return (
        f'<text x="8" y="{y + 19:.0f}">{escape(row.name)}</text>'
        f'<g transform="translate({LEFT} {y:.0f})">{row.drawn}</g>'
        f'<text class="number" x="{WIDE - 8}" y="{y + 19:.0f}">{escape(value)}</text>'
    )
