"""A draw that was made after a plan was locked, tied to it."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import refusal_text, user_of
from pluginnovation.web.support.measure_words import kind_word
from pluginnovation.web.support.models import Draw

from ..forms import DrawForm
from ..listing import draws_for, tie_draw
from ..reading import drawn_line
from ..stored import plan_of
from .plans import plan_or_404

LEADER: Final = "sub_project_leader"


@for_roles(LEADER)
@require_http_methods(["GET", "POST"])
def draw_page(request: HttpRequest, number: int) -> HttpResponse:
    """Choose among the draws of the sub-project's own school, made after the lock and by the index date."""
    row, refusal = plan_or_404(request, number), ""
    choices = [(str(one.pk), _named(one)) for one in draws_for(row)]
    form = DrawForm(request.POST if request.method == "POST" else None, draws=choices)
    if request.method == "POST" and form.is_valid():
        try:
            tie_draw(row=row, number=int(form.cleaned_data["draw"]), by=user_of(request), at=now())
            messages.success(request, _("Lottningen är knuten till planen."))
            return redirect("effect", number=row.pk)
        except Refusal as refused:
            refusal = refusal_text(refused)
    context = {"row": row, "plan": plan_of(row), "form": form, "refusal": refusal, "draws": choices}
    return render(request, "evidence/draw.html", context, status=422 if refusal or form.errors else 200)


def _named(one: Draw) -> str:
    won = sum(bool(lot[-1]) for lot in one.lots)
    return f"{kind_word(one.kind)}: {drawn_line(one.at, one.seed, len(one.lots), won)}"
