"""Reports: begun, written section by section, handed in."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.projects import reports
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import told

from ..door import LEADER, READS, led_sub_project_or_404, open_sub_project_or_404, sub_projects_in_reach
from ..figures_read import figures_of
from ..models import Claim, Report, SubProject
from ..report_forms import BackForm, BeginForm, ClaimForm, SectionForm
from ..report_told import beside, report_told
from ..reporting import Beginning, Claiming, begin_report, claim, hand_in, take_back_claim, write_report


@for_roles(*READS)
@require_GET
def reports_of(request: HttpRequest, number: int) -> HttpResponse:
    """The reports of a sub-project."""
    return _list(request, open_sub_project_or_404(request, number))


def _list(request: HttpRequest, project: SubProject, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    rows = Report.objects.filter(sub_project=project).order_by("-last", "-pk")
    begins = {"kind": reports.INTERIM, "first": project.starts, "last": min(project.ends or today(), today())}
    page = {
        "project": project,
        "rows": [(row, told(reports.KINDS[row.kind]), told(reports.STATES[row.state])) for row in rows],
        "leads": duty_of(request).role == LEADER,
        "form": BeginForm(initial=begins),
    }
    return render(request, "projects/reports.html", page | added, status=status)


@for_roles(LEADER)
@require_POST
def report_begun(request: HttpRequest, number: int) -> HttpResponse:
    """Begin a report."""
    project, form = led_sub_project_or_404(request, number), BeginForm(request.POST)
    if not form.is_valid():
        return _list(request, project, {"form": form, "wrong_form": form, "status": 422})
    said, made = form.cleaned_data, []
    beginning = Beginning(said["kind"], said["first"], said["last"])
    refusal, status = tried(
        lambda: made.append(begin_report(sub_project=project, beginning=beginning, by=user_of(request), at=now()))
    )
    if refusal:
        return _list(request, project, {"form": form, "refusal": refusal, "status": status})
    return redirect("report", number=made[0].pk)


def open_report_or_404(request: HttpRequest, number: int) -> Report:
    """A report of a sub-project that the viewer may read; the region reads none before it is handed in.

    Raises  Http404, the same one, whether it doesn't exist or may not be seen
    """
    row = Report.objects.filter(pk=number).select_related("sub_project__programme", "submitted_by", "approved_by")
    found = row.filter(sub_project__in=sub_projects_in_reach(duty_of(request))).first()
    if found is None or (found.state == reports.DRAFT and duty_of(request).role != LEADER):
        raise Http404
    return found


@for_roles(*READS)
@require_GET
def report(request: HttpRequest, number: int) -> HttpResponse:
    """A report: what is written, and what the registers say beside it."""
    return show_report(request, open_report_or_404(request, number))


def show_report(request: HttpRequest, row: Report, more: Mapping[str, Any] | None = None) -> HttpResponse:
    """The page of a report."""
    added = dict(more or {})
    status = added.pop("status", 200)
    role, lacking = duty_of(request).role, reports.missing(row.kind, row.answers, figures_of(row.sub_project))
    moves = [
        {"after": move.after, "label": told(move.label)}
        for move in reports.MOVES
        if move.before == row.state and role in move.roles
    ]
    page = report_told(row) | {
        "project": row.sub_project,
        "draft": row.state == reports.DRAFT,
        "leads": role == LEADER,
        "moves": moves,
        "lacking": len(lacking),
        "back_form": BackForm(),
    }
    return render(request, "projects/report.html", page | added, status=status)


@for_roles(LEADER)
@require_http_methods(["GET", "POST"])
def report_section(request: HttpRequest, number: int, section: str) -> HttpResponse:
    """Write one section, with the registers' figure beside each question that they can answer."""
    row = open_report_or_404(request, number)
    if row.state != reports.DRAFT or section not in reports.sections_of(row.kind):
        raise Http404
    figures = figures_of(row.sub_project)
    about: dict[str, Any] = {"kind": row.kind, "section": section, "figures": figures}
    if request.method == "GET":
        return _write(request, row, section, SectionForm(initial=row.answers | {"seen": row.version}, **about))
    form = SectionForm(request.POST, **about)
    if not form.is_valid():
        return _write(request, row, section, form, {"wrong_form": form, "status": 422})
    answers = {key: said for key, said in form.cleaned_data.items() if key != "seen"}
    refusal, status = tried(
        lambda: write_report(report=row, answers=answers, seen=form.cleaned_data["seen"], by=user_of(request), at=now())
    )
    if refusal:
        newer = Report.objects.get(pk=row.pk)
        posted = request.POST.copy()
        posted["seen"] = str(newer.version)
        form = SectionForm(posted, **about)
        theirs = [(told(f.name), _words(f, newer)) for f in reports.fields_of(row.kind, section) if _words(f, newer)]
        more = {"refusal": refusal, "theirs": theirs if status == 409 else [], "status": status}
        return _write(request, row, section, form, more)
    messages.success(request, _("Sparat."))
    sections = reports.sections_of(row.kind)
    later = sections[sections.index(section) + 1 :]
    if later and "vidare" in request.POST:
        return redirect("report_section", number=number, section=later[0])
    return redirect("report", number=number)


def _words(field: reports.Field, row: Report) -> str:
    said = str(row.answers.get(field.key, ""))
    return told((field.choices or {})[said]) if said in (field.choices or {}) else said


def _write(
    request: HttpRequest, row: Report, section: str, form: SectionForm, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    figures = figures_of(row.sub_project)
    fields = [
        (form[field.key], beside(row.answers.get(field.key, ""), figures.get(field.measure)) if field.measure else None)
        for field in reports.fields_of(row.kind, section)
    ]
    sections = reports.sections_of(row.kind)
    page = {
        "report": row,
        "project": row.sub_project,
        "section": section,
        "title": told(reports.SECTIONS[section]),
        "kind": told(reports.KINDS[row.kind]),
        "place": sections.index(section) + 1,
        "of": len(sections),
        "last": section == sections[-1],
        "form": form,
        "fields": fields,
    }
    return render(request, "projects/report_section.html", page | added, status=status)


@for_roles(LEADER)
@require_http_methods(["GET", "POST"])
def report_claim(request: HttpRequest, number: int) -> HttpResponse:
    """Claim something in own words."""
    row = open_report_or_404(request, number)
    if row.state != reports.DRAFT:
        raise Http404
    form = ClaimForm(request.POST) if request.method == "POST" else ClaimForm()
    page: dict[str, Any] = {
        "report": row,
        "project": row.sub_project,
        "kind": told(reports.KINDS[row.kind]),
        "form": form,
    }
    if request.method == "GET":
        return render(request, "projects/claim.html", page)
    if not form.is_valid():
        return render(request, "projects/claim.html", page | {"wrong_form": form}, status=422)
    said = form.cleaned_data
    claiming = Claiming(said["text"], said["says"] if said["measure"] else "", said["measure"])
    refusal, status = tried(lambda: claim(report=row, claiming=claiming, by=user_of(request), at=now()))
    if refusal:
        return render(request, "projects/claim.html", page | {"refusal": refusal}, status=status)
    return redirect("report", number=number)


@for_roles(LEADER)
@require_POST
def claim_taken_back(request: HttpRequest, number: int, claimed: int) -> HttpResponse:
    """Take a claim away."""
    row = open_report_or_404(request, number)
    one = Claim.objects.filter(pk=claimed, report=row).select_related("report").first()
    if one is None:
        raise Http404
    refusal, status = tried(lambda: take_back_claim(claim=one, by=user_of(request), at=now()))
    if refusal:
        return show_report(request, row, {"refusal": refusal, "status": status})
    return redirect("report", number=number)


@for_roles(LEADER)
@require_POST
def report_handed_in(request: HttpRequest, number: int) -> HttpResponse:
    """Hand the report in."""
    row = open_report_or_404(request, number)
    role = duty_of(request).role
    refusal, status = tried(lambda: hand_in(report=row, role=role, by=user_of(request), at=now()))
    if refusal:
        return show_report(request, row, {"refusal": refusal, "status": status})
    messages.success(request, _("Rapporten är inlämnad."))
    return redirect("report", number=number)
