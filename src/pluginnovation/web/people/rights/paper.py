"""An extract on paper: a PDF that a screen reader can read (PDF/UA), drawn without asking anything outside."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pluginnovation.privacy.extract import Chapter
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Enrolment, Extract, Installation, Organisation, Person
from pluginnovation.web.people.reach import covering

from .refused import no_paper
from .words import WHO_SAID, WITHHOLDING, role_title, said

VARIANT = "pdf/ua-1"
AUTHORITY = "Huvudman"
TYPEFACES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")


def first_page(person: Person, extract: Extract) -> dict[str, str]:
    """What the first page says: whose it is, for whom, who released it and when, and what one may do about it."""
    by = extract.decided_by.name if extract.decided_by else ""
    here = Installation.objects.first()
    made_up = here is not None and here.first_simulated_at is not None and here.first_real_import_at is None
    told = {
        _("Gäller"): person.name,
        _("Begärt av"): said(WHO_SAID, extract.for_whom),
        _("Sammanställt"): f"{localtime(extract.asked_at):%Y-%m-%d %H:%M}",
        _("Granskat och släppt"): f"{by}, {role_title(extract.decided_role).lower()}",
        _("Personuppgiftsansvarig"): _controller(person, extract.source),
        _("Dina rättigheter"): _(
            "Du kan be om rättelse, invända och klaga hos Integritetsskyddsmyndigheten. Beslut att inte lämna ut en"
            " uppgift kan du begära skriftligt och överklaga."
        ),
    }
    return ({_("Obs"): _("Påhittade uppgifter.")} if made_up else {}) | told


def _controller(person: Person, source: str) -> str:
    """Who answers for what is told: the authority of the pupil's school, else of the home municipality, by its name.

    A source with one authority, as is usual, is that authority's; when the register names none the source is named.
    """
    rows = Organisation.objects.filter(source=source).values_list(
        "code", "parent", "organisation_type", "display_name", "municipality"
    )
    places = {code: (parent, kind, name, town) for code, parent, kind, name, town in rows}
    authorities = {code: place for code, place in places.items() if place[1] == AUTHORITY}
    found = set(authorities) if len(authorities) == 1 else set()
    if not found:
        stays = Enrolment.objects.filter(covering(today()), pupil=person.code).values_list("organisation", flat=True)
        found = {_authority_over(one, places) for one in stays if one} - {""}
    home = person.home_municipality
    found = found or {code for code, place in authorities.items() if home and place[3] == home}
    named = ", ".join(sorted(authorities[code][2] for code in found))
    return named or _("Huvudmannen för %(source)s.") % {"source": source}


def _authority_over(code: str, places: Mapping[str, tuple[str | None, str, str, str]]) -> str:
    """The authority that a school belongs to, however many units are between; empty: none is known."""
    seen: set[str] = set()
    at: str | None = code
    while at is not None and at in places and at not in seen:
        seen.add(at)
        if places[at][1] == AUTHORITY:
            return at
        at = places[at][0]
    return ""


def paper_of(extract: Extract, about: Mapping[str, str], chapters: Iterable[Chapter]) -> bytes:
    """The extract as a tagged PDF.

    Raises  Refusal when the machine lacks what letters are drawn with
    """
    page = {
        "extract": extract,
        "about": about,
        "language": extract.language,
        "chapters": [
            (
                one,
                said(WITHHOLDING, one.withheld) if one.withheld else "",
                [(title, said(WITHHOLDING, why)) for title, why in one.hidden],
            )
            for one in chapters
        ],
        "faces": [f"typeface:{name}" for name in TYPEFACES],
    }
    return drawn(render_to_string("people/rights/paper.html", page))


def drawn(html: str) -> bytes:
    """A page as a tagged PDF.

    Raises  Refusal when the machine lacks what letters are drawn with
    """
    try:
        # A second to import, and libraries that a server of JSON alone need not have: only for the one who prints.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError:
        raise no_paper() from None

    class Inside(URLFetcher):
        """Hands out the typefaces, and nothing else from anywhere."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - the library's call
            name = url.removeprefix("typeface:")
            found = finders.find(f"typefaces/{name}") if name in TYPEFACES else None
            if not isinstance(found, str):
                raise ValueError("not from here")
            return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": "font/ttf"})

    out = BytesIO()
    HTML(string=html, url_fetcher=Inside()).write_pdf(out, pdf_variant=VARIANT)
    return out.getvalue()
