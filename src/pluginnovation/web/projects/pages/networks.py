"""Networks of sub-projects that meet, and what the region offers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.projects import offers
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import user_of
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.case_forms import fill
from pluginnovation.web.support.spoken import clock_for, told

from ..coaching import (
    NETWORK,
    Agreed,
    Held,
    Whose,
    agree_together,
    begin_network,
    hold_session,
    join_network,
    leave_network,
    offer,
    take_away_offer,
)
from ..door import REGIONAL
from ..models import Agreement, Network, NetworkMeeting, NetworkMember, Offer, Session, SubProject
from ..process_forms import JoinNetworkForm, NetworkAgreementForm, NetworkForm, OfferForm, SessionForm
from ..work_forms import apart


@for_roles(*REGIONAL)
@require_GET
def networks(request: HttpRequest) -> HttpResponse:
    """Every network, with its members and meetings."""
    return _list(request)


def _list(request: HttpRequest, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    projects = SubProject.objects.order_by("name", "pk")
    rows = []
    for one in Network.objects.filter(ended_at=None).order_by("name", "pk"):
        inside = NetworkMember.objects.filter(network=one, left_at=None).select_related("sub_project")
        met = NetworkMeeting.objects.filter(network=one).select_related("session").order_by("-session__on", "-pk")
        members = list(inside.order_by("sub_project__name"))
        opened = added.get("opened") == one.pk
        mine = added.get("session_form") if opened else None
        agreeing = added.get("agree_form") if opened else None
        rows.append(
            {
                "network": one,
                "members": members,
                "met": list(met[:6]),
                "agreed": _agreed(one),
                "agreeing": apart(agreeing or _agreement_form(one, members), f"o{one.pk}"),
                "joining": apart(JoinNetworkForm(projects=_outside(projects, members)), one.pk),
                "form": apart(mine or SessionForm(initial={"kind": NETWORK}), one.pk),
            }
        )
    page = {
        "rows": rows,
        "form": NetworkForm(projects=[(str(one.pk), one.name) for one in projects]),
    }
    return render(request, "projects/networks.html", page | added, status=status)


def _agreed(network: Network) -> list[tuple[Agreement, str]]:
    """What was agreed at the network's meetings, by day."""
    found = Agreement.objects.filter(session__met__network=network).select_related("sub_project", "done_by", "session")
    return [(one, clock_for(one.due, done=one.done_at is not None)) for one in found.order_by("due", "what", "pk")]


def _agreement_form(network: Network, members: Iterable[NetworkMember], said: Any = None) -> NetworkAgreementForm:
    sessions = Session.objects.filter(met__network=network).order_by("-on", "-pk")
    form = NetworkAgreementForm(said, sessions=sessions, members=members)
    # What isn't agreed at one of its meetings isn't the network's.
    form.fields["session"].required = True
    fill(form, "session", form.fields["session"].choices[1:])  # type: ignore[attr-defined]
    return form


@for_roles(*REGIONAL)
@require_POST
def network_agreed(request: HttpRequest, network: int) -> HttpResponse:
    """Write down what a network agreed at a meeting."""
    row = Network.objects.filter(pk=network).first()
    if row is None:
        raise Http404
    members = NetworkMember.objects.filter(network=row, left_at=None).select_related("sub_project")
    form = _agreement_form(row, members, request.POST)
    if not form.is_valid():
        return _list(request, {"agree_form": form, "wrong_form": form, "opened": network, "status": 422})
    said = form.cleaned_data
    held = Session.objects.get(pk=said["session"])
    who = [one.sub_project for one in members if said["member"] in ("", str(one.sub_project_id))]
    agreed = Agreed(said["what"], said["due"])
    refusal, status = tried(
        lambda: agree_together(members=who, agreed=agreed, by=user_of(request), at=now(), session=held)
    )
    if refusal:
        return _list(request, {"agree_form": form, "refusal": refusal, "opened": network, "status": status})
    messages.success(request, _("Överenskommelsen är sparad."))
    return redirect("networks")


def _outside(projects: Iterable[SubProject], members: Iterable[NetworkMember]) -> list[tuple[str, str]]:
    inside = {one.sub_project_id for one in members}
    return [(str(one.pk), one.name) for one in projects if one.pk not in inside]


@for_roles(*REGIONAL)
@require_POST
def network_joined(request: HttpRequest, network: int) -> HttpResponse:
    """Let a sub-project join a network that meets."""
    row = Network.objects.filter(pk=network, ended_at=None).first()
    if row is None:
        raise Http404
    projects = SubProject.objects.order_by("name", "pk")
    form = JoinNetworkForm(request.POST, projects=[(str(one.pk), one.name) for one in projects])
    if not form.is_valid():
        return _list(request, {"wrong_form": form, "status": 422})
    joining = SubProject.objects.get(pk=form.cleaned_data["member"])
    refusal, status = tried(lambda: join_network(network=row, sub_project=joining, by=user_of(request), at=now()))
    if refusal:
        return _list(request, {"refusal": refusal, "status": status})
    messages.success(request, _("Delprojektet är med i nätverket."))
    return redirect("networks")


@for_roles(*REGIONAL)
@require_POST
def network_begun(request: HttpRequest) -> HttpResponse:
    """Begin a network."""
    projects = SubProject.objects.order_by("name", "pk")
    form = NetworkForm(request.POST, projects=[(str(one.pk), one.name) for one in projects])
    if not form.is_valid():
        return _list(request, {"form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    members = list(SubProject.objects.filter(pk__in=said["members"]).order_by("pk"))
    refusal, status = tried(
        lambda: begin_network(name=said["name"], members=members, about=said["about"], by=user_of(request), at=now())
    )
    if refusal:
        return _list(request, {"form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Nätverket är igång."))
    return redirect("networks")


@for_roles(*REGIONAL)
@require_POST
def network_met(request: HttpRequest, network: int) -> HttpResponse:
    """Write down a meeting of a network."""
    row, form = Network.objects.filter(pk=network).first(), SessionForm(request.POST)
    if row is None:
        raise Http404
    if not form.is_valid():
        return _list(request, {"session_form": form, "wrong_form": form, "opened": network, "status": 422})
    said = form.cleaned_data
    held = Held(NETWORK, said["on"], said["topic"], said["note"], said["minutes"])
    whose = Whose(network=row)
    refusal, status = tried(lambda: hold_session(held=held, whose=whose, by=user_of(request), at=now()))
    if refusal:
        return _list(request, {"session_form": form, "refusal": refusal, "opened": network, "status": status})
    messages.success(request, _("Mötet är sparat."))
    return redirect("networks")


@for_roles(*REGIONAL)
@require_POST
def network_left(request: HttpRequest, network: int, member: int) -> HttpResponse:
    """Let a sub-project leave."""
    row = NetworkMember.objects.filter(pk=member, network=network).first()
    if row is None:
        raise Http404
    refusal, status = tried(lambda: leave_network(member=row, by=user_of(request), at=now()))
    if refusal:
        return _list(request, {"refusal": refusal, "status": status})
    return redirect("networks")


@for_roles(*REGIONAL)
@require_GET
def offers_page(request: HttpRequest) -> HttpResponse:
    """What schools can ask for."""
    return _offers(request)


def _offers(request: HttpRequest, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    rows = Offer.objects.filter(taken_away_at=None).order_by("kind", "name", "pk")
    page = {"rows": [(one, told(offers.KINDS[one.kind])) for one in rows], "form": OfferForm()}
    return render(request, "projects/offers.html", page | added, status=status)


@for_roles(*REGIONAL)
@require_POST
def offered(request: HttpRequest) -> HttpResponse:
    """Add an offer."""
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _offers(request, {"form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    refusal, status = tried(
        lambda: offer(kind=said["kind"], name=said["name"], about=said["about"], by=user_of(request), at=now())
    )
    if refusal:
        return _offers(request, {"form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Erbjudandet finns nu för skolorna."))
    return redirect("offers")


@for_roles(*REGIONAL)
@require_POST
def offer_taken_away(request: HttpRequest, number: int) -> HttpResponse:
    """Take an offer away."""
    row = Offer.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    refusal, status = tried(lambda: take_away_offer(offer=row, by=user_of(request), at=now()))
    if refusal:
        return _offers(request, {"refusal": refusal, "status": status})
    return redirect("offers")
