"""The form of the evaluation plan: what is compared with what, when, and on which outcome."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from pluginnovation.evidence.labels import SUBGROUPS
from pluginnovation.web.support.case_forms import fill
from pluginnovation.web.support.spoken import PageForm, choices_of, day_field, line_field, one_of, text_field

from .planning import DESIGNS, OUTCOMES

MOST_KRONOR: Final = 1_000_000
# Those that most plans can do without, folded together on the page.
MORE: Final = ("draw", "cutoff", "years", "subgroups", "cost")


def years_field() -> forms.CharField:
    """Years of school, with commas between."""
    return forms.CharField(
        label=_("Årskurser"), help_text=_("Till exempel 7, 8, 9. Tomt: alla."), required=False, max_length=40
    )


def years_of(text: str) -> tuple[int, ...]:
    """The years of school in a text. Raises forms.ValidationError for anything but numbers from 0 to 12."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and int(part) <= 12 for part in parts):
        raise forms.ValidationError(_("Skriv årskurser som tal mellan 0 och 12, med komma mellan."))
    return tuple(sorted({int(part) for part in parts}))


def cost_field() -> forms.DecimalField:
    """What the help costs a pupil."""
    return forms.DecimalField(
        label=_("Kronor per elev som erbjöds hjälpen"), required=False, min_value=0, max_value=MOST_KRONOR,
        decimal_places=0, help_text=_("Tomt: inte känt."),
    )  # fmt: skip


def subgroups_field() -> forms.MultipleChoiceField:
    """Which subgroups are looked at; the form fills in which there are."""
    return forms.MultipleChoiceField(
        label=_("Undergrupper att titta på"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Bara de du väljer nu visas, som utforskande."),
    )  # fmt: skip


class PlanForm(PageForm):
    """What is compared with what, when and on which outcome."""

    question = line_field(_("Fråga"), _("Som någon skulle ställa den."), longest=200)
    outcome = one_of(_("Vad mäts?"), radio=False)
    design = one_of(_("Vad jämförs det med?"))
    comparison = text_field(_("Jämförelsen med egna ord"), _("Till exempel: de som väntar på plats till januari."),
                            longest=500, rows=3)  # fmt: skip
    opens = day_field(_("Utfallets första dag"))
    closes = day_field(_("Utfallets sista dag"))
    worthwhile = forms.DecimalField(
        label=_("Minsta förändring som är värd något"), min_value=0, max_value=100, decimal_places=1, initial=3,
        help_text=_("I procentenheter, betyg eller per hundra elever."),
    )  # fmt: skip
    draw = one_of(_("Lottning"), _("Om platserna lottades på skolan."), radio=False, required=False)
    cutoff = forms.DecimalField(
        label=_("Gräns, om en gräns avgör"), required=False, min_value=0, max_value=100, decimal_places=1,
        help_text=_("Procent frånvaro före starten som ger rätt till insatsen."),
    )  # fmt: skip
    years = years_field()
    subgroups = subgroups_field()
    cost = cost_field()

    def __init__(self, *args: Any, draws: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "outcome", choices_of({key: words for key, (_kind, _way, words) in OUTCOMES.items()}))
        fill(self, "design", choices_of(DESIGNS))
        fill(self, "draw", [("", _("Ingen")), *draws])
        fill(self, "subgroups", choices_of(SUBGROUPS))

    @property
    def first(self) -> list[forms.BoundField]:
        """What every plan needs."""
        return [self[name] for name in self.fields if name not in MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        """The rest."""
        return [self[name] for name in MORE]

    @property
    def unfolded(self) -> bool:
        """Whether something of the rest is wrong, so that it has to be seen."""
        return any(name in self.errors for name in MORE)

    def clean_years(self) -> tuple[int, ...]:
        """The years as numbers."""
        return years_of(self.cleaned_data["years"])

    def clean(self) -> dict[str, Any]:
        """A threshold has a number."""
        said = super().clean() or {}
        if said.get("design") == "threshold" and said.get("cutoff") is None and "cutoff" not in self.errors:
            self.add_error("cutoff", _("Skriv gränsen som avgör vem som får insatsen."))
        return said
