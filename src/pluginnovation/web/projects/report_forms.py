"""The forms of reports: one section a page, with what can be chosen beside the registers' figures."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pluginnovation.projects import reports
from pluginnovation.projects.claims import MEASURES, SAYS, Figure
from pluginnovation.web.support.case_forms import fill
from pluginnovation.web.support.spoken import PageForm, choices_of, day_field, line_field, one_of, text_field, told

from .reporting import LONGEST_CLAIM, LONGEST_TEXT


class BeginForm(PageForm):
    """Which report, and the days it tells of."""

    kind = one_of(_("Rapport"))
    first = day_field(_("Från"))
    last = day_field(_("Till och med"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "kind", choices_of(reports.KINDS))


class SectionForm(PageForm):
    """One section of a report. Nothing is demanded until it is handed in."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, kind: str, section: str, figures: Mapping[str, Figure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in reports.fields_of(kind, section):
            if field.kind == reports.CHOICE:
                self.fields[field.key] = one_of(told(field.name), radio=True, required=False)
                fill(self, field.key, choices_of(reports.choices_of(field, figures)))
            else:
                self.fields[field.key] = text_field(told(field.name), longest=LONGEST_TEXT, required=False)
                self.fields[field.key].widget.attrs["class"] = "field"


class ClaimForm(PageForm):
    """Something claimed in own words."""

    text = line_field(_("Vi skriver"), _("Till exempel: frånvaron på måndagar har minskat."), longest=LONGEST_CLAIM)
    measure = one_of(_("Mäts i registret som"), radio=False, required=False)
    says = one_of(_("Påståendet säger"), radio=False, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "measure", [("", _("Inget, det är en enkät eller våra egna ord")),
                               *choices_of({key: one.name for key, one in MEASURES.items()})])  # fmt: skip
        directions = {key: words for key, words in SAYS.items() if key != "not_measured"}
        fill(self, "says", [("", "–"), *choices_of(directions)])

    def clean(self) -> dict[str, Any]:
        """A claim about a figure says which way."""
        said = super().clean() or {}
        if said.get("measure") and not said.get("says"):
            self.add_error("says", _("Välj vad påståendet säger om siffran."))
        return said


class BackForm(PageForm):
    """Why more is asked for."""

    why = text_field(_("Vad behöver kompletteras?"), longest=LONGEST_TEXT, rows=3)
