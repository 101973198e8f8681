"""The forms of process support, networks, offers, needs and requests."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pluginnovation.projects import offers
from pluginnovation.web.people.clock import today
from pluginnovation.web.signals.words import short_day
from pluginnovation.web.support.case_forms import WHOLE, fill
from pluginnovation.web.support.spoken import PageForm, choices_of, day_field, line_field, one_of, text_field

from .coaching import LONGEST_LINE, LONGEST_NOTE, LONGEST_SESSION, SESSION_KINDS
from .models import NetworkMember, Session
from .requests import LONGEST_TEXT


class SessionForm(PageForm):
    """A session that was held."""

    kind = one_of(_("Slag"), radio=False)
    on = day_field(_("Dag"))
    minutes = forms.IntegerField(
        label=_("Minuter"), required=False, min_value=1, max_value=LONGEST_SESSION, error_messages=WHOLE
    )
    topic = line_field(_("Vad gällde det?"), longest=LONGEST_LINE)
    note = text_field(_("Anteckning"), _("Delprojektet läser den. Skriv aldrig något om en elev."),
                      longest=LONGEST_NOTE, required=False, rows=4)  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "kind", choices_of(SESSION_KINDS))
        self.fields["on"].initial = today()


class AgreementForm(PageForm):
    """What was agreed, by when, and at which session."""

    what = line_field(_("Vi kom överens om"), longest=LONGEST_LINE)
    due = day_field(_("Senast"))
    session = one_of(_("Vid mötet"), radio=False, required=False)

    def __init__(self, *args: Any, sessions: Iterable[Session] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [(str(one.pk), f"{short_day(one.on)}, {one.topic}") for one in sessions]
        fill(self, "session", [("", _("Inget möte")), *held])
        # What is agreed is mostly agreed at the latest session.
        self.fields["session"].initial = held[0][0] if held else ""


class NetworkAgreementForm(AgreementForm):
    """What a network agreed, and which of its sub-projects sees to it: one of them, or each its own."""

    member = one_of(_("Vem ser till det?"), radio=False, required=False)

    def __init__(self, *args: Any, members: Iterable[NetworkMember] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(one.sub_project_id), one.sub_project.name) for one in members]
        fill(self, "member", [("", _("Alla, var och en sitt")), *listed])


class JoinNetworkForm(PageForm):
    """Which sub-project joins a network that meets already."""

    member = forms.ChoiceField(label=_("Delprojekt"), error_messages={"required": _("Välj ett delprojekt.")})

    def __init__(self, *args: Any, projects: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "member", list(projects))


class NetworkForm(PageForm):
    """A network, and who is in it from the start."""

    name = line_field(_("Nätverkets namn"), longest=LONGEST_LINE)
    about = text_field(_("Vad förenar dem?"), longest=LONGEST_NOTE, required=False, rows=2)
    members = forms.MultipleChoiceField(
        label=_("Delprojekt"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Välj minst två.")}
    )

    def __init__(self, *args: Any, projects: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "members", list(projects))

    def clean_members(self) -> list[str]:
        """Two or more."""
        chosen: list[str] = self.cleaned_data["members"]
        if len(chosen) < 2:
            raise forms.ValidationError(_("Välj minst två."))
        return chosen


class OfferForm(PageForm):
    """Something that schools can ask for."""

    kind = one_of(_("Slag"))
    name = line_field(_("Vad heter det?"), longest=LONGEST_LINE)
    about = text_field(_("Vad ingår?"), longest=LONGEST_NOTE, required=False, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "kind", choices_of(offers.KINDS))


class DecisionForm(PageForm):
    """What the region decides, with an owner and a day."""

    about = one_of(_("Behovet"), radio=False, required=False)
    text = text_field(_("Beslut"), longest=LONGEST_TEXT, rows=3)
    owner = line_field(_("Vem ser till det?"), _("En roll eller en funktion."), longest=LONGEST_LINE)
    due = day_field(_("Senast"))

    def __init__(self, *args: Any, needs: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "about", [("", _("Inget särskilt")), *needs])


class OutcomeForm(PageForm):
    """What came of something."""

    outcome = text_field(_("Vad blev det av det?"), longest=LONGEST_TEXT, rows=3)


class AskForm(PageForm):
    """What a school asks for."""

    kind = one_of(_("Vad behöver ni?"))
    text = text_field(_("Berätta kort"), _("Skriv aldrig något om en elev."), longest=LONGEST_TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "kind", choices_of(offers.KINDS))


class MakeOfferForm(PageForm):
    """What is offered."""

    text = text_field(_("Erbjudande"), longest=LONGEST_TEXT, rows=3)
