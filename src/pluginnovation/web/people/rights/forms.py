"""The forms of these pages, with the errors that they answer."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pluginnovation.privacy import statements
from pluginnovation.privacy.admission import LONGEST_REASON as LONGEST_ADMISSION
from pluginnovation.privacy.approvals import APPROVED, LONGEST_REASON, REFUSED
from pluginnovation.privacy.emergency import LONGEST_REASON as LONGEST_EMERGENCY
from pluginnovation.privacy.emergency import MAY_BE_LET
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import TITLES

from .words import IDENTITY, KINDS, OUTCOMES, PARTS, WHO_SAID

LONGEST_TEXT = 2_000
WRITE, CHOOSE = _("Skriv något här."), _("Välj ett av alternativen.")
Choices = Iterable[tuple[str, str | Promise]]


class PageForm(forms.Form):
    """A form in the pages' own markup: `people/rights/field.html` draws each field."""

    use_required_attribute = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"label_suffix": "", "auto_id": "falt-%s"}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput):
                field.widget.attrs["class"] = "field"


def _text(label: Any, hint: Any = "", *, rows: int = 4, longest: int = LONGEST_TEXT) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, widget=area, max_length=longest, error_messages={"required": WRITE}
    )


def _one_of(label: Any, words: Mapping[str, Any], hint: Any = "") -> forms.ChoiceField:
    errors = {"required": CHOOSE, "invalid_choice": CHOOSE}
    return forms.ChoiceField(
        label=label, help_text=hint, choices=list(words.items()), widget=forms.RadioSelect, error_messages=errors
    )


class EmergencyForm(PageForm):
    """Whom, and why."""

    who = forms.CharField(
        label=_("Elevens kod eller personnummer"),
        help_text=_("Hela koden, eller personnumret med tolv siffror. Namn går inte att söka på här."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": WRITE},
    )
    reason = _text(
        _("Skäl"),
        _("Vad har hänt, och varför brådskar det? Rektor, dataskyddsombud och eleven själv kan läsa det."),
        longest=LONGEST_EMERGENCY,
    )


class OrderForm(PageForm):
    """Who wants an extract, and how that is known."""

    for_whom = _one_of(_("Vem vill ha utdraget?"), WHO_SAID)
    identity = _one_of(_("Hur vet du vem det är?"), IDENTITY)
    language = forms.ChoiceField(label=_("Utdragets språk"), choices=[("sv", "Svenska"), ("en", "English")])


class StatementForm(PageForm):
    """What somebody says about what is held."""

    said_by = _one_of(_("Vem säger det?"), WHO_SAID)
    kind = _one_of(
        _("Vad är det?"), KINDS, _("En invändning eller begäran om rättelse visas vid uppgiften tills den är löst.")
    )
    about = forms.ChoiceField(label=_("Vad handlar det om?"))
    said_on = forms.DateField(
        label=_("När sades det?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = _text(_("Vad som sades"), _("Med elevens eller vårdnadshavarens egna ord. Det går inte att ändra efteråt."))

    def __init__(self, *args: Any, signals: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [(part, PARTS[part]) for part in statements.PARTS]
        self.fields["about"] = forms.ChoiceField(
            label=_("Vad handlar det om?"),
            choices=[(_("Sidan"), parts), (_("Signaler"), list(signals))],
            error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
            widget=forms.Select(attrs={"class": "field"}),
        )

    def clean_said_on(self) -> Any:
        """Not a day that hasn't come."""
        day = self.cleaned_data["said_on"]
        if day > today():
            raise forms.ValidationError(_("Skriv i dag eller en tidigare dag."))
        return day


class AnswerStatementForm(PageForm):
    """What is answered."""

    outcome = _one_of(_("Vad blev det?"), OUTCOMES)
    text = _text(_("Svaret"), _("Skrivet till den som sade det."), rows=3)


class AskForm(PageForm):
    """Why something is needed that takes two."""

    reason = _text(
        _("Varför behövs det?"), _("Utan namn på någon elev. Den som beslutar läser det."), rows=3,
        longest=LONGEST_REASON,
    )  # fmt: skip


class UnmaskForm(AskForm):
    """Whose name, and why."""

    who = forms.CharField(
        label=_("Elevens kod"), help_text=_("Alla sexton tecken."), max_length=40, error_messages={"required": WRITE}
    )
    field_order = ("who", "reason")


class DecideForm(PageForm):
    """Yes or no, and why."""

    verdict = _one_of(_("Ditt beslut"), {APPROVED: _("Godkänn"), REFUSED: _("Avslå")})
    why = forms.CharField(
        label=_("Varför"), help_text=_("En mening, utan namn på någon."), max_length=LONGEST_REASON,
        error_messages={"required": WRITE},
    )  # fmt: skip


class AccessRulesForm(PageForm):
    """What an authority says about emergency access and long lists."""

    roles = forms.MultipleChoiceField(
        label=_("Vem får använda nödåtkomst?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Ingen alls om inget är valt."), choices=[(role, TITLES[role]) for role in MAY_BE_LET],
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("Hur länge gäller den?"), min_value=5, max_value=480, help_text=_("minuter"))
    least_reason = forms.IntegerField(
        label=_("Hur långt är ett skäl minst?"), min_value=10, max_value=200, help_text=_("tecken")
    )
    alone = forms.IntegerField(
        label=_("Hur många elever får en person ta ut i en lista på egen hand?"), min_value=0, max_value=100_000,
        help_text=_("elever; en längre lista kräver två personer"),
    )  # fmt: skip
    why = forms.CharField(
        label=_("Varför ändras det?"), help_text=_("En mening, utan namn på någon."), max_length=LONGEST_REASON,
        error_messages={"required": WRITE},
    )  # fmt: skip


class AdmissionForm(PageForm):
    """Whom a principal lets in, until when, why, and who may see the pupil."""

    school = _one_of(_("Skola"), {})
    source_id = forms.CharField(
        label=_("Elevens id i skolans register"),
        help_text=_(
            "Det id som eleven har i filerna som läses in. Skriv inte namn eller personnummer. Det sparas krypterat."
        ),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": WRITE},
    )
    weighed = _text(
        _("Varför"),
        _("Varför plattformen behövs för eleven, och hur hotet har vägts. Dataskyddsombudet läser det."),
        longest=LONGEST_ADMISSION,
    )
    until = forms.DateField(
        label=_("Gäller till och med"),
        help_text=_("Högst ett år. Sedan raderas det som finns om eleven, om ingen beslutar på nytt."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": WRITE, "invalid": _("Skriv en dag som 2027-06-30.")},
    )
    named = forms.MultipleChoiceField(
        label=_("Vilka får se eleven?"),
        help_text=_("Bara de som måste. Även du själv, om du ska se eleven. Ingen annan ser att eleven finns."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en.")},
    )

    def __init__(
        self, *args: Any, schools: Choices, staff: Iterable[tuple[int, str]], longest: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = list(schools)  # type: ignore[attr-defined]
        self.fields["named"].choices = [(str(number), name) for number, name in staff]  # type: ignore[attr-defined]
        self.longest = longest

    def clean_until(self) -> date:
        """Not a day that has passed, nor one too far off."""
        day: date = self.cleaned_data["until"]
        if not today() <= day <= self.longest:
            raise forms.ValidationError(_("Skriv en dag inom ett år."))
        return day
