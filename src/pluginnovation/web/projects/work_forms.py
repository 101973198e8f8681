"""The forms of activities, participants and what comes after."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pluginnovation.projects.follow_up import ANSWERS
from pluginnovation.support import catalogue
from pluginnovation.support.ends import REASONS
from pluginnovation.web.people.clock import today
from pluginnovation.web.support.case_forms import WHOLE, fill
from pluginnovation.web.support.spoken import PageForm, choices_of, day_field, line_field, one_of, text_field

from .after_the_end import LONGEST_ROLE
from .after_the_end import LONGEST_TEXT as LONGEST_AFTER
from .doing import LONGEST_ABOUT, LONGEST_NAME, LONGEST_WHY, MOST_TIMES


def apart(form: PageForm, key: object) -> PageForm:
    """The form with ids of its own, where a page has several of a kind."""
    form.auto_id = f"falt-{key}-%s"
    return form


class ActivityForm(PageForm):
    """What is done, for what, whom and where."""

    name = line_field(_("Aktivitet"), longest=LONGEST_NAME)
    intent = one_of(_("Avsikt"), _("Vad är den till för?"), radio=False)
    reach = one_of(_("Räckvidd"), _("Vilka når den?"), radio=False)
    level = one_of(_("Nivå"), _("Var sker arbetet?"), radio=False)
    method = line_field(_("Metod"), _("Metodens namn i kunskapsbanken, om den följer en."), longest=LONGEST_NAME,
                        required=False)  # fmt: skip
    planned = forms.IntegerField(
        label=_("Planerade tillfällen"), required=False, min_value=1, max_value=MOST_TIMES, error_messages=WHOLE
    )
    starts = day_field(_("Från"))
    ends = day_field(_("Till och med"), required=False)
    about = text_field(_("Så går den till"), longest=LONGEST_ABOUT, required=False, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        axes = (("intent", catalogue.INTENTS), ("reach", catalogue.REACHES), ("level", catalogue.LEVELS))
        for name, words in axes:
            fill(self, name, [("", _("Välj")), *choices_of(words)])


class HeldForm(PageForm):
    """What was held, or cancelled."""

    on = day_field(_("Dag"))
    times = forms.IntegerField(
        label=_("Tillfällen"), min_value=-MOST_TIMES, max_value=MOST_TIMES, error_messages=WHOLE,
        help_text=_("Med ett minustal rättar du ett misstag."),
    )  # fmt: skip
    held = one_of(_("Blev det av?"))
    why = line_field(_("Om det ställdes in: varför?"), longest=LONGEST_WHY, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "held", [("yes", _("Ja, det hölls")), ("no", _("Nej, det ställdes in"))])

    def clean(self) -> dict[str, Any]:
        """A cancelled one has a reason."""
        said = super().clean() or {}
        if said.get("held") == "no" and not said.get("why"):
            self.add_error("why", _("Skriv varför."))
        return said


class JoinForm(PageForm):
    """In which sub-project a pupil takes part, from when, and by which measure or case."""

    sub_project = one_of(_("Delprojekt"), radio=False)
    starts = day_field(_("Från"))
    tied = one_of(
        _("Genom"), _("Insatsen eller ärendet visar vad som görs. Inget kopieras till delprojektet."), radio=False,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, projects: Any = (), ties: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "sub_project", list(projects))
        fill(self, "tied", [("", _("Inget av dem")), *ties])


class LeaveForm(PageForm):
    """The last day, and why."""

    on = day_field(_("Sista dag"))
    why = one_of(_("Varför slutar eleven delta?"), radio=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "why", choices_of(REASONS))
        self.fields["on"].initial = today()


class HandOverForm(PageForm):
    """What becomes of the work."""

    absorbed = one_of(_("Fortsätter arbetet i den vanliga verksamheten?"))
    owner_role = line_field(_("Vilken roll äger det?"), _("En roll, inte ett namn."), longest=LONGEST_ROLE,
                            required=False)  # fmt: skip
    what = text_field(_("Vad går vidare, och vad behöver nästa veta?"), longest=LONGEST_AFTER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "absorbed", choices_of(ANSWERS))

    def clean(self) -> dict[str, Any]:
        """Work that goes on has an owner."""
        said = super().clean() or {}
        if said.get("absorbed") not in (None, "", "stopped") and not said.get("owner_role"):
            self.add_error("owner_role", _("Skriv vilken roll som äger arbetet."))
        return said


class FollowUpForm(PageForm):
    """What is answered some months later."""

    absorbed = one_of(_("Finns arbetet kvar?"))
    text = text_field(_("Vad har hänt sedan dess?"), longest=LONGEST_AFTER, required=False, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, "absorbed", choices_of(ANSWERS))


class TimeForm(PageForm):
    """The first and the last day."""

    starts = day_field(_("Första dag"))
    ends = day_field(_("Sista dag"))


class MoveForm(PageForm):
    """Where the sub-project goes next, why, and the version that was read."""

    to = forms.CharField(max_length=20)
    seen = forms.IntegerField(min_value=0)
    why = forms.CharField(max_length=4_000, required=False)
