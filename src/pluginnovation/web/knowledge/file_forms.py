"""How images and documents are taken in: looked into, whatever their names say, and freed of what they tell."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image
from taggit.forms import TagWidget
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from pluginnovation.records.refusals import Refusal
from pluginnovation.records.scanning import scan
from pluginnovation.records.sent_files import BROKEN, drawn_anew, is_as_named

from .shown_files import hold_what_is_shown


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
        if not isinstance(file, UploadedFile):
            return file
        look_for_harm(file)
        return guarded(without_traces)(file)

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
        hold_what_is_shown(self, ("file", "description", "rights_holder", "licence"))
        return cleaned


class DocumentForm(BaseDocumentForm):
    """Settings' WAGTAILDOCS_DOCUMENT_FORM_BASE."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_rights(self)

    def _update_errors(self, errors: ValidationError) -> None:
        """Of a file that is refused Wagtail would say too that it has no extension: it isn't there any more."""
        if "file" in self.errors and hasattr(errors, "error_dict"):
            errors.error_dict.pop("file", None)
        super()._update_errors(errors)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for what a published page shows of the document."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        hold_what_is_shown(self, ("file", "title", "rights_holder", "licence"))
        return cleaned

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
        if not is_as_named(f".{kind}", file.read()):
            raise ValidationError(_("Filen är inte det som dess namn säger."), code="not_as_named")
        look_for_harm(file)
        return file


def look_for_harm(file: UploadedFile) -> None:
    """Raises ValidationError for what the operator's virus scanner knows; or when it is named and doesn't answer."""
    file.seek(0)
    try:
        scan(file.read(), at=settings.CLAMD)
    except Refusal as refused:
        raise ValidationError(
            refused.text("en" if (get_language() or "").startswith("en") else "sv"), code=refused.code
        ) from refused
    file.seek(0)


def with_rights(form: Any) -> None:
    """Say what is asked for about rights and of the description."""
    said = {
        "description": (_("Vad bilden visar"), _("Läses upp för den som inte ser bilden. En mening.")),
        "rights_holder": (_("Vem som har rätten till den"), _("Den som har gjort den eller äger den.")),
        "licence": (
            _("Licens eller tillåtelse"),
            _("Det som gör att hubben får visa den: CC BY 4.0, eller vem som gav tillåtelse och när."),
        ),
    }
    if "tags" in form.fields:
        # A plain field: Wagtail's own puts another in its place, and that one has no name.
        form.fields["tags"].widget = TagWidget()
        form.fields["tags"].help_text = _("Ord att hitta den med, med komma emellan.")
    for name, (label, help_text) in said.items():
        if name in form.fields:
            form.fields[name].label, form.fields[name].help_text = label, help_text


def guarded(look: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same look at a file, where a bomb or a broken image is a refusal and no error of ours."""

    def looked(data: Any) -> Any:
        try:
            return look(data)
        except BROKEN as error:
            raise ValidationError(
                _("Filen är inte en bild som går att öppna, eller så är den för stor."), code="broken"
            ) from error

    return looked


def without_traces(file: UploadedFile) -> SimpleUploadedFile:
    """The same image, turned as it is meant to be seen, with pixels and nothing else."""
    file.seek(0)
    with Image.open(file) as opened:
        kind = opened.format or "PNG"
        made_anew = drawn_anew(opened, kind)
    made = SimpleUploadedFile(file.name or "image", made_anew, content_type=file.content_type or "")
    made.image = getattr(file, "image", None)  # type: ignore[attr-defined]
    return made
