"""The forms of a measure for a group or the school: what it is, then who and when; and what becomes of it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pluginnovation.support import catalogue
from pluginnovation.support.ends import REASONS
from pluginnovation.support.follow_ups import RESULTS
from pluginnovation.support.mapping import Statement
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.rights.forms import CHOOSE, WRITE, PageForm
from pluginnovation.web.signals.words import language

from ..colleagues import Colleague
from ..measures import LONGEST_GOAL, LONGEST_LINE, MOST_TIMES
from .measures import word

WHOLE_SCHOOL = "skolan"
# Reasons that are about one pupil end no group's measure.
ENDS = ("completed", "goal_reached", "not_fitting", "no_resources", "mistake")
WHAT_FIELDS = ("whom", "kind", "level", "intent", "reach", "goal", "statements")
LOOK_BACK_AFTER = timedelta(days=28)


def _day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, required=required)


def _axis(label: Any, words: dict[str, tuple[str, str]]) -> forms.ChoiceField:
    choices = [("", _("Som insatsen brukar vara")), *((key, word(pair)) for key, pair in words.items())]
    return forms.ChoiceField(label=label, choices=choices, required=False)


class WhatForm(PageForm):
    """What is done and for whom, on three axes that are chosen apart."""

    goal = forms.CharField(
        label=_("Vad gör ni, och vad ska det leda till?"), max_length=LONGEST_GOAL,
        help_text=_("Till exempel: Vi flyttar måndagens första lektion till hus A, så att alla hinner. Inga namn."),
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": WRITE},
    )  # fmt: skip

    def __init__(
        self, *args: Any, groups: Iterable[tuple[str, str]] = (), statements: Iterable[Statement] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        listed, asked = list(groups), list(statements)
        levels = {key: pair for key, pair in catalogue.LEVELS.items() if key != catalogue.INDIVIDUAL}
        kinds = sorted(catalogue.MEASURES, key=lambda kind: kind.level == catalogue.INDIVIDUAL)
        errors = {"required": CHOOSE, "invalid_choice": CHOOSE}
        # What comes of a class's analysis is for the class.
        if not asked:
            self.fields["whom"] = forms.ChoiceField(
                label=_("För vilka?"), choices=[(WHOLE_SCHOOL, _("Hela skolan")), *listed], error_messages=errors
            )
        self.fields["kind"] = forms.ChoiceField(
            label=_("Insats"), choices=[("", _("Välj")), *((kind.key, word((kind.sv, kind.en))) for kind in kinds)],
            error_messages=errors,
        )  # fmt: skip
        self.fields["level"] = _axis(_("Nivå: var arbetet görs"), levels)
        self.fields["intent"] = _axis(_("Avsikt: vad det är till för"), catalogue.INTENTS)
        self.fields["reach"] = _axis(_("Räckvidd: vilka det når"), catalogue.REACHES)
        if asked:
            self.fields["statements"] = forms.MultipleChoiceField(
                label=_("Vilka påståenden ska det ändra?"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(one.key, one.text(language())) for one in asked],
            )  # fmt: skip
        self.order_fields(("whom", "goal", "kind", "level", "intent", "reach", "statements"))
        for name in self.fields.keys() & {"whom", "kind", "level", "intent", "reach"}:
            self.fields[name].widget.attrs["class"] = "field"


class WhoForm(PageForm):
    """Who sees to it, when, how much, and when to look back."""

    starts = _day(_("Börjar"))
    planned_end = _day(_("Planerat slut"), _("Får vara tomt."), required=False)
    how_often = forms.CharField(
        label=_("Hur ofta?"), help_text=_("Till exempel: varje måndag. Får vara tomt."), required=False,
        max_length=LONGEST_LINE,
    )  # fmt: skip
    planned_dose = forms.IntegerField(
        label=_("Hur många gånger är planerat?"), help_text=_("gånger; får vara tomt"), required=False, min_value=1,
        max_value=MOST_TIMES,
    )  # fmt: skip
    look_back = _day(_("När ser ni efter hur det gick?"), _("En insats utan uppföljning går inte att lära av."))

    def __init__(self, *args: Any, colleagues: Iterable[Colleague] = (), **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts": today(), "look_back": today() + LOOK_BACK_AFTER})
        super().__init__(*args, **kwargs)
        self.fields["owner"] = forms.ChoiceField(
            label=_("Vem ser till att det blir av?"), choices=[("", _("Välj")), *((one.code, one.label)
                                                                                  for one in colleagues)],
            error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        )  # fmt: skip
        self.fields["owner"].widget.attrs["class"] = "field"
        self.order_fields(("owner", "starts", "planned_end", "how_often", "planned_dose", "look_back"))


class GivenForm(PageForm):
    """That something of it was done."""

    on = _day(_("Vilken dag?"))
    times = forms.IntegerField(label=_("Hur många gånger?"), min_value=1, max_value=MOST_TIMES, help_text=_("gånger"))


class LookedForm(PageForm):
    """How it went, and when to look again."""

    result = forms.ChoiceField(
        label=_("Hur gick det?"), widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Vad såg ni?"), help_text=_("Om klassen eller skolan. Inga namn."), required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    again = _day(_("Se efter igen"), _("Får vara tomt."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [(key, word(pair)) for key, pair in RESULTS.items()]  # type: ignore[attr-defined]


class EndForm(PageForm):
    """That it has ended, and why."""

    on = _day(_("Sista dagen"))
    reason = forms.ChoiceField(
        label=_("Varför?"), widget=forms.RadioSelect, error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(key, word(REASONS[key])) for key in ENDS]  # type: ignore[attr-defined]


class PlanForm(PageForm):
    """A day to look back on."""

    due = _day(_("När ser ni efter hur det går?"))
