"""The forms of goals, readings, risks, deviations and documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pluginnovation.projects.goals import NUMBER, SCALE, TEXT
from pluginnovation.projects.indicators import INDICATORS
from pluginnovation.web.people.duties import TITLES
from pluginnovation.web.support.case_forms import fill
from pluginnovation.web.support.spoken import PageForm, day_field, line_field, one_of, text_field, told

from .goals_counted import READ_OFF, SEX, YEAR
from .goals_set import LONGEST_READING, LONGEST_TARGET, LONGEST_TEXT
from .logged import LONGEST, LONGEST_DOCUMENT, LONGEST_NAME

WRONG_NUMBER = {"invalid": _("Skriv ett tal, till exempel 12 eller 12,5.")}


class Number(forms.DecimalField):
    """A number as people write it: a comma or a point."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            max_digits=9, decimal_places=3, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages=WRONG_NUMBER, **more,
        )  # fmt: skip

    def to_python(self, value: Any) -> Any:
        """A comma is a point."""
        return super().to_python(value.replace(",", ".").replace("\u2212", "-") if isinstance(value, str) else value)


class GoalForm(PageForm):
    """A goal that is a number: what is measured, where it should be, and when."""

    text = line_field(_("Mål"), _("En mening. Skriv inget om enskilda elever."), longest=LONGEST_TEXT)
    indicator = one_of(_("Läses av ur"), radio=False)
    baseline = Number(
        label=_("Utgångsläge, procent"),
        help_text=_("Lämna tomt när registren läser av: de fyller i de tolv veckorna före starten."),
    )  # fmt: skip
    target = Number(label=_("Mål, procent"))
    by_when = day_field(_("Nås senast"))
    split = one_of(_("Delas upp på"), radio=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].required = self.fields["split"].required = False
        known = [(key, told((INDICATORS[key].sv, INDICATORS[key].en))) for key in READ_OFF]
        fill(self, "indicator", [*known, ("", _("Egen avläsning"))])
        fill(self, "split", [("", _("Ingen uppdelning")), (SEX, _("Kön")), (YEAR, _("Årskurs"))])


class ScaleGoalForm(PageForm):
    """A goal on a scale of five steps."""

    text = line_field(_("Mål"), _("Ett påstående att svara på, till exempel Jag trivs i skolan."), longest=LONGEST_TEXT)
    baseline = Number(label=_("Utgångsläge, medelvärde på skalan 1–5"))
    baseline_n = forms.IntegerField(label=_("Antal svar bakom utgångsläget"), required=False, min_value=1)
    target = Number(label=_("Mål, medelvärde på skalan 1–5"))
    by_when = day_field(_("Nås senast"))


class TextGoalForm(PageForm):
    """A goal in words."""

    text = line_field(_("Mål"), longest=LONGEST_TEXT)
    text_target = text_field(_("Så är det när målet är nått"), longest=LONGEST_TARGET, rows=3)
    by_when = day_field(_("Nås senast"))


FORM_OF = {NUMBER: GoalForm, SCALE: ScaleGoalForm, TEXT: TextGoalForm}


class ReadingForm(PageForm):
    """What is read off by hand."""

    on = day_field(_("Avläst"))
    value = Number(label=_("Värde"))
    n = forms.IntegerField(label=_("Antal deltagare bakom"), required=False, min_value=1)
    text = text_field(_("I ord"), longest=LONGEST_READING, required=False, rows=2)


class RiskForm(PageForm):
    """A risk."""

    what = line_field(_("Vad kan gå fel?"), longest=LONGEST)
    likely = one_of(_("Hur troligt?"), radio=False)
    serious = one_of(_("Hur allvarligt?"), radio=False)
    done_about = text_field(_("Det gör vi åt det"), longest=LONGEST, required=False, rows=2)
    owner_role = one_of(_("Vems är det?"), radio=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_role"].required = False
        fill(self, "likely", [("1", _("1, knappast")), ("2", _("2, kanske")), ("3", _("3, troligen"))])
        fill(self, "serious", [("1", _("1, lite")), ("2", _("2, en del")), ("3", _("3, mycket"))])
        roles = ("sub_project_leader", "principal", "pupil_health", "mentor", "process_leader")
        fill(self, "owner_role", [("", _("Ingen än")), *((role, TITLES[role]) for role in roles)])


class RiskOverForm(PageForm):
    """Why a risk is over."""

    why = line_field(_("Varför är den över?"), longest=LONGEST)


class DeviationForm(PageForm):
    """What went otherwise, and what was decided."""

    what = text_field(_("Vad blev annorlunda än planerat?"), longest=LONGEST, rows=3)
    decision = text_field(_("Vad beslutades?"), longest=LONGEST, rows=3)


class DocumentForm(PageForm):
    """A document."""

    name = line_field(_("Dokumentets namn"), longest=LONGEST_NAME)
    file = forms.FileField(
        label=_("Fil"), required=False, help_text=_("Pdf, docx, xlsx, odt eller txt, högst fem megabyte.")
    )
    text = text_field(_("Eller text"), _("Inga uppgifter om elever."), longest=LONGEST_DOCUMENT, required=False, rows=5)
