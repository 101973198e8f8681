"""The pages of a registration: a short form, and what became of it."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pluginnovation.records.refusals import Refusal

from ..models import EventPage
from ..words import language
from .chrome import tongues
from .events import is_off, places_of
from .places import url_of
from .registering import KEPT_DAYS, Person, place_in_line, register, registered_as, withdraw
from .telling import tell_moved_up, tell_registered


class RegistrationForm(forms.Form):
    """Who comes. `homepage` is a field that no person sees; what fills it in is no person."""

    name = forms.CharField(label=_("Namn"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-post"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))
    organisation = forms.CharField(
        label=_("Arbetsplats"), max_length=200, required=False, widget=forms.TextInput({"autocomplete": "organization"})
    )
    needs = forms.CharField(
        label=_("Något vi ska tänka på"),
        max_length=300,
        required=False,
        help_text=_("Mat eller framkomlighet. Skriv inget om hälsa."),
    )
    homepage = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_homepage(self) -> str:
        """Raises ValidationError when it is filled in."""
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(gettext("Anmälan gick inte att ta emot."))
        return ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of an event. 404 for an event that isn't published, 409 for one that can't be registered for."""
    page = EventPage.objects.live().public().filter(pk=pk).first()
    if page is None:
        raise Http404
    form = RegistrationForm(request.POST or None)
    refused, status = "", 200
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("name", "email", "organisation", "needs")}
        try:
            made, word = register(page, Person(**facts), at=timezone.now())
        except Refusal as refusal:
            refused, status = refusal.text(language()), 409
        else:
            link = url_of("registered", word)
            tell_registered(made, link)
            return redirect(link if not settings.EMAIL_HOST else url_of("registered_sent", page.pk))
    elif request.method == "POST":
        status = 422
    places = places_of(page, at=timezone.now())
    context = {"page": page, "form": form, "places": places, "refused": refused, "kept_days": KEPT_DAYS,
               "tongue": tongues(None, request)}  # fmt: skip
    return TemplateResponse(request, "knowledge/registration.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD"])
def registered_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """That the link is in the mail: the same words whether the address was registered before or not."""
    page = EventPage.objects.live().public().filter(pk=pk).first()
    if page is None:
        raise Http404
    return TemplateResponse(request, "knowledge/registered_sent.html", {"page": page, "tongue": tongues(None, request)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registered(request: HttpRequest, word: str) -> HttpResponse:
    """One's own registration: a place or a place in line, and giving it up. 404 when there is none any more."""
    found = registered_as(word)
    if found is None:
        raise Http404
    if request.method == "POST":
        tell_moved_up(withdraw(found, by=None, at=timezone.now()))
        return redirect(request.path)
    context = {
        "found": found, "page": found.event, "line": place_in_line(found), "off": is_off(found.event),
        "kept_days": KEPT_DAYS, "mailed": bool(settings.EMAIL_HOST), "tongue": tongues(None, request),
    }  # fmt: skip
    return TemplateResponse(request, "knowledge/registered.html", context)
