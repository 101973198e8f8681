"""The signed catalogue and its public key, as files. Nobody says who asks."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pluginnovation.knowledge.signing import EXPORTED_AT, PUBLIC_AT


@require_safe
def catalogue_file(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 a view takes it
    """The last export. Raises Http404 before the first."""
    try:
        lying = (Path(settings.PLUG_HOME) / EXPORTED_AT).open("rb")
    except OSError as error:
        raise Http404 from error
    return FileResponse(lying, as_attachment=True, filename=EXPORTED_AT.name, content_type="application/octet-stream")


@require_safe
def key_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 a view takes it
    """The key to put in PLUG_HUB_KEY, to be compared by another way than this one. Raises Http404 before the first."""
    try:
        text = (Path(settings.PLUG_HOME) / PUBLIC_AT).read_text(encoding="ascii")
    except OSError as error:
        raise Http404 from error
    return HttpResponse(text, content_type="text/plain; charset=us-ascii")
