"""The forms of screening, review and decision."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from pluginnovation.projects.reviews import ADVICE, POINTS
from pluginnovation.web.support.spoken import PageForm, choices_of, day_field, line_field, one_of, text_field, told

from .calling import LONGEST_TEXT
from .forms import Choices, KronorField


class ScreenForm(PageForm):
    """What a screening finds."""

    verdict = one_of(_("Vad blir det?"))
    text = text_field(_("Motivering"), _("Krävs om ansökan inte går vidare. Den sökande läser det."),
                      longest=LONGEST_TEXT, required=False)  # fmt: skip

    def __init__(self, *args: Any, conditions: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, text in conditions:
            field = one_of(text)
            field.choices = [("yes", _("Uppfyllt")), ("no", _("Inte uppfyllt"))]
            self.fields[f"check_{number}"] = field
        self.fields["verdict"].choices = [  # type: ignore[attr-defined]
            ("eligible", _("Till granskning")),
            ("incomplete", _("Be om komplettering")),
            ("not_eligible", _("Uppfyller inte villkoren")),
        ]
        self.order_fields([*(f"check_{number}" for number, _text in conditions), "verdict", "text"])


class ReviewerForm(PageForm):
    """Who is to review."""

    reviewer = one_of(_("Granskare"), radio=False)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].choices = list(people)  # type: ignore[attr-defined]


class ConflictForm(PageForm):
    """Whether there is a conflict of interest."""

    conflict = one_of(_("Har du jäv i den här ansökan?"))
    what = text_field(_("Vilket jäv?"), _("Skriv om du svarade ja."), longest=LONGEST_TEXT, required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conflict"].choices = [("no", _("Nej")), ("yes", _("Ja"))]  # type: ignore[attr-defined]


class SheetForm(PageForm):
    """A review."""

    advice = one_of(_("Ditt råd"))
    text = text_field(_("Motivering"), longest=LONGEST_TEXT)

    def __init__(self, *args: Any, criteria: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = [(str(point), f"{point}. {word}") for point, word in choices_of_points()]
        for number, text in criteria:
            field = one_of(text)
            field.choices = points
            self.fields[f"score_{number}"] = field
        self.fields["advice"].choices = choices_of(ADVICE)  # type: ignore[attr-defined]
        self.order_fields([*(f"score_{number}" for number, _text in criteria), "text", "advice"])


class RulingForm(PageForm):
    """A decision."""

    verdict = one_of(_("Beslut"))
    grant = KronorField(label=_("Bidrag"), required=False, help_text=_("Tomt vid avslag. Högst det som är sökt."))
    reasons = text_field(_("Skäl"), _("Står i beslutsbrevet."), longest=LONGEST_TEXT)
    conditions = text_field(_("Villkor för bidraget"), longest=LONGEST_TEXT, required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [("grant", _("Bevilja")), ("decline", _("Avslå"))]  # type: ignore[attr-defined]


class LeaderForm(PageForm):
    """Who is to lead a sub-project."""

    who = line_field(_("Vem"), _("Personens kod eller inloggning."), longest=80)
    first = day_field(_("Från och med"))
    last = day_field(_("Till och med"), required=False)


def choices_of_points() -> list[tuple[int, str]]:
    """Points with their words, in the page's language."""
    return [(point, told(words)) for point, words in POINTS.items()]
