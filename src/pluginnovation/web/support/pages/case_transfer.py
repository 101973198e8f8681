"""A case that follows a pupil to another school: handed over by the one, taken by the other."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pluginnovation.support.case_states import LEADERS
from pluginnovation.support.transfers import GROUNDS
from pluginnovation.web.people.door import open_left_case, open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Organisation
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.signals.chrome import show_source
from pluginnovation.web.signals.views.pupil import ground_of

from ..case_door import ROLES, open_case_or_404, tried
from ..case_reading import words_of_state
from ..colleagues import colleagues_at
from ..models import Case, CaseTransfer
from ..spoken import told
from ..transfer_forms import OUTSIDE, GivingForm, TakingForm
from ..transfer_said import offered_of, part_word, transfer_told
from ..transfers import Giving, Taking, give_case_over, take_case_back, take_case_over


@dataclass(frozen=True, slots=True)
class _Opened:
    """A case about to be handed over. `left`: its pupil goes to the school no longer, and only the name is told."""

    case: Case
    name: str
    left: bool


def _open(request: HttpRequest, number: int) -> _Opened:
    case = Case.objects.filter(pk=number, school__in=duty_of(request).units).first()
    found = open_left_case(request, number, page="transfer") if case else None
    if case is not None and found is not None:
        return _Opened(case, found.name, True)
    case, person, _grant = open_case_or_404(request, number)
    return _Opened(case, person.name, False)


@for_roles(*LEADERS)
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Hand a case over to another school, before or after the pupil has gone there."""
    opened = _open(request, number)
    case = opened.case
    standing = CaseTransfer.objects.filter(case=case, back_at=None).select_related("by").first()
    form = GivingForm(
        request.POST if request.method == "POST" else None,
        schools=_schools(case.school), parts=[(part, part_word(case.kind, part)) for part in offered_of(case)],
    )  # fmt: skip
    page: dict[str, Any] = {"opened": opened, "case": case, "words": words_of_state(case), "form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            giving = Giving(
                "" if said["receiver"] == OUTSIDE else said["receiver"], said["outside"], said["ground"], said["why"],
                said.get("parts", ()), duty_of(request).role,
            )  # fmt: skip
            page["refusal"], status = tried(
                lambda: give_case_over(case=case, giving=giving, by=user_of(request), at=now())
            )
            if status == 200:
                messages.success(request, _("Ärendet är överlämnat.") if giving.receiver else _("Ärendet är avslutat."))
                return redirect("case_give", number=case.pk) if giving.receiver else redirect("cases")
    if standing is not None:
        page |= {"standing": standing, "place": _name(standing)} | _told(standing)
    return render(request, "support/case_give.html", page, status=status)


@for_roles(*LEADERS)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take a hand-over back, before anybody has taken it."""
    opened = _open(request, number)
    standing = CaseTransfer.objects.filter(case=opened.case, back_at=None).first()
    if standing is None:
        raise Http404
    refusal, _status = tried(
        lambda: take_case_back(row=standing, role=duty_of(request).role, by=user_of(request), at=now())
    )
    if refusal:
        messages.warning(request, refusal)
    else:
        messages.success(request, _("Överlämningen är tagen tillbaka."))
    return redirect("case_give", number=number)


@for_roles(*ROLES)
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, number: int) -> HttpResponse:
    """What another school has handed over; whoever leads cases takes it."""
    duty = duty_of(request)
    row = CaseTransfer.objects.filter(pk=number, receiver__in=duty.units, back_at=None).select_related("by").first()
    person, grant = open_pupil_or_404(request, row.pupil if row else "", page="transfer")
    if row is None:
        raise Http404
    show_source(request, person.source)
    colleagues = colleagues_at(row.receiver)
    form = TakingForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    page: dict[str, Any] = {
        "row": row, "person": person, "ground": ground_of(person, grant), "form": form, "takes": duty.role in LEADERS,
        "place": Organisation.objects.filter(code=row.school).first(),
    } | _told(row)  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            owner = form.cleaned_data["owner"]
            role = next((one.role for one in colleagues if one.code == owner), duty.role)
            taking = Taking(owner, role, duty.role)
            made: list[Case] = []
            page["refusal"], status = tried(
                lambda: made.append(take_case_over(row=row, taking=taking, by=user_of(request), at=now()))
            )
            if made:
                messages.success(request, _("Ärendet är mottaget och går vidare här."))
                return redirect("case", number=made[0].pk)
    return render(request, "support/case_take.html", page, status=status)


def _told(row: CaseTransfer) -> dict[str, Any]:
    return {"told": transfer_told(row), "ground_word": told(GROUNDS[row.ground])}


def _schools(own: str) -> list[tuple[str, str]]:
    others = Organisation.objects.filter(organisation_type__in=("Skola", "Skolenhet")).exclude(code=own)
    return list(others.order_by("sort_key", "code").values_list("code", "display_name"))


def _name(row: CaseTransfer) -> str:
    return row.outside or str(
        Organisation.objects.filter(code=row.receiver).values_list("display_name", flat=True).first() or ""
    )
