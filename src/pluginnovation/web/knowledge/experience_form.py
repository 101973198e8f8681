"""The form for an experience, in the editor: questions in the order that somebody tells, and a draft at the end."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access

from pluginnovation.records.refusals import Refusal

from .experience import TOLD, Experience, draft_of
from .models import MethodPage, SiteEstimateRow
from .plain import plain
from .words import choices, language

LONGEST = 4000


def _story(label: Any, help_text: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST, validators=[plain],
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class ExperienceForm(forms.Form):
    """The questions."""

    title = forms.CharField(label=_("Rubrik"), max_length=200, validators=[plain])
    lead = forms.CharField(
        label=_("I en mening"), max_length=500, validators=[plain],
        help_text=_("Vad ni gjorde, för vem. Inga namn och inget som pekar ut en elev."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    place = forms.CharField(label=_("Var"), max_length=200, validators=[plain])
    period = forms.CharField(label=_("När"), max_length=100, validators=[plain])
    methods = forms.MultipleChoiceField(label=_("Metoder"), required=False, widget=forms.CheckboxSelectMultiple)
    problems = forms.MultipleChoiceField(label=_("Vad det gällde"), required=False, widget=forms.CheckboxSelectMultiple)
    years = forms.MultipleChoiceField(label=_("Årskurser"), required=False, widget=forms.CheckboxSelectMultiple)
    situation = _story(_("Läget"), _("Hur det var innan."), required=True)
    did = _story(_("Vad ni gjorde"), _("Det som faktiskt hände, också det som inte blev av."), required=True)
    happened = _story(_("Vad som hände sedan"), _("Också det som inte ändrades. Siffror väljer du nedanför."))
    adapted = _story(_("Vad ni ändrade i metoden"), _("Och varför. Tomt om inget ändrades."))
    learnt = _story(_("Vad ni lärde er"), _("Det ni skulle säga till en kollega som börjar."), required=True)
    estimates = forms.MultipleChoiceField(
        label=_("Siffror ur uppföljningen"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Välj skattningar som hubben har tagit emot. Siffrorna hämtas därifrån och skrivs aldrig av."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        methods = MethodPage.objects.live().filter(locale__language_code="sv").order_by("title")
        rows = SiteEstimateRow.objects.filter(current=True).order_by("site", "method", "outcome")
        offered = {
            "methods": [(page.slug, page.title) for page in methods],
            "problems": choices("problems"),
            "years": choices("years"),
            "estimates": [(row.key, str(row)) for row in rows],
        }
        for name, values in offered.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    def told(self) -> Experience:
        """What was told."""
        said = self.cleaned_data
        return Experience(
            title=said["title"], lead=said["lead"], place=said["place"], period=said["period"],
            learnt=Truncator(said["learnt"]).chars(500), methods=tuple(said["methods"]),
            problems=tuple(said["problems"]), years=tuple(said["years"]),
            told={part: said[part] for part in TOLD if said[part]},
            estimates=tuple(said["estimates"]),
        )  # fmt: skip


@require_admin_access
def experience_page(request: HttpRequest) -> HttpResponse:
    """The form; and then the draft, which waits for somebody at another school."""
    form = ExperienceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            page = draft_of(form.told(), by=request.user, at=now())  # type: ignore[arg-type]
        except Refusal as refusal:
            form.add_error(None, refusal.text(language()))
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, gettext("Utkastet är gjort och väntar på granskning."))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    status = 422 if form.errors else 200
    return render(request, "knowledge/editor/experience.html", {"form": form}, status=status)
