"""The forms of a case's documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pluginnovation.privacy.secrecy import CLASSES, writes
from pluginnovation.support.case_files import ENDINGS, KINDS, LONGEST_TITLE, REMOVED

from .case_forms import fill
from .secrecy_words import FILE_SECRECY
from .spoken import PageForm, choices_of, line_field, one_of


class FileForm(PageForm):
    """A document, in a class that the writer's role may read."""

    title = line_field(_("Vad är det?"), _("Syns bara för dem som får öppna filen."), longest=LONGEST_TITLE)
    kind = one_of(_("Slag"), radio=False)
    secrecy = one_of(_("Vem får öppna den?"))
    file = forms.FileField(
        label=_("Fil"), max_length=None, allow_empty_file=True,
        help_text=_("Högst 10 MB: pdf, png, jpg, docx, odt eller txt. Ur bilder tas bort var och när de är tagna."),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={"required": _("Välj en fil."), "missing": _("Välj en fil."), "invalid": _("Välj en fil.")},
    )  # fmt: skip

    def __init__(self, *args: Any, role: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "kind", choices_of(KINDS))
        fill(self, "secrecy", [(name, FILE_SECRECY[name]) for name in CLASSES if writes(role, name)])


class RemoveForm(PageForm):
    """Why a document is removed."""

    why = one_of(_("Varför tas den bort?"), radio=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "why", choices_of(REMOVED))
