"""The forms of programmes, calls and applications."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pluginnovation.projects.calls import CRITERIA, GOAL_KINDS
from pluginnovation.projects.ledger import CATEGORIES, PAID_BY, kronor, ore_of
from pluginnovation.web.support.spoken import PageForm, choices_of, day_field, line_field, one_of, text_field

from .calling import LONGEST_ANSWER, LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT

Choices = Sequence[tuple[str, str | Promise]]
KRONOR = _("Skriv kronor med siffror, till exempel 12 500.")


class KronorField(forms.Field):
    """Kronor as somebody writes them; öre as they are kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "inputmode": "decimal", "maxlength": 20}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(*args, **kwargs)
        self.error_messages["required"] = KRONOR

    def to_python(self, value: Any) -> Any:
        """Öre, or None when nothing is written."""
        text = str(value or "").strip()
        if not text:
            return None
        ore = ore_of(text)
        if ore is None or ore < 0:
            raise forms.ValidationError(KRONOR)
        return ore

    def prepare_value(self, value: Any) -> Any:
        """Kronor, of öre; what somebody has written as it is."""
        return kronor(value).removesuffix("\u00a0kr") if isinstance(value, int) else value


def moment_field(label: Any, hint: Any = "") -> forms.DateTimeField:
    """A day with its time, in the installation's time zone."""
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H.%M"]
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=formats[0])
    errors = {"required": _("Välj dag och tid."), "invalid": _("Skriv dag och tid som 2026-05-29 16:00.")}
    return forms.DateTimeField(label=label, help_text=hint, input_formats=formats, widget=widget, error_messages=errors)


def several(label: Any, hint: Any = "", *, required: bool = False) -> forms.MultipleChoiceField:
    """Some of several; the form fills in which."""
    return forms.MultipleChoiceField(
        label=label, help_text=hint, required=required, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst ett.")},
    )  # fmt: skip


class ProgrammeForm(PageForm):
    """A new programme."""

    name = line_field(_("Namn"), longest=LONGEST_NAME)
    about = text_field(_("Vad det är"), longest=LONGEST_TEXT, required=False)
    starts = day_field(_("Första dag"))
    ends = day_field(_("Sista dag"))
    target_groups = text_field(_("Målgrupper"), _("En på varje rad."), longest=LONGEST_TEXT, required=False)
    funder = line_field(_("Finansiär"), _("Till exempel ESF eller regionen."), longest=LONGEST_LINE, required=False)
    budget = KronorField(label=_("Hela budgeten"), required=False)
    own_share = forms.IntegerField(
        label=_("Minsta egna medfinansiering, i procent"), min_value=0, max_value=100, initial=50,
        help_text=_("Del av hela kostnaden. I ESF betalar deltagarna hälften."),
    )  # fmt: skip
    municipalities = several(_("Kommuner som är med från början"))

    def __init__(self, *args: Any, towns: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].choices = list(towns.items())  # type: ignore[attr-defined]


class ProgrammeGoalForm(PageForm):
    """A goal of a programme."""

    kind = one_of(_("Slag"))
    text = text_field(_("Målet"), longest=LONGEST_TEXT, rows=2)
    target = line_field(_("Målvärde, med tal"), longest=LONGEST_LINE, required=False)
    by_when = day_field(_("Senast"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices_of(GOAL_KINDS)  # type: ignore[attr-defined]


class JoinForm(PageForm):
    """A municipality that begins to take part."""

    municipality = one_of(_("Kommun"), radio=False)
    on = day_field(_("Från och med"))

    def __init__(self, *args: Any, towns: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].choices = list(towns.items())  # type: ignore[attr-defined]


class LeaveForm(PageForm):
    """When a municipality withdraws, and why."""

    on = day_field(_("Från och med"))
    why = text_field(_("Varför"), _("Skälet står i ansökningar och delprojekt som avslutas."), longest=LONGEST_TEXT)


class CallForm(PageForm):
    """A new call."""

    programme = one_of(_("Program"), radio=False)
    name = line_field(_("Namn"), longest=LONGEST_NAME)
    about = text_field(_("Vad man kan söka för"), longest=LONGEST_TEXT)
    opens_at = moment_field(_("Öppnar"))
    closes_at = moment_field(_("Stänger"), _("En ansökan som skickas in senare tas inte emot. Utkastet finns kvar."))
    who = several(_("Vilka som kan söka"), required=True)
    frame = KronorField(label=_("Att fördela"), required=False)
    most = KronorField(label=_("Högst till en sökande"), required=False)

    def __init__(self, *args: Any, programmes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = list(programmes)  # type: ignore[attr-defined]
        self.fields["who"].choices = [("schools", _("Skolor")), ("municipalities", _("Kommuner"))]  # type: ignore[attr-defined]


class QuestionForm(PageForm):
    """A question of a call."""

    text = line_field(_("Frågan"), longest=LONGEST_LINE)
    hint = line_field(_("Stöd för den som svarar"), longest=LONGEST_LINE, required=False)
    longest = forms.IntegerField(
        label=_("Längsta svar, i tecken"), min_value=50, max_value=LONGEST_ANSWER, initial=2_000
    )
    required = forms.BooleanField(label=_("Måste besvaras"), required=False, initial=True)


class CriterionForm(PageForm):
    """A condition or a criterion of a call."""

    kind = one_of(_("Slag"))
    text = line_field(_("Vad som ska stämma eller bedömas"), longest=LONGEST_LINE)
    weight = forms.IntegerField(
        label=_("Vikt"), help_text=_("1 till 5, för kriterier."), min_value=1, max_value=5, initial=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices_of(CRITERIA)  # type: ignore[attr-defined]


class StartForm(PageForm):
    """A new application."""

    place = one_of(_("Vem söker?"))
    name = line_field(_("Vad ska delprojektet heta?"), longest=LONGEST_LINE)

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["place"].initial = places[0][0]


class AnswerForm(PageForm):
    """The answer to one question."""

    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 12}))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, label: str, hint: str, longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, hint
        self.fields["text"].max_length = longest  # type: ignore[attr-defined]
        self.fields["text"].widget.attrs["maxlength"] = longest


class BudgetForm(PageForm):
    """What it costs by category, and who pays."""

    grant = KronorField(label=_("Sökt bidrag"))
    own = KronorField(label=_("Egen medfinansiering"), help_text=_("Arbetad tid och egna pengar, tillsammans."))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, word in choices_of(CATEGORIES):
            self.fields[f"ore_{key}"] = KronorField(label=word, required=False)
            self.fields[f"text_{key}"] = forms.CharField(label=word, required=False, max_length=LONGEST_LINE)
        for name, field in self.fields.items():
            if name != "seen":
                field.widget.attrs["class"] = "field"

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Each category's amount and words, as the page draws them."""
        return [(self[f"ore_{key}"], self[f"text_{key}"]) for key in CATEGORIES]


class WhyForm(PageForm):
    """A reason."""

    why = text_field(_("Varför"), longest=LONGEST_TEXT, required=False)


class BookingForm(PageForm):
    """A line of hours or of a cost."""

    on = day_field(_("Dag"))
    category = one_of(_("Kostnadsslag"), radio=False)
    paid_by = one_of(_("Vem betalar"))
    text = line_field(_("Vad"), longest=LONGEST_LINE)
    amount = KronorField(label=_("Kostnad"), required=False, help_text=_("Tomt när det är arbetad tid."))
    hours = forms.DecimalField(
        label=_("Timmar"), required=False, min_value=0, max_value=2_000, decimal_places=2, localize=True,
        help_text=_("Tomt när det är en kostnad."),
    )  # fmt: skip
    rate = KronorField(label=_("Kronor i timmen"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = choices_of(CATEGORIES)  # type: ignore[attr-defined]
        self.fields["paid_by"].choices = choices_of(PAID_BY)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Either a cost or hours with what an hour costs."""
        found = super().clean() or {}
        hours, rate, amount = (found.get(name) for name in ("hours", "rate", "amount"))
        if not self.errors and not (amount and not hours) and not (hours and rate and not amount):
            self.add_error("amount", _("Skriv en kostnad, eller timmar och kronor i timmen."))
        return found
