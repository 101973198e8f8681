"""The forms of plans: the question first, then how it is answered, once the platform has looked at what there is."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from pluginnovation.evidence.labels import OUTCOMES, SUBGROUPS
from pluginnovation.support.catalogue import MEASURES
from pluginnovation.web.people.rights.forms import PageForm
from pluginnovation.web.projects.plan_form import cost_field, subgroups_field, years_field, years_of

from .words import here

WRITE, CHOOSE, DAY = _("Skriv något här."), _("Välj ett av alternativen."), _("Skriv en dag.")
LONGEST_QUESTION: Final = 200
LONGEST_TEXT: Final = 500


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": DAY, "invalid": DAY},
    )  # fmt: skip


class QuestionForm(PageForm):
    """What is asked, and when."""

    question = forms.CharField(
        label=_("Frågan"), help_text=_("Som en människa ställer den: Minskade närvaroteamet frånvaron?"),
        max_length=LONGEST_QUESTION, error_messages={"required": WRITE},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Insatsen"), error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})
    outcome = forms.ChoiceField(label=_("Utfallet"), error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})
    index_date = _day(
        _("Indexdag"), _("Dagen då det avgjordes vilka som fick hjälp. Det som förklarar måste vara känt då.")
    )
    opens = _day(_("Utfallet mäts från"), _("Efter indexdagen."))
    closes = _day(_("till och med"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.key, here((one.sv, one.en))) for one in MEASURES]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (name, here(words)) for name, (words, _kind, _benefit) in OUTCOMES.items()
        ]


class WayForm(PageForm):
    """How it is answered. `design` has only the ways that the records allow."""

    design = forms.ChoiceField(
        label=_("Upplägg"), widget=forms.RadioSelect, error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}
    )
    cutoff = forms.DecimalField(
        label=_("Gräns, om en gräns avgjorde"), required=False, min_value=0, max_value=100, decimal_places=1,
        help_text=_("Procent frånvaro före indexdagen som gav rätt till hjälp. Tomt: ingen gräns."),
    )  # fmt: skip
    years = years_field()
    worthwhile = forms.DecimalField(
        label=_("Minsta förändring som är värd något"), min_value=0, max_value=100, decimal_places=1,
        help_text=_("I utfallets enhet, över noll."), error_messages={"required": WRITE},
    )  # fmt: skip
    subgroups = subgroups_field()
    cost = cost_field()

    def __init__(self, *args: Any, designs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["design"].choices = designs  # type: ignore[attr-defined]
        self.fields["subgroups"].choices = [(name, here(words)) for name, words in SUBGROUPS.items()]  # type: ignore[attr-defined]

    def clean_years(self) -> tuple[int, ...]:
        """The years as numbers."""
        return years_of(self.cleaned_data["years"])


class DepartureForm(PageForm):
    """How the analysis leaves its plan."""

    what = forms.CharField(label=_("Vad blir annorlunda?"), max_length=LONGEST_TEXT, error_messages={"required": WRITE})
    why = forms.CharField(
        label=_("Varför?"), help_text=_("Utan namn på någon. Det visas bredvid svaret för alltid."),
        max_length=LONGEST_TEXT, error_messages={"required": WRITE},
    )  # fmt: skip


class DrawForm(PageForm):
    """Which logged draw decided who was offered the help."""

    draw = forms.ChoiceField(
        label=_("Lottningen"), widget=forms.RadioSelect, error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}
    )

    def __init__(self, *args: Any, draws: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["draw"].choices = draws  # type: ignore[attr-defined]


class LowerForm(PageForm):
    """A lower certainty than the rule's, and why."""

    locks = forms.TypedChoiceField(
        label=_("Ny nivå"), coerce=int, widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Varför?"), help_text=_("Minst tjugo tecken, utan namn på någon. Skälet står kvar på sidan."),
        widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_TEXT, error_messages={"required": WRITE},
    )  # fmt: skip

    def __init__(self, *args: Any, levels: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locks"].choices = levels  # type: ignore[attr-defined]


class SizeForm(PageForm):
    """Of what outcome, whom and which days a forecast is made."""

    outcome = forms.ChoiceField(label=_("Utfallet"), error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})
    years = years_field()
    first = _day(_("Från"), _("Dagar som redan finns i uppgifterna, lika många som utfallet ska mätas."))
    last = _day(_("till och med"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_measures = [(name, here(words)) for name, (words, _kind, _benefit) in OUTCOMES.items()][:-1]
        self.fields["outcome"].choices = of_measures  # type: ignore[attr-defined]

    def clean_years(self) -> tuple[int, ...]:
        """The years as numbers."""
        return years_of(self.cleaned_data["years"])

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if isinstance(first, date) and isinstance(last, date) and last <= first:
            self.add_error("last", _("Den sista dagen är före den första."))
        return cleaned


class LayoutForm(PageForm):
    """What a sub-project means to do. Read from the address, so that a forecast can be kept and sent."""

    drawn = forms.ChoiceField(
        label=_("Vad lottas?"), widget=forms.RadioSelect, choices=[("pupils", _("Elever")), ("schools", _("Skolor"))]
    )
    schools = forms.IntegerField(label=_("Skolor"), min_value=1, max_value=1000)
    pupils = forms.IntegerField(label=_("Elever per skola"), min_value=1, max_value=5000)
    helped = forms.IntegerField(label=_("Andel som får hjälpen, %"), min_value=1, max_value=99)
    lost = forms.IntegerField(label=_("Bortfall, %"), min_value=0, max_value=90)
    worthwhile = forms.DecimalField(
        label=_("Minsta förändring som är värd något"), min_value=0, max_value=100, decimal_places=1
    )
