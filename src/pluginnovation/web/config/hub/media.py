"""Images in the sizes that pages use. Originals and documents are not given out here."""

import mimetypes
from typing import Final

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

FOLDER: Final = "images/"
TYPES: Final = {"image/jpeg", "image/png", "image/webp", "image/gif"}
# The name of a rendition changes with its content, so a browser may keep it.
KEPT: Final = "public, max-age=31536000, immutable"


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:  # noqa: ARG001 a view takes it
    """The image; 404 for anything else, also for a name that climbs."""
    kind = mimetypes.guess_type(name)[0]
    if not name.startswith(FOLDER) or ".." in name or "\x00" in name or kind not in TYPES:
        raise Http404
    try:
        file = default_storage.open(name)
    except (OSError, ValueError) as error:
        raise Http404 from error
    response = FileResponse(file, content_type=kind)
    response["Cache-Control"], response["X-Content-Type-Options"] = KEPT, "nosniff"
    return response
