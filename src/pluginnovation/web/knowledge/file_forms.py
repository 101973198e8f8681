"""How images and documents are taken in: looked into, whatever their names say, and freed of what they tell."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

# What a file of each kind holds in its first bytes, or among its parts.
PARTS: Final = {"docx": "word/", "xlsx": "xl/", "odt": "content.xml", "ods": "content.xml"}
# More than this unpacked isn't a document.
UNPACKED: Final = 200 * 1024 * 1024
QUALITY: Final = 90
# What Pillow makes of files that lie about themselves.
BROKEN: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, SyntaxError, struct.error)


class ImageForm(BaseImageForm):
    """Settings' WAGTAILIMAGES_IMAGE_FORM_BASE. Wagtail has looked at kind, size and pixels before this."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            field.to_python = guarded(field.to_python)
        with_rights(self)

    def clean_file(self) -> Any:
        """The image drawn anew, without what the camera wrote in it, such as where it was taken."""
        file = self.cleaned_data["file"]
        return guarded(without_traces)(file) if isinstance(file, UploadedFile) else file

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for a description that only repeats the name of the file."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        said = (cleaned.get("description") or "").strip()
        name = getattr(cleaned.get("file"), "name", "") or ""
        if (
            said
            and "description" in self.fields
            and said.casefold() in {name.casefold(), name.rsplit(".", 1)[0].casefold()}
        ):
            self.add_error("description", _("Beskriv vad bilden visar, inte vad filen heter."))
        return cleaned


class DocumentForm(BaseDocumentForm):
    """Settings' WAGTAILDOCS_DOCUMENT_FORM_BASE."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_rights(self)

    def clean_file(self) -> Any:
        """Raises ValidationError for a file that is too large, or isn't what its name says."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        if (file.size or 0) > settings.HUB_DOCUMENT_MB * 1024 * 1024:
            raise ValidationError(
                _("Filen är för stor. Högst %(most)s MB."), params={"most": settings.HUB_DOCUMENT_MB}, code="too_large"
            )
        kind = (file.name or "").rsplit(".", 1)[-1].lower()
        if not _is(kind, file.read()):
            raise ValidationError(_("Filen är inte det som dess namn säger."), code="not_as_named")
        file.seek(0)
        return file


def with_rights(form: Any) -> None:
    """Say what is asked for about rights and of the description."""
    said = {
        "description": (_("Vad bilden visar"), _("Läses upp för den som inte ser den. En mening.")),
        "rights_holder": (_("Vem har rätten"), _("Den som har gjort den, eller äger den.")),
        "licence": (
            _("Licens eller lov"),
            _("Det som gör att hubben får visa den: CC BY 4.0, eller vem som gav lov och när."),
        ),
    }
    for name, (label, help_text) in said.items():
        if name in form.fields:
            form.fields[name].label, form.fields[name].help_text = label, help_text


def guarded(look: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same look at a file, where a bomb or a broken image is a refusal and no error of ours."""

    def looked(data: Any) -> Any:
        try:
            return look(data)
        except BROKEN as error:
            raise ValidationError(_("Filen är ingen bild som går att öppna, eller för stor."), code="broken") from error

    return looked


def without_traces(file: UploadedFile) -> SimpleUploadedFile:
    """The same image, turned as it is meant to be seen, with pixels and nothing else."""
    file.seek(0)
    with Image.open(file) as opened:
        kind = opened.format or "PNG"
        drawn = ImageOps.exif_transpose(opened)
        bare = Image.new(drawn.mode, drawn.size)
        bare.paste(drawn)
        if drawn.mode == "P" and (palette := drawn.getpalette()):
            bare.putpalette(palette)
    out = BytesIO()
    bare.save(out, format=kind, **({"quality": QUALITY} if kind in {"JPEG", "WEBP"} else {}))
    made = SimpleUploadedFile(file.name or "image", out.getvalue(), content_type=file.content_type or "")
    made.image = getattr(file, "image", None)  # type: ignore[attr-defined]
    return made


def _is(kind: str, content: bytes) -> bool:
    if kind == "pdf":
        return content.startswith(b"%PDF-")
    if kind in PARTS:
        return _is_package(content, PARTS[kind])
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _is_package(content: bytes, part: str) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError):
        return False
    macros = any(each.filename.lower().endswith(("vbaproject.bin", ".exe")) for each in parts)
    small = sum(each.file_size for each in parts) <= UNPACKED
    return small and not macros and any(each.filename.startswith(part) for each in parts)
