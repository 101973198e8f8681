"""The forms of cases, measures and notes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pluginnovation.privacy.secrecy import CLASSES, writes
from pluginnovation.support import catalogue
from pluginnovation.support.case_states import DECISIONS, ENDED, KINDS, OUTCOMES, SPECIAL_SUPPORT
from pluginnovation.support.case_texts import LONGEST
from pluginnovation.support.ends import REASONS
from pluginnovation.support.fidelity import FOLLOWED
from pluginnovation.support.follow_ups import RESULTS
from pluginnovation.support.goals import INDICATORS
from pluginnovation.web.people.clock import today

from .colleagues import Colleague
from .deciding import LONGEST_WHY
from .following import LONGEST_RESULT
from .measures import LONGEST_GOAL, LONGEST_LINE, MOST_TIMES
from .methods import NamedMethod, method_named
from .notes import LONGEST_NOTE
from .secrecy_words import SECRECY
from .spoken import PageForm, choices_of, day_field, line_field, one_of, text_field, told

WHOLE = {
    "invalid": _("Skriv ett heltal."),
    "min_value": _("Talet är för litet."),
    "max_value": _("Talet är för stort."),
}


def fill(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """The choices of a field, in the page's language."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def owners(colleagues: Sequence[Colleague]) -> list[tuple[str, Any]]:
    """Who can answer for something: the school's adults, or nobody by name."""
    return [("", _("Ingen särskild än")), *((one.code, one.label) for one in colleagues)]


class OpeningForm(PageForm):
    """Which case, and who answers for it."""

    kind = one_of(_("Vad ska göras?"))
    owner = one_of(_("Vem håller i ärendet?"), radio=False, required=False)

    def __init__(self, *args: Any, colleagues: Sequence[Colleague] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "kind", choices_of(KINDS))
        fill(self, "owner", owners(colleagues))


class TextForm(PageForm):
    """One section's text."""

    text = text_field(_("Text"), longest=LONGEST, rows=10)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class MoveForm(PageForm):
    """Where the case goes next."""

    to = forms.CharField(max_length=20)
    seen = forms.IntegerField(min_value=0)
    outcome = one_of(_("Utfall"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "outcome", [("", "-"), *choices_of(OUTCOMES)])


class StepForm(PageForm):
    """A day: when a step was done, or when it is to be."""

    day = day_field(_("Dag"))


class GoalForm(PageForm):
    """What is to be reached, counted by which figure, and when."""

    text = line_field(_("Mål"), _("Vad ska bli annorlunda? Skriv så att eleven känner igen sig."), longest=LONGEST_GOAL)
    indicator = one_of(
        _("Följs med"), _("Siffran när målet sätts sparas, så att ni ser vad som har hänt."), radio=False,
        required=False,
    )  # fmt: skip
    target = forms.IntegerField(
        label=_("Till"), help_text=_("Heltal. Lämna tomt om ingen siffra följs."), required=False, min_value=0,
        max_value=5_000, error_messages=WHOLE,
    )  # fmt: skip
    by_when = day_field(_("Senast"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {key: one.label for key, one in INDICATORS.items()}
        fill(self, "indicator", [("", _("Ingen siffra, bara ord")), *choices_of(words)])

    def clean(self) -> dict[str, Any]:
        """A target belongs to a figure, and can't be higher than the figure goes."""
        said = super().clean() or {}
        indicator, target = said.get("indicator"), said.get("target")
        if indicator and target is None and "target" not in self.errors:
            self.add_error("target", _("Skriv siffran som ska nås."))
        if not indicator and target is not None:
            self.add_error("indicator", _("Välj vilken siffra målet gäller."))
        if indicator and target is not None and target > INDICATORS[indicator].most:
            self.add_error("target", WHOLE["max_value"])
        return said


class MeasureForm(PageForm):
    """What is done, by whom, how often and until when."""

    kind = one_of(_("Insats"), radio=False)
    goal = line_field(_("Vad ska den leda till?"), longest=LONGEST_GOAL)
    owner = one_of(_("Vem håller i den?"), radio=False, required=False)
    how_often = line_field(_("Hur ofta?"), _("Till exempel varje måndag."), longest=LONGEST_LINE, required=False)
    planned_dose = forms.IntegerField(
        label=_("Tillfällen sammanlagt"), required=False, min_value=1, max_value=MOST_TIMES, error_messages=WHOLE
    )
    starts = day_field(_("Från"))
    planned_end = day_field(_("Till och med"), required=False)
    method = line_field(_("Metod som den följer"), longest=LONGEST_LINE, required=False)
    intent = one_of(_("Avsikt"), radio=False, required=False)
    reach = one_of(_("Räckvidd"), radio=False, required=False)
    level = one_of(_("Nivå"), radio=False, required=False)

    def __init__(self, *args: Any, colleagues: Sequence[Colleague] = (), first: Sequence[str] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        fitting = [(key, told((catalogue.BY_KEY[key].sv, catalogue.BY_KEY[key].en))) for key in first]
        others = [(one.key, told((one.sv, one.en))) for one in catalogue.MEASURES if one.key not in first]
        groups: list[tuple[Any, Any]] = [(_("Kan svara mot hindren"), fitting), (_("Andra"), others)]
        fill(self, "kind", groups if fitting else others)
        fill(self, "owner", owners(colleagues))
        axes = (("intent", catalogue.INTENTS), ("reach", catalogue.REACHES), ("level", catalogue.LEVELS))
        for name, words in axes:
            fill(self, name, [("", _("Som vanligt för insatsen")), *choices_of(words)])

    named: NamedMethod | None = None

    def clean_method(self) -> str:
        """A method of the hub is known by its key or its title; one that is withdrawn isn't begun anew."""
        text = str(self.cleaned_data["method"])
        self.named = method_named(text)
        if self.named is not None and self.named.withdrawn:
            raise forms.ValidationError(_("Metoden är återkallad. Välj en annan, eller lämna tomt."))
        return text

    @property
    def main(self) -> list[forms.BoundField]:
        """What everyone fills in."""
        return [self[name] for name in self.fields if name not in ("method", "intent", "reach", "level")]

    @property
    def more(self) -> list[forms.BoundField]:
        """What some do."""
        return [self[name] for name in ("method", "intent", "reach", "level")]


class DecisionForm(PageForm):
    """What a principal decides. That a programme ends is offered where one is in force."""

    verdict = one_of(_("Beslut"))
    text = text_field(_("Skäl"), _("Skrivet till eleven och vårdnadshavarna."), longest=LONGEST_WHY)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, programme: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = DECISIONS[SPECIAL_SUPPORT]
        fill(self, "verdict", choices_of({key: word for key, word in words.items() if programme or key != ENDED}))


class LookForm(PageForm):
    """How it went."""

    result = one_of(_("Hur har det gått?"))
    text = text_field(_("Vad säger eleven och ni?"), longest=LONGEST_RESULT, required=False, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "result", choices_of(RESULTS))


class PlanForm(PageForm):
    """When to look back."""

    due = day_field(_("Dag att följa upp"))


class DoseForm(PageForm):
    """What was given."""

    on = day_field(_("Dag"))
    times = forms.IntegerField(
        label=_("Tillfällen"), min_value=-MOST_TIMES, max_value=MOST_TIMES, error_messages=WHOLE,
        help_text=_("Med ett minustal rättar du ett misstag."),
    )  # fmt: skip


class MarksForm(PageForm):
    """How far each of a method's points was followed; a point that is left is not marked."""

    def __init__(self, points: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, point in enumerate(points):
            self.fields[f"point_{number}"] = one_of(point, required=False)
            fill(self, f"point_{number}", choices_of(FOLLOWED))

    def said(self) -> dict[int, str]:
        """What was marked, by the point's number."""
        return {int(name.removeprefix("point_")): answer for name, answer in self.cleaned_data.items() if answer}


class EndForm(PageForm):
    """Why and when a measure ended."""

    on = day_field(_("Sista dag"))
    reason = one_of(_("Varför slutar den?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "reason", choices_of(REASONS))
        self.fields["on"].initial = today()


class NoteForm(PageForm):
    """A note, in a class that the writer's role may read."""

    secrecy = one_of(_("Vem får läsa?"))
    text = text_field(_("Anteckning"), _("Det går inte att ändra efteråt."), longest=LONGEST_NOTE, rows=6)

    def __init__(self, *args: Any, role: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "secrecy", [(name, SECRECY[name]) for name in CLASSES if writes(role, name)])
