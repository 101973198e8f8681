"""The forms of handing a case over to another school, and of taking it there."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pluginnovation.support.transfers import GROUNDS, LONGEST_WHY

from .case_forms import fill, owners
from .colleagues import Colleague
from .spoken import PageForm, choices_of, line_field, one_of, text_field

OUTSIDE = "-"


class GivingForm(PageForm):
    """To which school, what follows, and on which ground. Nothing is ticked from the beginning."""

    receiver = one_of(_("Till vilken skola?"), radio=False)
    outside = line_field(_("Om skolan inte finns i listan: vilken?"), longest=120, required=False)
    parts = forms.MultipleChoiceField(
        label=_("Vad behöver den nya skolan?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Att ärendet finns, sedan när, och lagens steg med sina dagar följer alltid med. Anteckningar och filer"
            " följer aldrig med."
        ),
    )  # fmt: skip
    ground = one_of(_("På vilken grund lämnas det?"))
    why = text_field(_("Vem har samtyckt, eller vad är prövat?"), longest=LONGEST_WHY, rows=3)

    def __init__(
        self, *args: Any, schools: Iterable[tuple[str, str]] = (), parts: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "receiver", [("", _("Välj skola")), *schools, (OUTSIDE, _("En skola som inte finns i listan"))])
        fill(self, "parts", parts)
        fill(self, "ground", choices_of(GROUNDS))
        if not parts:
            del self.fields["parts"]


class TakingForm(PageForm):
    """Who answers for it at the new school."""

    owner = one_of(_("Vem håller i ärendet?"), radio=False, required=False)

    def __init__(self, *args: Any, colleagues: Sequence[Colleague] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "owner", owners(colleagues))
