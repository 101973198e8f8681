"""Risks, deviations and documents of a sub-project."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.web.people.duties import TITLES, for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.records.held_files import given_back
from pluginnovation.web.support.case_door import tried

from ..door import LEADER, READS, led_sub_project_or_404, open_sub_project_or_404
from ..logged import NewDocument, NewRisk, add_document, close_risk, decide_deviation, log_risk
from ..models import Deviation, Document, Risk, SubProject
from ..project_forms import DeviationForm, DocumentForm, RiskForm, RiskOverForm
from ..work_forms import apart


@for_roles(*READS)
@require_http_methods(["GET", "POST"])
def risks(request: HttpRequest, number: int) -> HttpResponse:
    """The risk log, and a new risk."""
    project = _opened(request, number)

    def add(form: Any) -> object:
        said = form.cleaned_data
        new = NewRisk(said["what"], int(said["likely"]), int(said["serious"]), said["done_about"], said["owner_role"])
        return log_risk(sub_project=project, new=new, by=user_of(request), at=now())

    rows = Risk.objects.filter(sub_project=project).select_related("by", "closed_by")
    rows = rows.order_by("closed_at", "-serious", "-likely", "pk")
    page = {"rows": [(one, TITLES.get(one.owner_role, ""), apart(RiskOverForm(), one.pk)) for one in rows]}
    return _logged(request, project, ("projects/risks.html", "risks", page), RiskForm, add)


@for_roles(LEADER)
@require_POST
def risk_over(request: HttpRequest, number: int, risk: int) -> HttpResponse:
    """Say that a risk is over."""
    project = led_sub_project_or_404(request, number)
    found = Risk.objects.filter(pk=risk, sub_project=project).first()
    if found is None:
        raise Http404
    why = request.POST.get("why", "")
    refusal, _status = tried(lambda: close_risk(risk=found, why=why, by=user_of(request), at=now()))
    (messages.error if refusal else messages.success)(request, refusal or _("Risken är över."))
    return redirect("risks", project.pk)


@for_roles(*READS)
@require_http_methods(["GET", "POST"])
def deviations(request: HttpRequest, number: int) -> HttpResponse:
    """What went otherwise, and what was decided."""
    project = _opened(request, number)

    def add(form: Any) -> object:
        said, role = form.cleaned_data, duty_of(request).role
        return decide_deviation(sub_project=project, **said, role=role, by=user_of(request), at=now())

    rows = Deviation.objects.filter(sub_project=project).select_related("by").order_by("-at", "-pk")
    page = {"rows": [(one, TITLES.get(one.role, "")) for one in rows]}
    return _logged(request, project, ("projects/deviations.html", "deviations", page), DeviationForm, add)


@for_roles(*READS)
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, number: int) -> HttpResponse:
    """The documents, and a new one."""
    project = _opened(request, number)

    def add(form: Any) -> object:
        said, file = form.cleaned_data, form.cleaned_data["file"]
        new = NewDocument(said["name"], said["text"], file.name if file else "", file.read() if file else None)
        return add_document(sub_project=project, new=new, by=user_of(request), at=now())

    rows = Document.objects.filter(sub_project=project).defer("content", "text").select_related("by")
    return _logged(
        request, project, ("projects/documents.html", "documents", {"rows": rows.order_by("-at", "-pk")}), DocumentForm,
        add,
    )  # fmt: skip


@for_roles(*READS)
@require_GET
def document(request: HttpRequest, number: int, document: int) -> HttpResponse:
    """One document: its text, or the file to keep."""
    project = open_sub_project_or_404(request, number)
    found = Document.objects.filter(pk=document, sub_project=project).select_related("by").first()
    if found is None:
        raise Http404
    if found.content is None or request.GET.get("fil") != "1":
        return render(request, "projects/document.html", {"project": project, "document": found})
    return given_back(found.file_name, found.kind, bytes(found.content))


def _opened(request: HttpRequest, number: int) -> SubProject:
    """Everybody within reach reads; only the leader writes."""
    if request.method == "POST":
        return led_sub_project_or_404(request, number)
    return open_sub_project_or_404(request, number)


def _logged(
    request: HttpRequest, project: SubProject, of_page: tuple[str, str, dict[str, Any]], form_of: Any,
    add: Callable[[Any], object],
) -> HttpResponse:  # fmt: skip
    template, address, more = of_page
    form = form_of(request.POST or None, request.FILES or None)
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            refusal, status = tried(lambda: add(form))
            if not refusal:
                messages.success(request, _("Sparat."))
                return redirect(address, project.pk)
    page = {"project": project, "form": form, "refusal": refusal, "leads": duty_of(request).role == LEADER, **more}
    return render(request, template, page, status=status)
