"""Servers from a page: added, asked, fetched from, paused, removed. The same actions as the command's."""

from dataclasses import dataclass
from datetime import date
from os import environ
from pathlib import Path
from typing import Final, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pluginnovation.records.refusals import Refusal
from pluginnovation.records.server_opening import BEARER, CERTIFICATE, CREDENTIALS, TOKENS, ServerTold
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import User

from . import jobs
from .models import Server
from .server_actions import add_server, pause_server, resume_server, school_year_of
from .server_lines import token_word
from .server_refused import name_taken
from .server_secrets import delete_secrets, write_secret
from .words import in_english

FIELDS: Final = (
    "name", "address", "secret", "token_address", "client", "scope", "certificate", "key", "authority", "since",
)  # fmt: skip
NEEDED: Final = {
    BEARER: ("name", "address", "secret"),
    CREDENTIALS: ("name", "address", "secret", "token_address", "client"),
    CERTIFICATE: ("name", "address", "certificate"),
}
# What is typed once and never shown again.
SECRET: Final = ("secret", "certificate", "key")
LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed about a new server."""

    kind: str
    texts: dict[str, str]

    @property
    def shown(self) -> dict[str, str]:
        """What the form may show again."""
        return {name: text for name, text in self.texts.items() if name not in SECRET}


@sensitive_post_parameters(*SECRET)
@require_http_methods(["GET", "POST"])
@for_roles("administrator")
def add_page(request: HttpRequest) -> HttpResponse:
    """Choose how we prove who we are, and then say where the server is."""
    kind = request.GET.get("slag", "")
    if kind not in TOKENS:
        return render(request, "records/server_kind.html", {"kinds": [(one, token_word(one)) for one in TOKENS]})
    if request.method != "POST":
        return _form(request, Typed(kind, {"since": school_year_of(now()).isoformat()}), None)
    texts = {name: request.POST.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in FIELDS}
    typed = Typed(kind, texts)
    try:
        _add(typed, by=cast(User, request.user))
        server = Server.objects.get(name=texts["name"])
        job = jobs.ask_for(jobs.ASK, server.name, by=cast(User, request.user), at=now())
    except Refusal as refusal:
        return _form(request, typed, refusal)
    return redirect(reverse("job", args=[job.pk]) + "?folj=1")


def _add(typed: Typed, *, by: User) -> None:
    """Write the secrets down and remember the server; a refusal leaves neither.

    Raises  Refusal 'server_field_missing', 'server_since_wrong', and those of `add_server`
    """
    texts, home = typed.texts, Path(settings.PLUG_HOME)
    if missing := [name for name in NEEDED[typed.kind] if not texts[name]]:
        raise _missing(missing[0])
    if Server.objects.filter(name=texts["name"]).exists():
        raise name_taken()
    since = _day(texts["since"])
    try:
        told = ServerTold(
            address=texts["address"],
            token=typed.kind,
            secret=f"file:{_kept(home, texts, 'secret')}" if typed.kind != CERTIFICATE else "",
            token_address=texts["token_address"],
            client=texts["client"],
            scope=texts["scope"],
            certificate=_kept(home, texts, "certificate"),
            key=_kept(home, texts, "key"),
            authority=_kept(home, texts, "authority"),
        )
        add_server(texts["name"], told, since=since, env=environ, by=by.login, at=now())
    except BaseException:
        if not Server.objects.filter(name=texts["name"]).exists():
            delete_secrets(home, texts["name"])
        raise


def _kept(home: Path, texts: dict[str, str], what: str) -> str:
    """Where a text was written down; empty for none."""
    return str(write_secret(home, texts["name"], what, texts[what] + "\n").resolve()) if texts[what] else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(
            "server_since_wrong",
            what=("Dagen går inte att läsa.", "The day can't be read."),
            todo=("Skriv den som 2025-08-01.", "Write it as 2025-08-01."),
        ) from None


_LABELS: Final = {
    "name": ("Namn", "Name"),
    "address": ("Adress", "Address"),
    "secret": ("Hemlighet", "Secret"),
    "token_address": ("Adress för token", "Token address"),
    "client": ("Klientens namn", "The client's name"),
    "certificate": ("Certifikat", "Certificate"),
}


def _missing(field: str) -> Refusal:
    swedish, english = _LABELS[field]
    return Refusal(
        "server_field_missing",
        where="",
        what=(f"Fältet {swedish} är tomt.", f"The field {english} is empty."),
        todo=("Fyll i det. Hemligheter behöver skrivas igen.", "Fill it in. Secrets must be typed again."),
    )


def _form(request: HttpRequest, typed: Typed, refusal: Refusal | None) -> HttpResponse:
    context = {
        **typed.shown,
        "kind": typed.kind,
        "kind_word": token_word(typed.kind),
        "refusal": refusal.text("en" if in_english() else "sv") if refusal else "",
    }
    return render(request, "records/server_add.html", context, status=422 if refusal else 200)


@require_POST
@for_roles("administrator")
def do_page(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a server, fetch from it, pause it or take it up again."""
    server = get_object_or_404(Server, pk=number)
    what, by = request.POST.get("do"), cast(User, request.user)
    if what in (jobs.ASK, jobs.FETCH):
        job = jobs.ask_for(what, server.name, by=by, at=now())
        return redirect(reverse("job", args=[job.pk]) + "?folj=1")
    if what not in ("pause", "resume"):
        raise Http404
    act = pause_server if what == "pause" else resume_server
    act(server.name, by=by, at=now())
    said = _("%(name)s är pausad.") if what == "pause" else _("Vi hämtar från %(name)s igen.")
    messages.success(request, said % {"name": server.name})
    return redirect("servers")


@require_http_methods(["GET", "POST"])
@for_roles("administrator")
def remove_page(request: HttpRequest, number: int) -> HttpResponse:
    """What removing a server means, and doing it."""
    server = get_object_or_404(Server, pk=number)
    if request.method == "POST":
        job = jobs.ask_for(jobs.FORGET, server.name, by=cast(User, request.user), at=now())
        return redirect(reverse("job", args=[job.pk]) + "?folj=1")
    return render(request, "records/server_remove.html", {"server": server})
