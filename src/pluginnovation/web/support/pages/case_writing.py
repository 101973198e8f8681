"""Writing in a case: a section's text, and its obstacles. Two may write at once; both texts stay."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pluginnovation.records.refusals import Refusal
from pluginnovation.support import obstacles
from pluginnovation.support.case_texts import section_of
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import refusal_text, user_of
from pluginnovation.web.people.signin.scripts import with_drafts
from pluginnovation.web.signals.chrome import show_source
from pluginnovation.web.signals.views.pupil import ground_of

from ..actions import Writing, set_obstacles, write_text
from ..case_door import ROLES, open_case_or_404
from ..case_forms import TextForm
from ..case_reading import words_of_state
from ..drafts import draft_key
from ..models import Case, CaseText
from ..spoken import told
from ..standing import texts_of


@with_drafts
@for_roles(*ROLES)
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, number: int, section: str) -> HttpResponse:
    """Write one section. When somebody was first, both texts stand side by side and the writer chooses."""
    case, person, grant = open_case_or_404(request, number)
    asked = section_of(case.kind, section)
    if asked is None:
        raise Http404
    show_source(request, person.source)
    standing = texts_of(case).get(section)
    initial = {"text": standing.text if standing else "", "seen": standing.version if standing else 0}
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    page: dict[str, Any] = {
        "case": case, "person": person, "ground": ground_of(person, grant), "words": words_of_state(case),
        "title": told(asked.title), "about": told(asked.about), "standing": standing, "form": form,
        "draft": draft_key(request, f"{case.pk}/{section}"), "closed": case.closed_at is not None,
    }  # fmt: skip
    if request.method == "POST":
        status = 422
        if form.is_valid():
            writing = Writing(section, form.cleaned_data["text"], form.cleaned_data["seen"])
            try:
                written = write_text(case=case, writing=writing, by=user_of(request), at=now())
            except Refusal as refused:
                page["refusal"] = refusal_text(refused)
            else:
                if written.other is None:
                    messages.success(request, _("Texten är sparad."))
                    return redirect(f"{reverse('case', args=[case.pk])}#{section}")
                page |= _both(written.other, form.cleaned_data["text"])
                status = 409
        return render(request, "support/text.html", page, status=status)
    page["beside"] = _unmerged(case, section, standing)
    return render(request, "support/text.html", page)


def _both(other: CaseText, mine: str) -> dict[str, Any]:
    """The page when somebody was first: the writer's words in the form again, now on top of the other's."""
    return {"other": other, "mine": mine, "standing": other,
            "form": TextForm(initial={"text": mine, "seen": other.version})}  # fmt: skip


def _unmerged(case: Case, section: str, standing: CaseText | None) -> list[CaseText]:
    rows = case.texts.filter(section=section, beside=True, pk__gt=standing.pk if standing else 0)
    return list(rows.select_related("by").order_by("at"))


@for_roles(*ROLES)
@require_http_methods(["GET", "POST"])
def obstacles_page(request: HttpRequest, number: int) -> HttpResponse:
    """Say what stands in the pupil's way, in words from a list."""
    case, person, grant = open_case_or_404(request, number)
    show_source(request, person.source)
    chosen = {row.key for row in case.obstacles.all() if row.gone_at is None}
    refusal, status = "", 200
    if request.method == "POST":
        keys = request.POST.getlist("hinder")
        try:
            set_obstacles(case=case, keys=keys, by=user_of(request), at=now())
        except Refusal as refused:
            chosen, refusal, status = set(keys), refusal_text(refused), 422
        else:
            messages.success(request, _("Hindren är sparade."))
            return redirect(f"{reverse('case', args=[case.pk])}#hinder")
    areas = [
        (told(title), [(one.key, told((one.sv, one.en)), one.key in chosen) for one in obstacles.OBSTACLES
                       if one.area == area])
        for area, title in obstacles.AREAS.items()
    ]  # fmt: skip
    page = {"case": case, "person": person, "ground": ground_of(person, grant), "areas": areas, "refusal": refusal,
            "closed": case.closed_at is not None}  # fmt: skip
    return render(request, "support/obstacles.html", page, status=status)
