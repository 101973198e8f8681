"""Påminnelser: which mails one wants."""

from typing import Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pluginnovation.privacy.grounds import REACH_OF_ROLE
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import user_of
from pluginnovation.web.people.rights.forms import PageForm

from ..models import ReminderChoice
from ..reminders import choose_reminders

ROLES: Final = tuple(REACH_OF_ROLE)
DAILY, WEEKLY = "daily", "weekly"


class ReminderForm(PageForm):
    """Which mails."""

    mails = forms.MultipleChoiceField(
        label=gettext_lazy("Mejla mig"),
        help_text=gettext_lazy("I mejlet står bara hur många saker det är, aldrig vem de gäller."),
        choices=(
            (DAILY, gettext_lazy("de dagar något ska vara klart eller är försenat")),
            (WEEKLY, gettext_lazy("en gång i veckan, med det som väntar")),
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@for_roles(*ROLES)
@require_http_methods(["GET", "POST"])
def reminders_page(request: HttpRequest) -> HttpResponse:
    """What the viewer has chosen, and the form that changes it."""
    user = user_of(request)
    row = ReminderChoice.objects.filter(user=user).first()
    chosen = [name for name in (DAILY, WEEKLY) if row is not None and getattr(row, name)]
    form = ReminderForm(request.POST if request.method == "POST" else None, initial={"mails": chosen})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["mails"]
        choose_reminders(daily=DAILY in wanted, weekly=WEEKLY in wanted, by=user, at=now())
        messages.success(request, _("Ditt val är sparat."))
        return redirect("reminders")
    context = {"form": form, "chosen": chosen, "sends": bool(settings.EMAIL_HOST)}
    return render(request, "support/reminders.html", context, status=422 if form.errors else 200)
