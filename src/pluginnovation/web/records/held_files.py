"""Files that are held in memory while they come, and never lie on the disk in plain."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect

# Beside the file a form has its fields; one so much larger than allowed isn't read to its end.
FIELDS, ABSURD = 2**20, 4
Page = Callable[..., HttpResponse]
POLICY: Final = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# What a file must not do when it is opened.
HARMLESS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store, private",
}


class Held(FileUploadHandler):
    """Each file of a form, in memory; of a larger one than `most` a byte too many is held, which tells that it is."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self._came, self._absurd = BytesIO(), False

    def handle_raw_input(self, *_: object, **__: object) -> None:
        """Look at how much the sender says is to come."""
        said = int(self.request.META.get("CONTENT_LENGTH") or 0)  # type: ignore[union-attr]
        self._absurd = said > ABSURD * self.most + FIELDS

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin anew."""
        super().new_file(*args, **kwargs)
        if self._absurd:
            raise StopUpload(connection_reset=True)
        self._came = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's own signature
        """Hold a piece; what is too much is dropped."""
        self._came.write(raw_data[: max(0, self.most + 1 - self._came.tell())])

    def file_complete(self, file_size: int) -> UploadedFile:
        """What came."""
        self._came.seek(0)
        return UploadedFile(self._came, self.file_name, self.content_type, file_size)


def held_in_memory(most: int) -> Callable[[Page], Page]:
    """A page whose form may carry files of up to so many bytes. The form's token is asked for once that is said."""

    def dressed(page: Page) -> Page:
        protected = csrf_protect(page)

        @wraps(page)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                request.upload_handlers = [Held(request, most)]
            return protected(request, *args, **kwargs)

        return csrf_exempt(asked)  # checked in `protected`

    return dressed


def given_back(name: str, kind: str, content: bytes) -> HttpResponse:
    """A file to save: never shown in the page, never guessed to be something else, kept by no browser."""
    answer = HttpResponse(content, content_type=kind, headers=HARMLESS)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
