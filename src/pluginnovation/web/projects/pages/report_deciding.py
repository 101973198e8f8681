"""What becomes of a report that is handed in: sent back, approved, published, printed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.projects import reports
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Installation, Organisation
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.people.rights.paper import TYPEFACES, drawn
from pluginnovation.web.signals.words import language
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import told

from ..door import LEADER, READS, REGIONAL
from ..models import Report
from ..report_forms import BackForm
from ..report_told import report_told
from ..reporting import approve, publish, send_back
from .reports import open_report_or_404, show_report

REGION = "regional_lead"


@for_roles(*REGIONAL)
@require_GET
def reports_handed_in(request: HttpRequest) -> HttpResponse:
    """Every report that is handed in: those that wait first."""
    rows = Report.objects.exclude(state=reports.DRAFT).select_related("sub_project__programme")
    listed: list[dict[str, Any]] = [
        {"row": row, "kind": told(reports.KINDS[row.kind]), "state": told(reports.STATES[row.state])}
        for row in rows.order_by("-submitted_at", "-pk")
    ]
    waiting = [one for one in listed if one["row"].state == reports.HANDED_IN]
    page = {"waiting": waiting, "others": [one for one in listed if one not in waiting]}
    return render(request, "projects/reports_handed_in.html", page)


@for_roles(REGION)
@require_POST
def report_sent_back(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for more."""
    row, form = open_report_or_404(request, number), BackForm(request.POST)
    if not form.is_valid():
        return show_report(request, row, {"back_form": form, "wrong_form": form, "status": 422})
    why, role = form.cleaned_data["why"], duty_of(request).role
    refusal, status = tried(lambda: send_back(report=row, why=why, role=role, by=user_of(request), at=now()))
    if refusal:
        return show_report(request, row, {"refusal": refusal, "status": status})
    messages.success(request, _("Rapporten är tillbaka hos delprojektet."))
    return redirect("reports_handed_in")


@for_roles(REGION)
@require_POST
def report_approved(request: HttpRequest, number: int) -> HttpResponse:
    """Approve it."""
    row, role = open_report_or_404(request, number), duty_of(request).role
    refusal, status = tried(lambda: approve(report=row, role=role, by=user_of(request), at=now()))
    if refusal:
        return show_report(request, row, {"refusal": refusal, "status": status})
    messages.success(request, _("Rapporten är godkänd."))
    return redirect("report", number=number)


@for_roles(LEADER)
@require_POST
def report_published(request: HttpRequest, number: int) -> HttpResponse:
    """Write the document for the hub."""
    row, role = open_report_or_404(request, number), duty_of(request).role
    refusal, status = tried(lambda: publish(report=row, role=role, by=user_of(request), at=now()))
    if refusal:
        return show_report(request, row, {"refusal": refusal, "status": status})
    messages.success(request, _("Rapporten är publicerad. Den har inga uppgifter om någon elev."))
    return redirect("report", number=number)


@for_roles(*READS)
@require_GET
def report_document(request: HttpRequest, number: int) -> HttpResponse:
    """The published document, as the hub reads it."""
    row = open_report_or_404(request, number)
    if row.published is None:
        raise Http404
    answer = JsonResponse(row.published, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="rapport-{row.pk}.json"'
    return answer


@for_roles(*READS)
@require_GET
def report_paper(request: HttpRequest, number: int) -> HttpResponse:
    """The report as a tagged PDF."""
    row = open_report_or_404(request, number)
    here = Installation.objects.first()
    school = Organisation.objects.filter(code=row.sub_project.school).values_list("display_name", flat=True).first()
    page: dict[str, Any] = report_told(row) | {
        "project": row.sub_project,
        "school": school or row.sub_project.municipality,
        "language": language(),
        "at": now(),
        "made_up": here is not None and here.first_simulated_at is not None and here.first_real_import_at is None,
        "faces": [f"typeface:{name}" for name in TYPEFACES],
    }
    try:
        paper = drawn(render_to_string("projects/report_paper.html", page))
    except Refusal as refused:
        messages.error(request, refusal_text(refused))
        return redirect("report", number=number)
    with recorded("print_report", by=user_of(request), at=now(), about=str(row.sub_project_id), report=row.pk):
        answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="rapport.pdf"'
    return answer
