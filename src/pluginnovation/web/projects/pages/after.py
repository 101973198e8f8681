"""After the end: the hand-over into ordinary work, and the follow-ups."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.projects.follow_up import ANSWERS, KNOWN_BY, MONTHS, due_on, standing
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import told

from ..after_the_end import Handing, answer_follow_up, asked_of, hand_over_work
from ..door import AT_SCHOOL, COORDINATOR, LEADER, READS, open_sub_project_or_404
from ..models import FollowUpAsked, HandOver, SubProject
from ..work_forms import FollowUpForm, HandOverForm, apart

# The work is the school's when the sub-project's leader has gone.
ANSWERS_FOR = (LEADER, *AT_SCHOOL, COORDINATOR)


@for_roles(*READS)
@require_GET
def hand_over_page(request: HttpRequest, number: int) -> HttpResponse:
    """Who has the work, what was asked since, and what is known."""
    return _show(request, open_sub_project_or_404(request, number))


def _show(request: HttpRequest, project: SubProject, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    handed = HandOver.objects.filter(sub_project=project).select_related("by").order_by("-at", "-pk").first()
    asked = {row.months: row for row in FollowUpAsked.objects.filter(sub_project=project).select_related("answered_by")}
    page = {
        "project": project,
        "handed": handed,
        "absorbed": told(ANSWERS[handed.absorbed]) if handed else "",
        "rows": [
            _row(project, months, asked.get(months)) | {"form": apart(_answer_form(added, months), months)}
            for months in (MONTHS if project.ends else ())
        ],
        "acts": duty_of(request).role in ANSWERS_FOR,
        "may_hand": duty_of(request).role in ANSWERS_FOR and project.starts is not None and project.starts <= today(),
        "form": HandOverForm(),
    }
    return render(request, "projects/after.html", page | added, status=status)


def _answer_form(added: Mapping[str, Any], months: int) -> FollowUpForm:
    form = added.get("answer_form")
    return form if form is not None and added.get("opened") == months else FollowUpForm()


def _row(project: SubProject, months: int, row: FollowUpAsked | None) -> dict[str, Any]:
    assert project.ends is not None
    found = standing(asked_of(row), today()) if row else None
    return {
        "months": months,
        "due": due_on(project.ends, months),
        "row": row,
        "known_by": told(KNOWN_BY[found.known_by]) if found else "",
        "unknown": found is not None and found.known_by == "unknown",
        "goes_on": found.goes_on if found else None,
        "answer": told(ANSWERS[row.answers["absorbed"]]) if row and row.answers else "",
        "text": row.answers.get("text", "") if row and row.answers else "",
        "measures": (row.records or {}).get("measures") if row else None,
    }


@for_roles(*ANSWERS_FOR)
@require_POST
def handed_over_work(request: HttpRequest, number: int) -> HttpResponse:
    """Hand the work over."""
    project, form = open_sub_project_or_404(request, number), HandOverForm(request.POST)
    if not form.is_valid():
        return _show(request, project, {"form": form, "wrong_form": form, "status": 422})
    handing = Handing(form.cleaned_data["absorbed"], form.cleaned_data["owner_role"], form.cleaned_data["what"])
    refusal, status = tried(lambda: hand_over_work(sub_project=project, handing=handing, by=user_of(request), at=now()))
    if refusal:
        return _show(request, project, {"form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Arbetet är överlämnat."))
    return redirect("hand_over_work", number=number)


@for_roles(*ANSWERS_FOR)
@require_POST
def follow_up_answered(request: HttpRequest, number: int, months: int) -> HttpResponse:
    """Answer a follow-up."""
    project, form = open_sub_project_or_404(request, number), FollowUpForm(request.POST)
    row = FollowUpAsked.objects.filter(sub_project=project, months=months).first()
    if row is None:
        raise Http404
    if not form.is_valid():
        return _show(request, project, {"answer_form": form, "wrong_form": form, "opened": months, "status": 422})
    answer, text = form.cleaned_data["absorbed"], form.cleaned_data["text"]
    act = lambda: answer_follow_up(follow_up=row, answer=answer, text=text, by=user_of(request), at=now())  # noqa: E731
    refusal, status = tried(act)
    if refusal:
        more = {"answer_form": form, "refusal": refusal, "opened": months, "status": status}
        return _show(request, project, more)
    messages.success(request, _("Tack. Svaret är sparat."))
    return redirect("hand_over_work", number=number)
