"""Hand-over: what somebody has that is open, who gets it, and the paper that goes along."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Installation
from pluginnovation.web.people.reach import pupils_in_reach, schools_in_reach
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.people.rights.forms import PageForm
from pluginnovation.web.people.rights.paper import TYPEFACES, drawn

from ..colleagues import Colleague, colleagues_at
from ..handing import LONGEST_WHY, TABLES, Handing, Work, beyond, hand_over, open_of, open_work, take_back
from ..handing_told import Told, told_of
from ..models import HandOver
from ..owners import staff_of

LEAVING: Final = gettext_lazy("Slutar på skolan")


class HandingForm(PageForm):
    """Who gets it, and why."""

    receiver = forms.ChoiceField(label=gettext_lazy("Vem tar över?"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Varför?"),
        help_text=gettext_lazy("Skriv inget om enskilda elever."),
        max_length=LONGEST_WHY,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Skriv något här.")},
    )

    def __init__(self, *args: Any, colleagues: Iterable[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Ingen än: den roll som varje sak hör till")), *((one.code, one.label) for one in colleagues)]
        self.fields["receiver"].choices = choices  # type: ignore[attr-defined]


@for_roles("principal")
@require_GET
def hand_overs_page(request: HttpRequest) -> HttpResponse:
    """Everyone who has something open at the principal's schools, by name, and the hand-overs that were made."""
    schools = _schools(request)
    counts: dict[str, Counter[str]] = {}
    within = _within(request)
    for kind in TABLES:
        for owner in open_of(kind).filter(within, school__in=schools).exclude(owner="").values_list("owner", flat=True):
            counts.setdefault(owner, Counter())[kind] += 1
    staff = staff_of(schools)
    owners = sorted(counts, key=lambda code: (code in staff.here, staff.names.get(code, ""), code))
    rows = [
        {"code": code, "name": staff.name(code), "here": code in staff.here, "count": counts[code],
         "n": counts[code].total()}
        for code in owners
    ]  # fmt: skip
    made = HandOver.objects.filter(school__in=schools).select_related("by").order_by("-at")[:50]
    context = {
        "rows": rows,
        "left": sum(code not in staff.here for code in owners),
        "made": [(row, staff.name(row.giver), staff.name(row.receiver) if row.receiver else "") for row in made],
    }
    return render(request, "support/hand_overs.html", context)


@for_roles("principal")
@require_http_methods(["GET", "POST"])
def hand_over_page(request: HttpRequest, code: str) -> HttpResponse:
    """What one adult has open, with who could take it over; and what a hand-over would do, before it is done."""
    work, told = _told(request, code)
    school = told.school
    colleagues = [one for one in colleagues_at(school.code) if one.code != code]
    if request.method == "GET":
        form = HandingForm(initial={"why": LEAVING}, colleagues=colleagues)
        return render(request, "support/hand_over.html", {"told": told, "form": form})
    form, refusal = HandingForm(request.POST, colleagues=colleagues), ""
    if form.is_valid():
        handing = Handing(school.code, code, form.cleaned_data["receiver"], form.cleaned_data["why"])
        if "sure" not in request.POST:
            return render(request, "support/hand_over_sure.html", _sure(told, work, handing, colleagues))
        try:
            row = hand_over(handing=handing, work=work, by=user_of(request), at=now())
            n = row.things.count()
            said = ngettext("En sak är överlämnad.", "%(n)s saker är överlämnade.", n) % {"n": n}
            messages.success(request, said)
            return redirect("handed_over", number=row.pk)
        except Refusal as refused:
            refusal = refusal_text(refused)
    context = {"told": told, "form": form, "refusal": refusal}
    return render(request, "support/hand_over.html", context, status=422)


@for_roles("principal")
@require_GET
def pack_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The pack as a tagged PDF; that it was taken out is written down."""
    work, told = _told(request, code)
    at, by = now(), user_of(request)
    here = Installation.objects.first()
    page = {
        "told": told,
        "at": at,
        "by": by.name,
        "language": get_language() or "sv",
        "made_up": here is not None and here.first_simulated_at is not None and here.first_real_import_at is None,
        "faces": [f"typeface:{name}" for name in TYPEFACES],
    }
    try:
        paper = drawn(render_to_string("support/pack_paper.html", page))
    except Refusal as refused:
        messages.error(request, refusal_text(refused))
        return redirect("hand_over", code=code)
    with recorded("print_hand_over", by=by, at=at, about=code, n=len(work)):
        response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="overlamning.pdf"'
    return response


def _sure(told: Told, work: Work, handing: Handing, colleagues: list[Colleague]) -> dict[str, Any]:
    receiver = next((one for one in colleagues if one.code == handing.receiver), None)
    outside = len(beyond(handing.receiver, work)) if receiver else len(work)
    return {
        "told": told,
        "handing": handing,
        "receiver": receiver,
        "outside": outside,
        "inside": len(work) - outside,
    }


@for_roles("principal")
@require_GET
def handed_over_page(request: HttpRequest, number: int) -> HttpResponse:
    """One hand-over that was made: what went where, and the way back."""
    row = get_object_or_404(HandOver.objects.select_related("by"), pk=number, school__in=_schools(request))
    staff = staff_of([row.school])
    kinds = Counter(row.things.values_list("kind", flat=True))
    context = {
        "row": row,
        "giver": staff.name(row.giver),
        "receiver": staff.name(row.receiver) if row.receiver else "",
        "giver_here": row.giver in staff.here,
        "kinds": kinds,
        "n": kinds.total(),
    }
    return render(request, "support/handed_over.html", context)


@for_roles("principal")
@require_POST
def take_back_page(request: HttpRequest, number: int) -> HttpResponse:
    """Undo a hand-over."""
    row = get_object_or_404(HandOver, pk=number, school__in=_schools(request))
    try:
        n = take_back(row=row, by=user_of(request), at=now())
        said = ngettext("En sak gick tillbaka.", "%(n)s saker gick tillbaka.", n) % {"n": n}
        messages.success(request, said)
    except Refusal as refused:
        messages.error(request, refusal_text(refused))
    return redirect("handed_over", number=row.pk)


def _schools(request: HttpRequest) -> list[str]:
    return list(schools_in_reach(duty_of(request)).values_list("code", flat=True))


def _within(request: HttpRequest) -> Q:
    return Q(pupil__in=pupils_in_reach(duty_of(request), today()).values("code")) | Q(pupil="")


def _told(request: HttpRequest, code: str) -> tuple[Work, Told]:
    """The open work of one adult, at the school where there is most of it.

    Raises  Http404, the same one, when there is no such adult, nothing open, or it is somebody else's school
    """
    code = code.replace("\x00", "?")
    schools = list(schools_in_reach(duty_of(request)).order_by("sort_key", "code"))
    work = open_work(code, [school.code for school in schools], _within(request))
    if not len(work):
        raise Http404
    counted = Counter(one.school for _kind, one in work.things())
    most = max(schools, key=lambda school: counted[school.code])
    here = open_work(code, [most.code], _within(request)) if len(counted) > 1 else work
    return here, told_of(here, code, most)
