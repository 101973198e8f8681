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
from pluginnovation.web.people.models import Extract, Installation, Organisation, Person

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
        _("Personuppgiftsansvarig"): _controller(extract.source),
        _("Dina rättigheter"): _(
            "Du kan be om rättelse, invända och klaga hos Integritetsskyddsmyndigheten. Beslut att inte lämna ut en"
            " uppgift kan du begära skriftligt och överklaga."
        ),
    }
    return ({_("Obs"): _("Påhittade uppgifter.")} if made_up else {}) | told


def _controller(source: str) -> str:
    """Who answers for what is told: the authority by the name that its register gives; without one, the source's."""
    named = Organisation.objects.filter(source=source, organisation_type=AUTHORITY).order_by("code")
    return named.values_list("display_name", flat=True).first() or _("Huvudmannen för %(source)s.") % {"source": source}


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
